import type { AuditReport, Finding } from '../../core/audit-report.ts'
import { type AuditClosing, placeText } from '../../core/audit-run.ts'
import { escapeText } from '../escape.ts'
import { coloured, type Paint, plain } from '../paint.ts'
import type { AuditFormat } from './format.ts'
import {
  citationText,
  countText,
  type FindingGroup,
  groupFindings,
  outcomeText,
  verdictText,
  waitingRules,
} from './words.ts'

const labelWidth = 14

/** Places of one breach, and sources of one certificate, that are told one by one: a report has to fit a screen. */
const mostPlaces = 5

/** For people at a terminal: one paragraph a broken rule, gravest first. */
export const text: AuditFormat = (_, { colour }) => {
  const paint = colour ? coloured : plain
  return {
    head: () => '',
    entry: ({ report }) => reportText(report, paint),
    between: '',
    tail: (closing) => closingText(closing, paint),
  }
}

function reportText(report: AuditReport, paint: Paint): string {
  const { source, place, kind, kindReason, verdict } = report
  const where = place === '' ? '' : paint.dim(` (${escapeText(place)})`)
  const mark = verdict === 'pass' ? paint.good('PASS') : paint.bad(verdict === 'fail' ? 'FAIL' : 'UNREADABLE')
  const lines = [
    `${paint.bold(escapeText(source))}${where}  ${mark}  ${paint.bold(kind)}${paint.dim(`, ${escapeText(kindReason)}`)}`,
    ...subjectLines(report, paint),
    ...groupFindings(report.findings).flatMap((group) => groupLines(group, paint)),
    ...closingLines(report, paint),
  ]
  return `${lines.join('\n')}\n\n`
}

function subjectLines({ about, sha256, duplicates = [], members = [] }: AuditReport, paint: Paint): string[] {
  const rows: [string, string][] = []
  for (const { member, kind, source, about: named } of members) {
    rows.push([member === 'qwac' ? 'For TLS' : 'For signatures', `${kind}, ${named?.subject ?? source}`])
  }
  if (about !== undefined) {
    const { subject, issuer, serialNumber, notBefore, notAfter, signatureAlgorithm, publicKey } = about
    rows.push(['Subject', subject], ['Issuer', `${issuer}, serial ${serialNumber}`])
    rows.push(['Valid', `${notBefore} to ${notAfter}`])
    const roles = about.roles.length === 0 ? 'no roles' : about.roles.join(' ')
    if (about.organizationIdentifier !== null) rows.push(['PSP', `${about.organizationIdentifier}, ${roles}`])
    rows.push(['Key, signature', `${publicKey}, ${signatureAlgorithm}`])
  }
  if (sha256 !== '') rows.push(['SHA-256', sha256])
  if (duplicates.length > 0) rows.push(['Also in', some(duplicates.map(placeText), 'other place')])
  return rows.map(([label, value]) => row(label, escapeText(value), paint))
}

function some(values: readonly string[], what: string): string {
  const rest = values.length - mostPlaces
  const told = values.slice(0, mostPlaces).join(', ')
  return rest > 0 ? `${told} and ${countText(rest, what)}` : told
}

function groupLines({ rule, severity, findings }: FindingGroup, paint: Paint): string[] {
  const [first] = findings
  if (first === undefined) return []
  const { accepted, citation, mend } = first
  const word = accepted === undefined ? severity.toUpperCase() : `ACCEPTED ${severity}`
  const grave = accepted === undefined && (severity === 'fatal' || severity === 'error')
  const mark = grave ? paint.bad(word) : severity === 'warning' ? paint.warn(word) : paint.bold(word)
  const lines = [`  ${mark} ${paint.bold(escapeText(rule))} ${paint.dim(`[${escapeText(citationText(citation))}]`)}`]
  let before = ''
  for (const finding of findings.slice(0, mostPlaces)) {
    if (finding.message !== before) lines.push(`    ${escapeText(finding.message)}`)
    before = finding.message
    lines.push(`      ${paint.dim(escapeText(whereText(finding)))}${valuesText(finding)}`)
  }
  if (findings.length > mostPlaces) lines.push(`      and ${countText(findings.length - mostPlaces, 'more place')}`)
  if (accepted !== undefined) lines.push(`    accepted: ${escapeText(accepted)}`)
  else if (mend !== '') lines.push(`    mend: ${escapeText(mend)}`)
  return lines
}

function whereText({ path, offset, length }: Finding): string {
  const octets = length > 1 ? `octets ${offset} to ${offset + length - 1}` : `octet ${offset}`
  return path === '' ? octets : `${path}, ${octets}`
}

function valuesText({ actual, expected }: Finding): string {
  const is = actual === undefined ? [] : [`is '${escapeText(actual)}'`]
  const wanted = expected === undefined ? [] : [`expected ${escapeText(expected)}`]
  const told = [...is, ...wanted].join(', ')
  return told === '' ? '' : `: ${told}`
}

function closingLines(report: AuditReport, paint: Paint): string[] {
  const { counts, verdict, profile, trust } = report
  const lines = [
    row('Verdict', `${verdictText(report)} ${paint.dim(`(profile ${escapeText(profile)})`)}`, paint),
    ...(trust === 'not-checked'
      ? []
      : [row('Trust', trust === 'trusted' ? paint.good(trust) : paint.bad(trust), paint)]),
    row('Rules', outcomeText(counts.rules), paint),
  ]
  if (verdict === 'unreadable') return lines
  for (const [index, [facts, rules]] of waitingRules(report).entries()) {
    const value = `${countText(rules, 'rule waits', 'rules wait')} for ${escapeText(facts)}`
    lines.push(row(index === 0 ? 'Not checked' : '', value, paint))
  }
  return lines
}

/** Sums, where there is more than one report to sum up. */
function closingText({ tally, complete, unusedBaseline }: AuditClosing, paint: Paint): string {
  const lines: string[] = []
  const { reports, verdicts, findings, duplicates, accepted } = tally
  if (reports !== 1 || !complete) {
    const told = [
      `${countText(reports, 'report')}:`,
      `${verdicts.pass} pass, ${verdicts.fail} fail, ${verdicts.unreadable} unreadable;`,
      `${findings.fatal} fatal, ${findings.error} error, ${findings.warning} warning, ${findings.notice} notice, ${findings.info} info`,
    ]
    if (accepted > 0) told.push(`(${accepted} accepted)`)
    lines.push(paint.bold(told.join(' ')))
    if (duplicates > 0) lines.push(`${countText(duplicates, 'input was', 'inputs were')} met before and audited once`)
  }
  if (!complete) lines.push(paint.bad('interrupted: the rest was not audited'))
  for (const { entry, because } of unusedBaseline) {
    lines.push(paint.warn(`baseline entry ${because}: ${escapeText(entry.rule)} (${escapeText(entry.reason)})`))
  }
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`
}

function row(label: string, value: string, paint: Paint): string {
  return `  ${paint.dim(label.padEnd(labelWidth))}  ${value}`
}
