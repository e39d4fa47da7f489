import { type Severity, severities } from '../core/audit-report.ts'
import type { Citation } from '../core/citation.ts'
import { Psd2Error } from '../core/errors.ts'
import { isJsonObject, type JsonObject, type JsonValue, parseJson } from '../core/json.ts'
import { nearestNames } from '../core/nearest.ts'
import { certificateRules } from './all.ts'
import { profileCodes } from './codes.ts'
import { pairRules } from './pair/index.ts'
import { isRuleName, type Profile, type RuleOverride, unknownRule } from './profile.ts'
import { profiles } from './profiles/index.ts'

/** Caps on a profile: nobody needs more. */
const limits = { size: 256 << 10, depth: 8 }

const types = ['QWAC', 'QSealC', 'QESign', 'CA'] as const
const members = ['name', 'title', 'extends', 'type', 'psd2', 'rules', 'overrides']
const known = [...certificateRules, ...pairRules]
const overrideSeverities = [...severities, 'off'] as const

/**
 * Reads a profile that a user wrote as JSON: `name`, `title`, `rules` (ids, or folders as `ts119495.*`), and where wanted
 * `extends` (a profile that is built in: its rules and overrides come first), `type`, `psd2`, and `overrides`, each with a
 * `severity` (or `off`) and the `citation` that is the reason.
 *
 * @throws Psd2Error `PROFILE_...` or `JSON_...`, with the JSON Pointer of what is wrong
 *
 * @example
 * ```ts
 * import { auditCertificate, readyProfile } from 'psd2-toolkit/audit'
 * import { parseProfile } from 'psd2-toolkit/rules'
 *
 * declare const der: Uint8Array
 * const text = JSON.stringify({
 *   name: 'our-bank',
 *   title: 'what our gateway takes',
 *   extends: 'auto',
 *   rules: ['bpce.pss-signature'],
 *   overrides: {
 *     'practice.client-auth': { severity: 'error', citation: { document: 'Gateway manual', clause: '3.2' } },
 *   },
 * })
 * const profile = readyProfile(parseProfile(new TextEncoder().encode(text)))
 * const report = await auditCertificate(der, { at: new Date(), profile })
 * ```
 */
export function parseProfile(bytes: Uint8Array): Profile {
  const value = parseJson(bytes, limits)
  const object = requireObject(value, '')
  checkMembers(object, members, '')
  const name = requireText(object, 'name', '')
  if (Object.hasOwn(profiles, name)) throw refuse('PROFILE_NAME_TAKEN', '/name', `'${name}' is built in`)
  const title = requireText(object, 'title', '')
  const base = readBase(object)
  const rules = readRules(object, base)
  const type = object.type === undefined ? base?.type : readType(object.type)
  const psd2 = object.psd2 === undefined ? base?.psd2 : readFlag(object.psd2)
  const overrides = { ...base?.overrides, ...readOverrides(object.overrides) }
  return {
    name,
    title,
    rules,
    overrides,
    ...(type === undefined ? {} : { type }),
    ...(psd2 === undefined ? {} : { psd2 }),
  }
}

function readBase(object: JsonObject): Profile | undefined {
  if (object.extends === undefined) return undefined
  const name = requireText(object, 'extends', '')
  const base = Object.hasOwn(profiles, name) ? profiles[name] : undefined
  if (base !== undefined) return base
  const nearest = nearestNames(name, Object.keys(profiles)).join(', ')
  throw refuse('PROFILE_BASE_UNKNOWN', '/extends', `no profile is called '${name}'; nearest: ${nearest}`)
}

