import type { Finding, NotChecked, RuleStatus, Severity } from '../core/audit-report.ts'
import type { CodeInfo, Deviation } from '../core/codes.ts'
import type { FactName, Facts } from './facts.ts'
import { readerCode } from './reader-codes.ts'
import { type Breach, type Place, type Report, type Rule, severityOf } from './rule.ts'

/**
 * A rule of a profile, with the severity that the profile gives it. Every member is there in every one, so that the engine
 * finds them in one place: rules themselves leave out what they have not.
 */
export interface ProfileRule<Subject> {
  readonly rule: Rule<Subject>
  readonly severity: Severity
  /** `effective` of the rule as milliseconds; where it has none, all of time. */
  readonly from: number
  readonly until: number
  /** Number of `applies` among the guards of the set; -1 where the rule always applies. */
  readonly guard: number
  readonly needs: readonly FactName[] | undefined
  readonly check: Rule<Subject>['check']
  /** What is said where none of the facts is there that the rule needs: one object for all subjects. */
  readonly waits: NotChecked
}

/** Rules made ready to run: dates read, codes of readers sorted by rule. */
export interface RuleSet<Subject> {
  readonly rules: readonly ProfileRule<Subject>[]
  /** The different `applies` of the rules: each is asked once a subject, however many rules have it. */
  readonly guards: readonly ((subject: Subject) => boolean)[]
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
  const guards = [...new Set(rules.flatMap(({ applies = [] }) => applies))]
  return {
    byCode,
    guards,
    rules: rules.map((rule) => ({
      rule,
      severity: severities.get(rule.id) ?? rule.severity ?? severityOf[rule.modal],
      from: dayOf(rule.effective?.from, Number.NEGATIVE_INFINITY),
      until: dayOf(rule.effective?.until, Number.POSITIVE_INFINITY),
      guard: rule.applies === undefined ? -1 : guards.indexOf(rule.applies),
      needs: rule.needs,
      check: rule.check,
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
  const run = new Run(set, input)
  const outcomes: RuleStatus[] = []
  const { rules } = set
  for (let index = 0; index < rules.length; index++) outcomes.push(run.end(index, rules[index] as ProfileRule<Subject>))
  return { findings: run.findings, notChecked: run.notChecked, outcomes }
}

/** One subject on its way through the rules. Hundreds of rules run in the time of a few hashes: nothing is made for each. */
class Run<Subject> {
  readonly findings: Finding[] = []
  readonly notChecked: NotChecked[] = []
  private readonly input: RunInput<Subject>
  private readonly guards: RuleSet<Subject>['guards']
  /** What guards have answered, by number. */
  private readonly answers: (boolean | undefined)[] = []
  private readonly deviations: ReadonlyMap<number, readonly Deviation[]> | undefined
  /** The rule that runs. */
  private current: ProfileRule<Subject> | undefined
  private readonly report: Report

  constructor(set: RuleSet<Subject>, input: RunInput<Subject>) {
    this.input = input
    this.guards = set.guards
    this.deviations = deviationsByRule(set, input.deviations)
    this.report = (place, breach) => {
      if (this.current !== undefined) this.findings.push(fromBreach(this.current, place, breach))
    }
  }

  /** How a rule ends. */
  end(index: number, entry: ProfileRule<Subject>): RuleStatus {
    const before = this.findings.length
    try {
      return this.status(index, entry, before)
    } catch (error) {
      this.findings.length = before
      this.findings.push(crashed(entry.rule, error))
      return 'finding'
    }
  }

  private status(index: number, entry: ProfileRule<Subject>, before: number): RuleStatus {
    const { guard, from, until, needs, check } = entry
    const { subject, facts, issued } = this.input
    if (guard >= 0 && !this.applies(guard)) return 'not-applicable'
    if (issued < from || issued >= until) return 'not-effective'
    if (this.deviations !== undefined) this.addDeviations(entry, this.deviations.get(index))
    const waits = needs === undefined ? undefined : missingFacts(entry, needs, facts)
    if (waits !== undefined) {
      if (this.findings.length > before) return 'finding'
      this.notChecked.push(waits)
      return 'not-checked'
    }
    if (check !== undefined) {
      this.current = entry
      check(subject, this.report, facts)
    }
    return this.findings.length > before ? 'finding' : 'pass'
  }

  private applies(guard: number): boolean {
    const before = this.answers[guard]
    if (before !== undefined) return before
    const answer = (this.guards[guard] as (subject: Subject) => boolean)(this.input.subject)
    this.answers[guard] = answer
    return answer
  }

  private addDeviations(entry: ProfileRule<Subject>, deviations: readonly Deviation[] = []): void {
    const { takes } = entry.rule
    for (const deviation of deviations) {
      if (takes !== undefined && !takes(deviation, this.input.subject)) continue
      this.findings.push(fromDeviation(entry, deviation, this.input.lengths))
    }
  }
}

/** What the rule waits for; undefined where all is there. Most audits give none of it: then nothing is made. */
function missingFacts<Subject>(
  { rule, waits }: ProfileRule<Subject>,
  needs: readonly FactName[],
  facts: Facts,
): NotChecked | undefined {
  let missing = 0
  for (const name of needs) if (isMissing(rule, name, facts)) missing++
  if (missing === 0) return undefined
  return missing === needs.length
    ? waits
    : { rule: rule.id, needs: needs.filter((name) => isMissing(rule, name, facts)) }
}

/** A request without the member that the rule compares is as good as none: the rule was not checked. */
function isMissing<Subject>({ member }: ProfileRule<Subject>['rule'], name: FactName, facts: Facts): boolean {
  if (name === 'request' && member !== undefined) return facts.request?.[member] === undefined
  return facts[name] === undefined
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
