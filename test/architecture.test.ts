import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkArrows } from './support/arrows.ts'
import { root } from './support/package.ts'
import { checkPurity } from './support/purity.ts'
import { pureRooms, rooms } from './support/rooms.ts'
import { type Breach, parseFile, parseText, typescriptFiles } from './support/sources.ts'

const folder = join(root, 'src')
const sources = typescriptFiles(folder).map((file) => parseFile(folder, file))
const pure = sources.filter(({ fileName }) => pureRooms.includes(fileName.split('/')[0] as string))

const lines = (breaches: readonly Breach[]): string[] =>
  breaches.map(({ file, line, message }) => `src/${file}:${line} ${message}`)

describe('the source tree', () => {
  it('has sources to check', () => {
    expect(sources.length).toBeGreaterThan(10)
    expect(pure.length).toBeGreaterThan(10)
  })

  it('has only arrows of the room table', () => {
    expect(lines(sources.flatMap(checkArrows))).toEqual([])
  })

  it('is pure below the rim', () => {
    expect(lines(pure.flatMap(checkPurity))).toEqual([])
  })
})

describe('the room table', () => {
  it('points down only', () => {
    const upward = rooms.flatMap(({ name, imports }, index) => {
      const below = rooms.slice(0, index).map((room) => room.name)
      return imports.filter((target) => !below.includes(target)).map((target) => `${name} -> ${target}`)
    })
    expect(upward).toEqual([])
  })
})

describe('checkArrows', () => {
  const refused = {
    'an arrow up': ['der/cursor.ts', `import { x } from '../x509/name.ts'`, 'der -> x509'],
    'a type-only arrow': ['report/text.ts', `import type { X } from '../x509/index.ts'`, 'report -> x509'],
    'a re-export': ['core/index.ts', `export * from '../der/index.ts'`, 'core -> der'],
    'an import() type': ['core/a.ts', `type X = import('../der/index.ts').Cursor`, 'core -> der'],
    'a dynamic import': ['http/a.ts', `const x = () => import('../jose/index.ts')`, 'http -> jose'],
    'the provider in a room without crypto': ['x509/a.ts', `import { provider } from '#crypto'`, 'x509 -> crypto'],
    'a computed name': ['core/a.ts', `const x = (name: string) => import(name)`, 'computed'],
    'a node module': ['core/a.ts', `import { readFileSync } from 'node:fs'`, 'node:fs'],
    'another node module in the node provider': ['crypto/node.ts', `import { readFileSync } from 'node:fs'`, 'node:fs'],
    'a package below the rim': ['x509/a.ts', `import * as pkijs from 'pkijs'`, `package 'pkijs'`],
    'a package of another room': ['der/a.ts', `import { parseList } from 'structured-headers'`, 'structured-headers'],
    'a reserved package on the rim': ['cli/main.ts', `import { Certificate } from 'pkijs'`, `package 'pkijs'`],
    'a scoped package': ['x509/a.ts', `import { X } from '@peculiar/x509/sub'`, `package '@peculiar/x509'`],
    'the rim beneath itself': ['issuance/ca.ts', `import { main } from '../cli/main.ts'`, 'issuance -> cli'],
    'an import for its effects': ['jose/a.ts', `import './register.ts'`, 'register itself'],
    'the package by its own name': ['cli/main.ts', `import { x } from 'psd2-toolkit/x509'`, 'relative path'],
    'a file outside src': ['cli/main.ts', `import x from '../../package.json'`, 'outside src'],
    'an unknown room': ['helpers/a.ts', `export const x = 1`, 'no room'],
    'a file in no room': ['index.ts', `export const x = 1`, 'no room'],
  } as const
  it.each(Object.entries(refused))('refuses %s', (_, [file, text, message]) => {
    expect(checkArrows(parseText(file, text)).map((found) => found.message)).toEqual([expect.stringContaining(message)])
  })

  const accepted = {
    'arrows down, within the room, and to inner files': [
      'eidas/a.ts',
      `import { a } from '../x509/name.ts'; import { b } from './b.ts'; import type { C } from '../core/citation.ts'`,
    ],
    'the provider where crypto may be used': ['jose/a.ts', `import { provider } from '#crypto'`],
    'node:crypto in the node provider': ['crypto/node.ts', `import { verify } from 'node:crypto'`],
    'structured-headers in http': ['http/a.ts', `import { parseList } from 'structured-headers'`],
    'pkijs in issuance': ['issuance/a.ts', `import * as pkijs from 'pkijs'`],
    'platform and packages on the rim': ['cli/main.ts', `import 'node:process'; import { Command } from 'commander'`],
  } as const
  it.each(Object.entries(accepted))('accepts %s', (_, [file, text]) => {
    expect(checkArrows(parseText(file, text))).toEqual([])
  })

  it('names the line', () => {
    expect(checkArrows(parseText('core/a.ts', `\n\nimport { x } from '../der/index.ts'`))[0]?.line).toBe(3)
  })
})

