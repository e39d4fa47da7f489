import { oidNames } from '../core/oids.ts'
import type { Cursor, Step } from './cursor.ts'
import { Tag } from './tags.ts'
import { encodeOid } from './writer.ts'

/**
 * The known identifiers by a hash of their octets, so that reading one is a comparison and not an arithmetic. A bucket
 * holds every identifier of that hash; octets are always compared in full.
 */
const known = /* @__PURE__ */ (() => {
  const buckets = new Map<number, { octets: Uint8Array; text: string }[]>()
  for (const text of Object.keys(oidNames)) {
    const octets = encodeOid(text).subarray(2)
    const hash = hashOctets(octets, 0, octets.length)
    const bucket = buckets.get(hash)
    if (bucket === undefined) buckets.set(hash, [{ octets, text }])
    else bucket.push({ octets, text })
  }
  return buckets
})()

/** Reads an OBJECT IDENTIFIER as dotted decimal text, which is equal exactly where the octets are (X.690 8.19). */
export function readOid(cursor: Cursor, step: Step, tag: number = Tag.OBJECT_IDENTIFIER): string {
  const start = cursor.position
  cursor.read(tag, step)
  const { bytes, valueStart, valueEnd } = cursor
  const length = valueEnd - valueStart
  if (length > cursor.scope.limits.oid) cursor.refuse('LIMIT_OID', step, start, `${length} octets`)
  const bucket = known.get(hashOctets(bytes, valueStart, valueEnd))
  if (bucket !== undefined) {
    for (let i = 0; i < bucket.length; i++) {
      const entry = bucket[i] as { octets: Uint8Array; text: string }
      if (matches(entry.octets, bytes, valueStart, length)) return entry.text
    }
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

/** The last three octets and the length tell the known identifiers apart well enough. */
function hashOctets(bytes: Uint8Array, start: number, end: number): number {
  const length = end - start
  if (length < 3) return length
  const tail = ((bytes[end - 3] as number) << 16) | ((bytes[end - 2] as number) << 8) | (bytes[end - 1] as number)
  return tail * 32 + (length & 31)
}

function matches(octets: Uint8Array, bytes: Uint8Array, start: number, length: number): boolean {
  if (octets.length !== length) return false
  for (let i = 0; i < length; i++) if (octets[i] !== bytes[start + i]) return false
  return true
}
