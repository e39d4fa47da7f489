/** Addresses and ranges of addresses. */

/** A range: an address and a mask of as many octets. */
export interface AddressRange {
  readonly address: Uint8Array
  readonly mask: Uint8Array
}

/** The range of a constraint; undefined where the octets are none or the mask has holes (RFC 4632 3.1). */
export function addressRange(octets: Uint8Array): AddressRange | undefined {
  const half = octets.length / 2
  if (half !== 4 && half !== 16) return undefined
  const mask = octets.subarray(half)
  let ended = false
  for (const octet of mask) {
    if (ended ? octet !== 0 : !isPrefix(octet)) return undefined
    ended ||= octet !== 0xff
  }
  return { address: octets.subarray(0, half), mask }
}

/** True where the set bits of an octet come first. */
function isPrefix(octet: number): boolean {
  const rest = ~octet & 0xff
  return (rest & (rest + 1)) === 0
}

/** True where the address lies in the range. One of the other family never does. */
export function inRange(address: Uint8Array, range: AddressRange): boolean {
  if (address.length !== range.address.length) return false
  for (let i = 0; i < address.length; i++) {
    if ((((address[i] as number) ^ (range.address[i] as number)) & (range.mask[i] as number)) !== 0) return false
  }
  return true
}

const decimal = /^(?:0|[1-9]\d{0,2})$/
const word = /^[0-9a-f]{1,4}$/i

/** Octets of an address in text: four decimal numbers, or RFC 4291 2.2; undefined where it is neither. */
export function addressOctets(text: string): Uint8Array | undefined {
  return text.includes(':') ? version6(text) : version4(text)
}

function version4(text: string): Uint8Array | undefined {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every((part) => decimal.test(part) && Number(part) < 256)) return undefined
  return Uint8Array.from(parts, Number)
}

function version6(text: string): Uint8Array | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const [head, tail = []] = halves.map(words)
  if (head === undefined || halves.map(words).includes(undefined)) return undefined
  // Decimal numbers stand at the end of the whole only.
  if (halves.length === 2 && (halves[0] as string).includes('.')) return undefined
  const missing = 8 - head.length - (tail as number[]).length
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined
  const all = [...head, ...new Array<number>(halves.length === 1 ? 0 : missing).fill(0), ...(tail as number[])]
  return Uint8Array.from(all.flatMap((value) => [value >> 8, value & 0xff]))
}

/** Words of sixteen bits; the last two may be four decimal numbers. */
function words(text: string): number[] | undefined {
  if (text === '') return []
  const parts = text.split(':')
  const last = parts.at(-1) as string
  const dotted = last.includes('.') ? version4(last) : undefined
  if (last.includes('.') && dotted === undefined) return undefined
  const plain = dotted === undefined ? parts : parts.slice(0, -1)
  if (!plain.every((part) => word.test(part))) return undefined
  const values = plain.map((part) => Number.parseInt(part, 16))
  if (dotted === undefined) return values
  const [a, b, c, d] = dotted as unknown as [number, number, number, number]
  return [...values, (a << 8) | b, (c << 8) | d]
}
