import { toHex } from '../../core/bytes.ts'
import { Octets } from '../../core/octets.ts'
import {
  type Cursor,
  contextConstructed,
  contextPrimitive,
  readOid,
  readStringAs,
  type Step,
  stringText,
  Tag,
  walk,
} from '../../der/index.ts'
import { readAll } from '../../der/list.ts'
import { type Name, readName } from '../name.ts'
import { openList, report } from '../report.ts'

export type GeneralNameKind =
  | 'otherName'
  | 'rfc822Name'
  | 'dNSName'
  | 'x400Address'
  | 'directoryName'
  | 'ediPartyName'
  | 'uniformResourceIdentifier'
  | 'iPAddress'
  | 'registeredID'

/**
 * GeneralName (RFC 5280 4.2.1.6). Its octets are the content of the name; of x400Address and ediPartyName, which are not
 * decoded, the whole element, and of otherName its value with the tag [0].
 */
export class GeneralName extends Octets {
  declare readonly kind: GeneralNameKind
  /** Of a directoryName. */
  declare readonly name: Name | undefined
  /** Of a registeredID; of an otherName, its type. */
  declare readonly oid: string | undefined

  constructor(
    whole: Uint8Array,
    start: number,
    end: number,
    kind: GeneralNameKind,
    name: Name | undefined,
    oid: string | undefined,
  ) {
    super(whole, start, end)
    this.kind = kind
    this.name = name
    this.oid = oid
  }

  /** As text: the name itself, an address in its usual notation, or hexadecimal where there is none. */
  get text(): string {
    switch (this.kind) {
      case 'rfc822Name':
      case 'dNSName':
      case 'uniformResourceIdentifier':
        return stringText(this.whole, Tag.IA5_STRING, this.offset, this.offset + this.length)
      case 'directoryName':
        return String(this.name)
      case 'registeredID':
        return String(this.oid)
      case 'iPAddress':
        return addressText(this.value)
      default:
        return this.oid === undefined ? this.hex : `${this.oid}:${this.hex}`
    }
  }
}

/** Octets of an iPAddress: an address, or an address and its mask in name constraints. */
type AddressForm = 'address' | 'range'

const ia5Kinds = ['', 'rfc822Name', 'dNSName', '', '', '', 'uniformResourceIdentifier'] as const

/**
 * ```text
 * GeneralName ::= CHOICE { otherName [0], rfc822Name [1] IA5String, dNSName [2] IA5String, x400Address [3],
 *   directoryName [4] Name, ediPartyName [5], uniformResourceIdentifier [6] IA5String,
 *   iPAddress [7] OCTET STRING, registeredID [8] OBJECT IDENTIFIER }
 * ```
 */
export function readGeneralName(cursor: Cursor, step: Step, form: AddressForm = 'address'): GeneralName {
  const start = cursor.position
  const tag = cursor.peek()
  const { bytes } = cursor
  switch (tag) {
    case contextPrimitive(1):
    case contextPrimitive(2):
    case contextPrimitive(6): {
      readStringAs(cursor, step, Tag.IA5_STRING, tag)
      const { valueStart, valueEnd } = cursor
      // In name constraints an empty name covers every name (RFC 5280 4.2.1.10).
      if (tag === contextPrimitive(2) && valueStart === valueEnd && form === 'address') {
        report(cursor, 'X509_DNS_NAME', step, start)
      }
      return new GeneralName(bytes, valueStart, valueEnd, ia5Kinds[tag & 7] as GeneralNameKind, undefined, undefined)
    }
    case contextPrimitive(7): {
      cursor.read(tag, step)
      const length = cursor.valueEnd - cursor.valueStart
      const unit = form === 'address' ? length : length / 2
      if (unit !== 4 && unit !== 16) report(cursor, 'X509_IP_ADDRESS', step, start, `${length} octets`)
      return new GeneralName(bytes, cursor.valueStart, cursor.valueEnd, 'iPAddress', undefined, undefined)
    }
    case contextPrimitive(8): {
      const oid = readOid(cursor, step, tag)
      return new GeneralName(bytes, cursor.valueStart, cursor.valueEnd, 'registeredID', undefined, oid)
    }
    case contextConstructed(4): {
      const end = cursor.open(tag, step)
      const name = readName(cursor, '')
      cursor.close(end)
      return new GeneralName(bytes, name.offset, name.offset + name.length, 'directoryName', name, undefined)
    }
    case contextConstructed(0): {
      const end = cursor.open(tag, step)
      const oid = readOid(cursor, 'type-id')
      const valueStart = cursor.position
      const valueEnd = cursor.open(contextConstructed(0), 'value')
      walk(cursor, '')
      cursor.close(valueEnd)
      cursor.close(end)
      return new GeneralName(bytes, valueStart, cursor.position, 'otherName', undefined, oid)
    }
    case contextConstructed(3):
    case contextConstructed(5): {
      const contentStart = cursor.position
      walk(cursor, step)
      const kind = tag === contextConstructed(3) ? 'x400Address' : 'ediPartyName'
      return new GeneralName(bytes, contentStart, cursor.position, kind, undefined, undefined)
    }
    default:
      if (tag < 0) cursor.refuse('DER_VALUE_MISSING', step, start)
      if ((tag & 0xdf) >= 0x80 && (tag & 0xdf) <= 0x88) {
        cursor.refuse(tag & 0x20 ? 'DER_FORM_CONSTRUCTED' : 'DER_FORM_PRIMITIVE', step, start)
      }
      cursor.refuse('DER_TAG_UNEXPECTED', step, start, 'a GeneralName has tags [0] to [8]')
  }
}

/** GeneralNames ::= SEQUENCE SIZE (1..MAX) OF GeneralName, or the same under an IMPLICIT tag. */
export function readGeneralNames(cursor: Cursor, step: Step, tag: number = Tag.SEQUENCE): GeneralName[] {
  const end = openList(cursor, step, tag)
  const names = readAll<GeneralName>(cursor, readGeneralName)
  cursor.close(end)
  return names
}

function addressText(octets: Uint8Array): string {
  if (octets.length === 4) return octets.join('.')
  if (octets.length === 8) return `${octets.subarray(0, 4).join('.')}/${octets.subarray(4).join('.')}`
  if (octets.length !== 16 && octets.length !== 32) return toHex(octets)
  const words: string[] = []
  for (let i = 0; i + 1 < octets.length; i += 2) {
    words.push((((octets[i] as number) << 8) | (octets[i + 1] as number)).toString(16))
  }
  return words.length > 8 ? `${words.slice(0, 8).join(':')}/${words.slice(8).join(':')}` : words.join(':')
}
