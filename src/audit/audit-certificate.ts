import { defaultCrypto } from '#crypto'
import type {
  AuditCounts,
  AuditPlace,
  AuditReport,
  AuditSubject,
  Finding,
  RuleStatus,
  Severity,
} from '../core/audit-report.ts'
import { toHex } from '../core/bytes.ts'
import type { Deviation } from '../core/codes.ts'
import { Psd2Error } from '../core/errors.ts'
import { unknownName } from '../core/nearest.ts'
import { oidName } from '../core/oids.ts'
import type { CryptoProvider } from '../crypto/provider.ts'
import { certificateRules } from '../rules/all.ts'
import { type RuleRun, runRules } from '../rules/engine.ts'
import type { Facts } from '../rules/facts.ts'
import { pairRules } from '../rules/pair/index.ts'
import { type PreparedProfile, type Profile, prepareProfile } from '../rules/profile.ts'
import { profiles } from '../rules/profiles/index.ts'
import { type CertificateSubject, certificateSubject, type SubjectOptions } from '../rules/subject.ts'
import { type Certificate, parseCertificate } from '../x509/certificate.ts'
import { elementLengths } from './element-lengths.ts'
import { isoTime } from './iso-time.ts'
import { issuerFacts } from './issuer-facts.ts'
import type { FactFinder } from './outside-facts.ts'
import { trustOf } from './trust-verdict.ts'

/** How {@link auditCertificate} audits. */
export interface AuditOptions {
  /** The moment for which the audit is made. */
  readonly at: Date
  /** Name of a profile, or one of the caller's, made ready by {@link readyProfile}. Default: `auto`. */
  readonly profile?: string | PreparedProfile
  /** What is known from outside; rules that need more count as not checked. */
  readonly facts?: OutsideFacts
  /** Finds out more: the path, the trusted lists, revocation, the register. See {@link createFactFinder}. */
  readonly findFacts?: FactFinder
  /** The certificate of the issuer: its signature is verified, and both become facts. */
  readonly issuer?: Certificate | Uint8Array
  readonly source?: string
  readonly index?: number
  readonly place?: string
  readonly crypto?: CryptoProvider
}

/** What a caller can know from outside; the rest is computed. */
export type OutsideFacts = Omit<Facts, 'at' | 'sha256'>

const known = new Set(['at', 'profile', 'facts', 'findFacts', 'issuer', 'source', 'index', 'place', 'crypto'])

/** A profile by name, or one of the caller's, with its rules chosen: do it once for a whole batch. */
export function readyProfile(profile: string | Profile): PreparedProfile {
  if (typeof profile !== 'string') return prepareProfile(profile, certificateRules, pairRules)
  const named = Object.hasOwn(profiles, profile) ? profiles[profile] : undefined
  if (named === undefined) throw unknownName('profile', profile, Object.keys(profiles))
  return prepareProfile(named, certificateRules, pairRules)
}

/**
 * Audits one certificate against every rule of a profile. The certificate is read tolerantly, so that all its breaches
 * are told at once; one that even tolerant reading refuses gets a report of its own. Trust is never assumed: what was
 * not given is listed in `notChecked`.
 *
 * @param der - octets of one certificate
 * @returns the report, plain data ready for JSON; never throws on input
 * @throws TypeError on an unknown profile or option, and where `at` is no moment
 * @throws Psd2Error where `issuer` is no certificate: it is the caller's, not what is audited
 *
 * @example
 * ```ts
 * import { readFile } from 'node:fs/promises'
 * import { auditCertificate } from 'psd2-toolkit/audit'
 *
 * const report = await auditCertificate(await readFile('qsealc.der'), { at: new Date(), profile: 'auto' })
 * for (const { severity, rule, message, citation } of report.findings) {
 *   console.log(severity, rule, message, citation.document, citation.clause)
 * }
 * ```
 */
export async function auditCertificate(der: Uint8Array, options: AuditOptions): Promise<AuditReport> {
  for (const name in options) if (!known.has(name)) throw new TypeError(`unknown option '${name}'`)
  const { at, profile = 'auto', source = '', index = 0, place = '' } = options
  if (!(at instanceof Date) || Number.isNaN(at.getTime())) throw new TypeError('at is not a moment')
  const prepared = typeof profile === 'string' ? readyProfile(profile) : profile
  const { facts = {}, findFacts, issuer, crypto = defaultCrypto } = options
  const where = { source, index, place }
  const { report } = await auditMember(der, { at, prepared, facts, findFacts, issuer, crypto, place: where })
  return report
}

/** One certificate on its way through an audit. */
interface MemberInput {
  readonly at: Date
  readonly prepared: PreparedProfile
  readonly facts: OutsideFacts
  readonly findFacts?: FactFinder | undefined
  readonly issuer: Certificate | Uint8Array | undefined
  readonly crypto: CryptoProvider
  readonly place: AuditPlace
  /** The type where the certificate names none. */
  readonly otherwise?: SubjectOptions['type']
}

