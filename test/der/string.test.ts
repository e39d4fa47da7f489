import { describe, expect, it, vi } from 'vitest'
import { defaultLimits } from '../../src/core/limits.ts'
import { type Cursor, type ReadMode, readString, readStringAs, stringText, Tag } from '../../src/der/index.ts'
import { element } from '../../src/der/writer.ts'
import { breaches, cursorOver, refusalOf } from '../support/breach.ts'
import { hex } from '../support/build.ts'

function read(cursor: Cursor): string {
  const tag = readString(cursor, 'x')
  return stringText(cursor.bytes, tag, cursor.valueStart, cursor.valueEnd)
}

const ascii = (text: string) => Buffer.from(text, 'latin1')
const everyPrintable = `ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 '()+,-./:=?`
const everyGraphic = Array.from({ length: 95 }, (_, index) => String.fromCharCode(0x20 + index)).join('')

describe('readString', () => {
  it.each<[string, number, Uint8Array, string]>([
    ['UTF8String', Tag.UTF8_STRING, Buffer.from('Zoé 😀'), 'Zoé 😀'],
    ['a long UTF8String', Tag.UTF8_STRING, Buffer.from('a long text, é'), 'a long text, é'],
    [
      'a long UTF8String of ASCII',
      Tag.UTF8_STRING,
      Buffer.from('a text of more than twelve'),
      'a text of more than twelve',
    ],
    [
      'the edges of UTF-8',
      Tag.UTF8_STRING,
      hex('c2a0 dfbf e0a080 ed9fbf ee8080 efbfbf f0908080 f48fbfbf'),
      '\u00a0\u07ff\u0800\ud7ff\ue000\uffff\u{10000}\u{10ffff}',
    ],
    ['a byte order mark, which stays', Tag.UTF8_STRING, hex('efbbbf41'), '\ufeffA'],
    ['an empty string', Tag.UTF8_STRING, hex(''), ''],
    ['PrintableString', Tag.PRINTABLE_STRING, ascii(everyPrintable), everyPrintable],
    ['NumericString', Tag.NUMERIC_STRING, ascii('0123 456789'), '0123 456789'],
    ['IA5String', Tag.IA5_STRING, ascii(everyGraphic), everyGraphic],
    ['VisibleString', Tag.VISIBLE_STRING, ascii(everyGraphic), everyGraphic],
    ['TeletexString, as Latin-1', Tag.TELETEX_STRING, hex('41e9'), 'Aé'],
    ['BMPString', Tag.BMP_STRING, hex('0041 20ac d7ff e000 ffff'), 'A€\ud7ff\ue000\uffff'],
    [
      'UniversalString',
      Tag.UNIVERSAL_STRING,
      hex('00000041 0001f600 0010ffff 0000d7ff 0000e000'),
      'A😀\u{10ffff}\ud7ff\ue000',
    ],
  ])('reads %s', (_, tag, octets, text) => {
    for (const mode of ['strict', 'tolerant'] satisfies ReadMode[]) {
      const cursor = cursorOver(element(tag, octets), mode)
      expect(read(cursor)).toBe(text)
      expect(cursor.scope.deviations).toEqual([])
    }
  })

  it.each<[string, number, string, string, number]>([
    ['an overlong NUL', Tag.UTF8_STRING, '41 c080', 'DER_STRING_INVALID', 3],
    ['an overlong slash', Tag.UTF8_STRING, 'c1af', 'DER_STRING_INVALID', 2],
    ['an overlong form of three', Tag.UTF8_STRING, 'e09fbf', 'DER_STRING_INVALID', 2],
    ['an overlong form of four', Tag.UTF8_STRING, 'f08fbfbf', 'DER_STRING_INVALID', 2],
    ['a surrogate', Tag.UTF8_STRING, 'eda080', 'DER_STRING_INVALID', 2],
    ['over U+10FFFF', Tag.UTF8_STRING, 'f4908080', 'DER_STRING_INVALID', 2],
    ['a lead octet of five', Tag.UTF8_STRING, 'f888808080', 'DER_STRING_INVALID', 2],
    ['a continuation alone', Tag.UTF8_STRING, '41 80', 'DER_STRING_INVALID', 3],
    ['a sequence cut off', Tag.UTF8_STRING, 'e282', 'DER_STRING_INVALID', 2],
    ['a sequence broken off', Tag.UTF8_STRING, 'e28241', 'DER_STRING_INVALID', 2],
    ['a continuation too large', Tag.UTF8_STRING, 'e2 82 c0', 'DER_STRING_INVALID', 2],
    ['a second octet too large', Tag.UTF8_STRING, 'c2 c0', 'DER_STRING_INVALID', 2],
    ['NUL in PrintableString', Tag.PRINTABLE_STRING, '41 00', 'DER_STRING_INVALID', 3],
    ['Latin-1 in PrintableString', Tag.PRINTABLE_STRING, 'e9', 'DER_STRING_INVALID', 2],
    ['NUL in IA5String', Tag.IA5_STRING, '00', 'DER_STRING_INVALID', 2],
    ['Latin-1 in IA5String', Tag.IA5_STRING, '80', 'DER_STRING_INVALID', 2],
    ['NUL in UTF8String', Tag.UTF8_STRING, '41 00', 'DER_STRING_NUL', 3],
    ['NUL behind a control character in UTF8String', Tag.UTF8_STRING, '0a 00', 'DER_STRING_NUL', 3],
    ['NUL in TeletexString', Tag.TELETEX_STRING, '41 00', 'DER_STRING_NUL', 3],
    ['NUL in BMPString', Tag.BMP_STRING, '0041 0000', 'DER_STRING_NUL', 4],
    ['NUL in UniversalString', Tag.UNIVERSAL_STRING, '00000000', 'DER_STRING_NUL', 2],
    ['an odd BMPString', Tag.BMP_STRING, '0041 00', 'DER_STRING_INVALID', 2],
    ['a surrogate in BMPString', Tag.BMP_STRING, '0041 d800', 'DER_STRING_INVALID', 4],
    ['the last surrogate', Tag.BMP_STRING, 'dfff', 'DER_STRING_INVALID', 2],
    ['a UniversalString not in fours', Tag.UNIVERSAL_STRING, '000000', 'DER_STRING_INVALID', 2],
    ['a UniversalString beyond Unicode', Tag.UNIVERSAL_STRING, '00110000', 'DER_STRING_INVALID', 2],
    ['a UniversalString far beyond', Tag.UNIVERSAL_STRING, 'ffffffff', 'DER_STRING_INVALID', 2],
    ['a surrogate in UniversalString', Tag.UNIVERSAL_STRING, '0000d800', 'DER_STRING_INVALID', 2],
    ['a type that is no string', Tag.OCTET_STRING, '41', 'DER_TAG_UNEXPECTED', 0],
    ['a constructed string', 0x2c, '0c0141', 'DER_FORM_CONSTRUCTED', 0],
    // A first character that tolerant reading steps over must not hide what comes behind it.
    ['NUL behind a character outside the alphabet', Tag.PRINTABLE_STRING, '40 00', 'DER_STRING_INVALID', 3],
    ['Latin-1 behind a control character', Tag.IA5_STRING, '0a e9', 'DER_STRING_INVALID', 3],
    ['a surrogate behind a control character', Tag.BMP_STRING, '000a d800', 'DER_STRING_INVALID', 4],
    ['beyond Unicode behind a control character', Tag.UNIVERSAL_STRING, '0000000a ffffffff', 'DER_STRING_INVALID', 6],
  ])('always refuses %s', (_, tag, octets, code, offset) => {
    const breach = { code, path: 'root.x', offset }
    const der = element(tag, hex(octets))
    expect(refusalOf(() => read(cursorOver(der, 'tolerant')))).toEqual(breach)
    const strict = refusalOf(() => read(cursorOver(der)))
    // Strict reading stops at the first breach, which may be another.
    if (strict.offset === offset) expect(strict).toEqual(breach)
  })

  it.each<[string, number, string, string, number, string]>([
    ['@ in PrintableString', Tag.PRINTABLE_STRING, '41 40 2a', 'DER_STRING_CHARACTER', 3, 'A@*'],
    ['a letter in NumericString', Tag.NUMERIC_STRING, '31 41', 'DER_STRING_CHARACTER', 3, '1A'],
    ['a line feed in PrintableString', Tag.PRINTABLE_STRING, '0a', 'DER_STRING_CHARACTER', 2, '\n'],
    ['a tab in VisibleString', Tag.VISIBLE_STRING, '09', 'DER_STRING_CHARACTER', 2, '\t'],
  ])('refuses %s in strict mode only', (_, tag, octets, code, offset, text) => {
    const der = element(tag, hex(octets))
    const breach = { code, path: 'root.x', offset }
    expect(refusalOf(() => read(cursorOver(der)))).toEqual(breach)
    const cursor = cursorOver(der, 'tolerant')
    expect(read(cursor)).toBe(text)
    expect(breaches(cursor.scope.deviations)).toEqual([breach])
  })

  it.each([
    ['a line feed in UTF8String', Tag.UTF8_STRING, '41 0a 0d', 3],
    ['DEL in UTF8String', Tag.UTF8_STRING, '41 7f', 3],
    ['a C1 control in UTF8String', Tag.UTF8_STRING, 'c3a9 c285', 4],
    ['the first C1 control in UTF8String', Tag.UTF8_STRING, 'c280', 2],
    ['the last C1 control in UTF8String', Tag.UTF8_STRING, 'c29f c2a0', 2],
    ['a control before another in UTF8String', Tag.UTF8_STRING, '1f c3a9 c285', 2],
    ['DEL in IA5String', Tag.IA5_STRING, '41 7f', 3],
    ['escape in TeletexString', Tag.TELETEX_STRING, '41 1b', 3],
    ['DEL in TeletexString', Tag.TELETEX_STRING, '7f', 2],
    ['a line feed in BMPString', Tag.BMP_STRING, '0041 000a', 4],
    ['a line feed in UniversalString', Tag.UNIVERSAL_STRING, '0000000a', 2],
  ])('notes %s', (_, tag, octets, offset) => {
    for (const mode of ['strict', 'tolerant'] satisfies ReadMode[]) {
      const cursor = cursorOver(element(tag, hex(octets)), mode)
      read(cursor)
      expect(breaches(cursor.scope.deviations)).toEqual([{ code: 'DER_STRING_HAS_CONTROL', path: 'root.x', offset }])
    }
  })

  it('is capped', () => {
    const limits = { ...defaultLimits, string: 2 }
    const breach = { code: 'LIMIT_STRING', path: 'root.x', offset: 0 }
    expect(read(cursorOver('0c 02 41 42', 'strict', limits))).toBe('AB')
    expect(refusalOf(() => read(cursorOver('0c 03 41 42 43', 'tolerant', limits)))).toEqual(breach)
    expect(
      refusalOf(() => readStringAs(cursorOver('0c 03 41 42 43', 'tolerant', limits), 'x', Tag.UTF8_STRING)),
    ).toEqual(breach)
  })
})

