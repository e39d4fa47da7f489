import type { SchemeName } from './algorithms.ts'
import { type CabfOrganizationIdentifier, cabfFieldsOf, type ExtensionContent } from './extensions.ts'
import { checkSignatureAlgorithm } from './keys.ts'
import type { LeafOptions } from './leaf-options.ts'
import { families, oidOf } from './oids.ts'
import { kindDefaults, type LeafKind, type ProfilePlan, planProfile, psdParts } from './profile-plan.ts'
import { givenSubject, type SubjectValues } from './subject.ts'
import { addDays, lastSecond, wholeSecond } from './validity.ts'

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
    subjectSerialNumber: (parts?.number ?? (organizationIdentifier || '12345')).replace(
      /[^A-Za-z0-9 '()+,./:=?-]/g,
      '',
    ),
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
    signatureAlgorithm: checkSignatureAlgorithm(options.signatureAlgorithm),
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

function planCabf(
  kind: LeafKind,
  options: LeafOptions,
  subject: SubjectValues,
): CabfOrganizationIdentifier | undefined {
  const given = options.cabfOrganizationIdentifier
  if (given !== undefined) return given === false ? undefined : given
  const identifier = subject.organizationIdentifier
  return kind === 'QWAC' && identifier ? cabfFieldsOf(identifier) : undefined
}
