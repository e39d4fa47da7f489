import { readyProfile } from '../audit/index.ts'
import { nearestNames } from '../core/nearest.ts'
import {
  certificateRules,
  chooseRules,
  type Profile,
  parseProfile,
  profiles,
  type RuleOverride,
} from '../rules/index.ts'
import { readOctets } from './files.ts'
import type { Terminal } from './terminal.ts'

/** What the command line says of the rules. */
export interface ProfileChoice {
  /** Name of a profile, or a file that holds one. */
  readonly profile: string
  /** Only these rules. */
  readonly rule?: readonly string[]
  /** All but these rules. */
  readonly noRule?: readonly string[]
}

const byCaller: RuleOverride = { severity: 'off', citation: { document: 'psd2-toolkit', clause: '--no-rule' } }

/**
 * The profile that the command line asks for.
 *
 * @throws TypeError on a name that no profile or rule has, with those that come nearest
 * @throws Psd2Error where a file holds no profile
 */
export async function chooseProfile(choice: ProfileChoice, terminal: Terminal): Promise<Profile> {
  const base = await baseProfile(choice.profile, terminal)
  const { rule, noRule = [] } = choice
  const off = chooseRules(certificateRules, noRule).map(({ id }) => [id, byCaller] as const)
  const rules = rule === undefined ? base.rules : chooseRules(certificateRules, rule).map(({ id }) => id)
  const chosen: Profile = { ...base, rules, overrides: { ...base.overrides, ...Object.fromEntries(off) } }
  if (readyProfile(chosen).set.rules.length === 0) throw new TypeError('no rule is left to audit with')
  return chosen
}

async function baseProfile(name: string, terminal: Terminal): Promise<Profile> {
  const named = Object.hasOwn(profiles, name) ? profiles[name] : undefined
  if (named !== undefined) return named
  if (/\.json$/i.test(name) || name.includes('/')) return parseProfile(await readOctets(name, terminal))
  const nearest = nearestNames(name, Object.keys(profiles)).join(', ')
  throw new TypeError(`unknown profile '${name}'; nearest: ${nearest}; a file of your own ends in .json`)
}
