/** Where a value begins and ends. */
interface Part {
  readonly start: number
  readonly end: number
}

const BIT_STRING = 0x03
const OCTET_STRING = 0x04

/**
 * Octets of the elements that begin at the given offsets, header included. An offset where no element begins has none.
 * One walk over the certificate, also into strings that hold DER; only what the readers let pass comes here.
 */
export function elementLengths(der: Uint8Array, offsets: ReadonlySet<number>): Map<number, number> {
  const lengths = new Map<number, number>()
  const parts: Part[] = [{ start: 0, end: der.length }]
  for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
    let at = part.start
    while (at < part.end) {
      const value = valueAt(der, at, part.end)
      if (value === undefined) break
      if (offsets.has(at)) lengths.set(at, value.end - at)
      const inner = innerOf(der, der[at] as number, value)
      if (inner !== undefined) parts.push(inner)
      at = value.end
    }
  }
  return lengths
}

/** The value of an element with a tag of one octet; undefined where it does not fit. */
function valueAt(der: Uint8Array, at: number, limit: number): Part | undefined {
  const first = der[at + 1]
  if (first === undefined || ((der[at] as number) & 0x1f) === 0x1f) return undefined
  let start = at + 2
  let length = first
  if (first >= 0x80) {
    const count = first & 0x7f
    if (count === 0 || count > 4) return undefined
    length = 0
    for (let i = 0; i < count; i++) length = length * 256 + (der[start + i] ?? 0)
    start += count
  }
  return start + length <= limit ? { start, end: start + length } : undefined
}

/** What stands inside: the parts of a constructed value, or the one element that a string holds. */
function innerOf(der: Uint8Array, tag: number, value: Part): Part | undefined {
  if ((tag & 0x20) !== 0) return value
  const start = tag === OCTET_STRING ? value.start : tag === BIT_STRING ? value.start + 1 : value.end
  if (start >= value.end || ((der[start] as number) & 0x20) === 0) return undefined
  return valueAt(der, start, value.end)?.end === value.end ? { start, end: value.end } : undefined
}
