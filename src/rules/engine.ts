import type { Finding, NotChecked, RuleStatus, Severity } from '../core/audit-report.ts'
import type { CodeInfo, Deviation } from '../core/codes.ts'
import type { FactName, Facts } from './facts.ts'
import { readerCode } from './reader-codes.ts'
import { type Breach, type Place, type Report, type Rule, severityOf } from './rule.ts'

/**
 * A rule of a profile, with the severity that the profile gives it. What a run asks of the rule stands here again, so that
 * every entry has one shape: engines of JavaScript read such fields many times faster.
 */
export interface ProfileRule<Subject> {
  readonly rule: Rule<Subject>
  readonly severity: Severity
  /** `effective` of the rule as milliseconds; where it has none, all of time. */
  readonly from: number
  readonly until: number
  readonly applies: Rule<Subject>['applies']
  readonly check: Rule<Subject>['check']
  readonly needs: readonly FactName[]
  /** What a run says where none of the facts is there. */
  readonly unchecked: NotChecked
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
      applies: rule.applies,
      check: rule.check,
      needs: rule.needs ?? [],
      unchecked: Object.freeze({ rule: rule.id, needs: Object.freeze([...(rule.needs ?? [])]) }),
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
  const run = startRun(input)
  const reported = deviationsByRule(set, input.deviations)
  const { rules } = set
  const outcomes = new Array<RuleStatus>(rules.length)
  for (let index = 0; index < rules.length; index++) {
    const entry = rules[index]
    if (entry !== undefined) outcomes[index] = attempt(run, entry, reported?.get(index))
  }
  return { findings: run.findings, notChecked: run.notChecked, outcomes }
}

/** One run: what was found so far, and one function for all rules to report to. */
interface Run<Subject> {
  readonly input: RunInput<Subject>
  readonly findings: Finding[]
  readonly notChecked: NotChecked[]
  readonly report: Report
  /** The rule that is being checked. */
  current: ProfileRule<Subject> | undefined
}

function startRun<Subject>(input: RunInput<Subject>): Run<Subject> {
  const findings: Finding[] = []
  const run: Run<Subject> = {
    input,
    findings,
    notChecked: [],
    report: (place, breach) => {
      if (run.current !== undefined) findings.push(fromBreach(run.current, place, breach))
    },
    current: undefined,
  }
  return run
}

function attempt<Subject>(
  run: Run<Subject>,
  entry: ProfileRule<Subject>,
  deviations: readonly Deviation[] | undefined,
): RuleStatus {
  const { findings } = run
  const before = findings.length
  try {
    return decide(run, entry, deviations)
  } catch (error) {
    findings.length = before
    findings.push(crashed(entry.rule, error))
    return 'finding'
  }
}

function decide<Subject>(
  run: Run<Subject>,
  entry: ProfileRule<Subject>,
  deviations: readonly Deviation[] | undefined,
): RuleStatus {
  const { findings, input } = run
  const { applies, check, needs } = entry
  if (applies !== undefined && !applies(input.subject)) return 'not-applicable'
  if (input.issued < entry.from || input.issued >= entry.until) return 'not-effective'
  const before = findings.length
  if (deviations !== undefined) take(run, entry, deviations)
  if (needs.length > 0 && lacks(input.facts, needs)) {
    if (findings.length > before) return 'finding'
    run.notChecked.push(uncheckedOf(entry, input.facts))
    return 'not-checked'
  }
  if (check !== undefined) {
    run.current = entry
    check(input.subject, run.report, input.facts)
  }
  return findings.length > before ? 'finding' : 'pass'
}

function take<Subject>(
  { findings, input }: Run<Subject>,
  entry: ProfileRule<Subject>,
  deviations: readonly Deviation[],
): void {
  const { takes } = entry.rule
  for (const deviation of deviations) {
    if (takes === undefined || takes(deviation, input.subject)) {
      findings.push(fromDeviation(entry, deviation, input.lengths))
    }
  }
}

function lacks(facts: Facts, needs: readonly FactName[]): boolean {
  for (const name of needs) if (facts[name] === undefined) return true
  return false
}

function uncheckedOf<Subject>({ needs, unchecked }: ProfileRule<Subject>, facts: Facts): NotChecked {
  const missing = needs.filter((name) => facts[name] === undefined)
  return missing.length === needs.length ? unchecked : { rule: unchecked.rule, needs: missing }
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
  { id, citation, grounding, title, breach: broken = `not so: ${title}`, mend }: Rule<never>,
  severity: Severity,
  { path, offset, length }: Place,
  { message = broken, actual, expected, mend: better }: Breach,
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
