import { concatBytes } from '../core/bytes.ts'
import { contextConstructed, contextPrimitive, Tag } from './tags.ts'

/** A small writer of DER: values in, octets out. Its counterpart reads nothing back: for building requests and vectors. */

export type Der = Uint8Array<ArrayBuffer>

/** One element: tag, shortest length, content. */
export function element(tag: number, ...content: readonly Uint8Array[]): Der {
  let length = 0
  for (const part of content) length += part.length
  return concatBytes(Uint8Array.of(tag, ...lengthOctets(length)), ...content)
}

function lengthOctets(length: number): number[] {
  if (length < 0x80) return [length]
  const octets: number[] = []
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256)
  return [0x80 | octets.length, ...octets]
}

export function sequence(...content: readonly Uint8Array[]): Der {
  return element(Tag.SEQUENCE, ...content)
}

/** SET OF: the encodings in ascending order (X.690 11.6). */
export function setOf(...content: readonly Uint8Array[]): Der {
  return element(Tag.SET, ...[...content].sort(compareBytes))
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const common = Math.min(a.length, b.length)
  for (let i = 0; i < common; i++) if (a[i] !== b[i]) return (a[i] as number) - (b[i] as number)
  return a.length - b.length
}

/** `[n] EXPLICIT`. */
export function explicit(number: number, ...content: readonly Uint8Array[]): Der {
  return element(contextConstructed(number), ...content)
}

/** `[n] IMPLICIT` over a primitive type: the content octets alone. */
export function implicit(number: number, content: Uint8Array): Der {
  return element(contextPrimitive(number), content)
}

export function boolean(value: boolean): Der {
  return element(Tag.BOOLEAN, Uint8Array.of(value ? 0xff : 0))
}

/** Throws `TypeError` where a number is no whole one. */
export function integer(value: number | bigint): Der {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) throw new TypeError('an INTEGER takes a whole number')
  let rest = BigInt(value)
  const octets: number[] = []
  for (;;) {
    const low = Number(BigInt.asUintN(8, rest))
    octets.unshift(low)
    rest >>= 8n
    if ((rest === 0n && low < 0x80) || (rest === -1n && low >= 0x80)) break
  }
  return element(Tag.INTEGER, Uint8Array.from(octets))
}

export function nullValue(): Der {
  return element(Tag.NULL)
}

export function octetString(content: Uint8Array): Der {
  return element(Tag.OCTET_STRING, content)
}

export function bitString(content: Uint8Array, unused = 0): Der {
  return element(Tag.BIT_STRING, Uint8Array.of(unused), content)
}

/** A named bit list from bit numbers, without trailing zero bits (X.690 11.2.2). */
export function namedBits(bits: readonly number[]): Der {
  if (bits.length === 0) return bitString(new Uint8Array())
  const highest = Math.max(...bits)
  const octets = new Uint8Array((highest >> 3) + 1)
  for (const bit of bits) octets[bit >> 3] = (octets[bit >> 3] as number) | (0x80 >> (bit & 7))
  return bitString(octets, 7 - (highest & 7))
}

/** OBJECT IDENTIFIER from dotted decimal text. Throws `TypeError` where it is not that. */
export function encodeOid(text: string): Der {
  if (!/^(?:[01]\.(?:[0-9]|[1-3][0-9])|2\.(?:0|[1-9][0-9]*))(?:\.(?:0|[1-9][0-9]*))*$/.test(text)) {
    throw new TypeError(`'${text}' is not an object identifier`)
  }
  const [top, second, ...rest] = text.split('.').map(arcOf) as [number, number | bigint, ...(number | bigint)[]]
  const first = typeof second === 'bigint' ? BigInt(top * 40) + second : top * 40 + second
  return element(Tag.OBJECT_IDENTIFIER, Uint8Array.from([first, ...rest].flatMap(base128)))
}

/** Arcs are small but for UUIDs and attacks: big integers are kept for those. */
function arcOf(digits: string): number | bigint {
  return digits.length < 15 ? Number(digits) : BigInt(digits)
}

function base128(arc: number | bigint): number[] {
  if (typeof arc === 'bigint') return arc < 128n ? [Number(arc)] : continued(base128(arc >> 7n), Number(arc & 0x7fn))
  return arc < 128 ? [arc] : continued(base128(Math.floor(arc / 128)), arc % 128)
}

/** The octets of an arc with seven more bits behind them. */
function continued(octets: number[], last: number): number[] {
  octets.push(last)
  octets[octets.length - 2] = (octets[octets.length - 2] as number) | 0x80
  return octets
}

const utf8 = new TextEncoder()

/** Throws `TypeError` on half of a surrogate pair. */
export function utf8String(text: string): Der {
  if (!isWellFormed(text)) throw new TypeError('half of a surrogate pair is no text')
  return element(Tag.UTF8_STRING, utf8.encode(text))
}

/** PrintableString; throws `TypeError` on a character outside its alphabet (X.680 41.4). */
export function printableString(text: string): Der {
  if (!/^[A-Za-z0-9 '()+,./:=?-]*$/.test(text)) throw new TypeError('a character that PrintableString does not have')
  return element(Tag.PRINTABLE_STRING, utf8.encode(text))
}

/** IA5String; throws `TypeError` on a character that is not ASCII. */
export function ia5String(text: string): Der {
  const octets = utf8.encode(text)
  if (octets.length !== text.length) throw new TypeError('a character that IA5String does not have')
  return element(Tag.IA5_STRING, octets)
}

/** UTCTime up to 2049, GeneralizedTime from 2050 on (RFC 5280 4.1.2.5), whole seconds. */
export function time(moment: Date): Der {
  if (Number.isNaN(moment.getTime())) throw new TypeError('not a moment')
  const digits = moment.toISOString().replace(/[-:T]|\.\d+/g, '')
  const year = moment.getUTCFullYear()
  if (year >= 1950 && year < 2050) return element(Tag.UTC_TIME, utf8.encode(digits.slice(2)))
  if (year < 0 || year > 9999) throw new TypeError('a year that no certificate can hold')
  return element(Tag.GENERALIZED_TIME, utf8.encode(digits))
}

function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text)
}
