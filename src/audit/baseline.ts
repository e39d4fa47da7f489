import { type AuditReport, type Finding, severities } from '../core/audit-report.ts'
import type { BaselineEntry, UnusedEntry } from '../core/audit-run.ts'
import { Psd2Error } from '../core/errors.ts'
import { type JsonObject, type JsonValue, parseJson } from '../core/json.ts'

const members = ['rule', 'reason', 'sha256', 'issuer', 'path', 'until'] as const
const narrowing = ['sha256', 'issuer', 'path'] as const

/** Entries of one file. */
const mostEntries = 100_000

/**
 * Reads `{ "accepted": [ { "rule", "reason", "sha256"?, "issuer"?, "path"?, "until"? } ] }`.
 *
 * @throws Psd2Error `JSON_...`, `BASELINE_FILE` with the JSON Pointer
 */
export function readBaseline(bytes: Uint8Array): BaselineEntry[] {
  const top = objectAt(parseJson(bytes, { size: 64 << 20, depth: 4 }), '', ['accepted'])
  if (!Array.isArray(top.accepted)) throw wrong('/accepted', 'a list')
  const list = top.accepted as readonly JsonValue[]
  if (list.length > mostEntries) throw wrong('/accepted', `at most ${mostEntries} entries`)
  return list.map((value, index) => readEntry(value, `/accepted/${index}`))
}

function readEntry(value: JsonValue, path: string): BaselineEntry {
  const object = objectAt(value, path, members)
  const entry: Partial<Record<(typeof members)[number], string>> = {}
  for (const name of members) {
    const member = object[name]
    if (member === undefined) continue
    if (typeof member !== 'string' || member.trim() === '') throw wrong(`${path}/${name}`, 'a text')
    entry[name] = member
  }
  const { rule, reason, sha256, until } = entry
  if (rule === undefined) throw wrong(path, 'the rule')
  if (reason === undefined) throw wrong(path, 'a reason: without one nothing is accepted')
  if (sha256 !== undefined && !/^[0-9a-f]{64}$/.test(sha256)) {
    throw wrong(`${path}/sha256`, '64 lower-case hexadecimal digits')
  }
  if (until !== undefined && !isDay(until)) throw wrong(`${path}/until`, 'a day such as 2027-01-31')
  return { ...entry, rule, reason }
}

function isDay(text: string): boolean {
  const moment = new Date(`${text}T00:00:00Z`)
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(text)
}

function objectAt(value: JsonValue, path: string, names: readonly string[]): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(path, 'an object')
  for (const name in value) if (!names.includes(name)) throw wrong(`${path}/${name}`, `one of ${names.join(', ')}`)
  return value as JsonObject
}

function wrong(path: string, wanted: string): Psd2Error {
  return new Psd2Error('BASELINE_FILE', `the baseline wants ${wanted} at ${path === '' ? 'the top' : path}`, {
    path,
    mend: 'write { "accepted": [ { "rule": "folder.rule", "reason": "why" } ] }; see docs/audit.md',
  })
}

/** Accepted findings, by rule, and which of them have been met. */
export interface Baseline {
  readonly entries: readonly BaselineEntry[]
  readonly byRule: ReadonlyMap<string, readonly number[]>
  /** First moment at which an entry no longer holds. */
  readonly ends: readonly number[]
}

/** A baseline made ready: do it once for a whole batch. */
export function readyBaseline(entries: readonly BaselineEntry[]): Baseline {
  const byRule = new Map<string, number[]>()
  for (const [index, { rule }] of entries.entries()) {
    const list = byRule.get(rule)
    if (list === undefined) byRule.set(rule, [index])
    else list.push(index)
  }
  const ends = entries.map(({ until }) =>
    until === undefined ? Number.POSITIVE_INFINITY : Date.parse(`${until}T00:00:00Z`) + 86_400_000,
  )
  return { entries, byRule, ends }
}

/**
 * The report with what the baseline accepts marked, and verdict and counts without it. An unreadable certificate stays
 * unreadable: nobody can accept what nobody has seen.
 *
 * @param used - takes the numbers of the entries that were met
 */
export function acceptFindings(report: AuditReport, baseline: Baseline, at: Date, used: Set<number>): AuditReport {
  if (baseline.byRule.size === 0 || report.verdict === 'unreadable') return report
  let changed = false
  const findings = report.findings.map((finding) => {
    const index = baseline.byRule.get(finding.rule)?.find((each) => accepts(baseline, each, report, finding, at))
    if (index === undefined) return finding
    changed = true
    used.add(index)
    return { ...finding, accepted: baseline.entries[index]?.reason ?? '' }
  })
  if (!changed) return report
  const open = findings.filter(({ accepted }) => accepted === undefined)
  const failed = open.some(({ severity }) => severity === 'fatal' || severity === 'error')
  const bySeverity = { ...report.counts.findings }
  for (const name of severities) bySeverity[name] = open.filter(({ severity }) => severity === name).length
  return {
    ...report,
    findings,
    verdict: failed ? 'fail' : 'pass',
    counts: { ...report.counts, findings: bySeverity },
  }
}

function accepts({ entries, ends }: Baseline, index: number, report: AuditReport, finding: Finding, at: Date): boolean {
  const entry = entries[index]
  if (entry === undefined || at.getTime() >= (ends[index] ?? 0)) return false
  const met = { sha256: report.sha256, issuer: report.about?.issuer, path: finding.path }
  return narrowing.every((name) => entry[name] === undefined || entry[name] === met[name])
}

/** The entries that were not met, and whether they could have been. */
export function unusedEntries({ entries, ends }: Baseline, used: ReadonlySet<number>, at: Date): UnusedEntry[] {
  return entries.flatMap((entry, index): UnusedEntry[] => {
    if (used.has(index)) return []
    return [{ entry, because: at.getTime() >= (ends[index] ?? 0) ? 'expired' : 'unused' }]
  })
}
