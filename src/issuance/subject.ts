import { Tag } from '../der/tags.ts'
import { type Der, element, encodeOid, ia5String, printableString, sequence, setOf, utf8String } from '../der/writer.ts'

/** String types that an attribute value can be written in. The last two only by a deliberate defect. */
export type StringType = 'UTF8String' | 'PrintableString' | 'IA5String' | 'BMPString' | 'TeletexString'

/** One attribute of a Name, in an RDN of its own unless it says otherwise. */
export interface SubjectAttribute {
  readonly type: string
  readonly string: StringType
  readonly text: string
  /** True where it shares the RDN of the attribute before it. */
  readonly joined?: boolean
}

/**
 * The attributes that options can name, in the order in which the Name holds them. countryName, serialNumber and
 * jurisdictionCountryName are PrintableString by definition (X.520, EV Guidelines); all others UTF8String (RFC 5280).
 */
const attributeTypes = [
  ['jurisdictionCountryName', '1.3.6.1.4.1.311.60.2.1.3', 'PrintableString'],
  ['jurisdictionStateOrProvinceName', '1.3.6.1.4.1.311.60.2.1.2', 'UTF8String'],
  ['jurisdictionLocalityName', '1.3.6.1.4.1.311.60.2.1.1', 'UTF8String'],
  ['businessCategory', '2.5.4.15', 'UTF8String'],
  ['subjectSerialNumber', '2.5.4.5', 'PrintableString'],
  ['countryName', '2.5.4.6', 'PrintableString'],
  ['stateOrProvinceName', '2.5.4.8', 'UTF8String'],
  ['localityName', '2.5.4.7', 'UTF8String'],
  ['streetAddress', '2.5.4.9', 'UTF8String'],
  ['postalCode', '2.5.4.17', 'UTF8String'],
  ['organizationName', '2.5.4.10', 'UTF8String'],
  ['organizationIdentifier', '2.5.4.97', 'UTF8String'],
  ['organizationalUnitName', '2.5.4.11', 'UTF8String'],
  ['commonName', '2.5.4.3', 'UTF8String'],
] as const satisfies readonly (readonly [name: string, type: string, string: StringType])[]

export type SubjectAttributeName = (typeof attributeTypes)[number][0]

/** Values by name; `false` leaves out an attribute that has a default. */
export type SubjectValues = { readonly [Name in SubjectAttributeName]?: string | false | undefined }

/** The attributes that have a value, in the order of the table. Throws `TypeError` on a value that is no text. */
export function subjectAttributes(values: SubjectValues): SubjectAttribute[] {
  const attributes: SubjectAttribute[] = []
  for (const [name, type, string] of attributeTypes) {
    const text = values[name]
    if (text === undefined || text === false) continue
    if (typeof text !== 'string') throw new TypeError(`${name} must be a string, or false to leave it out`)
    attributes.push({ type, string, text })
  }
  return attributes
}

/** The attributes of the table that `options` gives. */
export function givenSubject(options: SubjectValues): SubjectValues {
  const given = attributeTypes.map(([name]) => [name, options[name]] as const)
  return Object.fromEntries(given.filter(([, value]) => value !== undefined))
}

const encoders: Readonly<Record<StringType, (text: string) => Der>> = {
  UTF8String: utf8String,
  PrintableString: printableString,
  IA5String: ia5String,
  BMPString: (text) =>
    element(Tag.BMP_STRING, Uint8Array.from(codeUnits(text).flatMap((unit) => [unit >> 8, unit & 0xff]))),
  TeletexString: (text) => element(Tag.TELETEX_STRING, Uint8Array.from(codeUnits(text))),
}

function codeUnits(text: string): number[] {
  return Array.from({ length: text.length }, (_, i) => text.charCodeAt(i))
}

/** A character string of the type asked for. */
export function encodeString(string: StringType, text: string): Der {
  return encoders[string](text)
}

/** RDNSequence. Throws `TypeError` on text that its string type cannot hold. */
export function encodeName(attributes: readonly SubjectAttribute[]): Der {
  const names: Der[][] = []
  for (const attribute of attributes) {
    const encoded = sequence(encodeOid(attribute.type), encodeValue(attribute))
    const before = names.at(-1)
    if (attribute.joined === true && before !== undefined) before.push(encoded)
    else names.push([encoded])
  }
  return sequence(...names.map((name) => setOf(...name)))
}

function encodeValue(attribute: SubjectAttribute): Der {
  try {
    return encodeString(attribute.string, attribute.text)
  } catch (cause) {
    const name = attributeTypes.find(([, type]) => type === attribute.type)?.[0] ?? attribute.type
    throw new TypeError(`${name} is ${attribute.string}: ${(cause as Error).message}`, { cause })
  }
}
