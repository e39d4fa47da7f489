import type { SchemeName } from './algorithms.ts'
import { type CabfOrganizationIdentifier, cabfFieldsOf, checkKeyUsage, type ExtensionContent, type KeyUsageName } from './extensions.ts'
import type { LeafOptions, ProfileOptions } from './leaf-options.ts'
import { families, oidOf } from './oids.ts'
import { type Psd2Plan, type QcPlan, roleOf } from './qc-statements.ts'
import { givenSubject, type SubjectAttribute, type SubjectValues, subjectAttributes } from './subject.ts'
import { addDays, lastSecond, maximumDays, wholeSecond } from './validity.ts'

/** The two kinds of certificate for a PSP. */
export type LeafKind = 'QWAC' | 'QSealC'

/** What of a certificate a request can ask for. */
export interface ProfilePlan {
  readonly kind: LeafKind
  subject: SubjectAttribute[]
  qc: QcPlan
  keyUsage: KeyUsageName[]
  extendedKeyUsage: string[]
  dnsNames: string[]
}

/** All that a leaf certificate is to hold but its keys, still open to change: defects work on this. */
export interface LeafPlan extends ProfilePlan {
  serialNumber: bigint
  notBefore: Date
  notAfter: Date
  /** The moment that issuance takes as now. */
  readonly at: Date
  signatureAlgorithm: SchemeName | undefined
  policies: string[]
  cabf: CabfOrganizationIdentifier | undefined
  basicConstraints: 'absent' | 'empty' | 'ca'
  /** Extensions to leave out, by object identifier. */
  readonly omitted: Set<string>
  /** Extensions to be marked critical that are not so of themselves. */
  readonly critical: Set<string>
  /** Extensions to be written twice. */
  readonly repeated: Set<string>
  readonly added: ExtensionContent[]
  withOcsp: boolean
}

/** What a plan takes from the authority. */
export interface PlanContext {
  readonly at: Date
  readonly issuerNotAfter: Date
  readonly baseUrl: string
  readonly randomSerial: () => bigint
}

const defaultIdentifier = 'PSDFR-ACPR-12345'

/** What differs between the two kinds where no option says otherwise. */
const kindDefaults = {
  QWAC: {
    qcTypes: ['web'],
    keyUsage: ['digitalSignature'],
    extendedKeyUsage: ['serverAuth', 'clientAuth'],
    dnsNames: ['tpp.example.com'],
    policies: () => ['QEVCP-w', 'QCP-w-psd2', 'CABF-EV'],
    // The Baseline Requirements ask authorities to stay a day under the limit.
    days: (notBefore: Date) => maximumDays(notBefore) - 1,
  },
  QSealC: {
    qcTypes: ['eseal'],
    keyUsage: ['nonRepudiation'],
    extendedKeyUsage: [],
    dnsNames: [],
    policies: (sscd: boolean) => [sscd ? 'QCP-l-qscd' : 'QCP-l'],
    days: () => 730,
  },
} as const

/** Names of authorities for the usual test values; for any other the identifier itself has to do. */
const ncaNames: Readonly<Record<string, string>> = {
  'FR-ACPR': 'Autorité de contrôle prudentiel et de résolution',
  'DE-BAFIN': 'Federal Financial Supervisory Authority',
  'IE-CBI': 'Central Bank of Ireland',
  'BE-NBB': 'National Bank of Belgium',
}

/** The parts of a PSD organizationIdentifier; the number may itself hold hyphens. */
function psdParts(identifier: string | false | undefined): { ncaId: string; country: string; number: string } | undefined {
  const [, ncaId, country, number] = /^PSD(([A-Z]{2})-[A-Z]{2,8})-(.+)$/s.exec(identifier || '') ?? []
  return ncaId === undefined || country === undefined || number === undefined ? undefined : { ncaId, country, number }
}

function planPsd2(options: ProfileOptions, identifier: string | false | undefined): Psd2Plan {
  const ncaId = options.ncaId ?? psdParts(identifier)?.ncaId
  if (ncaId === undefined) throw new TypeError('ncaId is needed where organizationIdentifier has no PSD form')
  return {
    roles: (options.roles ?? ['PSP_PI', 'PSP_AI']).map(roleOf),
    ncaName: options.ncaName ?? ncaNames[ncaId] ?? ncaId,
    ncaId,
    rolesShape: 'pairs',
    ncaString: 'UTF8String',
  }
}

