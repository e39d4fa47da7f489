import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Cursor,
  integerValue,
  openDer,
  readBoolean,
  readInteger,
  readNamedBits,
  readOid,
  readSmallInteger,
  readString,
  readTime,
  Scope,
  stringText,
} from '../../src/der/index.ts'
import {
  boolean,
  type Der,
  encodeOid,
  ia5String,
  integer,
  namedBits,
  octetString,
  printableString,
  time,
  utf8String,
} from '../../src/der/writer.ts'
import { runs } from './support.ts'

/** Reads all of what was written, strictly. */
function read<Value>(der: Der, reader: (cursor: Cursor) => Value): Value {
  const cursor = openDer(der, new Scope())
  const value = reader(cursor)
  cursor.finish()
  return value
}

const content = (cursor: Cursor) => cursor.bytes.subarray(cursor.valueStart, cursor.valueEnd)

describe('what is written is read back', () => {
  it('object identifiers with arcs up to 2^70', () => {
    const arc = fc.oneof(fc.bigInt(0n, 300n), fc.bigInt(0n, 2n ** 70n), fc.bigInt(2n ** 45n, 2n ** 54n))
    const first = fc.oneof(fc.tuple(fc.constantFrom(0n, 1n), fc.bigInt(0n, 39n)), fc.tuple(fc.constant(2n), arc))
    fc.assert(
      fc.property(first, fc.array(arc, { maxLength: 8 }), (top, rest) => {
        const text = [...top, ...rest].join('.')
        const der = encodeOid(text)
        expect(read(der, (cursor) => readOid(cursor, ''))).toBe(text)
        expect(encodeOid(read(der, (cursor) => readOid(cursor, '')))).toEqual(der)
      }),
      runs(2000),
    )
  })

  it('numbers of any size', () => {
    const number = fc.oneof(fc.bigInt(-(2n ** 20n), 2n ** 20n), fc.bigInt(-(2n ** 600n), 2n ** 600n))
    fc.assert(
      fc.property(number, (value) => {
        const octets = read(integer(value), (cursor) => {
          readInteger(cursor, '')
          return content(cursor)
        })
        expect(integerValue(octets)).toBe(value)
      }),
      runs(2000),
    )
  })

  it('small numbers', () => {
    const largest = 2 ** 47 - 1
    fc.assert(
      fc.property(fc.integer({ min: -largest, max: largest }), (value) => {
        expect(read(integer(value), (cursor) => readSmallInteger(cursor, '', -largest, largest))).toBe(value)
      }),
      runs(1000),
    )
  })

  it('moments of a second, from year 0 to 9999', () => {
    const moment = fc.date({
      min: new Date('0000-01-01T00:00:00Z'),
      max: new Date('9999-12-31T23:59:59Z'),
      noInvalidDate: true,
    })
    fc.assert(
      fc.property(moment, (date) => {
        const seconds = Math.floor(date.getTime() / 1000) * 1000
        expect(read(time(new Date(seconds)), (cursor) => readTime(cursor, ''))).toBe(seconds)
      }),
      runs(2000),
    )
  })

  it('text', () => {
    const text = (cursor: Cursor) => {
      const tag = readString(cursor, '')
      return stringText(cursor.bytes, tag, cursor.valueStart, cursor.valueEnd)
    }
    const printable = fc.string({ unit: fc.constantFrom(..."ABCXYZabcxyz0189 '()+,-./:=?") })
    const graphic = fc.string({ unit: 'grapheme-ascii' })
    // Characters, not halves of them, which UTF-8 does not have; and no NUL, which is refused.
    const any = fc.string({ unit: 'binary', maxLength: 60 }).map((value) => value.replaceAll('\0', ''))
    const comesBack = (write: (value: string) => Der) => (value: string) => {
      expect(read(write(value), text)).toBe(value)
    }
    fc.assert(fc.property(printable, comesBack(printableString)), runs(500))
    fc.assert(fc.property(graphic, comesBack(ia5String)), runs(500))
    fc.assert(fc.property(any, comesBack(utf8String)), runs(2000))
  })

  it('named bits', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(15)), (bits) => {
        const expected = bits.reduce((sum, bit) => sum | (1 << bit), 0)
        expect(read(namedBits(bits), (cursor) => readNamedBits(cursor, ''))).toBe(expected)
      }),
      runs(1000),
    )
  })

  it('octets and truth', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (octets, truth) => {
        const back = read(octetString(octets), (cursor) => {
          cursor.read(0x04, '')
          return content(cursor)
        })
        expect(Buffer.compare(back, octets)).toBe(0)
        expect(read(boolean(truth), (cursor) => readBoolean(cursor, ''))).toBe(truth)
      }),
      runs(500),
    )
  })
})
