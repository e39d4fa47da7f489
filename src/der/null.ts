import type { Cursor, Step } from './cursor.ts'
import { Tag } from './tags.ts'

/** NULL: no content (X.690 8.8.2). */
export function readNull(cursor: Cursor, step: Step): void {
  const start = cursor.position
  cursor.read(Tag.NULL, step)
  if (cursor.valueEnd !== cursor.valueStart) cursor.refuse('DER_NULL_CONTENT', step, start)
}
