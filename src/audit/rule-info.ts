import type { AuditRun, RuleInfo } from '../core/audit-run.ts'
import type { ProfileRule } from '../rules/engine.ts'
import type { PreparedProfile } from '../rules/profile.ts'

/**
 * What the reports of one run on certificates have in common, for those who write them.
 *
 * @throws TypeError where `at` is no moment
 */
export function auditRun(
  profile: PreparedProfile,
  { at, tool }: { readonly at: Date; readonly tool: AuditRun['tool'] },
): AuditRun {
  if (Number.isNaN(at.getTime())) throw new TypeError('at is not a moment')
  const { name, title } = profile.profile
  return { tool, at: at.toISOString(), profile: { name, title }, rules: rulesOf(profile) }
}

/** What reports say of the rules of a profile, in the order of their outcomes. */
export function rulesOf({ set }: PreparedProfile): RuleInfo[] {
  return set.rules.map(infoOf)
}

/** The same for reports on pairs. */
export function pairRulesOf({ set, pairSet }: PreparedProfile): RuleInfo[] {
  return [...set.rules.map(infoOf), ...pairSet.rules.map(infoOf)]
}

function infoOf<Subject>({ rule, severity }: ProfileRule<Subject>): RuleInfo {
  const { id, requirement, citation, modal, grounding, title, why, mend, needs = [] } = rule
  return { id, requirement, citation, modal, grounding, severity, title, why, mend, needs }
}
