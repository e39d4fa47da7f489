import { describe, expect, it } from 'vitest'
import { toHex } from '../../src/core/bytes.ts'
import * as write from '../../src/der/writer.ts'
import { hex } from '../support/build.ts'

describe('the writer', () => {
  it.each<[string, write.Der, string]>([
    ['a length of 127', write.octetString(new Uint8Array(127)).subarray(0, 2), '047f'],
    ['a length of 128', write.octetString(new Uint8Array(128)).subarray(0, 3), '048180'],
    ['a length of 256', write.octetString(new Uint8Array(256)).subarray(0, 4), '04820100'],
    ['a length of 65536', write.octetString(new Uint8Array(65_536)).subarray(0, 5), '0483010000'],
    ['TRUE', write.boolean(true), '0101ff'],
    ['FALSE', write.boolean(false), '010100'],
    ['zero', write.integer(0), '020100'],
    ['128', write.integer(128), '02020080'],
    ['-1', write.integer(-1), '0201ff'],
    ['-128', write.integer(-128n), '020180'],
    ['-129', write.integer(-129), '0202ff7f'],
    ['2^64', write.integer(2n ** 64n), '0209010000000000000000'],
    ['NULL', write.nullValue(), '0500'],
    ['[1] EXPLICIT', write.explicit(1, write.nullValue()), 'a1020500'],
    ['[2] IMPLICIT', write.implicit(2, hex('41')), '820141'],
    ['an empty SEQUENCE', write.sequence(), '3000'],
    ['SET OF, sorted', write.setOf(hex('0402ff'), hex('0401ff'), hex('0401fe')), '31090401fe0401ff0402ff'],
    ['SET OF, a beginning first', write.setOf(hex('0401'), hex('04')), '3103040401'],
    ['a BIT STRING', write.bitString(hex('80'), 7), '03020780'],
    ['no named bits', write.namedBits([]), '030100'],
    ['named bits', write.namedBits([0, 2]), '030205a0'],
    ['named bit 8', write.namedBits([8, 0]), '0303078080'],
    ['0.0', write.encodeOid('0.0'), '060100'],
    ['1.39.0', write.encodeOid('1.39.0'), '06024f00'],
    ['2.999', write.encodeOid('2.999'), '06028837'],
    ['an arc of 14 digits', write.encodeOid('1.2.99999999999999'), '06082a96deb183e8ff7f'],
    ['an arc of 15 digits', write.encodeOid('1.2.100000000000000'), '06082a96deb183e98000'],
    ['a second arc of 15 digits', write.encodeOid('2.100000000000000'), '060796deb183e98050'],
    [
      'a second arc of 2^128',
      write.encodeOid('2.340282366920938463463374607431768211456.5'),
      '06148480808080808080808080808080808080805005',
    ],
    ['UTF8String', write.utf8String('é'), '0c02c3a9'],
    [
      'PrintableString',
      write.printableString(`Az09 '()+,./:=?-`),
      `1310${Buffer.from(`Az09 '()+,./:=?-`).toString('hex')}`,
    ],
    ['IA5String', write.ia5String('a@b'), '1603614062'],
    [
      'the first UTCTime',
      write.time(new Date('1950-01-01T00:00:00Z')),
      `170d${Buffer.from('500101000000Z').toString('hex')}`,
    ],
    [
      'the last UTCTime',
      write.time(new Date('2049-12-31T23:59:59.999Z')),
      `170d${Buffer.from('491231235959Z').toString('hex')}`,
    ],
    [
      'before 1950',
      write.time(new Date('1949-12-31T23:59:59Z')),
      `180f${Buffer.from('19491231235959Z').toString('hex')}`,
    ],
    [
      'from 2050 on',
      write.time(new Date('2050-01-01T00:00:00Z')),
      `180f${Buffer.from('20500101000000Z').toString('hex')}`,
    ],
    [
      'the last of all',
      write.time(new Date('9999-12-31T23:59:59Z')),
      `180f${Buffer.from('99991231235959Z').toString('hex')}`,
    ],
  ])('writes %s', (_, der, expected) => {
    expect(toHex(der)).toBe(expected)
  })

  it.each<[string, () => unknown]>([
    ['an object identifier of one arc', () => write.encodeOid('1')],
    ['arcs 0.40', () => write.encodeOid('0.40')],
    ['arcs 3.1', () => write.encodeOid('3.1')],
    ['a leading zero', () => write.encodeOid('1.2.03')],
    ['a name', () => write.encodeOid('id-at-commonName')],
    ['an empty arc', () => write.encodeOid('1.2.')],
    ['@ in PrintableString', () => write.printableString('@')],
    ['é in IA5String', () => write.ia5String('é')],
    ['half of a pair in IA5String', () => write.ia5String('\ud800')],
    ['no moment', () => write.time(new Date(Number.NaN))],
    ['a year before 0', () => write.time(new Date('-000001-01-01T00:00:00Z'))],
    ['a year after 9999', () => write.time(new Date('+010000-01-01T00:00:00Z'))],
  ])('does not write %s', (_, writing) => {
    expect(writing).toThrow(TypeError)
  })
})
