import { nativeText } from '../core/native.ts'
import type { Cursor, Step } from './cursor.ts'
import { Tag, tagName } from './tags.ts'

/** What an octet may be, one bit a type. */
const PRINTABLE = 1
const NUMERIC = 2
const GRAPHIC = 4

const alphabet = /* @__PURE__ */ (() => {
  const table = new Uint8Array(256)
  for (let octet = 0x20; octet < 0x7f; octet++) table[octet] = GRAPHIC
  const mark = (characters: string, bit: number) => {
    for (const character of characters) {
      const octet = character.charCodeAt(0)
      table[octet] = (table[octet] as number) | bit
    }
  }
  mark(`ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 '()+,-./:=?`, PRINTABLE)
  mark('0123456789 ', NUMERIC)
  return table
})()

/** The character string types of X.680 clause 41 that certificates hold, each with its check (X.690 8.23). */
const checks: readonly (((cursor: Cursor, step: Step) => void) | undefined)[] = /* @__PURE__ */ byTag([
  [Tag.UTF8_STRING, checkUtf8Sequences],
  [Tag.PRINTABLE_STRING, (cursor, step) => checkAscii(cursor, step, PRINTABLE)],
  [Tag.NUMERIC_STRING, (cursor, step) => checkAscii(cursor, step, NUMERIC)],
  [Tag.IA5_STRING, (cursor, step) => checkAscii(cursor, step, 0)],
  [Tag.VISIBLE_STRING, (cursor, step) => checkAscii(cursor, step, GRAPHIC)],
  [Tag.TELETEX_STRING, checkTeletex],
  [Tag.BMP_STRING, checkBmp],
  [Tag.UNIVERSAL_STRING, checkUniversal],
])

/** What each octet of plain text of a type is. Of the types that are not here no text counts as plain. */
const plain = /* @__PURE__ */ (() => {
  const table = new Uint8Array(256)
  table[Tag.UTF8_STRING] = GRAPHIC
  table[Tag.PRINTABLE_STRING] = PRINTABLE
  table[Tag.NUMERIC_STRING] = NUMERIC
  table[Tag.IA5_STRING] = GRAPHIC
  table[Tag.VISIBLE_STRING] = GRAPHIC
  return table
})()

/** A list that is indexed by tag: quicker than an object, and every tag has its place. */
function byTag<Value>(entries: readonly (readonly [number, Value])[]): (Value | undefined)[] {
  const table = new Array<Value | undefined>(256).fill(undefined)
  for (const [tag, value] of entries) table[tag] = value
  return table
}

/**
 * Reads a character string of any type and shows that its octets are text; gives the tag of the type. The text itself
 * is made by {@link stringText} when it is asked for.
 */
export function readString(cursor: Cursor, step: Step): number {
  return readText(cursor, step) & 0xff
}

/** Beside the tag of a type: the text is plain, so that nobody needs to look at its octets again. */
const PLAIN = 0x100

/** Reads a character string as {@link readString} does; what it gives tells {@link stringText} also that the text is plain. */
export function readText(cursor: Cursor, step: Step): number {
  const tag = cursor.readAny(step)
  if (checks[tag] === undefined) refuseType(cursor, step, tag)
  return checkText(cursor, step, tag) ? tag | PLAIN : tag
}

function refuseType(cursor: Cursor, step: Step, tag: number): never {
  const start = cursor.elementStart
  if (checks[tag & ~0x20] !== undefined) cursor.refuse('DER_FORM_CONSTRUCTED', step, start, tagName(tag & ~0x20))
  cursor.refuse('DER_TAG_UNEXPECTED', step, start, `a character string expected, ${tagName(tag)} met`)
}

/** Reads a character string of one type, under its own tag or an IMPLICIT one. */
export function readStringAs(cursor: Cursor, step: Step, type: number, tag: number = type): void {
  cursor.read(tag, step)
  checkText(cursor, step, type)
}

