import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { escapeJson, escapeText } from '../../src/report/index.ts'

/** Everything that moves the cursor, turns text around or cannot be seen. */
const hidden: Readonly<Record<string, readonly (readonly [from: number, to: number])[]>> = {
  'C0 controls': [[0x00, 0x1f]],
  'DEL and C1 controls': [[0x7f, 0x9f]],
  'bidirectional controls': [
    [0x61c, 0x61c],
    [0x200e, 0x200f],
    [0x202a, 0x202e],
    [0x2066, 0x2069],
  ],
  'zero-width characters': [
    [0x200b, 0x200d],
    [0x2060, 0x2060],
    [0xfeff, 0xfeff],
  ],
  'soft hyphen': [[0xad, 0xad]],
  'line and paragraph separators': [[0x2028, 0x2029]],
  'invisible operators': [[0x2061, 0x2064]],
  'letters without a shape': [
    [0x115f, 0x1160],
    [0x17b4, 0x17b5],
    [0x3164, 0x3164],
    [0xffa0, 0xffa0],
  ],
  'variation selectors': [
    [0xfe00, 0xfe0f],
    [0xe0100, 0xe01ef],
    [0x180b, 0x180f],
  ],
  tags: [
    [0xe0001, 0xe0001],
    [0xe0020, 0xe007f],
  ],
  'interlinear marks': [[0xfff9, 0xfffb]],
}

describe('escapeText shows as code points', () => {
  it.each(Object.entries(hidden))('%s', (_, ranges) => {
    for (const [from, to] of ranges) {
      for (let code = from; code <= to; code++) {
        const character = String.fromCodePoint(code)
        expect(escapeText(`a${character}b`), code.toString(16)).toMatch(/^a(?:\\u\{[0-9a-f]+\})+b$/)
      }
    }
  })

  it('one code point once, also beyond the basic plane', () => {
    expect(escapeText('a\u202eb\u0007')).toBe('a\\u{202e}b\\u{7}')
    expect(escapeText('\u{e0041}')).toBe('\\u{e0041}')
  })

  it('whatever Unicode calls a control, a separator of lines, a turn of direction, or to be ignored in display', () => {
    const shown: string[] = []
    for (let code = 0; code <= 0x10ffff; code++) {
      if (code >= 0xd800 && code <= 0xdfff) continue
      const character = String.fromCodePoint(code)
      if (!/\p{Cc}|\p{Zl}|\p{Zp}|\p{Bidi_Control}|\p{Default_Ignorable_Code_Point}/u.test(character)) continue
      if (escapeText(character) === character) shown.push(code.toString(16))
    }
    expect(shown.length, `${shown.slice(0, 40).join(' ')} ...`).toBe(0)
  })

  it('half a surrogate pair', () => {
    expect(escapeText('a\ud800b')).toBe('a\\u{d800}b')
    expect(escapeText('a\udc00b')).toBe('a\\u{dc00}b')
    expect(escapeText('\ud83d\ud83d\ude00')).toBe('\\u{d83d}\u{1f600}')
  })
})

describe('escapeText leaves', () => {
  const kept = [
    '',
    'psp.example',
    'Société Générale',
    'Ελλάδα',
    'Банк',
    '銀行',
    'بنك',
    'a b',
    '\u{1f3e6}',
    'O\'Brien \\ "x" <b>',
  ]
  it.each(kept)("'%s' as it is", (text) => {
    expect(escapeText(text)).toBe(text)
  })

  it('nothing else changed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const rest = escapeText(text).replaceAll(/\\u\{[0-9a-f]+\}/g, '')
        for (const character of rest) expect(text).toContain(character)
        expect(rest).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]|\p{Bidi_Control}/u)
        expect(rest).not.toMatch(/\p{Cs}/u)
      }),
    )
  })
})

describe('escapeJson', () => {
  it('gives text that reads back as the same value, with nothing raw that is hidden', () => {
    const characters = Object.values(hidden).flatMap((ranges) => ranges.map(([from]) => String.fromCodePoint(from)))
    const text = fc.string({
      unit: fc.oneof(fc.constantFrom(...characters, '\ud800', '\udc00'), fc.string({ unit: 'binary', maxLength: 1 })),
    })
    fc.assert(
      fc.property(
        fc.dictionary(text, fc.oneof(text, fc.array(text)), { noNullPrototype: true }),
        fc.constantFrom(0, 2),
        (value, space) => {
          const escaped = escapeJson(JSON.stringify(value, null, space))
          expect(JSON.parse(escaped)).toEqual(value)
          expect(escaped.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u200b-\u200d\ufeff]|\p{Bidi_Control}/u)
        },
      ),
      { numRuns: 1000 },
    )
  })

  it('keeps line breaks between values, and no other', () => {
    expect(escapeJson(JSON.stringify({ a: 'x\ny' }, null, 1))).toBe('{\n "a": "x\\ny"\n}')
  })

  it('writes code units, as JSON has them', () => {
    expect(escapeJson('"\u202e"')).toBe('"\\u202e"')
    expect(escapeJson('"\u{e0041}"')).toBe('"\\udb40\\udc41"')
    expect(escapeJson('"\u007f"')).toBe('"\\u007f"')
  })
})
