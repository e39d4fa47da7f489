import type { Cursor, Step } from './cursor.ts'
import { Tag } from './tags.ts'

/**
 * Reads an INTEGER whose content stays where it is: `valueStart` to `valueEnd` of the cursor, two's complement, in the
 * fewest octets (X.690 8.3).
 */
export function readInteger(cursor: Cursor, step: Step, tag: number = Tag.INTEGER): void {
  cursor.read(tag, step)
  checkInteger(cursor, step)
}

/** The same for the element read last. */
export function checkInteger(cursor: Cursor, step: Step): void {
  const { bytes, elementStart, valueStart, valueEnd } = cursor
  const length = valueEnd - valueStart
  if (length === 0) cursor.refuse('DER_INTEGER_EMPTY', step, elementStart)
  if (length > cursor.scope.limits.integer) cursor.refuseLength('LIMIT_INTEGER', step, length)
  if (length > 1) {
    const first = bytes[valueStart] as number
    const negative = ((bytes[valueStart + 1] as number) & 0x80) !== 0
    if ((first === 0 && !negative) || (first === 0xff && negative)) {
      cursor.refuse('DER_INTEGER_NOT_MINIMAL', step, elementStart)
    }
  }
}

/** An INTEGER as a number, within `min` to `max`; both at most 2^47 in size. */
export function readSmallInteger(
  cursor: Cursor,
  step: Step,
  min: number,
  max: number,
  tag: number = Tag.INTEGER,
): number {
  const start = cursor.position
  readInteger(cursor, step, tag)
  const { bytes, valueStart, valueEnd } = cursor
  if (valueEnd - valueStart > 6) cursor.refuse('DER_INTEGER_RANGE', step, start, `${min} to ${max} allowed`)
  let value = ((bytes[valueStart] as number) << 24) >> 24
  for (let i = valueStart + 1; i < valueEnd; i++) value = value * 256 + (bytes[i] as number)
  if (value < min || value > max) cursor.refuse('DER_INTEGER_RANGE', step, start, `${value}; ${min} to ${max} allowed`)
  return value
}

/** Two's complement octets as a number without loss. */
export function integerValue(octets: Uint8Array): bigint {
  let digits = ''
  for (const octet of octets) digits += octet.toString(16).padStart(2, '0')
  const unsigned = digits === '' ? 0n : BigInt(`0x${digits}`)
  return ((octets[0] ?? 0) & 0x80) === 0 ? unsigned : unsigned - (1n << BigInt(octets.length * 8))
}