/** Nearly every text is of plain characters of its type, which is shown without the type's own check; true where it is. */
function checkText(cursor: Cursor, step: Step, type: number): boolean {
  const { bytes, valueStart, valueEnd } = cursor
  const length = valueEnd - valueStart
  if (length > cursor.scope.limits.string) cursor.refuseLength('LIMIT_STRING', step, length)
  if (consistsOf(plain[type] as number, bytes, valueStart, valueEnd)) return true
  checks[type]?.(cursor, step)
  return false
}

/**
 * ASCII types. A graphic character that the type's alphabet lacks reads the same everywhere and may be stepped over;
 * anything else does not.
 */
function checkAscii(cursor: Cursor, step: Step, bit: number): void {
  const { bytes, valueStart, valueEnd } = cursor
  let recorded = false
  for (let i = valueStart; i < valueEnd; i++) {
    const octet = bytes[i] as number
    const kinds = alphabet[octet] as number
    if (bit === 0 ? kinds !== 0 : (kinds & bit) !== 0) continue
    // NUL ends the text for some readers and not for others.
    const invalid = octet === 0 || octet > 0x7f
    if (recorded && !invalid) continue
    const code = invalid ? 'DER_STRING_INVALID' : bit === 0 ? 'DER_STRING_HAS_CONTROL' : 'DER_STRING_CHARACTER'
    cursor.deviate(code, step, i, `0x${octet.toString(16).padStart(2, '0')}`)
    recorded = true
  }
}

/** True where every octet is of a kind. */
function consistsOf(kind: number, bytes: Uint8Array, start: number, end: number): boolean {
  let kinds = kind
  let i = start
  for (; i + 4 <= end; i += 4) {
    kinds &= kindOf(bytes, i) & kindOf(bytes, i + 1) & kindOf(bytes, i + 2) & kindOf(bytes, i + 3)
  }
  for (; i < end; i++) kinds &= kindOf(bytes, i)
  return kinds !== 0
}

function kindOf(bytes: Uint8Array, at: number): number {
  return alphabet[bytes[at] as number] as number
}

/** RFC 3629: no overlong form, no surrogate, nothing over U+10FFFF. Control characters are recorded once. */
function checkUtf8Sequences(cursor: Cursor, step: Step): void {
  const { bytes, valueStart, valueEnd } = cursor
  let control = -1
  let nul = -1
  let i = valueStart
  while (i < valueEnd) {
    const lead = bytes[i] as number
    if (lead < 0x80) {
      if (lead === 0 && nul < 0) nul = i
      if (control < 0 && (lead < 0x20 || lead === 0x7f)) control = i
      i++
      continue
    }
    const more = lead >= 0xc2 && lead < 0xe0 ? 1 : lead >= 0xe0 && lead < 0xf0 ? 2 : lead >= 0xf0 && lead < 0xf5 ? 3 : 0
    if (more === 0 || i + more >= valueEnd) cursor.refuse('DER_STRING_INVALID', step, i, 'not UTF-8')
    const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80
    const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf
    for (let n = 1; n <= more; n++) {
      const octet = bytes[i + n] as number
      if (octet < (n === 1 ? low : 0x80) || octet > (n === 1 ? high : 0xbf)) {
        cursor.refuse('DER_STRING_INVALID', step, i, 'not UTF-8')
      }
    }
    if (control < 0 && lead === 0xc2 && (bytes[i + 1] as number) < 0xa0) control = i
    i += more + 1
  }
  if (nul >= 0) cursor.refuse('DER_STRING_NUL', step, nul)
  if (control >= 0) cursor.deviate('DER_STRING_HAS_CONTROL', step, control)
}

/** T.61 in name, Latin-1 in use: both agree on ASCII. */
function checkTeletex(cursor: Cursor, step: Step): void {
  const { bytes } = cursor
  checkControls(cursor, step, 1, (at) => bytes[at] as number)
}

function checkBmp(cursor: Cursor, step: Step): void {
  const { bytes, valueStart, valueEnd } = cursor
  if ((valueEnd - valueStart) % 2 !== 0) cursor.refuse('DER_STRING_INVALID', step, valueStart, 'odd number of octets')
  checkControls(cursor, step, 2, (at) => (bytes[at] as number) * 256 + (bytes[at + 1] as number))
}

