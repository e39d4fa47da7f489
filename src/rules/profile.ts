import type { Severity } from '../core/audit-report.ts'
import type { Citation } from '../core/citation.ts'
import type { CertificateKind } from '../eidas/kind.ts'
import { type RuleSet, ruleSet } from './engine.ts'
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
  readonly set: RuleSet<CertificateSubject>
  readonly subject: SubjectOptions
}

/** Chooses the rules of a profile out of all. Throws `TypeError` on a name that no rule has. */
export function prepareProfile(profile: Profile, all: readonly CertificateRule[]): PreparedProfile {
  const overrides = profile.overrides ?? {}
  for (const id of Object.keys(overrides)) {
    if (!all.some((rule) => rule.id === id))
      throw new TypeError(`profile ${profile.name} overrides an unknown rule '${id}'`)
  }
  const chosen = chooseRules(all, profile.rules).filter(({ id }) => overrides[id]?.severity !== 'off')
  const severities = new Map<string, Severity>()
  for (const [id, { severity }] of Object.entries(overrides)) if (severity !== 'off') severities.set(id, severity)
  return {
    profile,
    set: ruleSet(chosen, severities),
    subject: {
      ...(profile.type === undefined ? {} : { type: profile.type }),
      ...(profile.psd2 === undefined ? {} : { psd2: profile.psd2 }),
    },
  }
}

/** The rules that a list of ids and folders (`bpce.*`, `*`) names, in the order of all. */
export function chooseRules<Subject>(all: readonly Rule<Subject>[], names: readonly string[]): Rule<Subject>[] {
  for (const name of names) {
    if (!all.some((rule) => isNamed(rule.id, name))) throw new TypeError(`no rule is called '${name}'`)
  }
  return all.filter((rule) => names.some((name) => isNamed(rule.id, name)))
}

function isNamed(id: string, name: string): boolean {
  if (name === '*') return true
  return name.endsWith('.*') ? id.startsWith(name.slice(0, -1)) : id === name
}
