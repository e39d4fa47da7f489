import type { Cursor, Step } from './cursor.ts'
import { Tag } from './tags.ts'

/**
 * Reads a BIT STRING and gives its count of unused bits; `valueStart` of the cursor is moved behind that octet.
 * The unused bits must be zero (X.690 8.6.2 and 11.2.1).
 */
export function readBitString(cursor: Cursor, step: Step, tag: number = Tag.BIT_STRING): number {
  cursor.read(tag, step)
  return checkBitString(cursor, step)
}

/** The same for the element read last. */
export function checkBitString(cursor: Cursor, step: Step): number {
  const { bytes, elementStart, valueStart, valueEnd } = cursor
  if (valueStart === valueEnd) cursor.refuse('DER_BITS_EMPTY', step, elementStart)
  const unused = bytes[valueStart] as number
  if (unused > 7 || (unused > 0 && valueEnd - valueStart === 1)) {
    cursor.refuse('DER_BITS_UNUSED', step, valueStart, String(unused))
  }
  if (unused > 0 && ((bytes[valueEnd - 1] as number) & ((1 << unused) - 1)) !== 0) {
    cursor.refuse('DER_BITS_PADDING', step, valueEnd - 1)
  }
  cursor.valueStart = valueStart + 1
  return unused
}

/** Reads a BIT STRING that holds whole octets, as signatures and keys do. */
export function readOctetAlignedBitString(cursor: Cursor, step: Step): void {
  const unused = readBitString(cursor, step)
  if (unused !== 0)
    cursor.refuse('DER_BITS_UNUSED', step, cursor.valueStart - 1, `${unused}; this value is whole octets`)
}

/**
 * Reads a BIT STRING with named bits as a number whose bit n is named bit n. No list has more than 16
 * names; bits behind those mean nothing. Trailing zero bits are
 * left out in DER (X.690 11.2.2).
 */
export function readNamedBits(cursor: Cursor, step: Step, tag: number = Tag.BIT_STRING): number {
  const start = cursor.position
  const unused = readBitString(cursor, step, tag)
  const { bytes, valueStart, valueEnd } = cursor
  const named = Math.min(valueEnd, valueStart + 2)
  let bits = 0
  for (let i = valueStart; i < named; i++) {
    for (let bit = 0; bit < 8; bit++) {
      if ((bytes[i] as number) & (0x80 >> bit)) bits |= 1 << ((i - valueStart) * 8 + bit)
    }
  }
  const ends = valueEnd === valueStart || ((bytes[valueEnd - 1] as number) & (1 << unused)) !== 0
  if (!ends) cursor.deviate('DER_BITS_TRAILING_ZERO', step, start)
  return bits
}
