import { createHash } from 'node:crypto'
import { auditCertificate } from '../../../src/audit/index.ts'
import type { AuditReport, RuleStatus, Severity } from '../../../src/core/audit-report.ts'
import type { Facts } from '../../../src/rules/facts.ts'
import { parseCertificate } from '../../../src/x509/certificate.ts'
import { storedCertificate } from './mint.ts'
import type { VectorFacts } from './vector.ts'

/** What one finding is to be: words about it may change, these do not. */
export interface ExpectedFinding {
  readonly rule: string
  readonly severity: Severity
  readonly path: string
}

/** Everything that an audit is to find. */
export interface AuditOutcome {
  readonly verdict: AuditReport['verdict']
  readonly findings: readonly ExpectedFinding[]
}

/** How a vector is to be audited, as JSON has it. */
export interface AuditInput {
  readonly profile?: string
  readonly at?: string
  readonly facts?: VectorFacts
}

/** The day after the vectors are issued. */
const auditedAt = '2026-01-02T00:00:00Z'

function factsOf(
  { issuer, previous, otherSets, itself = [], request, ...others }: VectorFacts,
  der: Uint8Array,
): Omit<Facts, 'at' | 'sha256'> {
  const hash = createHash('sha256').update(der)
  const members = {
    ...request,
    ...(itself.includes('x5c') ? { x5c: [Buffer.from(der).toString('base64')] } : {}),
    ...(itself.includes('x5t') ? { x5t: hash.copy().digest('base64url') } : {}),
  }
  return {
    ...others,
    ...(Object.keys(members).length === 0 ? {} : { request: members }),
    ...(itself.includes('otherSets') ? { otherSets: new Set([hash.digest('hex')]) } : {}),
    ...(issuer === undefined ? {} : { issuer: parseCertificate(storedCertificate(issuer)) }),
    ...(previous === undefined ? {} : { previous: parseCertificate(storedCertificate(previous)) }),
    ...(otherSets === undefined ? {} : { otherSets: new Set(otherSets) }),
  }
}

/** Audits a vector as its entry says. */
export function auditVector(der: Uint8Array, { profile = 'auto', at, facts = {} }: AuditInput): Promise<AuditReport> {
  return auditCertificate(der, { at: new Date(at ?? auditedAt), profile, facts: factsOf(facts, der) })
}

/** What of a report a vector lays down. */
export function outcomeIn({ verdict, findings }: AuditReport): AuditOutcome {
  return { verdict, findings: findings.map(({ rule, severity, path }) => ({ rule, severity, path })) }
}

/** Status of one rule; undefined where the profile does not have it. */
export function statusIn(report: AuditReport, rules: readonly string[], rule: string): RuleStatus | undefined {
  return report.outcomes[rules.indexOf(rule)]
}
