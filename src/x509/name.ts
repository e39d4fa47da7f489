import { toHex } from '../core/bytes.ts'
import { Octets } from '../core/octets.ts'
import { oidName } from '../core/oids.ts'
import { Seen } from '../core/seen.ts'
import { type Cursor, type Step, stringText, Tag, tagName, walk } from '../der/index.ts'
import { byNumber, readIdentifier } from '../der/oid.ts'
import { readText } from '../der/string.ts'
import { attributeTypes } from './attribute-types.ts'
import { checkSetOrder, report } from './report.ts'

/** AttributeTypeAndValue (RFC 5280 4.1.2.4). Its octets are the content of the value. */
export class NameAttribute extends Octets {
  declare readonly oid: string
  /** What reading said of the text (`readText`), and number of the relative distinguished name, in one: a batch keeps millions of these. */
  declare private readonly packed: number

  constructor(whole: Uint8Array, start: number, end: number, oid: string, form: number, rdn: number) {
    super(whole, start, end)
    this.oid = oid
    this.packed = rdn * 512 + form
  }

  /** Tag of the value: which string type it is; 0 where it is none. */
  get tag(): number {
    return this.packed & 255
  }

  /** Number of the relative distinguished name that it stands in. */
  get rdn(): number {
    return this.packed >> 9
  }

  /** Name of the attribute type, or its object identifier. */
  get type(): string {
    return oidName(this.oid) ?? this.oid
  }

  /** The value as text; hexadecimal with `#` before it where the value is no character string (RFC 4514 2.4). */
  get text(): string {
    const form = this.packed & 511
    if (form === 0) return `#${this.hex}`
    return stringText(this.whole, form, this.offset, this.offset + this.length)
  }
}

/** Name: a list of relative distinguished names, flat, in the order of the certificate. Its octets are the whole Name. */
export class Name extends Octets {
  declare readonly attributes: readonly NameAttribute[]

  constructor(whole: Uint8Array, start: number, end: number, attributes: readonly NameAttribute[]) {
    super(whole, start, end)
    this.attributes = attributes
  }

  /** Every value of an attribute type, by object identifier. */
  all(oid: string): NameAttribute[] {
    let found: NameAttribute[] | undefined
    for (const attribute of this.attributes) {
      if (attribute.oid !== oid) continue
      // Nearly always there is one: a list that is made with it has just its place.
      if (found === undefined) found = [attribute]
      else found.push(attribute)
    }
    return found ?? []
  }

  /** The only value of an attribute type; undefined where there is none or more than one: never the first of several. */
  only(oid: string): string | undefined {
    const found = this.all(oid)
    return found.length === 1 ? found[0]?.text : undefined
  }

  /** Path of an attribute, under the path of the name: number of its relative distinguished name, and place in it. */
  pathOf(name: string, attribute: NameAttribute): string {
    const index = this.attributes.filter(({ rdn }) => rdn === attribute.rdn).indexOf(attribute)
    return `${name}[${attribute.rdn}][${index}]`
  }

  /** `C=FR, O=Example, CN=seal`, in the order of the certificate, values escaped as in RFC 4514 2.4. */
  override toString(): string {
    let text = ''
    for (const [index, attribute] of this.attributes.entries()) {
      const joint = index === 0 ? '' : this.attributes[index - 1]?.rdn === attribute.rdn ? ' + ' : ', '
      const type = attributeTypes.get(attribute.oid)?.short ?? attribute.oid
      text += `${joint}${type}=${attribute.tag === 0 ? attribute.text : escapeValue(attribute.text)}`
    }
    return text
  }
}

