import { Tag } from '../der/tags.ts'

/** How an attribute of a name is written. */
export interface AttributeType {
  /** Short name, RFC 4514 clause 3 where it has one. */
  readonly short: string
  /** String types that RFC 5280 appendix A.1 gives it: bit n for tag n. */
  readonly tags: number
  /** Two letters. */
  readonly country?: true
}

/** DirectoryString as certificates may be issued with it today (RFC 5280 4.1.2.4). */
const directory = (1 << Tag.UTF8_STRING) | (1 << Tag.PRINTABLE_STRING)
const printable = 1 << Tag.PRINTABLE_STRING
const ia5 = 1 << Tag.IA5_STRING

const types: Readonly<Record<string, AttributeType>> = {
  '2.5.4.3': { short: 'CN', tags: directory },
  '2.5.4.4': { short: 'SN', tags: directory },
  '2.5.4.5': { short: 'serialNumber', tags: printable },
  '2.5.4.6': { short: 'C', tags: printable, country: true },
  '2.5.4.7': { short: 'L', tags: directory },
  '2.5.4.8': { short: 'ST', tags: directory },
  '2.5.4.9': { short: 'street', tags: directory },
  '2.5.4.10': { short: 'O', tags: directory },
  '2.5.4.11': { short: 'OU', tags: directory },
  '2.5.4.12': { short: 'title', tags: directory },
  '2.5.4.13': { short: 'description', tags: directory },
  '2.5.4.15': { short: 'businessCategory', tags: directory },
  '2.5.4.17': { short: 'postalCode', tags: directory },
  '2.5.4.18': { short: 'postOfficeBox', tags: directory },
  '2.5.4.20': { short: 'telephoneNumber', tags: printable },
  '2.5.4.41': { short: 'name', tags: directory },
  '2.5.4.42': { short: 'GN', tags: directory },
  '2.5.4.43': { short: 'initials', tags: directory },
  '2.5.4.44': { short: 'generationQualifier', tags: directory },
  '2.5.4.46': { short: 'dnQualifier', tags: printable },
  '2.5.4.65': { short: 'pseudonym', tags: directory },
  '2.5.4.97': { short: 'organizationIdentifier', tags: directory },
  '0.9.2342.19200300.100.1.1': { short: 'UID', tags: directory },
  '0.9.2342.19200300.100.1.25': { short: 'DC', tags: ia5 },
  '1.2.840.113549.1.9.1': { short: 'emailAddress', tags: ia5 },
  '1.3.6.1.4.1.311.60.2.1.1': { short: 'jurisdictionL', tags: directory },
  '1.3.6.1.4.1.311.60.2.1.2': { short: 'jurisdictionST', tags: directory },
  '1.3.6.1.4.1.311.60.2.1.3': { short: 'jurisdictionC', tags: printable, country: true },
}

/** Attribute types by object identifier. */
export const attributeTypes: ReadonlyMap<string, AttributeType> = /* @__PURE__ */ new Map(Object.entries(types))
