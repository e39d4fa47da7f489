import type { Cursor, Step } from './cursor.ts'
import { Tag } from './tags.ts'

/** BOOLEAN: one octet, FF for TRUE (X.690 8.2 and 11.1). */
export function readBoolean(cursor: Cursor, step: Step): boolean {
  cursor.read(Tag.BOOLEAN, step)
  return checkBoolean(cursor, step)
}

/** The same for the element read last. */
export function checkBoolean(cursor: Cursor, step: Step): boolean {
  if (cursor.valueEnd - cursor.valueStart !== 1) cursor.refuse('DER_BOOLEAN_LENGTH', step, cursor.elementStart)
  const octet = cursor.bytes[cursor.valueStart] as number
  if (octet !== 0 && octet !== 0xff) cursor.refuse('DER_BOOLEAN_VALUE', step, cursor.valueStart)
  return octet === 0xff
}

/** `BOOLEAN DEFAULT FALSE`: absent is FALSE, and FALSE is not encoded (X.690 11.5). */
export function readBooleanDefaultFalse(cursor: Cursor, step: Step): boolean {
  if (!cursor.next(Tag.BOOLEAN)) return false
  const start = cursor.position
  const value = readBoolean(cursor, step)
  if (!value) cursor.deviate('DER_DEFAULT_ENCODED', step, start, 'FALSE')
  return value
}
