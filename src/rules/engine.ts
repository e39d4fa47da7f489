import type { Finding, NotChecked, RuleStatus, Severity } from '../core/audit-report.ts'
import type { CodeInfo, Deviation } from '../core/codes.ts'
import type { FactName, Facts } from './facts.ts'
import { readerCode } from './reader-codes.ts'
import { type Breach, type Place, type Rule, severityOf } from './rule.ts'

/** A rule of a profile, with the severity that the profile gives it. */
export interface ProfileRule<Subject> {
  readonly rule: Rule<Subject>
  readonly severity: Severity
  /** `effective` of the rule as milliseconds; where it has none, all of time. */
  readonly from: number
  readonly until: number
  /** What is said where none of the facts is there that the rule needs: one object for all subjects. */
  readonly waits: NotChecked
}

/** Rules made ready to run: dates read, codes of readers sorted by rule. */
export interface RuleSet<Subject> {
  readonly rules: readonly ProfileRule<Subject>[]
  /** Numbers of the rules that speak for a reader's code. */
  readonly byCode: ReadonlyMap<string, readonly number[]>
}

/** What came out of a run. */
export interface RuleRun {
  readonly findings: readonly Finding[]
  readonly notChecked: readonly NotChecked[]
  /** Status of each rule, in the order of the set. */
  readonly outcomes: readonly RuleStatus[]
}

/** What the engine asks of a subject. */
export interface RunInput<Subject> {
  readonly subject: Subject
  readonly facts: Facts
  /** The day that `effective` is compared with: when the subject was issued. */
  readonly issued: number
  readonly deviations: readonly Deviation[]
  /** Octets of the elements that deviations point to, by offset. Where one is missing, the length is 0. */
  readonly lengths?: ReadonlyMap<number, number>
}

/** Makes rules ready. Severities are those of the modal verbs unless `severities` has another. */
export function ruleSet<Subject>(
  rules: readonly Rule<Subject>[],
  severities: ReadonlyMap<string, Severity> = new Map(),
): RuleSet<Subject> {
  const byCode = new Map<string, number[]>()
  for (const [index, { codes = [] }] of rules.entries()) {
    for (const code of codes) byCode.set(code, [...(byCode.get(code) ?? []), index])
  }
  return {
    byCode,
    rules: rules.map((rule) => ({
      rule,
      severity: severities.get(rule.id) ?? rule.severity ?? severityOf[rule.modal],
      from: dayOf(rule.effective?.from, Number.NEGATIVE_INFINITY),
      until: dayOf(rule.effective?.until, Number.POSITIVE_INFINITY),
      waits: { rule: rule.id, needs: rule.needs ?? [] },
    })),
  }
}

function dayOf(day: string | undefined, otherwise: number): number {
  if (day === undefined) return otherwise
  const moment = Date.parse(`${day}T00:00:00Z`)
  if (Number.isNaN(moment)) throw new TypeError(`${day} is no day`)
  return moment
}

/** Runs every rule over one subject. Never throws: a rule that does becomes a fatal finding, and the rest goes on. */
export function runRules<Subject>(set: RuleSet<Subject>, input: RunInput<Subject>): RuleRun {
  const findings: Finding[] = []
  const notChecked: NotChecked[] = []
  const reported = deviationsByRule(set, input.deviations)
  const run: Run<Subject> = { ...input, findings, notChecked }
  const outcomes: RuleStatus[] = []
  for (const [index, entry] of set.rules.entries()) {
    const before = findings.length
    try {
      outcomes.push(runRule(entry, run, reported?.get(index)))
    } catch (error) {
      findings.length = before
      findings.push(crashed(entry.rule, error))
      outcomes.push('finding')
    }
  }
  return { findings, notChecked, outcomes }
}

interface Run<Subject> extends RunInput<Subject> {
  readonly findings: Finding[]
  readonly notChecked: NotChecked[]
}

