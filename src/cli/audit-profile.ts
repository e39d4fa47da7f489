import { readyProfile } from '../audit/index.ts'
import { Psd2Error } from '../core/errors.ts'
import { nearestNames } from '../issuance/nearest.ts'
import { certificateRules, type Profile, profiles, type RuleOverride, readProfile } from '../rules/index.ts'
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

const byCaller: RuleOverride = {
  severity: 'off',
  citation: { document: 'psd2-toolkit', clause: '--no-rule' },
}

/**
 * The profile that the command line asks for.
 *
 * @throws TypeError on a name that no profile or rule has, with those that come nearest
 * @throws Psd2Error where a file holds no profile
 */
export async function chooseProfile(choice: ProfileChoice, terminal: Terminal): Promise<Profile> {
  const base = await baseProfile(choice.profile, terminal)
  const { rule, noRule = [] } = choice
  checkRules([...(rule ?? []), ...noRule])
  const off = certificateRules.filter(({ id }) => noRule.some((name) => isNamed(id, name)))
  const overrides = { ...base.overrides, ...Object.fromEntries(off.map(({ id }) => [id, byCaller])) }
  const chosen: Profile = { ...base, rules: rule ?? base.rules, overrides }
  if (readyProfile(chosen).set.rules.length === 0) throw new TypeError('no rule is left to audit with')
  return chosen
}

async function baseProfile(name: string, terminal: Terminal): Promise<Profile> {
  if (Object.hasOwn(profiles, name)) return profiles[name] as Profile
  if (!/\.json$/i.test(name) && name !== '-' && !name.includes('/')) {
    const nearest = nearestNames(name, Object.keys(profiles)).join(', ')
    throw new TypeError(`no profile is called '${name}'; nearest: ${nearest}; a file of your own ends in .json`)
  }
  const profile = readProfile(await readOctets(name, terminal))
  try {
    checkRules([...profile.rules, ...Object.keys(profile.overrides ?? {})])
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    throw new Psd2Error('PROFILE_FILE', `${name}: ${error.message}`, { mend: 'psd2 rules lists what there is' })
  }
  return profile
}

function checkRules(names: readonly string[]): void {
  const ids = certificateRules.map(({ id }) => id)
  for (const name of names) {
    if (ids.some((id) => isNamed(id, name))) continue
    const folders = [...new Set(ids.map((id) => `${id.split('.')[0]}.*`))]
    throw new TypeError(`no rule is called '${name}'; nearest: ${nearestNames(name, [...ids, ...folders]).join(', ')}`)
  }
}

/** As profiles name rules: an id, a folder with `.*`, or `*` for all. */
function isNamed(id: string, name: string): boolean {
  if (name === '*') return true
  return name.endsWith('.*') ? id.startsWith(name.slice(0, -1)) : id === name
}
