import type { Cursor, Step } from './cursor.ts'

/** Universal types that have parts: EXTERNAL, EMBEDDED PDV, SEQUENCE, SET, CHARACTER STRING. All others are primitive in DER. */
const constructedTypes = new Set([0x08, 0x0b, 0x10, 0x11, 0x1d])

/**
 * Reads one element and everything inside it, to show that tags and lengths are DER throughout where the type is not
 * known. It iterates, so that depth is a matter of the limit and never of the stack.
 */
export function walk(cursor: Cursor, step: Step): void {
  const open: { at: Cursor; index: number }[] = []
  let current = cursor
  let name = step
  let index = 0
  do {
    const start = current.position
    const tag = current.readAny(name)
    const universal = tag < 0x40 ? tag & 0x1f : -1
    if (universal >= 0 && constructedTypes.has(universal) !== (tag & 0x20) > 0) {
      current.refuse(tag & 0x20 ? 'DER_FORM_CONSTRUCTED' : 'DER_FORM_PRIMITIVE', name, start)
    }
    if (tag & 0x20) {
      open.push({ at: current, index })
      current = current.inside(start, name)
      index = 0
    }
    while (current !== cursor && current.isEmpty) {
      const outer = open.pop() as { at: Cursor; index: number }
      current = outer.at
      index = outer.index + 1
    }
    name = index++
  } while (current !== cursor)
}