function runRule<Subject>(
  entry: ProfileRule<Subject>,
  run: Run<Subject>,
  deviations: readonly Deviation[] | undefined,
): RuleStatus {
  const { rule, from, until } = entry
  const { subject, facts, issued, findings } = run
  if (rule.applies !== undefined && !rule.applies(subject)) return 'not-applicable'
  if (issued < from || issued >= until) return 'not-effective'
  const before = findings.length
  if (deviations !== undefined) {
    for (const deviation of deviations) {
      if (rule.takes === undefined || rule.takes(deviation, subject)) {
        findings.push(fromDeviation(entry, deviation, run.lengths))
      }
    }
  }
  const decided = findings.length > before
  const waits = rule.needs === undefined ? undefined : missingFacts(entry, rule.needs, facts)
  if (waits !== undefined) {
    if (decided) return 'finding'
    run.notChecked.push(waits)
    return 'not-checked'
  }
  rule.check?.(subject, (place, breach) => findings.push(fromBreach(entry, place, breach)), facts)
  return findings.length > before ? 'finding' : 'pass'
}

/** What the rule waits for; undefined where all is there. Most audits give none of it: then nothing is made. */
function missingFacts<Subject>(
  { rule, waits }: ProfileRule<Subject>,
  needs: readonly FactName[],
  facts: Facts,
): NotChecked | undefined {
  let missing = 0
  for (const name of needs) if (facts[name] === undefined) missing++
  if (missing === 0) return undefined
  return missing === needs.length ? waits : { rule: rule.id, needs: needs.filter((name) => facts[name] === undefined) }
}

function deviationsByRule<Subject>(
  { byCode }: RuleSet<Subject>,
  deviations: readonly Deviation[],
): ReadonlyMap<number, readonly Deviation[]> | undefined {
  if (deviations.length === 0) return undefined
  const sorted = new Map<number, Deviation[]>()
  for (const deviation of deviations) {
    for (const index of byCode.get(deviation.code) ?? []) {
      const list = sorted.get(index)
      if (list === undefined) sorted.set(index, [deviation])
      else list.push(deviation)
    }
  }
  return sorted
}

function fromDeviation<Subject>(
  { rule, severity }: ProfileRule<Subject>,
  deviation: Deviation,
  lengths: ReadonlyMap<number, number> | undefined,
): Finding {
  const { code, path, offset, detail } = deviation
  const says = readerCode(code)?.says ?? `not so: ${rule.title}`
  const breach: Breach = { message: `${says} (${code})`, ...(detail === undefined ? {} : { actual: detail }) }
  return finding(rule, severity, { path, offset, length: lengths?.get(offset) ?? 0 }, breach, readerCode(code))
}

function fromBreach<Subject>({ rule, severity }: ProfileRule<Subject>, place: Place, breach: Breach = {}): Finding {
  return finding(rule, severity, place, breach)
}

function finding(
  { id, citation, grounding, title, mend }: Rule<never>,
  severity: Severity,
  { path, offset, length }: Place,
  { message = `not so: ${title}`, actual, expected, mend: better }: Breach,
  info?: CodeInfo,
): Finding {
  return {
    rule: id,
    severity,
    message,
    citation,
    grounding,
    path,
    offset,
    length,
    ...(actual === undefined ? {} : { actual }),
    ...(expected === undefined ? {} : { expected }),
    mend: better ?? info?.mend ?? mend,
  }
}

/** A mistake of ours is said, not hidden: the certificate could not be judged by this rule. */
function crashed({ id }: Rule<never>, error: unknown): Finding {
  const name = error instanceof Error ? error.name : typeof error
  return {
    rule: 'engine.rule-crashed',
    severity: 'fatal',
    message: `the rule ${id} failed with ${name}: the certificate is not judged by it`,
    citation: { document: 'psd2-toolkit', clause: 'engine' },
    grounding: 'A',
    path: '',
    offset: 0,
    length: 0,
    mend: 'report this as a defect of psd2-toolkit, with the certificate',
  }
}
