import type { KeyAlgorithm, SignatureAlgorithm } from './algorithms.ts'
import type { DefectName } from './defects/index.ts'
import type { CabfOrganizationIdentifier, KeyUsageName } from './extensions.ts'
import type { LimitValue, PdsLocation, Role, RoleName } from './qc-statements.ts'
import type { SubjectValues } from './subject.ts'

/** What is common to a certificate and to a request for one. */
export interface ProfileOptions extends SubjectValues {
  /** Roles of the PSP, by name or as the pair that is to be written. */
  readonly roles?: readonly (RoleName | Role)[]
  /** nCAName. Default: the name that the European list has for the nCAId, else the nCAId. */
  readonly ncaName?: string
  /** nCAId. Default: the country and authority of a PSD organizationIdentifier. */
  readonly ncaId?: string
  /** dNSName entries of subjectAltName. An empty list leaves the extension out. */
  readonly dnsNames?: readonly string[]
  /** QcPDS locations. An empty list leaves the statement out. */
  readonly pds?: readonly PdsLocation[]
  /** QcType purposes: `esign`, `eseal`, `web`, or object identifiers. An empty list leaves the statement out. */
  readonly qcTypes?: readonly string[]
  readonly qcCompliance?: boolean
  readonly qcSscd?: boolean
  /** QcRetentionPeriod in years after the end of validity. */
  readonly retentionPeriod?: number
  readonly limitValue?: LimitValue
  /** QcCClegislation: country codes of two letters. */
  readonly ccLegislation?: readonly string[]
  /** QcIdentMethod: `identMethodA` to `identMethodD`, or an object identifier. */
  readonly identMethod?: string
  /** QcQSCDlegislation: country codes of two letters. */
  readonly qscdLegislation?: readonly string[]
  /** Such as `SemanticsId-Legal`, or an object identifier; `false` for none. */
  readonly semanticsIdentifier?: string | false
  /** URIs for SemanticsInformation, needed by national identifier schemes. */
  readonly nameRegistrationAuthorities?: readonly string[]
  /** An empty list leaves the extension out. */
  readonly keyUsage?: readonly KeyUsageName[]
  /** Purposes by name, such as `serverAuth`, or object identifiers. An empty list leaves the extension out. */
  readonly extendedKeyUsage?: readonly string[]
}

/**
 * What a test certificate is to say. Every option has a default with which the certificate keeps TS 119 495 V1.7.1,
 * EN 319 412-1 to -5 and, for a QWAC, the Baseline Requirements and EV Guidelines. Nothing that is given is corrected,
 * so an option can also make a certificate wrong; {@link LeafOptions.defects} names the usual ways to be wrong.
 */
export interface LeafOptions extends ProfileOptions {
  /** Policies by name, such as `QCP-l`, or object identifiers. An empty list leaves the extension out. */
  readonly policies?: readonly string[]
  /** The extension of that name: `false` for none. Default for a QWAC: the fields of organizationIdentifier. */
  readonly cabfOrganizationIdentifier?: CabfOrganizationIdentifier | false
  /** True for a basicConstraints extension that says nothing, as some authorities issue it. Default: none. */
  readonly basicConstraints?: boolean
  readonly notBefore?: Date
  readonly notAfter?: Date
  /** Serial number of the certificate; the subject's attribute is `subjectSerialNumber`. Default: 16 random octets. */
  readonly serialNumber?: bigint
  /** Default `RSA-3072`. */
  readonly keyAlgorithm?: KeyAlgorithm
  /** Keys to certify instead of new ones. */
  readonly keys?: CryptoKeyPair
  /** What the issuing authority signs with. Default: by its key and options. */
  readonly signatureAlgorithm?: SignatureAlgorithm
  /** What is to be wrong, by name, applied in this order. */
  readonly defects?: readonly DefectName[]
}

const subjectNames: Readonly<Record<keyof SubjectValues, true>> = {
  jurisdictionCountryName: true,
  jurisdictionStateOrProvinceName: true,
  jurisdictionLocalityName: true,
  businessCategory: true,
  subjectSerialNumber: true,
  countryName: true,
  stateOrProvinceName: true,
  localityName: true,
  streetAddress: true,
  postalCode: true,
  organizationName: true,
  organizationIdentifier: true,
  organizationalUnitName: true,
  commonName: true,
}

export const profileOptionNames: Readonly<Record<keyof ProfileOptions, true>> = {
  ...subjectNames,
  roles: true,
  ncaName: true,
  ncaId: true,
  dnsNames: true,
  pds: true,
  qcTypes: true,
  qcCompliance: true,
  qcSscd: true,
  retentionPeriod: true,
  limitValue: true,
  ccLegislation: true,
  identMethod: true,
  qscdLegislation: true,
  semanticsIdentifier: true,
  nameRegistrationAuthorities: true,
  keyUsage: true,
  extendedKeyUsage: true,
}

export const leafOptionNames: Readonly<Record<keyof LeafOptions, true>> = {
  ...profileOptionNames,
  policies: true,
  cabfOrganizationIdentifier: true,
  basicConstraints: true,
  notBefore: true,
  notAfter: true,
  serialNumber: true,
  keyAlgorithm: true,
  keys: true,
  signatureAlgorithm: true,
  defects: true,
}
