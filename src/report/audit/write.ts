import type { AuditEntry, AuditRun, UnusedEntry } from '../../core/audit-run.ts'
import { auditFormats, type FormatName, formatNames } from './formats.ts'
import { worstPages } from './html/collect.ts'
import { htmlDocument } from './html/document.ts'
import { type HtmlPage, htmlPage } from './html/section.ts'
import { countReport, emptyTally } from './tally.ts'

/** How {@link writeReports} writes. */
export interface WriteOptions {
  readonly format: FormatName
  /** Emphasis for a terminal, in text. Default: none. */
  readonly colour?: boolean
  /** False where reports are missing because the run was interrupted. Default: true. */
  readonly complete?: boolean
  /** Entries of a baseline that matched nothing. */
  readonly unusedBaseline?: readonly UnusedEntry[]
}

const known = new Set(['format', 'colour', 'complete', 'unusedBaseline'])

/**
 * Reports in one of the formats of `psd2 audit`, in parts as they come; HTML begins with the sums and waits for the last.
 * Everything that a certificate says is escaped for the format.
 *
 * @throws TypeError on an unknown format or option
 *
 * @example
 * ```ts
 * import { readFile, writeFile } from 'node:fs/promises'
 * import { auditCertificate, auditRun, readyProfile } from 'psd2-toolkit/audit'
 * import { writeReports } from 'psd2-toolkit/report'
 *
 * const at = new Date()
 * const profile = readyProfile('auto')
 * const der = await readFile('qwac.der')
 * const report = await auditCertificate(der, { at, profile, source: 'qwac.der' })
 * const run = auditRun(profile, { at, tool: { name: 'our-gateway', version: '1.0.0' } })
 * const parts = writeReports([{ number: 1, report, evidence: { der } }], run, { format: 'html' })
 * await writeFile('report.html', [...parts].join(''))
 * ```
 */
export function* writeReports(
  entries: Iterable<AuditEntry>,
  run: AuditRun,
  options: WriteOptions,
): Generator<string, void, undefined> {
  for (const name in options) if (!known.has(name)) throw new TypeError(`unknown option '${name}'`)
  const { format, colour = false, complete = true, unusedBaseline = [] } = options
  if (!formatNames.includes(format)) throw new TypeError(`format must be one of ${formatNames.join(', ')}`)
  const tally = emptyTally()
  const at = Date.parse(run.at)
  const closing = { tally, complete, unusedBaseline }
  if (format === 'html') {
    let pages: HtmlPage[] = []
    for (const entry of entries) {
      countReport(tally, entry.report, at)
      pages.push(htmlPage(entry))
      if (pages.length >= 20_000) pages = worstPages(pages)
    }
    yield* htmlDocument(worstPages(pages), closing, run)
    return
  }
  const writer = auditFormats[format](run, { colour })
  let between = ''
  yield writer.head()
  for (const entry of entries) {
    countReport(tally, entry.report, at)
    const part = writer.entry(entry)
    if (part === '') continue
    yield between + part
    between = writer.between
  }
  yield writer.tail(closing)
}
