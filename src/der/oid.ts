import { oidNames } from '../core/oids.ts'
import type { Cursor, Step } from './cursor.ts'
import { Tag } from './tags.ts'
import { encodeOid } from './writer.ts'

/** More slots than there are known identifiers; a power of two. */
const slotCount = 1024

/**
 * The known identifiers, so that reading one is a comparison and not an arithmetic: their octets one after the other, and
 * for each slot of a hash the first identifier in it. Octets are always compared in full.
 */
const known = /* @__PURE__ */ (() => {
  const texts = Object.keys(oidNames)
  const encodings = texts.map((text) => encodeOid(text).subarray(2))
  const starts = new Int32Array(texts.length + 1)
  for (const [index, { length }] of encodings.entries()) starts[index + 1] = (starts[index] as number) + length
  const octets = new Uint8Array(starts[texts.length] as number)
  const first = new Int16Array(slotCount).fill(-1)
  const next = new Int16Array(texts.length)
  for (const [index, encoding] of encodings.entries()) {
    octets.set(encoding, starts[index])
    const slot = slotOf(encoding, 0, encoding.length)
    next[index] = first[slot] as number
    first[slot] = index
  }
  return { texts, starts, octets, first, next }
})()

/** The text of a known identifier; undefined where it is none. */
function knownText(bytes: Uint8Array, start: number, end: number): string | undefined {
  const { texts, starts, octets, first, next } = known
  let index = first[slotOf(bytes, start, end)] as number
  while (index >= 0) {
    const from = starts[index] as number
    if ((starts[index + 1] as number) - from === end - start) {
      let i = end - start - 1
      while (i >= 0 && octets[from + i] === bytes[start + i]) i--
      if (i < 0) return texts[index]
    }
    index = next[index] as number
  }
  return undefined
}

/** Reads an OBJECT IDENTIFIER as dotted decimal text, which is equal exactly where the octets are (X.690 8.19). */
export function readOid(cursor: Cursor, step: Step, tag: number = Tag.OBJECT_IDENTIFIER): string {
  const start = cursor.position
  cursor.read(tag, step)
  const { bytes, valueStart, valueEnd } = cursor
  const length = valueEnd - valueStart
  if (length > cursor.scope.limits.oid) cursor.refuse('LIMIT_OID', step, start, `${length} octets`)
  const text = knownText(bytes, valueStart, valueEnd)
  if (text !== undefined) return text
  checkArcs(cursor, step, start)
  return oidText(bytes, valueStart, valueEnd)
}

/** Reads an OBJECT IDENTIFIER and shows that it is one, without making it text. */
export function skipOid(cursor: Cursor, step: Step): void {
  const start = cursor.position
  cursor.read(Tag.OBJECT_IDENTIFIER, step)
  const length = cursor.valueEnd - cursor.valueStart
  if (length > cursor.scope.limits.oid) cursor.refuse('LIMIT_OID', step, start, `${length} octets`)
  checkArcs(cursor, step, start)
}

/** X.690 8.19.2: each arc in the fewest octets, and the last one ends. */
function checkArcs(cursor: Cursor, step: Step, start: number): void {
  const { bytes, valueStart, valueEnd } = cursor
  if (valueStart === valueEnd) cursor.refuse('DER_OID_EMPTY', step, start)
  let arcStart = true
  for (let i = valueStart; i < valueEnd; i++) {
    const octet = bytes[i] as number
    if (arcStart && octet === 0x80) cursor.refuse('DER_OID_ARC_PADDED', step, i)
    arcStart = octet < 0x80
  }
  if (!arcStart) cursor.refuse('DER_OID_TRUNCATED', step, valueEnd - 1)
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

/** The last octets and the length tell the known identifiers apart well enough. */
function slotOf(bytes: Uint8Array, start: number, end: number): number {
  const length = end - start
  if (length < 3) return length & (slotCount - 1)
  const last = bytes[end - 1] as number
  const before = bytes[end - 2] as number
  return (last + before * 37 + (bytes[end - 3] as number) * 101 + length * 167) & (slotCount - 1)
}
