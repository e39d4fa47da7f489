import fc from 'fast-check'
import * as oracle from 'structured-headers'
import { describe, expect, it } from 'vitest'
import { Psd2Error } from '../../src/core/errors.ts'
import { parseDictionary, parseItem, parseList } from '../../src/http/structured/parse.ts'
import {
  serialiseBareItem,
  serialiseDictionary,
  serialiseItem,
  serialiseList,
} from '../../src/http/structured/serialise.ts'
import { codeOf } from './support.ts'

const rewrite = (text: string): string => serialiseDictionary(parseDictionary(text, 'field'))

describe('structured fields', () => {
  it.each([
    ['a=1,b=2', 'a=1, b=2'],
    [' a=1 ,\tb=2  ', 'a=1, b=2'],
    ['a, b;x, c=?0', 'a, b;x, c=?0'],
    ['a=(  "x"   y;q=1 );z', 'a=("x" y;q=1);z'],
    ['a=1.0, b=-01.50, c=-0, d=007', 'a=1.0, b=-1.5, c=0, d=7'],
    ['a="\\"\\\\"', 'a="\\"\\\\"'],
    ['a=:AAAA:, b=::', 'a=:AAAA:, b=::'],
    ['a=@12, b=%"f%c3%bc"', 'a=@12, b=%"f%c3%bc"'],
    ['a=*tok/en:x', 'a=*tok/en:x'],
    ['', ''],
  ])('%j is written %j', (text, written) => {
    expect(rewrite(text)).toBe(written)
    expect(rewrite(written)).toBe(written)
  })

  it.each([
    ['a=1,', 'STRUCTURED_FIELD_SYNTAX'],
    ['a=1 b=2', 'STRUCTURED_FIELD_SYNTAX'],
    ['A=1', 'STRUCTURED_FIELD_SYNTAX'],
    ['a=', 'STRUCTURED_FIELD_SYNTAX'],
    ['a="x', 'STRUCTURED_FIELD_SYNTAX'],
    ['a="\\x"', 'STRUCTURED_FIELD_SYNTAX'],
    ['a="\u00e9"', 'STRUCTURED_FIELD_SYNTAX'],
    ['a=("x""y")', 'STRUCTURED_FIELD_SYNTAX'],
    ['a=(x', 'STRUCTURED_FIELD_SYNTAX'],
    ['a=?2', 'STRUCTURED_FIELD_SYNTAX'],
    ['a=:AAAA', 'STRUCTURED_FIELD_SYNTAX'],
    ['a=1.', 'STRUCTURED_FIELD_SYNTAX'],
    ['a=-', 'STRUCTURED_FIELD_SYNTAX'],
    ['a=%x', 'STRUCTURED_FIELD_SYNTAX'],
    ['a=%"%C3%BC"', 'STRUCTURED_FIELD_SYNTAX'],
    ['a=%"%ff"', 'STRUCTURED_FIELD_SYNTAX'],
    ['a=%"\t"', 'STRUCTURED_FIELD_SYNTAX'],
    ['a=@1.5', 'STRUCTURED_FIELD_NUMBER'],
    ['a=1234567890123456', 'STRUCTURED_FIELD_NUMBER'],
    ['a=1234567890123.1', 'STRUCTURED_FIELD_NUMBER'],
    ['a=1.2345', 'STRUCTURED_FIELD_NUMBER'],
    ['a=:AAA:', 'STRUCTURED_FIELD_BASE64'],
    ['a=:AAB=:', 'STRUCTURED_FIELD_BASE64'],
    ['a=1, a=1', 'STRUCTURED_FIELD_TWICE'],
    ['a;x;x', 'STRUCTURED_FIELD_TWICE'],
  ])('%j is refused', async (text, code) => {
    expect(await codeOf(() => parseDictionary(text, 'field'))).toBe(code)
  })

  it('items end where they end', async () => {
    expect(serialiseItem(parseItem(' a;b ', 'field'))).toBe('a;b')
    expect(await codeOf(() => parseItem('a, b', 'field'))).toBe('STRUCTURED_FIELD_SYNTAX')
  })

  it('what cannot be written is refused', async () => {
    for (const item of [
      { type: 'integer', value: 1e15 },
      { type: 'integer', value: 1.5 },
      { type: 'decimal', value: Number.NaN },
      { type: 'token', value: 'a b' },
      { type: 'string', value: '\n' },
    ] as const) {
      expect(await codeOf(() => serialiseBareItem(item))).toBe('STRUCTURED_FIELD_SYNTAX')
    }
    expect(await codeOf(() => serialiseDictionary(new Map([['A', parseItem('1', 'field')]])))).toBe(
      'STRUCTURED_FIELD_SYNTAX',
    )
  })

  // Without dates: the library reads none that has something after it.
  const alphabet = [
    'a',
    'b',
    'A',
    '1',
    '0',
    '.',
    '-',
    '"',
    '\\',
    ':',
    '=',
    ';',
    ',',
    ' ',
    '\t',
    '(',
    ')',
    '?',
    '*',
    '/',
    '+',
    '%',
  ]
  const texts = fc
    .array(fc.constantFrom(...alphabet, 'a=', '"x"', ':AAAA:', '?1', '1.5', '(a b)', ';p=1'), { maxLength: 12 })
    .map((parts) => parts.join(''))

  it('reads no text that structured-headers refuses, and reads the same', () => {
    let both = 0
    fc.assert(
      fc.property(texts, (text) => {
        for (const [ours, theirs] of [
          [
            () => serialiseDictionary(parseDictionary(text, 'f')),
            () => oracle.serializeDictionary(oracle.parseDictionary(text)),
          ],
          [() => serialiseList(parseList(text, 'f')), () => oracle.serializeList(oracle.parseList(text))],
          [() => serialiseItem(parseItem(text, 'f')), () => oracle.serializeItem(oracle.parseItem(text))],
        ] as const) {
          const written = valueOrCode(ours)
          if (written instanceof Psd2Error) {
            // Where it is stricter, it says so with a code of its own; a plain syntax error is one for both.
            if (written.code === 'STRUCTURED_FIELD_SYNTAX' && !knownDifference(text)) expect(theirs).toThrow()
            continue
          }
          both++
          expect(withoutPointZero(written)).toBe(withoutPointZero(theirs()))
        }
      }),
      { numRuns: 5000 },
    )
    expect(both).toBeGreaterThan(500)
  })
})

/** The library forgets that 1.0 is a decimal. Where a number begins only, because `a0.0` is a token. */
function withoutPointZero(text: string): string {
  return text.replace(/(?<=^|[ (,=])(-?\d+)\.0(?!\d)/g, '$1').replaceAll('-0', '0')
}

/** A tab at the end, where the library takes it for space and the RFC does not. */
function knownDifference(text: string): boolean {
  return text.includes('\t')
}

function valueOrCode(run: () => string): string | Psd2Error {
  try {
    return run()
  } catch (error) {
    if (error instanceof Psd2Error) return error
    throw error
  }
}