/** A space or `#` at the beginning, a space at the end, and the separators anywhere. */
const escaped = /^[ #]| $|["+,;<>\\]/g

/** Control characters as RFC 4514 2.4 lets any octet be written: a line feed cannot make two lines of one name. */
const control = /\p{Cc}/gu

function hexPair(character: string): string {
  return toHex(new TextEncoder().encode(character)).replace(/../g, '\\$&')
}

function escapeValue(value: string): string {
  return value.replace(escaped, '\\$&').replace(control, hexPair)
}

/**
 * ```text
 * Name ::= CHOICE { rdnSequence SEQUENCE OF RelativeDistinguishedName }
 * RelativeDistinguishedName ::= SET SIZE (1..MAX) OF AttributeTypeAndValue
 * AttributeTypeAndValue ::= SEQUENCE { type OBJECT IDENTIFIER, value ANY DEFINED BY type }
 * ```
 */
export function readName(cursor: Cursor, step: Step): Name {
  const start = cursor.position
  const end = cursor.open(Tag.SEQUENCE, step)
  const attributes: NameAttribute[] = []
  for (let rdn = 0; !cursor.isEmpty; rdn++) readRdn(cursor, rdn, attributes)
  cursor.close(end)
  return new Name(cursor.bytes, start, cursor.position, attributes.slice())
}

/** Reads one RelativeDistinguishedName and adds its attributes. */
function readRdn(cursor: Cursor, rdn: number, attributes: NameAttribute[]): void {
  // Nearly every one holds one attribute.
  const pairEnd = cursor.openPair(Tag.SET, rdn, Tag.SEQUENCE, 0)
  if (pairEnd >= 0) {
    attributes.push(readTypeAndValue(cursor, rdn))
    cursor.closePair(pairEnd)
    return
  }
  const rdnStart = cursor.position
  const end = cursor.open(Tag.SET, rdn)
  if (cursor.isEmpty) report(cursor, 'X509_RDN_EMPTY', '', rdnStart)
  else readRdnAttributes(cursor, rdn, attributes)
  cursor.close(end)
}

/** SET OF: ascending octets, X.690 11.6; and one value a type, X.501 9.3. */
function readRdnAttributes(cursor: Cursor, rdn: number, attributes: NameAttribute[]): void {
  const inRdn: NameAttribute[] = []
  const seen = new Seen()
  let previous = cursor.position
  while (!cursor.isEmpty) {
    const start = cursor.position
    const index = inRdn.length
    const attribute = readAttribute(cursor, index, rdn)
    checkSetOrder(cursor, index, previous, start)
    if (seen.again(attribute.oid, 0, inRdn)) report(cursor, 'X509_RDN_TYPE_TWICE', index, start, attribute.type)
    inRdn.push(attribute)
    attributes.push(attribute)
    previous = start
  }
}

interface Form {
  readonly tags: number
  readonly isCountry: boolean
}

/** {@link attributeTypes} by number, all of one shape. */
const forms = /* @__PURE__ */ byNumber<Form>(
  Array.from(attributeTypes, ([oid, { tags, country }]) => [oid, { tags, isCountry: country === true }]),
)

function readAttribute(cursor: Cursor, index: number, rdn: number): NameAttribute {
  const end = cursor.open(Tag.SEQUENCE, index)
  const attribute = readTypeAndValue(cursor, rdn)
  cursor.close(end)
  return attribute
}

function readTypeAndValue(cursor: Cursor, rdn: number): NameAttribute {
  const { text: oid, number } = readIdentifier(cursor, 'type')
  const form = forms[number]
  let text = 0
  if (form === undefined && !isString(cursor.peek())) readOther(cursor)
  else {
    text = readText(cursor, 'value')
    const tag = text & 0xff
    if (
      form === undefined ||
      form.isCountry ||
      ((form.tags >> tag) & 1) === 0 ||
      cursor.valueStart === cursor.valueEnd
    ) {
      checkValue(cursor, oid, form, tag)
    }
  }
  return new NameAttribute(cursor.bytes, cursor.valueStart, cursor.valueEnd, oid, text, rdn)
}

/** Reads a value that is no character string. */
function readOther(cursor: Cursor): void {
  const start = cursor.position
  walk(cursor, 'value')
  cursor.valueStart = start
  cursor.valueEnd = cursor.position
}

/** Says what is wrong with the value read last for its attribute type. */
function checkValue(cursor: Cursor, oid: string, form: Form | undefined, tag: number): void {
  const at = cursor.elementStart
  if (cursor.valueStart === cursor.valueEnd) report(cursor, 'X509_NAME_VALUE_EMPTY', 'value', at, oidName(oid))
  if (form === undefined) return
  if (((form.tags >> tag) & 1) === 0) {
    report(cursor, 'X509_NAME_STRING_TYPE', 'value', at, `${tagName(tag)} for ${oidName(oid) ?? oid}`)
  }
  if (form.isCountry && !isTwoLetters(cursor)) report(cursor, 'X509_COUNTRY', 'value', at)
}

/** Bit n for tag n. */
const stringTags = [
  Tag.UTF8_STRING,
  Tag.NUMERIC_STRING,
  Tag.PRINTABLE_STRING,
  Tag.TELETEX_STRING,
  Tag.IA5_STRING,
  Tag.VISIBLE_STRING,
  Tag.UNIVERSAL_STRING,
  Tag.BMP_STRING,
].reduce((bits, tag) => bits | (1 << tag), 0)

function isString(tag: number): boolean {
  return tag >= 0 && tag < 32 && ((stringTags >> tag) & 1) === 1
}

function isTwoLetters({ bytes, valueStart, valueEnd }: Cursor): boolean {
  const isLetter = (octet: number) => (octet | 0x20) >= 0x61 && (octet | 0x20) <= 0x7a
  return (
    valueEnd - valueStart === 2 && isLetter(bytes[valueStart] as number) && isLetter(bytes[valueStart + 1] as number)
  )
}
