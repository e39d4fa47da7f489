import { Tag } from './tags.ts'

/** What stands to be shown of an element by its tag alone; no entry where a closer look is needed. */
const OPAQUE = 1
const PARTS = 2
const IDENTIFIER = 3
const NUMBER = 4

const kinds = /* @__PURE__ */ (() => {
  const table = new Uint8Array(256)
  // Context-specific tags in their low form, primitive and constructed.
  table.fill(OPAQUE, 0x80, 0x9f)
  table.fill(PARTS, 0xa0, 0xbf)
  for (const tag of [Tag.OCTET_STRING, Tag.UTF8_STRING, Tag.PRINTABLE_STRING, Tag.IA5_STRING]) table[tag] = OPAQUE
  table[Tag.SEQUENCE] = PARTS
  table[Tag.SET] = PARTS
  table[Tag.OBJECT_IDENTIFIER] = IDENTIFIER
  table[Tag.INTEGER] = NUMBER
  return table
})()

/**
 * How many elements there are from `at` to `end` and inside them, where all are of the usual types, in lengths of one octet,
 * at most `levels` deep, and DER without any doubt; -1 where one is not, which is for a closer look to say.
 */
export function countPlain(bytes: Uint8Array, at: number, end: number, levels: number): number {
  let count = 0
  let position = at
  while (position < end) {
    const start = position + 2
    if (start > end) return -1
    const kind = kinds[bytes[position] as number] as number
    const length = bytes[position + 1] as number
    const stop = start + length
    if (length > 0x7f || stop > end) return -1
    count++
    if (kind === PARTS) {
      const inside = levels > 0 ? countPlain(bytes, start, stop, levels - 1) : -1
      if (inside < 0) return -1
      count += inside
    } else if (kind !== OPAQUE && !isPlain(kind, bytes, start, stop)) return -1
    position = stop
  }
  return count
}

/** An identifier without an octet that could pad an arc, and that ends; a number that is positive and has no zero before it. */
function isPlain(kind: number, bytes: Uint8Array, start: number, end: number): boolean {
  if (kind === 0 || start === end) return false
  if (kind === NUMBER) {
    const first = bytes[start] as number
    return first > 0 ? first < 0x80 : end - start === 1
  }
  for (let i = start; i < end; i++) if (bytes[i] === 0x80) return false
  return (bytes[end - 1] as number) < 0x80
}
