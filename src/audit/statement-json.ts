import type { JsonValue } from '../core/json.ts'
import { oidName } from '../core/oids.ts'
import type { QcStatement } from '../eidas/qc-statements/read.ts'
import { GeneralName } from '../x509/extensions/general-name.ts'

/** Members, and statements that are lists, whose texts are object identifiers. Any other text is what a certificate says. */
const identifierMembers: ReadonlySet<string> = new Set(['semanticsIdentifier', 'QcType', 'QcIdentMethod'])
/** What only helps to report. */
const hiddenMembers: ReadonlySet<string> = new Set(['rolesOffset', 'ncaNameOffset', 'ncaIdOffset'])

/**
 * The decoded information of a QC statement as JSON: object identifiers with their names beside them, general names as
 * text; null where a statement has none.
 */
export function statementJson(statement: QcStatement): JsonValue {
  return toJson(statement.name, statement.decoded)
}

function toJson(name: string, value: unknown): JsonValue {
  if (value === undefined || value === null) return null
  if (value instanceof GeneralName) return { kind: value.kind, value: value.text }
  if (Array.isArray(value)) return value.map((item) => toJson(name, item))
  if (typeof value === 'object') {
    const members = Object.entries(value).filter(([member]) => !hiddenMembers.has(member))
    return Object.fromEntries(members.map(([member, item]) => [member, toJson(member, item)]))
  }
  if (typeof value === 'string' && identifierMembers.has(name)) return { oid: value, name: oidName(value) ?? null }
  return value as string | number | boolean
}