function checkUniversal(cursor: Cursor, step: Step): void {
  const { bytes, valueStart, valueEnd } = cursor
  if ((valueEnd - valueStart) % 4 !== 0)
    cursor.refuse('DER_STRING_INVALID', step, valueStart, 'octets are not in fours')
  checkControls(cursor, step, 4, (at) => codePoint(bytes, at))
}

/** Characters of one width: none outside Unicode and no NUL; the first control character is recorded. */
function checkControls(cursor: Cursor, step: Step, width: number, pointAt: (at: number) => number): void {
  const { valueStart, valueEnd } = cursor
  let control = -1
  for (let i = valueStart; i < valueEnd; i += width) {
    const point = pointAt(i)
    if (point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) cursor.refuse('DER_STRING_INVALID', step, i)
    if (point === 0) cursor.refuse('DER_STRING_NUL', step, i)
    if (control < 0 && (point < 0x20 || (point >= 0x7f && point < 0xa0))) control = i
  }
  if (control >= 0) cursor.deviate('DER_STRING_HAS_CONTROL', step, control)
}

function codePoint(bytes: Uint8Array, at: number): number {
  return (
    (((bytes[at] as number) * 256 + (bytes[at + 1] as number)) * 256 + (bytes[at + 2] as number)) * 256 +
    (bytes[at + 3] as number)
  )
}

const utf8 = /* @__PURE__ */ new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The text of a string that {@link readString}, {@link readText} or {@link readStringAs} has read. */
export function stringText(bytes: Uint8Array, type: number, start: number, end: number): string {
  if (type === Tag.BMP_STRING || type === Tag.UNIVERSAL_STRING) return wideText(bytes, type, start, end)
  if (type === Tag.UTF8_STRING && !consistsOf(GRAPHIC, bytes, start, end))
    return utf8.decode(bytes.subarray(start, end))
  return octetText(bytes, start, end)
}

function wideText(bytes: Uint8Array, type: number, start: number, end: number): string {
  let text = ''
  if (type === Tag.UNIVERSAL_STRING) {
    for (let i = start; i < end; i += 4) text += String.fromCodePoint(codePoint(bytes, i))
  } else {
    for (let i = start; i < end; i += 2) {
      text += String.fromCharCode((bytes[i] as number) * 256 + (bytes[i + 1] as number))
    }
  }
  return text
}

/** One character an octet, many at a time. For short texts a call of the runtime costs more than the work. */
function octetText(bytes: Uint8Array, start: number, end: number): string {
  const length = end - start
  if (length === 2) return String.fromCharCode(bytes[start] as number, bytes[start + 1] as number)
  if (length <= 8 && start + 8 <= bytes.length) return eightCharacters(bytes, start).slice(0, length)
  if (length <= 16 && start + 16 <= bytes.length) return sixteenCharacters(bytes, start).slice(0, length)
  return nativeText(bytes, start, end) ?? longText(bytes, start, end)
}

function longText(bytes: Uint8Array, start: number, end: number): string {
  let text = ''
  let i = start
  for (; i + 16 <= end; i += 16) text += sixteenCharacters(bytes, i)
  for (; i < end; i++) text += String.fromCharCode(bytes[i] as number)
  return text
}

function eightCharacters(b: Uint8Array, i: number): string {
  return String.fromCharCode(
    b[i] as number,
    b[i + 1] as number,
    b[i + 2] as number,
    b[i + 3] as number,
    b[i + 4] as number,
    b[i + 5] as number,
    b[i + 6] as number,
    b[i + 7] as number,
  )
}

function sixteenCharacters(b: Uint8Array, i: number): string {
  return String.fromCharCode(
    b[i] as number,
    b[i + 1] as number,
    b[i + 2] as number,
    b[i + 3] as number,
    b[i + 4] as number,
    b[i + 5] as number,
    b[i + 6] as number,
    b[i + 7] as number,
    b[i + 8] as number,
    b[i + 9] as number,
    b[i + 10] as number,
    b[i + 11] as number,
    b[i + 12] as number,
    b[i + 13] as number,
    b[i + 14] as number,
    b[i + 15] as number,
  )
}
