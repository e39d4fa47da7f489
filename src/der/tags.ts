/** Identifier octets: class, form and number in one (ITU-T X.680 8.4, X.690 8.1.2). */
export const Tag = {
  BOOLEAN: 0x01,
  INTEGER: 0x02,
  BIT_STRING: 0x03,
  OCTET_STRING: 0x04,
  NULL: 0x05,
  OBJECT_IDENTIFIER: 0x06,
  UTF8_STRING: 0x0c,
  NUMERIC_STRING: 0x12,
  PRINTABLE_STRING: 0x13,
  TELETEX_STRING: 0x14,
  IA5_STRING: 0x16,
  UTC_TIME: 0x17,
  GENERALIZED_TIME: 0x18,
  VISIBLE_STRING: 0x1a,
  UNIVERSAL_STRING: 0x1c,
  BMP_STRING: 0x1e,
  SEQUENCE: 0x30,
  SET: 0x31,
} as const

const names = new Map<number, string>(Object.entries(Tag).map(([name, tag]) => [tag, name.replaceAll('_', ' ')]))

/** `[n]` in primitive form, for IMPLICIT tags over primitive types. */
export function contextPrimitive(number: number): number {
  return 0x80 | number
}

/** `[n]` in constructed form, for EXPLICIT tags and IMPLICIT tags over constructed types. */
export function contextConstructed(number: number): number {
  return 0xa0 | number
}

/** A name for messages: `INTEGER`, `[0]`, or the octet in hexadecimal. */
export function tagName(tag: number): string {
  const known = names.get(tag)
  if (known !== undefined) return known
  if ((tag & 0xc0) === 0x80) return `[${tag & 0x1f}]${tag & 0x20 ? '' : ' (primitive)'}`
  return `tag 0x${tag.toString(16).padStart(2, '0')}`
}
