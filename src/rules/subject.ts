import type { Deviation } from '../core/codes.ts'
import { Psd2Error } from '../core/errors.ts'
import { type Psd2Attributes, psd2Attributes } from '../eidas/attributes.ts'
import { type CertificateKind, certificateKindFrom, leafKind } from '../eidas/kind.ts'
import { parseOrganizationIdentifier } from '../eidas/organization-identifier.ts'
import type { Psd2Statement } from '../eidas/qc-statements/psd2.ts'
import { type QcStatement, type QcStatements, qcStatements } from '../eidas/qc-statements/read.ts'
import type { SemanticsInformation } from '../eidas/qc-statements/semantics.ts'
import type { Certificate } from '../x509/certificate.ts'
import type { PolicyInformation } from '../x509/extensions/certificate-policies.ts'
import { type FoundAttributes, type FoundExtensions, findAttributes, findExtensions, hasEtsiPolicy } from './lookup.ts'
import { isQualifiedPolicy } from './qualified-policies.ts'
import type { Rule } from './rule.ts'
import { type WebRegime, webRegime } from './web-regime.ts'

/** What a profile fixes of a subject before the rules run. */
export interface SubjectOptions {
  /** Audit as this type, whatever the certificate says of itself. */
  readonly type?: CertificateKind
  /** Audit as a PSD2 certificate, whether or not it carries PSD2 attributes. */
  readonly psd2?: boolean
  /** Audit as under QNCP-w-gen, whatever the policies are. */
  readonly general?: boolean
  /** Audit as that of a legal person, or not, whatever the names are. */
  readonly legal?: boolean
}

/** A certificate as the rules see it: read once, everything that several rules ask for at hand. */
export interface CertificateSubject {
  readonly certificate: Certificate
  /** What the certificate says it is. */
  readonly kind: CertificateKind
  readonly kindReason: string
  /**
   * What it is audited as: the profile's type, else its kind. One that names a PSP is audited as what it is meant for, even
   * where it could issue others: a rule says that it must not.
   */
  readonly type: CertificateKind
  /** Whether the rules for payment service providers apply: the profile says so, or it carries PSD2 attributes. */
  readonly psd2: boolean
  /** Audited as a leaf that ETSI EN 319 412 speaks of: by its type, its QC statements, PSD2 attributes or policies. */
  readonly etsi: boolean
  /**
   * Audited as qualified in the Union: a profile says so, or QcCompliance, a policy of EN 319 411-2 or PSD2 attributes.
   * QcType alone does not: it is for certificates that are not qualified too (EN 319 412-5 4.2.3).
   */
  readonly qualified: boolean
  /** A QWAC under QNCP-w-gen, to which EN 319 412-2 and -3 apply instead of the rules of browsers. */
  readonly general: boolean
  /** Which rules the web part of a QWAC follows. */
  readonly regime: WebRegime
  /** A leaf to whose names and key usage EN 319 412-2 and -3 apply as to a legal person. */
  readonly legal: boolean
  /** A leaf to whose names EN 319 412-2 applies as to a natural person. */
  readonly natural: boolean
  readonly attributes: Psd2Attributes
  readonly statements: QcStatements | null
  /** The PSD2 statement, where there is exactly one that can be read. */
  readonly psd2Statement: QcStatement<Psd2Statement> | undefined
  /** Object identifiers of certificatePolicies. */
  readonly policies: ReadonlySet<string>
  readonly extensions: FoundExtensions
  readonly subjectName: FoundAttributes
  readonly issuerName: FoundAttributes
  /** Every SemanticsInformation that could be read. */
  readonly semantics: readonly QcStatement<SemanticsInformation>[]
  /** Everything that the readers recorded. */
  readonly deviations: readonly Deviation[]
}

/** A requirement on one certificate. */
export type CertificateRule = Rule<CertificateSubject>

const noPolicies: readonly PolicyInformation[] = Object.freeze([])
const noSemantics: readonly QcStatement<SemanticsInformation>[] = Object.freeze([])

export function certificateSubject(certificate: Certificate, options: SubjectOptions = {}): CertificateSubject {
  const attributes = readAttributes(certificate)
  const { statements, organizationIdentifier } = attributes
  const { kind, reason } = certificateKindFrom(certificate, statements ?? undefined)
  const psd2Statements = statements?.all('PSD2') ?? []
  const [psd2Statement] = psd2Statements
  const psd2 = options.psd2 ?? (psd2Statement !== undefined || organizationIdentifier?.scheme === 'PSD')
  const type = options.type ?? (kind === 'CA' && psd2 ? leafKind(certificate, statements ?? undefined).kind : kind)
  const extensions = findExtensions(certificate)
  const list = extensions.certificatePolicies?.decoded ?? noPolicies
  const policies = new Set<string>()
  for (const { oid } of list) policies.add(oid)
  const subjectName = findAttributes(certificate.subject)
  const typed = type === 'QWAC' || type === 'QSealC' || type === 'QESign'
  const general = options.general ?? (type === 'QWAC' && policies.has(QNCP_W_GEN))
  const person = isNaturalPerson(subjectName)
  const organization = subjectName.organizationName.length > 0 && isNcp(policies)
  const legal = options.legal ?? (type === 'QSealC' || (!person && (general || (type === 'other' && organization))))
  return {
    certificate,
    kind,
    kindReason: reason,
    type,
    psd2,
    etsi: typed || (type === 'other' && (psd2 || statements !== null || options.legal === true || hasEtsiPolicy(list))),
    qualified:
      (typed &&
        (options.type !== undefined ||
          psd2 ||
          isQualifiedPolicy(policies) ||
          statements?.has('QcCompliance') === true)) ||
      (type === 'other' && psd2),
    general,
    regime: options.general === true ? 'general' : webRegime(type, policies),
    legal,
    natural: type === 'QESign' || (general && (person || options.legal === false)),
    attributes,
    statements,
    psd2Statement: psd2Statements.length === 1 && psd2Statement?.decoded !== undefined ? psd2Statement : undefined,
    policies,
    extensions,
    subjectName,
    issuerName: findAttributes(certificate.issuer),
    semantics: statements?.all('SemanticsInformation') ?? noSemantics,
    deviations:
      attributes.deviations.length === 0
        ? certificate.deviations
        : certificate.deviations.length === 0
          ? attributes.deviations
          : [...certificate.deviations, ...attributes.deviations],
  }
}

const QNCP_W_GEN = '0.4.0.194112.1.6'

/** NCP, NCP+ and LCP of EN 319 411-1: certificates of persons, not of web sites. */
function isNcp(policies: ReadonlySet<string>): boolean {
  return policies.has('0.4.0.2042.1.1') || policies.has('0.4.0.2042.1.2') || policies.has('0.4.0.2042.1.3')
}

/** A name that is one of a person, who may belong to an organization. */
function isNaturalPerson({ surname, givenName, pseudonym }: FoundAttributes): boolean {
  return surname.length + givenName.length + pseudonym.length > 0
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
