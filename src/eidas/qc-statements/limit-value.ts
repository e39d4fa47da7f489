import { type Cursor, readSmallInteger, readStringAs, stringText, Tag } from '../../der/index.ts'

/** QcLimitValue (EN 319 412-5 4.3.2): amount times ten to the exponent. */
export interface LimitValue {
  /** ISO 4217, three letters or a number from 1 to 999. */
  readonly currency: string | number
  readonly amount: number
  readonly exponent: number
}

/** Amounts and exponents beyond these are no money. */
const largest = 2 ** 47 - 1

/**
 * ```text
 * MonetaryValue ::= SEQUENCE { currency CHOICE { alphabetic PrintableString (SIZE (3)), numeric INTEGER (1..999) },
 *   amount INTEGER, exponent INTEGER }
 * ```
 */
export function readLimitValue(cursor: Cursor): LimitValue {
  const end = cursor.open(Tag.SEQUENCE, 'statementInfo')
  let currency: string | number
  if (cursor.next(Tag.INTEGER)) currency = readSmallInteger(cursor, 'currency', 1, 999)
  else {
    readStringAs(cursor, 'currency', Tag.PRINTABLE_STRING)
    currency = stringText(cursor.bytes, Tag.PRINTABLE_STRING, cursor.valueStart, cursor.valueEnd)
  }
  const amount = readSmallInteger(cursor, 'amount', -largest, largest)
  const exponent = readSmallInteger(cursor, 'exponent', -largest, largest)
  cursor.close(end)
  return { currency, amount, exponent }
}
