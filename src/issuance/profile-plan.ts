import { given } from '../core/given.ts'
import { findAuthority } from '../eidas/authorities.ts'
import { checkKeyUsage, type KeyUsageName } from './extensions.ts'
import type { ProfileOptions } from './leaf-options.ts'
import { families, oidOf } from './oids.ts'
import { type Psd2Plan, type QcPlan, roleOf } from './qc-statements.ts'
import { type SubjectAttribute, type SubjectValues, subjectAttributes } from './subject.ts'
import { maximumDays } from './validity.ts'

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

/** What differs between the two kinds where no option says otherwise. */
export const kindDefaults = {
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

/** The parts of a PSD organizationIdentifier; the number may itself hold hyphens. */
export function psdParts(
  identifier: string | false | undefined,
): { ncaId: string; country: string; number: string } | undefined {
  const [, ncaId, country, number] = /^PSD(([A-Z]{2})-[A-Z]{2,8})-(.+)$/s.exec(identifier || '') ?? []
  return ncaId === undefined || country === undefined || number === undefined ? undefined : { ncaId, country, number }
}

function planPsd2(options: ProfileOptions, identifier: string | false | undefined): Psd2Plan {
  const ncaId = options.ncaId ?? psdParts(identifier)?.ncaId
  if (ncaId === undefined) throw new TypeError('ncaId is needed where organizationIdentifier has no PSD form')
  return {
    roles: (options.roles ?? ['PSP_PI', 'PSP_AI']).map(roleOf),
    ncaName: options.ncaName ?? findAuthority(ncaId)?.name ?? ncaId,
    ncaId,
    rolesShape: 'pairs',
    ncaString: 'UTF8String',
  }
}

/** The part that certificates and requests share, with `subject` already decided. */
export function planProfile(
  kind: LeafKind,
  options: ProfileOptions,
  subject: SubjectValues,
  qc: Partial<QcPlan>,
): ProfilePlan {
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
      ...given(optional),
      ...(identMethod === undefined ? {} : { identMethod: oidOf('identMethod', identMethod, families.identMethod) }),
      ...(semantics === undefined
        ? {}
        : { semanticsIdentifier: oidOf('semanticsIdentifier', semantics, families.semantics) }),
    },
  }
}
