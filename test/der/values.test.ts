import { describe, expect, it } from 'vitest'
import { defaultLimits } from '../../src/core/limits.ts'
import {
  type Cursor,
  integerValue,
  type ReadMode,
  readBitString,
  readBoolean,
  readBooleanDefaultFalse,
  readGeneralizedTime,
  readInteger,
  readNamedBits,
  readNull,
  readOctetAlignedBitString,
  readOid,
  readSmallInteger,
  readTime,
  tagName,
} from '../../src/der/index.ts'
import { breaches, cursorOver, refusalOf } from '../support/breach.ts'
import { hex } from '../support/build.ts'

/** A reader, octets that it must refuse, the code and where. `strict` breaches are recorded in tolerant mode. */
type Row = readonly [octets: string, code: string, offset: number, firmness?: 'strict']

function refuses(name: string, read: (cursor: Cursor) => unknown, rows: readonly Row[]): void {
  const cases = rows.map(([octets, code, offset, firmness]) => ({ octets, code, offset, firmness }))
  it.each(cases)(`${name} refuses $octets: $code`, ({ octets, code, offset, firmness }) => {
    const breach = { code, path: 'root.x', offset }
    expect(refusalOf(() => read(cursorOver(octets)))).toEqual(breach)
    const tolerant = cursorOver(octets, 'tolerant')
    if (firmness === undefined) expect(refusalOf(() => read(tolerant))).toEqual(breach)
    else {
      read(tolerant)
      expect(breaches(tolerant.scope.deviations)).toEqual([breach])
    }
  })
}

function accepts<Value>(
  name: string,
  read: (cursor: Cursor) => Value,
  rows: readonly (readonly [string, Value])[],
): void {
  it.each(rows)(`${name} reads %s`, (octets, value) => {
    for (const mode of ['strict', 'tolerant'] satisfies ReadMode[]) {
      const cursor = cursorOver(octets, mode)
      expect(read(cursor)).toEqual(value)
      expect(cursor.scope.deviations).toEqual([])
      cursor.finish()
    }
  })
}

describe('BOOLEAN', () => {
  const read = (cursor: Cursor) => readBoolean(cursor, 'x')
  accepts('it', read, [
    ['01 01 ff', true],
    ['01 01 00', false],
  ])
  refuses('it', read, [
    ['01 00', 'DER_BOOLEAN_LENGTH', 0],
    ['01 02 ff ff', 'DER_BOOLEAN_LENGTH', 0],
    ['01 01 01', 'DER_BOOLEAN_VALUE', 2],
    ['01 01 fe', 'DER_BOOLEAN_VALUE', 2],
  ])
  const withDefault = (cursor: Cursor) => readBooleanDefaultFalse(cursor, 'x')
  refuses('the default', withDefault, [['01 01 00', 'DER_DEFAULT_ENCODED', 0, 'strict']])
  accepts('the default', withDefault, [['01 01 ff', true]])
  it('reads nothing as FALSE', () => {
    const cursor = cursorOver('05 00')
    expect(readBooleanDefaultFalse(cursor, 'x')).toBe(false)
    expect(cursor.position).toBe(0)
  })
})

describe('INTEGER', () => {
  const content = (cursor: Cursor) => {
    readInteger(cursor, 'x')
    return integerValue(cursor.bytes.subarray(cursor.valueStart, cursor.valueEnd))
  }
  accepts('it', content, [
    ['02 01 00', 0n],
    ['02 01 7f', 127n],
    ['02 02 00 80', 128n],
    ['02 01 80', -128n],
    ['02 01 ff', -1n],
    ['02 02 ff 7f', -129n],
    ['02 09 00 ff ff ff ff ff ff ff ff', 2n ** 64n - 1n],
  ])
  refuses('it', content, [
    ['02 00', 'DER_INTEGER_EMPTY', 0],
    ['02 02 00 00', 'DER_INTEGER_NOT_MINIMAL', 0],
    ['02 02 00 7f', 'DER_INTEGER_NOT_MINIMAL', 0],
    ['02 02 ff 80', 'DER_INTEGER_NOT_MINIMAL', 0],
    ['02 02 ff ff', 'DER_INTEGER_NOT_MINIMAL', 0],
    ['22 03 02 01 00', 'DER_FORM_CONSTRUCTED', 0],
  ])
  it('is capped', () => {
    const limits = { ...defaultLimits, integer: 2 }
    readInteger(cursorOver('02 02 01 00', 'strict', limits), 'x')
    expect(refusalOf(() => readInteger(cursorOver('02 03 01 00 00', 'tolerant', limits), 'x'))).toEqual({
      code: 'LIMIT_INTEGER',
      path: 'root.x',
      offset: 0,
    })
  })
  it('has no octets as zero', () => {
    expect(integerValue(new Uint8Array())).toBe(0n)
  })

  const small = (cursor: Cursor) => readSmallInteger(cursor, 'x', -130, 300)
  accepts('a small one', small, [
    ['02 02 01 2c', 300],
    ['02 02 ff 7e', -130],
    ['02 01 ff', -1],
  ])
  refuses('a small one', small, [
    ['02 02 01 2d', 'DER_INTEGER_RANGE', 0],
    ['02 02 ff 7d', 'DER_INTEGER_RANGE', 0],
    ['02 07 01 00 00 00 00 00 00', 'DER_INTEGER_RANGE', 0],
  ])
  accepts('six octets', (cursor) => readSmallInteger(cursor, 'x', -(2 ** 47), 2 ** 47 - 1), [
    ['02 06 7f ff ff ff ff ff', 2 ** 47 - 1],
    ['02 06 80 00 00 00 00 00', -(2 ** 47)],
  ])
  accepts('under an implicit tag', (cursor) => readSmallInteger(cursor, 'x', 0, 9, 0x80), [['80 01 09', 9]])
})