/** The report on a certificate, with its subject where it can be read: what a pair is judged by. */
export async function auditMember(
  der: Uint8Array,
  { at, prepared, facts: outside, findFacts, issuer, crypto, place, otherwise }: MemberInput,
): Promise<{ readonly report: AuditReport; readonly subject?: CertificateSubject }> {
  const sha256 = toHex(await crypto.digest('sha-256', der))
  const head = { ...place, sha256, profile: prepared.profile.name }
  let subject: CertificateSubject
  try {
    const certificate = parseCertificate(der, { mode: 'tolerant' })
    subject = certificateSubject(certificate, prepared.subject)
    if (subject.type === 'other' && otherwise !== undefined) {
      subject = certificateSubject(certificate, { ...prepared.subject, type: otherwise })
    }
  } catch (error) {
    if (!(error instanceof Psd2Error)) throw error
    return { report: { ...head, ...unreadable(error, prepared) } }
  }
  const { certificate, kind, kindReason, deviations } = subject
  const issued = certificate.validity.notBefore.getTime()
  const found = findFacts === undefined ? {} : await findFacts(certificate, at)
  const ofIssuer = issuer === undefined ? {} : await issuerFacts(certificate, issuer, crypto)
  const facts: Facts = { ...found, ...outside, ...ofIssuer, at, sha256 }
  const lengths = deviations.length === 0 ? undefined : elementLengths(der, new Set(deviations.map(offsetOf)))
  const run = runRules(prepared.set, { subject, facts, issued, deviations, ...(lengths && { lengths }) })
  const report = { ...head, kind, kindReason, ...concluded(run), trust: trustOf(facts), about: about(subject) }
  return { report, subject }
}

function offsetOf({ offset }: Deviation): number {
  return offset
}

/** The report for an input that holds no readable certificate: the reader's refusal, under the rule that it breaks. */
export function auditFailure(
  error: Psd2Error,
  profile: PreparedProfile,
  head: Pick<AuditReport, 'source' | 'index' | 'place'>,
): AuditReport {
  return { ...head, sha256: '', profile: profile.profile.name, ...unreadable(error, profile) }
}

type Conclusion = Pick<AuditReport, 'verdict' | 'notChecked' | 'counts' | 'findings' | 'outcomes'>

/** Verdict and counts of a run. */
export function concluded({ findings, notChecked, outcomes }: RuleRun): Conclusion {
  const failed = findings.some(({ severity }) => severity === 'fatal' || severity === 'error')
  return { verdict: failed ? 'fail' : 'pass', notChecked, counts: count(findings, outcomes), findings, outcomes }
}

function count(findings: readonly Finding[], outcomes: readonly RuleStatus[]): AuditCounts {
  const rules = { pass: 0, finding: 0, 'not-applicable': 0, 'not-effective': 0, 'not-checked': 0 }
  const bySeverity: Record<Severity, number> = { fatal: 0, error: 0, warning: 0, notice: 0, info: 0 }
  for (const status of outcomes) rules[status]++
  for (const { severity } of findings) bySeverity[severity]++
  return { rules, findings: bySeverity }
}

function unreadable(
  error: Psd2Error,
  { set }: PreparedProfile,
): Conclusion & Pick<AuditReport, 'kind' | 'kindReason' | 'trust'> {
  const rules = certificateRules.filter(({ codes = [] }) => codes.includes(error.code))
  const { code, path = '', offset = 0, citation, mend = '' } = error
  const [rule] = rules
  const finding: Finding = {
    rule: rule?.id ?? 'engine.unreadable',
    severity: 'fatal',
    message: `${error.message} (${code})`,
    citation: citation ?? rule?.citation ?? { document: 'psd2-toolkit', clause: code },
    grounding: rule?.grounding ?? 'A',
    path,
    offset,
    length: 0,
    mend,
  }
  // Nothing else was decided: a rule that did not run must not look like one that passed.
  const outcomes = set.rules.map(({ rule: { id } }): RuleStatus => (id === rule?.id ? 'finding' : 'not-checked'))
  const notChecked = set.rules
    .filter(({ rule: { id } }) => id !== rule?.id)
    .map(({ rule: { id } }) => ({ rule: id, needs: ['readable'] }))
  return {
    ...concluded({ findings: [finding], notChecked, outcomes }),
    verdict: 'unreadable',
    kind: 'other',
    kindReason: 'the certificate cannot be read',
    trust: 'not-checked',
  }
}

function about({ certificate, attributes }: CertificateSubject): AuditSubject {
  const { publicKey, signatureAlgorithm, validity } = certificate
  const size = publicKey.curve ?? publicKey.size
  const key = publicKey.algorithm.name ?? publicKey.algorithm.oid
  return {
    subject: String(certificate.subject),
    issuer: String(certificate.issuer),
    serialNumber: certificate.serial.hex,
    organizationIdentifier: attributes.organizationIdentifier?.value ?? null,
    roles: attributes.roles.map(({ role, oid }) => role ?? oid),
    notBefore: isoTime(validity.notBefore),
    notAfter: isoTime(validity.notAfter),
    signatureAlgorithm: oidName(signatureAlgorithm.oid) ?? signatureAlgorithm.oid,
    publicKey: size === undefined ? key : `${key} ${size}`,
  }
}