describe('checkPurity', () => {
  const refused = {
    Buffer: ['const x = (s: string) => Buffer.from(s)', 'Buffer'],
    'a class made from Buffer': ['class X extends Buffer {}', 'Buffer'],
    process: ['export const x = () => process.env.HOME', 'process'],
    'process by way of the global object': ['export const x = () => globalThis.process', 'process'],
    'process by a string': [`export const x = () => globalThis['process']`, 'process'],
    'process in shorthand': ['export const x = () => ({ process })', 'process'],
    console: [`console.log('x')`, 'console'],
    fetch: [`export const x = () => fetch('https://example.com')`, 'fetch'],
    'fetch as a default': ['export const x = (get = fetch) => get', 'fetch'],
    eval: [`eval('1')`, 'eval'],
    'new Function': [`export const x = new Function('return 1')`, 'code from text'],
    'Date.now': ['export const x = () => Date.now()', 'Date.now'],
    'Date.now as a value': ['export const clock = Date.now', 'Date.now'],
    'new Date()': ['export const x = () => new Date()', 'new Date()'],
    'new Date without parentheses': ['export const x = () => new Date', 'new Date()'],
    'Date()': ['export const x = () => Date()', 'Date()'],
    'performance.now': ['export const x = () => performance.now()', 'performance.now'],
    'Math.random': ['export const x = () => Math.random()', 'Math.random'],
    'a module-level let': ['let count = 0', 'module-level variable'],
    'a module-level var': ['export var count = 0', 'module-level variable'],
    'a Map written to': ['const seen = new Map(); export const x = (k: string) => seen.set(k, 1)', `'seen'`],
    'an array pushed to': ['const seen: string[] = []; export function x(k: string) { seen.push(k) }', `'seen'`],
    'a method that writes': ['const seen = new Set(); export class X { y() { seen.add(1) } }', `'seen'`],
    'an element assigned': ['const table = [0]; export const x = (i: number) => { table[i] = 1 }', `'table'`],
    'a member counted': ['const state = { n: 0 }; export const x = () => state.n++', `'state'`],
    'a member of a member': ['const state = { a: [0] }; export const x = () => state.a.push(1)', `'state'`],
    'a member deleted': ['const state = { a: 1 } as { a?: 1 }; export const x = () => delete state.a', `'state'`],
  } as const
  it.each(Object.entries(refused))('refuses %s', (_, [text, message]) => {
    expect(checkPurity(parseText('core/a.ts', text)).map((found) => found.message)).toEqual([
      expect.stringContaining(message),
    ])
  })

  const accepted = {
    'a clock given as an argument': 'export const x = (at: Date) => new Date(at.getTime())',
    'a local of a forbidden name': 'export const x = (fetch: () => void) => { fetch() }',
    'a property of a forbidden name': 'export const x = (a: { process: number }) => a.process + ({ fetch: 1 }).fetch',
    'a type of a forbidden name': 'export interface X { fetch: typeof fetch }',
    'a table filled as the module loads': 'const t = new Map(); for (const k of [1]) t.set(k, 1); export const x = t',
    'a local let and a local Map': 'export function x() { let n = 0; const m = new Map(); m.set(n++, 1); return m }',
    'a parameter that shadows a constant': 'const a = [1]; export const x = (a: number[]) => a.push(1)',
    'a block that shadows a constant': 'const a = [1]; export const x = () => { if (a) { const a = [2]; a.push(1) } }',
    'a writer whose function is called set': `import { write } from '../der/index.ts'; export const x = () => write.set([])`,
    'Date.UTC and a parsed date': 'export const x = (s: string) => new Date(s).getTime() - Date.UTC(2026, 0)',
  }
  it.each(Object.entries(accepted))('accepts %s', (_, text) => {
    expect(checkPurity(parseText('core/a.ts', text))).toEqual([])
  })
})
