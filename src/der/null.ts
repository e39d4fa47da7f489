import type { Cursor, Step } from './cursor.ts'
import { Tag } from './tags.ts'

/** NULL: no content (X.690 8.8.2). */
export function readNull(cursor: Cursor, step: Step): void {
  cursor.read(Tag.NULL, step)
  checkNull(cursor, step)
}

/** The same for the element read last. */
export function checkNull(cursor: Cursor, step: Step): void {
  if (cursor.valueEnd !== cursor.valueStart) cursor.refuse('DER_NULL_CONTENT', step, cursor.elementStart)
}
