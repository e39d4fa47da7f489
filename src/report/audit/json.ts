import type { AuditReport } from '../../core/audit-report.ts'
import { escapeJson } from '../escape.ts'
import type { AuditFormat } from './format.ts'

/** Version of the shape in `docs/audit.schema.json`. It changes with its first part where a reader must change. */
const schemaVersion = '1.0'

/** One object: what the run was, a report a line, and the sums. */
export const json: AuditFormat = {
  head: ({ tool, at, profile }) =>
    `{\n"schemaVersion": ${JSON.stringify(schemaVersion)},\n"tool": ${text(tool)},\n"at": ${text(at)},\n"profile": ${text(profile)},\n"reports": [\n`,
  entry: ({ report }) => text(reportJson(report)),
  between: ',\n',
  tail: ({ complete, tally, unusedBaseline }) =>
    `\n],\n"complete": ${complete},\n"summary": ${text(tally)},\n"unusedBaseline": ${text(unusedBaseline)}\n}\n`,
}

/** A report a line, written as it comes. Each line says what it was made with. */
export const ndjson: AuditFormat = {
  head: () => '',
  entry: ({ report }, run) => `${text({ schemaVersion, tool: run.tool, at: run.at, ...reportJson(report) })}\n`,
  between: '',
  tail: () => '',
}

/** The outcomes are in the order of a profile that a reader of JSON has not: its sums are in `counts`. */
function reportJson({ outcomes: _, ...report }: AuditReport): object {
  return report
}

function text(value: unknown): string {
  const json = JSON.stringify(value)
  // Nearly every report is plain ASCII: looking for what is to be escaped costs more than writing it.
  return /^[\x20-\x7e]*$/.test(json) ? json : escapeJson(json)
}
