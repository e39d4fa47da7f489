import { checkBitString } from './bit-string.ts'
import { checkBoolean } from './boolean.ts'
import type { Cursor, Step } from './cursor.ts'
import { checkInteger } from './integer.ts'
import { checkNull } from './null.ts'
import { checkOid } from './oid.ts'
import { Tag } from './tags.ts'

/** Universal types that have parts: EXTERNAL, EMBEDDED PDV, SEQUENCE, SET, CHARACTER STRING. All others are primitive in DER. */
const constructedTypes = (1 << 0x08) | (1 << 0x0b) | (1 << 0x10) | (1 << 0x11) | (1 << 0x1d)

/** No type has this universal tag (X.680, table 1). */
const reserved = 0x0f

/**
 * Reads one element and everything inside it, to show that it is DER throughout where the type is not known: tags, lengths,
 * and the content of the types that are not text. It iterates, so that depth is a matter of the limit and never of the stack.
 */
export function walk(cursor: Cursor, step: Step): void {
  if (!readElement(cursor, step)) return
  let end = cursor.openValue(step)
  if (cursor.skipPlain()) {
    cursor.close(end)
    return
  }
  let index = 0
  // Of each value around the one that the cursor stands in: where the one around it ends, and the place of its next element.
  const around: number[] = []
  for (;;) {
    if (cursor.isEmpty) {
      cursor.close(end)
      if (around.length === 0) return
      index = around.pop() as number
      end = around.pop() as number
    } else if (readElement(cursor, index)) {
      around.push(end, index + 1)
      end = cursor.openValue(index)
      index = 0
    } else index++
  }
}

/**
 * Reads one element; true where it has parts. Of those that have none, the content is looked at where its type has one
 * encoding only. Text is not looked at: whoever knows the type will.
 */
function readElement(cursor: Cursor, step: Step): boolean {
  const tag = cursor.readAny(step)
  const isConstructed = (tag & 0x20) !== 0
  if (tag < 0x40 && (((constructedTypes >> (tag & 0x1f)) & 1) === 1) !== isConstructed) {
    cursor.refuse(isConstructed ? 'DER_FORM_CONSTRUCTED' : 'DER_FORM_PRIMITIVE', step, cursor.elementStart)
  }
  if (tag === Tag.OBJECT_IDENTIFIER) checkOid(cursor, step)
  else if (tag === Tag.INTEGER) checkInteger(cursor, step)
  else if (tag === Tag.BIT_STRING) checkBitString(cursor, step)
  else if (tag === Tag.BOOLEAN) checkBoolean(cursor, step)
  else if (tag === Tag.NULL) checkNull(cursor, step)
  else if (tag === reserved) cursor.refuse('DER_TAG_UNEXPECTED', step, cursor.elementStart, 'UNIVERSAL 15 is reserved')
  return isConstructed
}
