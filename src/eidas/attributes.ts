import type { CodeInfo, Deviation } from '../core/codes.ts'
import { type ReadMode, refusal, Scope } from '../der/index.ts'
import type { Certificate } from '../x509/certificate.ts'
import type { NameAttribute } from '../x509/name.ts'
import { type EidasCode, eidasCodes } from './codes.ts'
import { type OrganizationIdentifier, parseOrganizationIdentifier } from './organization-identifier.ts'
import type { Psd2Role, Psd2Statement } from './qc-statements/psd2.ts'
import { QC_STATEMENTS, type QcStatement, type QcStatements, readExtension } from './qc-statements/read.ts'

/** Who a certificate names and what it may do, as ETSI TS 119 495 puts it into the certificate. */
export interface Psd2Attributes {
  /** Of the subject; null where there is none, or more than one. */
  readonly organizationIdentifier: OrganizationIdentifier | null
  /** In the order of the certificate; empty where there is no PSD2 statement. */
  readonly roles: readonly Psd2Role[]
  readonly ncaName: string | null
  readonly ncaId: string | null
  /** All statements of the certificate; null where it has none. */
  readonly statements: QcStatements | null
  /** What was stepped over, and where the parts contradict each other. */
  readonly deviations: readonly Deviation[]
}

/** How {@link psd2Attributes} reads. */
export interface Psd2Options {
  /** Default: as the certificate was read. */
  readonly mode?: ReadMode
}

/** Object identifier of the attribute. */
export const ORGANIZATION_IDENTIFIER = '2.5.4.97'
const COUNTRY = '2.5.4.6'

/**
 * Reads organizationIdentifier, roles, nCAName and nCAId (ETSI TS 119 495 clause 5). The role is that of the object
 * identifier; its name never decides. Two PSD2 statements are refused in every mode, never joined and never chosen from;
 * of two organizationIdentifiers none is taken.
 *
 * @throws Psd2Error with code `PSD2_STATEMENT_TWICE`; in strict mode also `QC_...`, `PSD2_...` or `DER_...` where the
 * encoding is not that of the documents
 *
 * @example
 * ```ts
 * import { psd2Attributes } from 'psd2-toolkit/eidas'
 * import { parseCertificate } from 'psd2-toolkit/x509'
 *
 * declare const der: Uint8Array
 * const { organizationIdentifier, roles, ncaId } = psd2Attributes(parseCertificate(der))
 * console.log(organizationIdentifier?.value, roles.map((role) => role.role), ncaId)
 * ```
 */
export function psd2Attributes(certificate: Certificate, options: Psd2Options = {}): Psd2Attributes {
  for (const name in options) if (name !== 'mode') throw new TypeError(`unknown option '${name}'`)
  const scope = new Scope(options.mode ?? certificate.mode, certificate.limits)
  const extension = certificate.extensionByOid(QC_STATEMENTS)
  const statements = extension === undefined ? undefined : readExtension(certificate.bytes, extension, scope)
  const psd2 = statements === undefined ? undefined : onlyPsd2Statement(statements)
  const statement = psd2?.decoded
  // An international institution has no national authorization number.
  const wantsPsd = statement !== undefined && statement.ncaId !== 'NA'
  const organizationIdentifier = readOrganizationIdentifier(certificate, scope, psd2 !== undefined, wantsPsd)
  if (statement !== undefined) compareAuthority(scope, psd2 as QcStatement, statement, organizationIdentifier)
  return {
    organizationIdentifier,
    roles: statement?.roles ?? [],
    ncaName: statement?.ncaName ?? null,
    ncaId: statement?.ncaId ?? null,
    statements: statements ?? null,
    deviations: scope.deviations,
  }
}

/** Two statements could grant together what neither grants alone. */
function onlyPsd2Statement(statements: QcStatements): QcStatement<Psd2Statement> | undefined {
  const found = statements.all('PSD2')
  if (found.length > 1) {
    const second = found[1] as QcStatement
    throw refusal('PSD2_STATEMENT_TWICE', eidasCodes.PSD2_STATEMENT_TWICE, second.path, second.offset)
  }
  return found[0]
}

function readOrganizationIdentifier(
  certificate: Certificate,
  scope: Scope,
  isPsd2: boolean,
  wantsPsd: boolean,
): OrganizationIdentifier | null {
  const { subject } = certificate
  const found = subject.all(ORGANIZATION_IDENTIFIER)
  const attribute = found[0]
  if (attribute === undefined) {
    if (isPsd2) note(scope, 'PSD2_ORGANIZATION_IDENTIFIER_MISSING', subjectPath, subject.offset)
    return null
  }
  if (found.length > 1) {
    const second = found[1] as NameAttribute
    note(scope, 'PSD2_ORGANIZATION_IDENTIFIER_TWICE', subject.pathOf(subjectPath, second), second.offset)
    return null
  }
  const identifier = parseOrganizationIdentifier(attribute.text)
  const { problem, scheme, value } = identifier
  if (problem === undefined && (scheme === 'PSD' || !wantsPsd)) return identifier
  const path = certificate.subject.pathOf(subjectPath, attribute)
  if (problem === 'characters') {
    note(scope, 'PSD2_ORGANIZATION_IDENTIFIER_CHARACTERS', path, attribute.offset, value)
  } else if (problem !== undefined) {
    note(scope, 'PSD2_ORGANIZATION_IDENTIFIER_FORM', path, attribute.offset, `${value}: ${problem}`)
  } else {
    note(scope, 'PSD2_ORGANIZATION_IDENTIFIER_SCHEME', path, attribute.offset, value)
  }
  return identifier
}

/** The authority of the statement against that of the identifier (GEN-5.2.3-4). */
function compareAuthority(
  scope: Scope,
  statement: QcStatement,
  { ncaId, ncaIdOffset }: Psd2Statement,
  identifier: OrganizationIdentifier | null,
): void {
  if (ncaId === 'NA' || identifier === null || identifier.ncaId === null || identifier.ncaId === ncaId) return
  const detail = `${ncaId} differs from ${identifier.ncaId}`
  note(scope, 'PSD2_NCA_MISMATCH', `${statement.path}.statementInfo.nCAId`, ncaIdOffset, detail)
}

/** Country of the authority against country of the subject; nothing where either is not known. */
export function compareCountry(certificate: Certificate, attributes: Psd2Attributes): Deviation | undefined {
  const [country, second] = certificate.subject.all(COUNTRY)
  const ofNca = /^([A-Z]{2})-[A-Z]{2,8}$/.exec(attributes.ncaId ?? '')?.[1]
  const identifier = attributes.organizationIdentifier
  const ofAuthority = ofNca ?? (identifier?.scheme === 'PSD' ? identifier.country : null)
  if (country === undefined || ofAuthority === null) return undefined
  if (second === undefined && country.text === ofAuthority) return undefined
  const path = certificate.subject.pathOf(subjectPath, country)
  return {
    code: 'PSD2_COUNTRY_MISMATCH',
    path,
    offset: country.offset,
    detail: `${second === undefined ? country.text : 'several'} and ${ofAuthority}`,
  }
}

const subjectPath = 'tbsCertificate.subject'

function note(scope: Scope, code: EidasCode, path: string, offset: number, detail?: string): void {
  scope.deviate(code, eidasCodes[code] as CodeInfo, path, offset, detail)
}