describe('NULL', () => {
  const read = (cursor: Cursor) => readNull(cursor, 'x')
  accepts('it', read, [['05 00', undefined]])
  refuses('it', read, [['05 01 00', 'DER_NULL_CONTENT', 0]])
})

describe('OBJECT IDENTIFIER', () => {
  const read = (cursor: Cursor) => readOid(cursor, 'x')
  accepts('it', read, [
    ['06 01 00', '0.0'],
    ['06 01 27', '0.39'],
    ['06 01 28', '1.0'],
    ['06 01 4f', '1.39'],
    ['06 01 50', '2.0'],
    ['06 02 88 37', '2.999'],
    ['06 03 55 04 61', '2.5.4.97'],
    // As long as a known one, or with its last octets, but another.
    ['06 03 56 04 61', '2.6.4.97'],
    ['06 04 55 55 04 61', '2.5.85.4.97'],
    ['06 09 2a 86 48 86 f7 0d 01 01 0b', '1.2.840.113549.1.1.11'],
    ['06 08 83 ff ff ff ff ff ff 7f', `2.${2n ** 51n - 81n}`],
    ['06 0c 2a ff ff ff ff ff ff ff ff ff ff 7f', `1.2.${2n ** 77n - 1n}`],
    ['06 0c ff ff ff ff ff ff ff ff ff ff 7f 01', `2.${2n ** 77n - 81n}.1`],
    // Small again after a large one.
    ['06 0b 2a ff ff ff ff ff ff ff ff 7f 05', `1.2.${2n ** 63n - 1n}.5`],
  ])
  refuses('it', read, [
    ['06 00', 'DER_OID_EMPTY', 0],
    ['06 01 80', 'DER_OID_ARC_PADDED', 2],
    ['06 02 80 01', 'DER_OID_ARC_PADDED', 2],
    ['06 04 55 80 04 61', 'DER_OID_ARC_PADDED', 3],
    ['06 01 81', 'DER_OID_TRUNCATED', 2],
    ['06 03 55 04 e1', 'DER_OID_TRUNCATED', 4],
  ])
  accepts('under an implicit tag', (cursor) => readOid(cursor, 'x', 0x88), [['88 02 2a 03', '1.2.3']])
  it('is capped', () => {
    const limits = { ...defaultLimits, oid: 3 }
    expect(readOid(cursorOver('06 03 55 04 61', 'strict', limits), 'x')).toBe('2.5.4.97')
    expect(refusalOf(() => readOid(cursorOver('06 04 55 04 61 01', 'tolerant', limits), 'x'))).toEqual({
      code: 'LIMIT_OID',
      path: 'root.x',
      offset: 0,
    })
  })
})

describe('BIT STRING', () => {
  const read = (cursor: Cursor) => {
    const unused = readBitString(cursor, 'x')
    return [unused, [...cursor.bytes.subarray(cursor.valueStart, cursor.valueEnd)]]
  }
  accepts('it', read, [
    ['03 01 00', [0, []]],
    ['03 02 00 ff', [0, [0xff]]],
    ['03 02 07 80', [7, [0x80]]],
    ['03 02 07 00', [7, [0]]],
  ])
  refuses('it', read, [
    ['03 00', 'DER_BITS_EMPTY', 0],
    ['03 02 08 00', 'DER_BITS_UNUSED', 2],
    ['03 01 01', 'DER_BITS_UNUSED', 2],
    ['03 02 01 01', 'DER_BITS_PADDING', 3],
    ['03 03 07 80 c0', 'DER_BITS_PADDING', 4],
    ['23 04 03 02 00 ff', 'DER_FORM_CONSTRUCTED', 0],
  ])
  const whole = (cursor: Cursor) => readOctetAlignedBitString(cursor, 'x')
  accepts('whole octets', whole, [['03 02 00 80', undefined]])
  refuses('whole octets', whole, [['03 02 04 80', 'DER_BITS_UNUSED', 2]])

  const named = (cursor: Cursor) => readNamedBits(cursor, 'x')
  accepts('named bits', named, [
    ['03 01 00', 0],
    ['03 02 07 80', 1],
    ['03 02 00 01', 0x80],
    ['03 02 05 a0', 0b101],
    ['03 03 07 00 80', 0x100],
    ['03 03 00 ff ff', 0xffff],
    // A bit behind the last name means nothing.
    ['03 04 00 80 00 01', 1],
  ])
  refuses('named bits', named, [
    ['03 02 00 80', 'DER_BITS_TRAILING_ZERO', 0, 'strict'],
    ['03 02 06 80', 'DER_BITS_TRAILING_ZERO', 0, 'strict'],
    ['03 02 07 00', 'DER_BITS_TRAILING_ZERO', 0, 'strict'],
    ['03 03 00 80 00', 'DER_BITS_TRAILING_ZERO', 0, 'strict'],
  ])
  accepts('named bits under an implicit tag', (cursor) => readNamedBits(cursor, 'x', 0x81), [['81 02 06 40', 2]])
})

