import type { Cursor, Step } from './cursor.ts'

/** Universal types that have parts: EXTERNAL, EMBEDDED PDV, SEQUENCE, SET, CHARACTER STRING. All others are primitive in DER. */
const constructedTypes = (1 << 0x08) | (1 << 0x0b) | (1 << 0x10) | (1 << 0x11) | (1 << 0x1d)

/**
 * Reads one element and everything inside it, to show that tags and lengths are DER throughout where the type is not
 * known. The stack is as deep as the limit on depth allows.
 */
export function walk(cursor: Cursor, step: Step): void {
  const start = cursor.position
  const tag = cursor.readAny(step)
  const isConstructed = (tag & 0x20) !== 0
  if (tag < 0x40 && (((constructedTypes >> (tag & 0x1f)) & 1) === 1) !== isConstructed) {
    cursor.refuse(isConstructed ? 'DER_FORM_CONSTRUCTED' : 'DER_FORM_PRIMITIVE', step, start)
  }
  if (!isConstructed) return
  const end = cursor.openValue(step)
  for (let index = 0; !cursor.isEmpty; index++) walk(cursor, index)
  cursor.close(end)
}
