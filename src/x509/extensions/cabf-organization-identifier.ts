import { type Cursor, contextPrimitive, readStringAs, stringText, Tag } from '../../der/index.ts'

/** cabfOrganizationIdentifier (EV Guidelines 7.1.2.2). */
export interface CabfOrganizationIdentifier {
  readonly registrationSchemeIdentifier: string
  readonly registrationCountry: string
  readonly registrationStateOrProvince: string | undefined
  readonly registrationReference: string
}

/**
 * ```text
 * CABFOrganizationIdentifier ::= SEQUENCE { registrationSchemeIdentifier PrintableString (SIZE (3)),
 *   registrationCountry PrintableString (SIZE (2)), registrationStateOrProvince [0] PrintableString OPTIONAL,
 *   registrationReference UTF8String }
 * ```
 */
export function readCabfOrganizationIdentifier(cursor: Cursor): CabfOrganizationIdentifier {
  const end = cursor.open(Tag.SEQUENCE, '')
  const registrationSchemeIdentifier = read(cursor, 'registrationSchemeIdentifier', Tag.PRINTABLE_STRING)
  const registrationCountry = read(cursor, 'registrationCountry', Tag.PRINTABLE_STRING)
  const state = contextPrimitive(0)
  const registrationStateOrProvince = cursor.next(state)
    ? read(cursor, 'registrationStateOrProvince', Tag.PRINTABLE_STRING, state)
    : undefined
  const registrationReference = read(cursor, 'registrationReference', Tag.UTF8_STRING)
  cursor.close(end)
  return { registrationSchemeIdentifier, registrationCountry, registrationStateOrProvince, registrationReference }
}

function read(cursor: Cursor, step: string, type: number, tag: number = type): string {
  readStringAs(cursor, step, type, tag)
  return stringText(cursor.bytes, type, cursor.valueStart, cursor.valueEnd)
}