describe('readStringAs', () => {
  it('reads one type, under its own tag or an implicit one', () => {
    const own = cursorOver('16 02 41 40')
    readStringAs(own, 'x', Tag.IA5_STRING)
    expect([own.valueStart, own.valueEnd]).toEqual([2, 4])
    const implicit = cursorOver('82 02 41 40')
    readStringAs(implicit, 'x', Tag.IA5_STRING, 0x82)
    expect(implicit.isEmpty).toBe(true)
  })

  it.each([
    ['another type', '0c 00', Tag.IA5_STRING, 'DER_TAG_UNEXPECTED', 0],
    ['what the type does not have', '13 01 40', Tag.PRINTABLE_STRING, 'DER_STRING_CHARACTER', 2],
  ])('refuses %s', (_, octets, type, code, offset) => {
    expect(refusalOf(() => readStringAs(cursorOver(octets), 'x', type))).toEqual({ code, path: 'root.x', offset })
  })
})

describe('texts of every length', () => {
  /** Octets from 0x21 on behind some others, so that a place that is read wrongly shows. */
  const octets = Uint8Array.from({ length: 120 }, (_, i) => 0x21 + (i % 90))
  const expected = (start: number, end: number) => String.fromCharCode(...octets.subarray(start, end))

  it('are the same with and without a Buffer', async () => {
    vi.resetModules()
    vi.stubGlobal('Buffer', undefined)
    const bare = await import('../../src/der/string.ts').finally(() => vi.unstubAllGlobals())
    for (const { stringText: textOf } of [bare, { stringText }]) {
      for (let length = 0; length <= 100; length++) {
        for (const start of [0, 7, octets.length - length]) {
          expect(textOf(octets, Tag.IA5_STRING, start, start + length)).toBe(expected(start, start + length))
        }
      }
    }
  })

  it('have one character an octet, beyond ASCII too', () => {
    const high = Uint8Array.from({ length: 40 }, (_, i) => 0xd8 + i)
    expect(stringText(high, Tag.TELETEX_STRING, 0, 40)).toBe(String.fromCharCode(...high))
  })
})