describe('time', () => {
  const ascii = (tag: string, text: string) =>
    `${tag}${text.length.toString(16).padStart(2, '0')}${Buffer.from(text).toString('hex')}`
  const utc = (text: string) => ascii('17', text)
  const general = (text: string) => ascii('18', text)
  const read = (cursor: Cursor) => readTime(cursor, 'x')
  const instants: [string, string][] = [
    [utc('500101000000Z'), '1950-01-01T00:00:00Z'],
    [utc('991231235959Z'), '1999-12-31T23:59:59Z'],
    [utc('000101000000Z'), '2000-01-01T00:00:00Z'],
    [utc('491231235959Z'), '2049-12-31T23:59:59Z'],
    [utc('700101000000Z'), '1970-01-01T00:00:00Z'],
    [utc('240229120000Z'), '2024-02-29T12:00:00Z'],
    [utc('000229000000Z'), '2000-02-29T00:00:00Z'],
    [utc('690430235959Z'), '1969-04-30T23:59:59Z'],
    [general('20500101000000Z'), '2050-01-01T00:00:00Z'],
    [general('00000101000000Z'), '0000-01-01T00:00:00Z'],
    [general('00000229000000Z'), '0000-02-29T00:00:00Z'],
    [general('19000228000000Z'), '1900-02-28T00:00:00Z'],
    [general('24000229000000Z'), '2400-02-29T00:00:00Z'],
    [general('99991231235959Z'), '9999-12-31T23:59:59Z'],
  ]
  accepts(
    'it',
    read,
    instants.map(([octets, text]) => [octets, Date.parse(text)] as const),
  )
  accepts('GeneralizedTime under an implicit tag', (cursor) => readGeneralizedTime(cursor, 'x', 0x80), [
    [ascii('80', '20260102030405Z'), Date.parse('2026-01-02T03:04:05Z')],
  ])
  const value = (text: string): Row => [utc(text), 'DER_TIME_VALUE', 2]
  refuses('it', read, [
    ['05 00', 'DER_TAG_UNEXPECTED', 0],
    ['37 00', 'DER_FORM_CONSTRUCTED', 0],
    ['38 00', 'DER_FORM_CONSTRUCTED', 0],
    [utc(''), 'DER_TIME_SYNTAX', 2],
    [utc('2601010000Z'), 'DER_TIME_SYNTAX', 2],
    [utc('260101000000'), 'DER_TIME_SYNTAX', 2],
    [utc('260101000000z'), 'DER_TIME_SYNTAX', 2],
    [utc('260101000000+0000'), 'DER_TIME_SYNTAX', 2],
    [utc('26010100000:Z'), 'DER_TIME_SYNTAX', 13],
    [utc('/60101000000Z'), 'DER_TIME_SYNTAX', 2],
    [utc('2601 1000000Z'), 'DER_TIME_SYNTAX', 6],
    [general('20260101000000.5Z'), 'DER_TIME_SYNTAX', 2],
    [general('2026010100000Z'), 'DER_TIME_SYNTAX', 2],
    value('260001000000Z'),
    value('261301000000Z'),
    value('260100000000Z'),
    value('260132000000Z'),
    value('260431000000Z'),
    value('260631000000Z'),
    value('260931000000Z'),
    value('261131000000Z'),
    value('260229000000Z'),
    value('260101240000Z'),
    value('260101006000Z'),
    value('260101000060Z'),
    [general('21000229000000Z'), 'DER_TIME_VALUE', 2],
  ])
  it('is missing', () => {
    const cursor = cursorOver('30 00')
    cursor.open(0x30, '')
    expect(refusalOf(() => readTime(cursor, 'x'))).toEqual({ code: 'DER_VALUE_MISSING', path: 'root.x', offset: 2 })
  })
})

describe('tagName', () => {
  it.each([
    [0x02, 'INTEGER'],
    [0x0c, 'UTF8 STRING'],
    [0xa3, '[3]'],
    [0x82, '[2] (primitive)'],
    [0x61, 'tag 0x61'],
    [0x09, 'tag 0x09'],
  ])('names %i', (tag, name) => {
    expect(tagName(tag)).toBe(name)
  })
  it('knows what the hexadecimal of a test is', () => {
    expect(() => hex('0')).toThrow(TypeError)
  })
})
