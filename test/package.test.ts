import { execFile } from 'node:child_process'
import { accessSync, constants, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { bleed } from './support/bundle.ts'
import { manifest, nodeCrypto, root, sourceOf, subpaths } from './support/package.ts'
import { fileImports, pureRooms } from './support/rooms.ts'

const run = promisify(execFile)
const at = (file: string): string => join(root, file)

/** Subpaths for every platform: those of the rooms below the rim, but for the providers of one platform. */
const portable = subpaths.filter(({ source }) => {
  const file = source.replace('src/', '')
  return pureRooms.includes(file.split('/')[0] as string) && !Object.hasOwn(fileImports, file)
})

describe.each(subpaths)('$specifier', ({ specifier, built, source }) => {
  it('has a source, and is built with declarations', () => {
    expect(existsSync(at(source)), source).toBe(true)
    expect(existsSync(at(built)), `${built}: run 'npm run build'`).toBe(true)
    expect(existsSync(at(built.replace(/\.js$/, '.d.ts'))), `declarations of ${built}`).toBe(true)
  })

  it('leads scripts and tests to its source', () => {
    expect(resolvedByScripts(specifier)).toBe(at(source))
  })
})

describe('package.json', () => {
  it('names no file of dist that is not built', () => {
    const targets = [...Object.values(manifest.bin), ...Object.values(manifest.imports['#crypto'])]
    expect(targets.filter((target) => !existsSync(at(target)) || !existsSync(at(sourceOf(target))))).toEqual([])
  })

  it('leads #crypto to the provider of Node in scripts and tests', () => {
    expect(resolvedByScripts('#crypto')).toBe(at(nodeCrypto))
  })

  it.each(Object.entries(manifest.bin))('has a command %s that can be executed', (_, file) => {
    expect(readFileSync(at(file), 'utf8').split('\n')[0]).toBe('#!/usr/bin/env node')
    expect(() => accessSync(at(file), constants.X_OK)).not.toThrow()
  })

  it('passes publint and attw', async () => {
    const { code, stdout } = await run('npm', ['run', 'check:package'], { cwd: root }).then(
      ({ stdout }) => ({ code: 0, stdout }),
      (error: { code: number; stdout: string; stderr: string }) => ({
        code: error.code,
        stdout: error.stdout + error.stderr,
      }),
    )
    expect(code, stdout).toBe(0)
  }, 60_000)
})

describe('a bundle for the browser', () => {
  it.each(portable)(
    'of $specifier holds nothing of Node or of the rim and is made without a warning',
    async ({ built }) => {
      const { found, warnings } = await bleed({ file: at(built) })
      expect(found).toEqual([])
      expect(warnings).toEqual([])
    },
  )

  it('would show what does not belong there', async () => {
    const code = `import { createHash } from 'node:crypto'; import { Sequence } from 'asn1js'; console.log(createHash, Sequence)`
    const { found } = await bleed({ code, folder: root })
    expect(found).toEqual(expect.arrayContaining([expect.stringContaining('node:'), expect.stringContaining('asn1js')]))
  })
})

describe('an empty Node process', () => {
  it.each(subpaths)('loads $specifier', async ({ specifier }) => {
    const code = `const names = Object.keys(await import('${specifier}')); if (names.length === 0) throw new Error('empty')`
    await run(process.execPath, ['--input-type=module', '--eval', code], { cwd: root, env: {} })
  })
})

/** The file that tsconfig.test.json, which tests and tsx use, finds for a name. */
function resolvedByScripts(specifier: string): string | undefined {
  const { config } = ts.readConfigFile(at('tsconfig.test.json'), ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root)
  const from = at('test/package.test.ts')
  return ts.resolveModuleName(specifier, from, options, ts.sys, undefined, undefined, ts.ModuleKind.ESNext)
    .resolvedModule?.resolvedFileName
}
