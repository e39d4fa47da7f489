import { readBitString } from './bit-string.ts'
import { readBoolean } from './boolean.ts'
import type { Cursor, Step } from './cursor.ts'
import { readInteger } from './integer.ts'
import { readNull } from './null.ts'
import { skipOid } from './oid.ts'
import { Tag } from './tags.ts'

/** Universal types that have parts: EXTERNAL, EMBEDDED PDV, SEQUENCE, SET, CHARACTER STRING. All others are primitive in DER. */
const constructedTypes = (1 << 0x08) | (1 << 0x0b) | (1 << 0x10) | (1 << 0x11) | (1 << 0x1d)

/**
 * Reads one element and everything inside it, to show that it is DER throughout where the type is not known: tags, lengths,
 * and the content of the types that are not text. It iterates, so that depth is a matter of the limit and never of the stack.
 */
export function walk(cursor: Cursor, step: Step): void {
  if (!readHeader(cursor, step)) return
  // Of each value that was stepped into: where the one around it ends, and the place of its next element.
  const ends = [cursor.openValue(step)]
  const indexes = [0]
  let top = 0
  while (top >= 0) {
    if (cursor.isEmpty) {
      cursor.close(ends[top] as number)
      top--
      continue
    }
    const index = indexes[top] as number
    indexes[top] = index + 1
    if (readHeader(cursor, index)) {
      top++
      ends[top] = cursor.openValue(index)
      indexes[top] = 0
    }
  }
}

/** Universal types whose content has one encoding only. Text is not looked at: whoever knows the type will. */
const contents: readonly ((cursor: Cursor, step: Step) => unknown)[] = /* @__PURE__ */ (() => {
  const table: ((cursor: Cursor, step: Step) => unknown)[] = []
  table[Tag.BOOLEAN] = readBoolean
  table[Tag.INTEGER] = readInteger
  table[Tag.BIT_STRING] = readBitString
  table[Tag.NULL] = readNull
  table[Tag.OBJECT_IDENTIFIER] = skipOid
  return table
})()

/** True where the element has parts. */
function readHeader(cursor: Cursor, step: Step): boolean {
  const start = cursor.position
  const read = contents[cursor.peek()]
  if (read !== undefined) {
    read(cursor, step)
    return false
  }
  const tag = cursor.readAny(step)
  const isConstructed = (tag & 0x20) !== 0
  if (tag < 0x40 && (((constructedTypes >> (tag & 0x1f)) & 1) === 1) !== isConstructed) {
    cursor.refuse(isConstructed ? 'DER_FORM_CONSTRUCTED' : 'DER_FORM_PRIMITIVE', step, start)
  }
  return isConstructed
}
