import { concatBytes } from '../core/bytes.ts'
import { oidNames } from '../core/oids.ts'
import type { Cursor, Step } from './cursor.ts'
import { Tag } from './tags.ts'
import { encodeOid } from './writer.ts'

/** An identifier that was read: its text, and its number among the known ones, 0 where it is none of them. */
export interface Identifier {
  readonly text: string
  readonly number: number
}

/** Two to this power are the slots, several times as many as there are known identifiers. */
const slotBits = 10

/**
 * Attribute types and extensions, more than half of what a certificate has, are 2.5.n.m: three octets, which differ in the last
 * 13 bits and have these before.
 */
const directory = 0x550000 >> 13
const directoryBits = 13
const directoryMask = (1 << directoryBits) - 1

/** Stands at 0, where no known identifier is. */
const nothing: Identifier = { text: '', number: 0 }

/**
 * The known identifiers, numbered from 1, so that reading one is a comparison and not an arithmetic: their octets one after
 * the other, their last three octets as one number, for each slot of a hash the first identifier in it, and those of the
 * directory by themselves. Octets are always compared in full.
 */
const known = /* @__PURE__ */ (() => {
  const texts = Object.keys(oidNames)
  const identifiers = [nothing, ...texts.map((text, index): Identifier => ({ text, number: index + 1 }))]
  const encodings = texts.map((text) => encodeOid(text).subarray(2))
  const octets = concatBytes(...encodings)
  const starts = new Int32Array(texts.length + 2)
  const tails = new Int32Array(texts.length + 1)
  const first = new Int16Array(1 << slotBits)
  const next = new Int16Array(texts.length + 1)
  const byTail = new Int16Array(1 << directoryBits)
  for (const [index, encoding] of encodings.entries()) {
    const number = index + 1
    starts[number + 1] = (starts[number] as number) + encoding.length
    const tail = tailOf(encoding, encoding.length)
    tails[number] = tail
    if (encoding.length === 3 && tail >> directoryBits === directory) byTail[tail & directoryMask] = number
    const slot = slotOf(tail, encoding.length)
    next[number] = first[slot] as number
    first[slot] = number
  }
  const numbers = new Map(texts.map((text, index) => [text, index + 1]))
  return { identifiers, numbers, octets, starts, tails, first, next, byTail }
})()

/** The last three octets as a number. */
function tailOf(bytes: Uint8Array, end: number): number {
  return ((bytes[end - 3] as number) << 16) | ((bytes[end - 2] as number) << 8) | (bytes[end - 1] as number)
}

/** The last octets and the length tell the known identifiers apart well enough. The factor is that of Fibonacci hashing. */
function slotOf(tail: number, length: number): number {
  return Math.imul(tail + length, 0x9e3779b1) >>> (32 - slotBits)
}

/** The number of a known identifier; 0 where it is none. */
function numberOf(bytes: Uint8Array, start: number, end: number): number {
  const length = end - start
  if (length < 3) return 0
  const { octets, starts, tails, first, next, byTail } = known
  const tail = tailOf(bytes, end)
  if (length === 3 && tail >> directoryBits === directory) return byTail[tail & directoryMask] as number
  let number = first[slotOf(tail, length)] as number
  while (number > 0) {
    const from = starts[number] as number
    if (tails[number] === tail && (starts[number + 1] as number) - from === length) {
      let i = length - 4
      while (i >= 0 && octets[from + i] === bytes[start + i]) i--
      if (i < 0) return number
    }
    number = next[number] as number
  }
  return 0
}

/** Values by the number of their identifier, which must be a known one: found without a search for its text. */
export function byNumber<Value>(entries: Iterable<readonly [string, Value]>): readonly (Value | undefined)[] {
  const table = new Array<Value | undefined>(known.identifiers.length).fill(undefined)
  for (const [oid, value] of entries) {
    const number = known.numbers.get(oid)
    if (number === undefined) throw new TypeError(`${oid} is not among the known identifiers`)
    table[number] = value
  }
  return table
}

/** Reads an OBJECT IDENTIFIER as dotted decimal text, which is equal exactly where the octets are (X.690 8.19). */
export function readOid(cursor: Cursor, step: Step, tag: number = Tag.OBJECT_IDENTIFIER): string {
  return readIdentifier(cursor, step, tag).text
}

/** Reads an OBJECT IDENTIFIER as {@link readOid} does, with its number for a table made by {@link byNumber}. */
export function readIdentifier(cursor: Cursor, step: Step, tag: number = Tag.OBJECT_IDENTIFIER): Identifier {
  cursor.read(tag, step)
  limitLength(cursor, step)
  const { bytes, valueStart, valueEnd } = cursor
  const number = numberOf(bytes, valueStart, valueEnd)
  if (number > 0) return known.identifiers[number] as Identifier
  checkArcs(cursor, step)
  return { text: oidText(bytes, valueStart, valueEnd), number }
}

/** Shows that the element read last is an OBJECT IDENTIFIER, without making it text. */
export function checkOid(cursor: Cursor, step: Step): void {
  limitLength(cursor, step)
  checkArcs(cursor, step)
}

function limitLength(cursor: Cursor, step: Step): void {
  const length = cursor.valueEnd - cursor.valueStart
  if (length > cursor.scope.limits.oid) cursor.refuseLength('LIMIT_OID', step, length)
}

/** X.690 8.19.2: each arc in the fewest octets, and the last one ends. */
function checkArcs(cursor: Cursor, step: Step): void {
  const { bytes, valueStart, valueEnd } = cursor
  if (valueStart === valueEnd) cursor.refuse('DER_OID_EMPTY', step, cursor.elementStart)
  for (let i = valueStart; i < valueEnd; i++) {
    // An arc begins where the one before it has ended.
    if (bytes[i] === 0x80 && (i === valueStart || (bytes[i - 1] as number) < 0x80)) {
      cursor.refuse('DER_OID_ARC_PADDED', step, i)
    }
  }
  if ((bytes[valueEnd - 1] as number) >= 0x80) cursor.refuse('DER_OID_TRUNCATED', step, valueEnd - 1)
}

function oidText(bytes: Uint8Array, start: number, end: number): string {
  const arcs: (number | bigint)[] = []
  let arc = 0
  let large: bigint | undefined
  for (let i = start; i < end; i++) {
    const octet = bytes[i] as number
    // Seven more bits must stay exact: beyond 2^46 go on in big integers.
    if (large === undefined && arc >= 2 ** 46) large = BigInt(arc)
    if (large === undefined) arc = arc * 128 + (octet & 0x7f)
    else large = (large << 7n) | BigInt(octet & 0x7f)
    if (octet >= 0x80) continue
    if (arcs.length > 0) arcs.push(large ?? arc)
    else if (large !== undefined) arcs.push(2, large - 80n)
    else {
      const top = arc >= 80 ? 2 : arc >= 40 ? 1 : 0
      arcs.push(top, arc - top * 40)
    }
    arc = 0
    large = undefined
  }
  return arcs.join('.')
}
