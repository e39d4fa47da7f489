import type { Psd2Error } from '../core/errors.ts'
import { attemptPart } from '../der/attempt.ts'
import type { Cursor, Step } from '../der/cursor.ts'
import { Tag } from '../der/tags.ts'
import { type X509Code, x509Codes } from './codes.ts'

/** Refuses, or records and returns, as the mode and the code say. */
export function report(cursor: Cursor, code: X509Code, step: Step, offset: number, detail?: string): void {
  cursor.report(code, x509Codes[code], step, offset, detail)
}

/** An error to throw, for codes that no mode steps over. */
export function refuse(cursor: Cursor, code: X509Code, step: Step, offset: number, detail?: string): Psd2Error {
  return cursor.error(code, x509Codes[code], step, offset, detail)
}

/** {@link attemptPart} under a code of this room. */
export function attempt<Value>(cursor: Cursor, code: X509Code, read: (cursor: Cursor) => Value): Value | undefined {
  return attemptPart(cursor, code, x509Codes[code], read)
}

/** Steps into a list of at least one element; an empty one is reported. */
export function openList(cursor: Cursor, step: Step, tag: number = Tag.SEQUENCE): number {
  const start = cursor.position
  const end = cursor.open(tag, step)
  if (cursor.isEmpty) report(cursor, 'X509_LIST_EMPTY', '', start)
  return end
}

/** The element that was read last, from `start`, against the one before it in a SET OF (X.690 11.6). */
export function checkSetOrder(cursor: Cursor, step: Step, previous: number, start: number): void {
  const { bytes, position } = cursor
  let order = 0
  for (let i = 0; order === 0 && start + i < position && previous + i < start; i++) {
    order = (bytes[start + i] as number) - (bytes[previous + i] as number)
  }
  if (order < 0) cursor.deviate('DER_SET_ORDER', step, start)
}
