import { type AuditReport, type Finding, severities } from '../../../core/audit-report.ts'
import { type AuditEntry, type AuditEvidence, placeText } from '../../../core/audit-run.ts'
import { escapeMarkup } from '../../escape.ts'
import {
  citationText,
  countText,
  type FindingGroup,
  groupFindings,
  outcomeText,
  verdictText,
  waitingRules,
} from '../words.ts'
import { hexDump, hexExcerpt } from './hex.ts'

/** What the page has of one report. */
export interface HtmlPage {
  readonly number: number
  /** 0 is worst. Of too many pages the best are left out. */
  readonly grade: number
  /** Cells of the list: the first, which may become a link, and the others. */
  readonly name: string
  readonly cells: string
  /** The section of the certificate. */
  readonly section: string
}

/** Places of one rule in one certificate that are told one by one. */
const mostPlaces = 20

/** Excerpts of one certificate: the whole dump follows anyway. */
const mostExcerpts = 10

export function htmlPage({ number, report, evidence }: AuditEntry): HtmlPage {
  return {
    number,
    grade: gradeOf(report),
    name: escapeMarkup(placeText(report)),
    cells: cellsOf(report),
    section: sectionOf(number, report, evidence),
  }
}

function gradeOf({ verdict, counts }: AuditReport): number {
  if (verdict === 'unreadable') return 0
  const worst = severities.findIndex((name) => counts.findings[name] > 0)
  return worst < 0 ? severities.length + 1 : worst + 1
}

function cellsOf({ verdict, kind, about, counts }: AuditReport): string {
  const { fatal, error, warning, notice, info } = counts.findings
  const who = about?.organizationIdentifier ?? about?.subject ?? ''
  const numbers = [fatal + error, warning, notice + info].map((count) => `<td class="n">${count}</td>`)
  return [
    `<td>${tag(verdict)}</td>`,
    `<td>${escapeMarkup(kind)}</td>`,
    `<td>${escapeMarkup(who)}</td>`,
    `<td>${escapeMarkup(about?.notAfter.slice(0, 10) ?? '')}</td>`,
    ...numbers,
  ].join('')
}

/** A word in a box. Colour only repeats what it says. */
function tag(word: string): string {
  return `<span class="tag ${word}">${word}</span>`
}

function sectionOf(number: number, report: AuditReport, evidence: AuditEvidence): string {
  const { kind, kindReason, verdict, findings } = report
  const { der } = evidence
  const parts = [
    `<section class="certificate" id="c${number}" aria-labelledby="t${number}">`,
    `<h3 id="t${number}">${escapeMarkup(placeText(report))}</h3>`,
    `<p>${tag(verdict)} <strong>${escapeMarkup(kind)}</strong> <span class="dim">${escapeMarkup(kindReason)}</span></p>`,
    `<p>${escapeMarkup(sentence(verdictText(report)))}</p>`,
    facts(report),
    ...findingParts(report, der),
    notChecked(report),
  ]
  if (der !== undefined && der.length > 0) parts.push(dump(number, der, findings))
  return `${parts.join('\n')}\n</section>`
}

function facts({ about, sha256, duplicates = [], counts, trust, profile }: AuditReport): string {
  const rows: [string, string][] = []
  if (about !== undefined) {
    const { subject, issuer, serialNumber, notBefore, notAfter, organizationIdentifier, roles } = about
    rows.push(['Subject', subject], ['Issuer', issuer], ['Serial number', serialNumber])
    rows.push(['Valid', `${notBefore} to ${notAfter}`])
    if (organizationIdentifier !== null) rows.push(['organizationIdentifier', organizationIdentifier])
    if (roles.length > 0) rows.push(['Roles', roles.join(', ')])
    rows.push(['Public key', about.publicKey], ['Signature', about.signatureAlgorithm])
  }
  if (sha256 !== '') rows.push(['SHA-256', sha256])
  if (duplicates.length > 0) rows.push(['Also in', duplicates.map(placeText).join(', ')])
  rows.push(['Trust', trust.replace('-', ' ')], ['Rules', `${outcomeText(counts.rules)} (profile ${profile})`])
  const list = rows.map(
    ([name, value]) =>
      `<dt>${name}</dt><dd${name === 'SHA-256' || name === 'Serial number' ? ' class="mono"' : ''}>${escapeMarkup(value)}</dd>`,
  )
  return `<dl class="facts">${list.join('')}</dl>`
}