/** The part that certificates and requests share, with `subject` already decided. */
export function planProfile(kind: LeafKind, options: ProfileOptions, subject: SubjectValues, qc: Partial<QcPlan>): ProfilePlan {
  const defaults = kindDefaults[kind]
  const optional = { limitValue: options.limitValue, retentionPeriod: options.retentionPeriod }
  const { identMethod } = options
  const semantics = options.semanticsIdentifier === false ? undefined : options.semanticsIdentifier
  return {
    kind,
    subject: subjectAttributes(subject),
    keyUsage: checkKeyUsage(options.keyUsage ?? defaults.keyUsage),
    extendedKeyUsage: (options.extendedKeyUsage ?? defaults.extendedKeyUsage).map((name) =>
      oidOf('extendedKeyUsage', name, families.extendedKeyUsage),
    ),
    dnsNames: [...(options.dnsNames ?? defaults.dnsNames)],
    qc: {
      compliance: options.qcCompliance ?? qc.compliance ?? false,
      sscd: options.qcSscd ?? false,
      types: (options.qcTypes ?? defaults.qcTypes).map((name) => oidOf('qcTypes', name, families.qcType)),
      ccLegislation: [...(options.ccLegislation ?? [])],
      pds: [...(options.pds ?? qc.pds ?? [])],
      pdsString: 'IA5String',
      qscdLegislation: [...(options.qscdLegislation ?? [])],
      nameRegistrationAuthorities: [...(options.nameRegistrationAuthorities ?? [])],
      semanticsAsStatement: false,
      psd2: [planPsd2(options, subject.organizationIdentifier)],
      shape: 'list',
      ...definedOnly(optional),
      ...(identMethod === undefined ? {} : { identMethod: oidOf('identMethod', identMethod, families.identMethod) }),
      ...(semantics === undefined ? {} : { semanticsIdentifier: oidOf('semanticsIdentifier', semantics, families.semantics) }),
    },
  }
}

function definedOnly<T extends object>(values: T): { [Name in keyof T]?: Exclude<T[Name], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [Name in keyof T]?: Exclude<T[Name], undefined>
  }
}

/** Subject values with everything that the two kinds need, from what was given. */
function fillSubject(kind: LeafKind, options: LeafOptions): SubjectValues {
  const organizationIdentifier = options.organizationIdentifier ?? defaultIdentifier
  const organizationName = options.organizationName ?? 'Test PSP (for test only)'
  const parts = psdParts(organizationIdentifier)
  const countryName = options.countryName ?? parts?.country ?? 'FR'
  const dnsNames = options.dnsNames ?? kindDefaults[kind].dnsNames
  const sealName = `${organizationName || 'PSP'} - test seal`
  const extended = {
    jurisdictionCountryName: countryName,
    businessCategory: 'Private Organization',
    subjectSerialNumber: (parts?.number ?? (organizationIdentifier || '12345')).replace(/[^A-Za-z0-9 '()+,./:=?-]/g, ''),
    localityName: 'Test City',
  }
  return {
    ...(kind === 'QWAC' ? extended : {}),
    commonName: kind === 'QWAC' ? (dnsNames[0] ?? false) : sealName,
    ...givenSubject({ ...options, organizationIdentifier, organizationName, countryName }),
  }
}

/** A leaf from its options and defaults, without defects. Throws `TypeError` on options that mean nothing. */
export function planLeaf(kind: LeafKind, options: LeafOptions, context: PlanContext): LeafPlan {
  const defaults = kindDefaults[kind]
  const subject = fillSubject(kind, options)
  const notBefore = wholeSecond('notBefore', options.notBefore ?? context.at)
  const pds = [{ url: `${context.baseUrl.replace(/^http:/, 'https:')}/pds_en.pdf`, language: 'en' }]
  const semanticsIdentifier = options.semanticsIdentifier ?? 'SemanticsId-Legal'
  const profile = planProfile(kind, { ...options, semanticsIdentifier }, subject, { compliance: true, pds })
  const policies = options.policies ?? defaults.policies(profile.qc.sscd)
  return {
    ...profile,
    serialNumber: options.serialNumber ?? context.randomSerial(),
    notBefore,
    notAfter: planNotAfter(options, notBefore, defaults.days(notBefore), context.issuerNotAfter),
    at: context.at,
    signatureAlgorithm: options.signatureAlgorithm,
    policies: policies.map((name) => oidOf('policies', name, families.policy)),
    cabf: planCabf(kind, options, subject),
    basicConstraints: options.basicConstraints === true ? 'empty' : 'absent',
    omitted: new Set(),
    critical: new Set(),
    repeated: new Set(),
    added: [],
    withOcsp: true,
  }
}

/** A default end never outlives the issuer; one that is given stands as it is. */
function planNotAfter(options: LeafOptions, notBefore: Date, days: number, issuerNotAfter: Date): Date {
  if (options.notAfter !== undefined) return wholeSecond('notAfter', options.notAfter)
  const usual = lastSecond(notBefore, days)
  const capped = usual > issuerNotAfter ? issuerNotAfter : usual
  return capped < notBefore ? addDays(notBefore, 1) : capped
}

function planCabf(kind: LeafKind, options: LeafOptions, subject: SubjectValues): CabfOrganizationIdentifier | undefined {
  const given = options.cabfOrganizationIdentifier
  if (given !== undefined) return given === false ? undefined : given
  const identifier = subject.organizationIdentifier
  return kind === 'QWAC' && identifier ? cabfFieldsOf(identifier) : undefined
}
