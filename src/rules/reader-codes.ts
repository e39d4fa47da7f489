import type { CodeInfo } from '../core/codes.ts'
import { derCodes } from '../der/codes.ts'
import { eidasCodes } from '../eidas/codes.ts'
import { x509Codes } from '../x509/codes.ts'

const tables: Readonly<Record<string, CodeInfo>> = { ...derCodes, ...x509Codes, ...eidasCodes }

/** What the readers of certificates say about a code of theirs; undefined for codes of other readers. */
export function readerCode(code: string): CodeInfo | undefined {
  return Object.hasOwn(tables, code) ? tables[code] : undefined
}

/** Every code that reading a certificate can give. */
export const readerCodes: readonly string[] = Object.keys(tables)

/**
 * Codes that are no deviation to the rules, since a rule finds the same with more of the certificate in view: such a rule
 * does not name the code, or it would say everything twice.
 */
export const foundByCheck: Readonly<Record<string, string>> = {
  X509_KEY_PSS_ONLY: 'bpce.pss-key',
  PSD2_ROLES_NONE: 'ts119495.roles-present',
  PSD2_ROLE_TWICE: 'ts119495.role-once',
  PSD2_ROLE_UNKNOWN: 'ts119495.role-identifier',
  PSD2_NCA_ID_FORM: 'ts119495.nca-id-form',
  PSD2_NCA_NOT_APPLICABLE: 'ts119495.nca-id-na',
  PSD2_NCA_UNKNOWN: 'ts119495.nca-id-published',
  PSD2_NCA_MISMATCH: 'ts119495.nca-id-of-identifier',
  PSD2_COUNTRY_MISMATCH: 'en319412-3.country-of-authority',
  PSD2_ORGANIZATION_IDENTIFIER_MISSING: 'ts119495.identifier-present',
  PSD2_ORGANIZATION_IDENTIFIER_TWICE: 'ts119495.identifier-present',
  PSD2_ORGANIZATION_IDENTIFIER_CHARACTERS: 'ts119495.identifier-form',
  PSD2_ORGANIZATION_IDENTIFIER_SCHEME: 'ts119495.identifier-form',
  PSD2_ORGANIZATION_IDENTIFIER_FORM: 'ts119495.identifier-form',
  EIDAS_NO_PSD2_STATEMENT: 'ts119495.statement',
  EIDAS_SIGNATURE_PSS: 'bpce.pss-signature',
  EIDAS_LEAF_IS_CA: 'rfc5280.leaf',
  EIDAS_NO_QC_COMPLIANCE: 'en319412-5.compliance',
  EIDAS_NO_QC_TYPE: 'en319412-5.type',
  EIDAS_NO_QC_PDS: 'en319412-5.pds',
  EIDAS_NO_KEY_USAGE: 'en319412-2.key-usage',
  EIDAS_NO_EXTENDED_KEY_USAGE: 'cabf.server-auth',
  EIDAS_SIGNATURE_WEAK: 'ts119312.hash',
  EIDAS_VALIDITY_LONG: 'practice.validity',
}
