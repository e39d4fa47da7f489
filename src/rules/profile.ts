import type { Severity } from '../core/audit-report.ts'
import type { Citation } from '../core/citation.ts'
import { nearestNames } from '../core/nearest.ts'
import type { CertificateKind } from '../eidas/kind.ts'
import { type RuleSet, ruleSet } from './engine.ts'
import type { PairRule, PairSubject } from './pair/subject.ts'
import type { Rule } from './rule.ts'
import type { CertificateRule, CertificateSubject, SubjectOptions } from './subject.ts'

/** A severity that a profile gives to a rule, with its reason; `off` leaves the rule out. */
export interface RuleOverride {
  readonly severity: Severity | 'off'
  readonly citation: Citation
}

/** A named choice of rules. */
export interface Profile {
  readonly name: string
  readonly title: string
  /** Audit as this type; undefined leaves it to the certificate. */
  readonly type?: Exclude<CertificateKind, 'other'>
  /** Audit as a PSD2 certificate; undefined leaves it to the certificate. */
  readonly psd2?: boolean
  /** Ids of rules, or folders with `.*`; `*` is all. */
  readonly rules: readonly string[]
  readonly overrides?: Readonly<Record<string, RuleOverride>>
}

/** A profile made ready: its rules chosen, its severities set. */
export interface PreparedProfile {
  readonly profile: Profile
  /** Rules on one certificate. */
  readonly set: RuleSet<CertificateSubject>
  /** Rules on a pair; an audit of one certificate does not run them. */
  readonly pairSet: RuleSet<PairSubject>
  readonly subject: SubjectOptions
}

/** Chooses the rules of a profile out of all. Throws `TypeError` on a name that no rule has. */
export function prepareProfile(
  profile: Profile,
  all: readonly CertificateRule[],
  pairs: readonly PairRule[] = [],
): PreparedProfile {
  const { name, rules, overrides = {}, type, psd2 } = profile
  const known: readonly Named[] = [...all, ...pairs]
  const ids = Object.keys(overrides)
  const wrong =
    rules.find((rule) => !isRuleName(known, rule)) ?? ids.find((id) => known.every((rule) => rule.id !== id))
  if (wrong !== undefined) throw new TypeError(`profile ${name}: ${unknownRule(wrong, known)}`)
  const severities = new Map<string, Severity>()
  for (const [id, { severity }] of Object.entries(overrides)) if (severity !== 'off') severities.set(id, severity)
  const wanted = ({ id }: Named): boolean =>
    overrides[id]?.severity !== 'off' && rules.some((rule) => isNamed(id, rule))
  return {
    profile,
    set: ruleSet(all.filter(wanted), severities),
    pairSet: ruleSet(pairs.filter(wanted), severities),
    subject: { ...(type === undefined ? {} : { type }), ...(psd2 === undefined ? {} : { psd2 }) },
  }
}

interface Named {
  readonly id: string
}

/** The rules that a list of ids and folders (`bpce.*`, `*`) names, in the order of all. */
export function chooseRules<Subject>(all: readonly Rule<Subject>[], names: readonly string[]): Rule<Subject>[] {
  for (const name of names) if (!isRuleName(all, name)) throw new TypeError(unknownRule(name, all))
  return all.filter((rule) => names.some((name) => isNamed(rule.id, name)))
}

/** True where some rule has the name, or is in the folder. */
export function isRuleName(all: readonly Named[], name: string): boolean {
  return all.some((rule) => isNamed(rule.id, name))
}

/** Words on a name that no rule has, with the nearest ones. */
export function unknownRule(name: string, all: readonly Named[]): string {
  const folders = new Set(all.map(({ id }) => `${id.slice(0, id.indexOf('.'))}.*`))
  return `no rule is called '${name}'; nearest: ${nearestNames(name, [...all.map(({ id }) => id), ...folders]).join(', ')}`
}

function isNamed(id: string, name: string): boolean {
  if (name === '*') return true
  return name.endsWith('.*') ? id.startsWith(name.slice(0, -1)) : id === name
}
