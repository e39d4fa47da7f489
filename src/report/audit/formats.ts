import type { AuditFormat } from './format.ts'
import { json, ndjson } from './json.ts'
import { text } from './text.ts'

/** Formats of an audit by name. */
export const auditFormats = { text, json, ndjson } as const satisfies Readonly<Record<string, AuditFormat>>

export type FormatName = keyof typeof auditFormats