function findingParts({ findings }: AuditReport, der: Uint8Array | undefined): string[] {
  if (findings.length === 0) return []
  let excerpts = 0
  const groups = groupFindings(findings).map((group) =>
    findingPart(group, (finding) => {
      if (der === undefined || excerpts >= mostExcerpts) return ''
      const text = hexExcerpt(der, finding)
      if (text === undefined) return ''
      excerpts++
      return `<pre>${text}</pre>`
    }),
  )
  return [`<h4>${countText(findings.length, 'finding')}</h4>`, ...groups]
}

function findingPart({ rule, severity, findings }: FindingGroup, excerptOf: (finding: Finding) => string): string {
  const [first] = findings
  if (first === undefined) return ''
  const { accepted, citation, grounding, mend } = first
  const mark = accepted === undefined ? tag(severity) : `${tag('accepted')} ${tag(severity)}`
  const places = findings.slice(0, mostPlaces).map((finding) => `<li>${placePart(finding)}${excerptOf(finding)}</li>`)
  if (findings.length > mostPlaces) places.push(`<li>and ${countText(findings.length - mostPlaces, 'more place')}</li>`)
  const messages = [...new Set(findings.slice(0, mostPlaces).map(({ message }) => message))]
  return [
    '<div class="finding">',
    `<h5>${mark} <code>${escapeMarkup(rule)}</code></h5>`,
    ...messages.map((message) => `<p>${escapeMarkup(sentence(message))}</p>`),
    `<p class="dim">${escapeMarkup(citationText(citation))} (grounding ${grounding})</p>`,
    `<ul>${places.join('')}</ul>`,
    accepted === undefined ? '' : `<p><strong>Accepted:</strong> ${escapeMarkup(accepted)}</p>`,
    mend === '' ? '' : `<p><strong>Mend:</strong> ${escapeMarkup(sentence(mend))}</p>`,
    '</div>',
  ]
    .filter((line) => line !== '')
    .join('\n')
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`
}

function placePart({ path, offset, length, actual, expected }: Finding): string {
  const where = path === '' ? '' : `<code>${escapeMarkup(path)}</code>, `
  const octets = length > 1 ? `octets ${offset} to ${offset + length - 1}` : `octet ${offset}`
  const is = actual === undefined ? '' : `: is <code>${escapeMarkup(actual)}</code>`
  const wanted = expected === undefined ? '' : `${actual === undefined ? ':' : ','} expected ${escapeMarkup(expected)}`
  return `${where}${octets}${is}${wanted}`
}

function notChecked(report: AuditReport): string {
  if (report.verdict === 'unreadable') return ''
  const waiting = waitingRules(report)
  if (waiting.length === 0) return ''
  const lines = waiting.map(
    ([needs, rules]) => `<li>${countText(rules, 'rule waits', 'rules wait')} for ${escapeMarkup(needs)}</li>`,
  )
  return `<h4>Not checked</h4><ul>${lines.join('')}</ul>`
}

function dump(number: number, der: Uint8Array, findings: readonly Finding[]): string {
  const marked = findings.some(({ length }) => length > 0)
  const legend = marked ? ', what findings point to is marked' : ''
  return `<details><summary>The certificate in hexadecimal: ${countText(der.length, 'octet')}${legend}</summary><pre tabindex="0" role="region" aria-label="Octets of certificate ${number}: offset, hexadecimal, ASCII">${hexDump(der, findings)}</pre></details>`
}
