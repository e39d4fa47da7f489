import type { AuditReport, Finding } from '../../core/audit-report.ts'
import { escapeText } from '../escape.ts'
import type { AuditFormat } from './format.ts'
import { citationText } from './words.ts'

type Column = (report: AuditReport, finding: Finding | undefined) => string

/** One row a finding; a report without one has a row with its verdict, so that no certificate is missing. */
const columns: Readonly<Record<string, Column>> = {
  source: ({ source }) => source,
  place: ({ place }) => place,
  index: ({ index }) => String(index),
  sha256: ({ sha256 }) => sha256,
  kind: ({ kind }) => kind,
  profile: ({ profile }) => profile,
  verdict: ({ verdict }) => verdict,
  trust: ({ trust }) => trust,
  not_checked: ({ notChecked }) => String(notChecked.length),
  subject: ({ about }) => about?.subject ?? '',
  issuer: ({ about }) => about?.issuer ?? '',
  serial_number: ({ about }) => about?.serialNumber ?? '',
  organization_identifier: ({ about }) => about?.organizationIdentifier ?? '',
  roles: ({ about }) => about?.roles.join(' ') ?? '',
  not_before: ({ about }) => about?.notBefore ?? '',
  not_after: ({ about }) => about?.notAfter ?? '',
  rule: (_, finding) => finding?.rule ?? '',
  severity: (_, finding) => finding?.severity ?? '',
  clause: (_, finding) => (finding === undefined ? '' : citationText(finding.citation)),
  message: (_, finding) => finding?.message ?? '',
  path: (_, finding) => finding?.path ?? '',
  offset: (_, finding) => (finding === undefined ? '' : String(finding.offset)),
  length: (_, finding) => (finding === undefined ? '' : String(finding.length)),
  actual: (_, finding) => finding?.actual ?? '',
  expected: (_, finding) => finding?.expected ?? '',
  mend: (_, finding) => finding?.mend ?? '',
  accepted: (_, finding) => finding?.accepted ?? '',
  duplicates: ({ duplicates = [] }) => duplicates.map(({ source }) => source).join(' '),
}

/** CSV by RFC 4180. */
export const csv: AuditFormat = () => ({
  head: () => `${Object.keys(columns).join(',')}\r\n`,
  entry: ({ report }) => {
    const findings = report.findings.length === 0 ? [undefined] : report.findings
    return findings.map((finding) => row(report, finding)).join('')
  },
  between: '',
  tail: () => '',
})

function row(report: AuditReport, finding: Finding | undefined): string {
  return `${Object.values(columns)
    .map((column) => cell(column(report, finding)))
    .join(',')}\r\n`
}

/**
 * A spreadsheet takes what begins with one of these for a formula, and would run what a certificate says: an apostrophe
 * before it makes it text. Full-width forms and leading white space count, since spreadsheets fold them.
 */
const formula = /^[\s\u00a0\u3000"']*[=+\-@|%\uff1d\uff0b\uff0d\uff20]/

/** Where a spreadsheet takes semicolons for separators, quotes do not hold a value together: each part could begin one. */
const hiddenFormula = /(;[\s"']*)(?=[=+\-@|%\uff1d\uff0b\uff0d\uff20])/g

function cell(value: string): string {
  const text = escapeText(value).replace(hiddenFormula, "$1'")
  const safe = formula.test(text) && text !== '-' ? `'${text}` : text
  return /[",;\r\n\t ]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
