import type { Deviation } from '../core/codes.ts'
import { Psd2Error } from '../core/errors.ts'
import { type Psd2Attributes, psd2Attributes } from '../eidas/attributes.ts'
import { type CertificateKind, certificateKind } from '../eidas/kind.ts'
import { parseOrganizationIdentifier } from '../eidas/organization-identifier.ts'
import { type QcStatements, qcStatements } from '../eidas/qc-statements/read.ts'
import type { Certificate } from '../x509/certificate.ts'
import type { Rule } from './rule.ts'

/** What a profile fixes of a subject before the rules run. */
export interface SubjectOptions {
  /** Audit as this type, whatever the certificate says of itself. */
  readonly type?: CertificateKind
  /** Audit as a PSD2 certificate, whether or not it carries PSD2 attributes. */
  readonly psd2?: boolean
}

/** A certificate as the rules see it: read once, everything that several rules ask for at hand. */
export interface CertificateSubject {
  readonly certificate: Certificate
  /** What the certificate says it is. */
  readonly kind: CertificateKind
  readonly kindReason: string
  /** What it is audited as: the profile's type, else its kind. */
  readonly type: CertificateKind
  /** Whether the rules for payment service providers apply: the profile says so, or it carries PSD2 attributes. */
  readonly psd2: boolean
  readonly attributes: Psd2Attributes
  readonly statements: QcStatements | null
  /** Object identifiers of certificatePolicies. */
  readonly policies: ReadonlySet<string>
  /** Everything that the readers recorded. */
  readonly deviations: readonly Deviation[]
}

/** A requirement on one certificate. */
export type CertificateRule = Rule<CertificateSubject>

export function certificateSubject(certificate: Certificate, options: SubjectOptions = {}): CertificateSubject {
  const { kind, reason } = certificateKind(certificate)
  const attributes = readAttributes(certificate)
  const { statements, organizationIdentifier } = attributes
  const carriesPsd2 = statements?.has('PSD2') === true || organizationIdentifier?.scheme === 'PSD'
  return {
    certificate,
    kind,
    kindReason: reason,
    type: options.type ?? kind,
    psd2: options.psd2 ?? carriesPsd2,
    attributes,
    statements,
    policies: new Set(certificate.extension('certificatePolicies')?.decoded?.map(({ oid }) => oid)),
    deviations: [...certificate.deviations, ...attributes.deviations],
  }
}

const ORGANIZATION_IDENTIFIER = '2.5.4.97'

/** Two PSD2 statements are an error in every mode: here it becomes a deviation, and no roles are shown. */
function readAttributes(certificate: Certificate): Psd2Attributes {
  try {
    return psd2Attributes(certificate, { mode: 'tolerant' })
  } catch (error) {
    if (!(error instanceof Psd2Error) || error.code.startsWith('LIMIT_')) throw error
    const { code, path = '', offset = 0 } = error
    const text = certificate.subject.only(ORGANIZATION_IDENTIFIER)
    const statements = qcStatements(certificate, { mode: 'tolerant' }) ?? null
    return {
      organizationIdentifier: text === undefined ? null : parseOrganizationIdentifier(text),
      roles: [],
      ncaName: null,
      ncaId: null,
      statements,
      deviations: [...(statements?.deviations ?? []), { code, path, offset }],
    }
  }
}
