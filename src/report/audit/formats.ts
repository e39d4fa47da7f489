import { csv } from './csv.ts'
import type { AuditFormat } from './format.ts'
import { json, ndjson } from './json.ts'
import { junit } from './junit.ts'
import { sarif } from './sarif.ts'
import { text } from './text.ts'

/** Formats that are written as the reports come. */
export const auditFormats = { text, json, ndjson, sarif, junit, csv } as const satisfies Readonly<
  Record<string, AuditFormat>
>

/** All formats: HTML begins with the sums, and so waits for the last report. */
export type FormatName = keyof typeof auditFormats | 'html'

export const formatNames: readonly FormatName[] = [...(Object.keys(auditFormats) as FormatName[]), 'html']
