import { type AuditReport, type Severity, severities } from '../../core/audit-report.ts'
import type { AuditTally } from '../../core/audit-run.ts'

type Counts = Record<string, number>

/** A certificate can name any algorithm: names beyond these many count together. */
const mostNames = 300
const otherNames = 'others'

/** Months around the moment of the audit that are counted one by one. */
const months = 60

export function emptyTally(): AuditTally {
  return {
    reports: 0,
    duplicates: 0,
    verdicts: { pass: 0, fail: 0, unreadable: 0 },
    findings: { fatal: 0, error: 0, warning: 0, notice: 0, info: 0 },
    accepted: 0,
    outcomes: { pass: 0, finding: 0, 'not-applicable': 0, 'not-effective': 0, 'not-checked': 0 },
    rules: {},
    kinds: {},
    signatureAlgorithms: {},
    publicKeys: {},
    expiry: {},
    expired: 0,
    early: 0,
    needs: {},
  }
}

/** Adds one report to a tally. */
export function countReport(tally: AuditTally, report: AuditReport, at: number): void {
  tally.reports++
  tally.duplicates += report.duplicates?.length ?? 0
  tally.verdicts[report.verdict]++
  countFindings(tally, report)
  sum(tally.outcomes, report.counts.rules)
  countNeeds(tally, report)
  const { about } = report
  if (about === undefined) return
  add(tally.kinds, report.kind, 1)
  add(tally.signatureAlgorithms, about.signatureAlgorithm, 1)
  add(tally.publicKeys, about.publicKey, 1)
  const ends = Date.parse(about.notAfter)
  add(tally.expiry, monthOf(ends, at), 1)
  if (ends < at) tally.expired++
  if (Date.parse(about.notBefore) > at) tally.early++
}

function countFindings(tally: AuditTally, { findings }: AuditReport): void {
  const met = new Set<string>()
  for (const { rule, severity, accepted } of findings) {
    if (accepted !== undefined) {
      tally.accepted++
      continue
    }
    tally.findings[severity]++
    addRule(tally, rule, severity, met.has(rule) ? 0 : 1, 1)
    met.add(rule)
  }
}

function addRule(tally: AuditTally, id: string, severity: Severity, certificates: number, findings: number): void {
  const before = Object.hasOwn(tally.rules, id) ? tally.rules[id] : undefined
  if (before === undefined) {
    tally.rules[id] = { severity, certificates, findings }
    return
  }
  before.severity = graver(before.severity, severity)
  before.certificates += certificates
  before.findings += findings
}

function countNeeds(tally: AuditTally, { notChecked }: AuditReport): void {
  const met = new Set<string>()
  for (const { needs } of notChecked) for (const need of needs) met.add(need)
  for (const need of met) add(tally.needs, need, 1)
}

/** Adds the sums of another part of the run. */
export function addTally(tally: AuditTally, part: AuditTally): void {
  tally.reports += part.reports
  tally.duplicates += part.duplicates
  tally.accepted += part.accepted
  tally.expired += part.expired
  tally.early += part.early
  for (const name of ['verdicts', 'findings', 'outcomes', 'kinds', 'signatureAlgorithms', 'publicKeys'] as const) {
    sum(tally[name], part[name])
  }
  sum(tally.expiry, part.expiry)
  sum(tally.needs, part.needs)
  for (const [id, { severity, certificates, findings }] of Object.entries(part.rules)) {
    addRule(tally, id, severity, certificates, findings)
  }
}

function sum(counts: Counts, more: Readonly<Counts>): void {
  for (const name in more) add(counts, name, more[name] as number)
}

function add(counts: Counts, name: string, count: number): void {
  const known = Object.hasOwn(counts, name) || (name !== otherNames && Object.keys(counts).length < mostNames)
  const slot = known ? name : otherNames
  counts[slot] = (Object.hasOwn(counts, slot) ? (counts[slot] as number) : 0) + count
}

function graver(a: Severity, b: Severity): Severity {
  return severities.indexOf(a) <= severities.indexOf(b) ? a : b
}

function monthOf(ends: number, at: number): string {
  if (Number.isNaN(ends)) return otherNames
  const day = new Date(ends)
  const now = new Date(at)
  const distance = (day.getUTCFullYear() - now.getUTCFullYear()) * 12 + day.getUTCMonth() - now.getUTCMonth()
  if (distance < -months) return 'earlier'
  return distance > months ? 'later' : day.toISOString().slice(0, 7)
}
