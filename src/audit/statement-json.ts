import type { JsonValue } from '../core/json.ts'
import { oidName } from '../core/oids.ts'
import { GeneralName } from '../x509/extensions/general-name.ts'

/**
 * The decoded information of a QC statement as JSON: object identifiers with their names beside them, general names as
 * text; null where a statement has none.
 */
export function statementJson(value: unknown): JsonValue {
  if (value === undefined || value === null) return null
  if (value instanceof GeneralName) return { kind: value.kind, value: value.text }
  if (Array.isArray(value)) return value.map(statementJson)
  if (typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, statementJson(member)]))
  }
  if (typeof value === 'string' && oidName(value) !== undefined) return { oid: value, name: oidName(value) ?? null }
  return value as string | number | boolean
}
