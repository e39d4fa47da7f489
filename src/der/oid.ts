import { oidNames } from '../core/oids.ts'
import type { Cursor, Step } from './cursor.ts'
import { Tag } from './tags.ts'
import { encodeOid } from './writer.ts'

/** A known identifier: its octets, its text, and the next one of the same slot. */
interface Known {
  readonly octets: Uint8Array
  readonly text: string
  readonly next: Known | undefined
}

/** More slots than there are known identifiers; a power of two. */
const slotCount = 1024

/**
 * The known identifiers by a hash of their octets, so that reading one is a comparison and not an arithmetic. Octets are
 * always compared in full.
 */
const slots: readonly (Known | undefined)[] = /* @__PURE__ */ (() => {
  const table = new Array<Known | undefined>(slotCount).fill(undefined)
  for (const text of Object.keys(oidNames)) {
    const octets = encodeOid(text).subarray(2)
    const slot = slotOf(octets, 0, octets.length)
    table[slot] = { octets, text, next: table[slot] }
  }
  return table
})()

/** Reads an OBJECT IDENTIFIER as dotted decimal text, which is equal exactly where the octets are (X.690 8.19). */
export function readOid(cursor: Cursor, step: Step, tag: number = Tag.OBJECT_IDENTIFIER): string {
  const start = cursor.position
  cursor.read(tag, step)
  const { bytes, valueStart, valueEnd } = cursor
  const length = valueEnd - valueStart
  if (length > cursor.scope.limits.oid) cursor.refuse('LIMIT_OID', step, start, `${length} octets`)
  let known = slots[slotOf(bytes, valueStart, valueEnd)]
  while (known !== undefined) {
    if (matches(known.octets, bytes, valueStart, length)) return known.text
    known = known.next
  }
  if (length === 0) cursor.refuse('DER_OID_EMPTY', step, start)
  let arcStart = true
  for (let i = valueStart; i < valueEnd; i++) {
    const octet = bytes[i] as number
    if (arcStart && octet === 0x80) cursor.refuse('DER_OID_ARC_PADDED', step, i)
    arcStart = octet < 0x80
  }
  if (!arcStart) cursor.refuse('DER_OID_TRUNCATED', step, valueEnd - 1)
  return oidText(bytes, valueStart, valueEnd)
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

function matches(octets: Uint8Array, bytes: Uint8Array, start: number, length: number): boolean {
  if (octets.length !== length) return false
  for (let i = 0; i < length; i++) if (octets[i] !== bytes[start + i]) return false
  return true
}