function readRules(object: JsonObject, base: Profile | undefined): string[] {
  const { rules } = object
  if (rules === undefined) {
    if (base === undefined) throw refuse('PROFILE_MEMBER_MISSING', '/rules', 'rules is missing')
    return [...base.rules]
  }
  if (!Array.isArray(rules)) throw refuse('PROFILE_MEMBER_TYPE', '/rules', 'rules is no list')
  if (rules.length === 0 && base === undefined) {
    throw refuse(
      'PROFILE_MEMBER_TYPE',
      '/rules',
      'rules is empty: a profile that asks for nothing would pass everything',
    )
  }
  const names = rules.map((rule: JsonValue, index) => {
    if (typeof rule !== 'string') throw refuse('PROFILE_MEMBER_TYPE', `/rules/${index}`, 'a rule is named by a string')
    if (!isRuleName(known, rule)) throw refuse('PROFILE_RULE_UNKNOWN', `/rules/${index}`, unknownRule(rule, known))
    return rule
  })
  return [...(base?.rules ?? []), ...names]
}

function readType(value: JsonValue): (typeof types)[number] {
  const type = types.find((candidate) => candidate === value)
  if (type === undefined) throw refuse('PROFILE_MEMBER_TYPE', '/type', `type is none of ${types.join(', ')}`)
  return type
}

function readFlag(value: JsonValue): boolean {
  if (typeof value !== 'boolean') throw refuse('PROFILE_MEMBER_TYPE', '/psd2', 'psd2 is neither true nor false')
  return value
}

function readOverrides(value: JsonValue | undefined): Record<string, RuleOverride> {
  if (value === undefined) return {}
  const entries = Object.entries(requireObject(value, '/overrides'))
  return Object.fromEntries(entries.map(([id, entry]) => [id, readOverride(id, entry)]))
}

function readOverride(id: string, value: JsonValue): RuleOverride {
  const path = `/overrides/${id}`
  if (!known.some((rule) => rule.id === id)) throw refuse('PROFILE_RULE_UNKNOWN', path, unknownRule(id, known))
  const object = requireObject(value, path)
  checkMembers(object, ['severity', 'citation'], path)
  const severity = overrideSeverities.find((candidate) => candidate === object.severity)
  if (severity === undefined) {
    throw refuse('PROFILE_MEMBER_TYPE', `${path}/severity`, `severity is none of ${overrideSeverities.join(', ')}`)
  }
  return { severity: severity satisfies Severity | 'off', citation: readCitation(object.citation, `${path}/citation`) }
}

function readCitation(value: JsonValue | undefined, path: string): Citation {
  if (value === undefined) {
    throw refuse('PROFILE_MEMBER_MISSING', path, 'the citation is missing: who changes a severity says on what ground')
  }
  const object = requireObject(value, path)
  checkMembers(object, ['document', 'edition', 'clause'], path)
  const edition = object.edition === undefined ? {} : { edition: requireText(object, 'edition', path) }
  return { document: requireText(object, 'document', path), clause: requireText(object, 'clause', path), ...edition }
}

function requireObject(value: JsonValue, path: string): JsonObject {
  if (isJsonObject(value)) return value
  throw refuse('PROFILE_MEMBER_TYPE', path, `${path === '' ? 'a profile' : path} is no object`)
}

function requireText(object: JsonObject, member: string, path: string): string {
  const value = object[member]
  if (value === undefined) throw refuse('PROFILE_MEMBER_MISSING', `${path}/${member}`, `${member} is missing`)
  if (typeof value === 'string' && value !== '') return value
  throw refuse('PROFILE_MEMBER_TYPE', `${path}/${member}`, `${member} is no text`)
}

function checkMembers(object: JsonObject, names: readonly string[], path: string): void {
  for (const member of Object.keys(object)) {
    if (names.includes(member)) continue
    const nearest = nearestNames(member, names).join(', ')
    throw refuse('PROFILE_MEMBER_UNKNOWN', `${path}/${member}`, `no member is called '${member}'; nearest: ${nearest}`)
  }
}

function refuse(code: keyof typeof profileCodes, path: string, message: string): Psd2Error {
  const { document, clause, mend } = profileCodes[code]
  return new Psd2Error(code, message, { path, citation: { document, clause }, mend })
}
