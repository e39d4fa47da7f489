import { type Severity, severities } from '../core/audit-report.ts'
import type { Citation } from '../core/citation.ts'
import { Psd2Error } from '../core/errors.ts'
import { type JsonObject, type JsonValue, parseJson } from '../core/json.ts'
import type { Profile, RuleOverride } from './profile.ts'

const members = ['name', 'title', 'type', 'psd2', 'rules', 'overrides']
const types = ['QWAC', 'QSealC', 'QESign', 'CA'] as const

/**
 * Reads a profile of one's own: `{ "name", "title"?, "type"?, "psd2"?, "rules": [..], "overrides"?: { id: { "severity",
 * "citation": { "document", "edition"?, "clause" } } } }`. Whether there are such rules is checked when it is made ready.
 *
 * @throws Psd2Error `JSON_...`, `PROFILE_FILE` with the JSON Pointer
 */
export function readProfile(bytes: Uint8Array): Profile {
  const top = objectAt(parseJson(bytes), '', members)
  const { type, psd2, rules } = top
  const name = textAt(top.name, '/name')
  if (type !== undefined && !types.some((known) => known === type)) throw wrong('/type', `one of ${types.join(', ')}`)
  if (psd2 !== undefined && typeof psd2 !== 'boolean') throw wrong('/psd2', 'true or false')
  if (!Array.isArray(rules) || rules.length === 0) throw wrong('/rules', 'a list of rules, or ["*"] for all')
  return {
    name,
    title: top.title === undefined ? name : textAt(top.title, '/title'),
    ...(type === undefined ? {} : { type: type as (typeof types)[number] }),
    ...(psd2 === undefined ? {} : { psd2 }),
    rules: (rules as readonly JsonValue[]).map((rule, index) => textAt(rule, `/rules/${index}`)),
    ...(top.overrides === undefined ? {} : { overrides: readOverrides(top.overrides) }),
  }
}

function readOverrides(value: JsonValue): Record<string, RuleOverride> {
  const overrides: [string, RuleOverride][] = []
  for (const [id, override] of Object.entries(objectAt(value, '/overrides'))) {
    const path = `/overrides/${id}`
    const { severity, citation } = objectAt(override, path, ['severity', 'citation'])
    const known = [...severities, 'off'].some((name) => name === severity)
    if (!known) throw wrong(`${path}/severity`, `one of ${severities.join(', ')}, off`)
    overrides.push([
      id,
      { severity: severity as Severity | 'off', citation: readCitation(citation, `${path}/citation`) },
    ])
  }
  return Object.fromEntries(overrides)
}

function readCitation(value: JsonValue | undefined, path: string): Citation {
  const { document, edition, clause } = objectAt(value, path, ['document', 'edition', 'clause'])
  return {
    document: textAt(document, `${path}/document`),
    ...(edition === undefined ? {} : { edition: textAt(edition, `${path}/edition`) }),
    clause: textAt(clause, `${path}/clause`),
  }
}

function objectAt(value: JsonValue | undefined, path: string, names?: readonly string[]): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(path, 'an object')
  for (const name in value) {
    if (names !== undefined && !names.includes(name)) throw wrong(`${path}/${name}`, `one of ${names.join(', ')}`)
  }
  return value as JsonObject
}

function textAt(value: JsonValue | undefined, path: string): string {
  if (typeof value === 'string' && value.trim() !== '') return value
  throw wrong(path, 'a text')
}

function wrong(path: string, wanted: string): Psd2Error {
  return new Psd2Error('PROFILE_FILE', `the profile wants ${wanted} at ${path === '' ? 'the top' : path}`, {
    path,
    mend: 'write { "name": "mine", "rules": ["rfc5280.*"] }; see docs/audit.md',
  })
}
