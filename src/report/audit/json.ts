import type { AuditReport, NotChecked } from '../../core/audit-report.ts'
import { escapeJson } from '../escape.ts'
import type { AuditFormat } from './format.ts'

/** Version of the shape in `docs/audit.schema.json`. It changes with its first part where a reader must change. */
const schemaVersion = '1.0'

/** One object: what the run was, a report a line, and the sums. */
export const json: AuditFormat = ({ tool, at, profile }) => {
  const write = reportWriter()
  return {
    head: () =>
      `{\n"schemaVersion": ${text(schemaVersion)},\n"tool": ${text(tool)},\n"at": ${text(at)},\n"profile": ${text(profile)},\n"reports": [\n`,
    entry: ({ report }) => `{${write(report)}}`,
    between: ',\n',
    tail: ({ complete, tally, unusedBaseline }) =>
      `\n],\n"complete": ${complete},\n"summary": ${text(tally)},\n"unusedBaseline": ${text(unusedBaseline)}\n}\n`,
  }
}

/** A report a line, written as it comes. Each line says what it was made with. */
export const ndjson: AuditFormat = ({ tool, at }) => {
  const write = reportWriter()
  const head = `"schemaVersion":${text(schemaVersion)},"tool":${text(tool)},"at":${text(at)}`
  return {
    head: () => '',
    entry: ({ report }) => `{${head},${write(report)}}\n`,
    between: '',
    tail: () => '',
  }
}

/**
 * Members of a report as JSON. The outcomes are left out: they are in the order of a profile that a reader of JSON has
 * not, and their sums are in `counts`. What waits is the same for most reports of a run, and is written once.
 */
function reportWriter(): (report: AuditReport) => string {
  const known = new WeakMap<NotChecked, string>()
  const waiting = (entry: NotChecked): string => {
    const before = known.get(entry)
    if (before !== undefined) return before
    const made = text(entry)
    known.set(entry, made)
    return made
  }
  return ({ outcomes: _, notChecked, ...report }) =>
    `${text(report).slice(1, -1)},"notChecked":[${notChecked.map(waiting).join()}]`
}

function text(value: unknown): string {
  const json = JSON.stringify(value)
  // Nearly every report is plain ASCII: looking for what is to be escaped costs more than writing it.
  return /^[\x20-\x7e]*$/.test(json) ? json : escapeJson(json)
}
