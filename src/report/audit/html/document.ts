import type { Severity } from '../../../core/audit-report.ts'
import { severities } from '../../../core/audit-report.ts'
import type { AuditClosing, AuditRun, AuditTally, RuleInfo } from '../../../core/audit-run.ts'
import { escapeMarkup } from '../../escape.ts'
import { citationText, countText, factText, outcomeText } from '../words.ts'
import { type Bar, barTable, expiryChart, partsChart } from './charts.ts'
import type { HtmlPage } from './section.ts'
import { style } from './style.ts'

/** Sections and rows that a browser still scrolls well. The summary is always of all. */
export const mostSections = 200
export const mostRows = 10_000

/** Rules in the chart. */
const mostRules = 15

const tones: Readonly<Record<Severity, string>> = {
  fatal: 'grave',
  error: 'bad',
  warning: 'warn',
  notice: 'note',
  info: 'note',
}

/** Rows of the list that a browser lays out at once. */
const rowsTogether = 100

/** One page that needs nothing else: no script, no font, no picture from anywhere. In parts, since it may be large. */
export function* htmlDocument(pages: readonly HtmlPage[], closing: AuditClosing, run: AuditRun): Generator<string> {
  const { tally } = closing
  const sections = pages.filter(({ section }) => section !== '').sort((a, b) => a.number - b.number)
  const linked = new Set(sections.map(({ number }) => number))
  yield head(closing, run)
  yield summary(closing, run)
  yield* list(pages, linked, tally)
  yield detailsHead(sections.length, tally)
  for (const { section } of sections) yield `${section}\n`
  yield rulesPart(run, tally)
  yield `</main>\n<footer><p>Made by ${escapeMarkup(run.tool.name)} ${escapeMarkup(run.tool.version)}. What certificates say is shown as they say it; characters that cannot be seen are written as \\u{...}.</p></footer>\n</body>\n</html>\n`
}

function head({ tally, complete }: AuditClosing, { at, profile, tool }: AuditRun): string {
  const facts: [string, string][] = [
    ['Audited as of', at],
    ['Profile', `${profile.name}: ${profile.title}`],
    ['Reports', reportsText(tally)],
    ['Tool', `${tool.name} ${tool.version}`],
  ]
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<title>Certificate audit, ${escapeMarkup(at.slice(0, 10))}</title>
<style>
${style}
</style>
</head>
<body>
<a class="skip" href="#main">Skip to the summary</a>
<header>
<h1>Certificate audit</h1>
<dl class="facts">${facts.map(([name, value]) => `<dt>${name}</dt><dd>${escapeMarkup(value)}</dd>`).join('')}</dl>
${complete ? '' : '<div class="callout"><p><strong>The run was interrupted.</strong> What follows is what was done until then.</p></div>'}
</header>
<main id="main">
`
}

function reportsText({ reports, duplicates }: AuditTally): string {
  const repeated = countText(duplicates, 'input was', 'inputs were')
  return `${countText(reports, 'certificate or input', 'certificates or inputs')}${duplicates > 0 ? `; ${repeated} the same as another, and audited once` : ''}`
}

function summary({ tally, unusedBaseline }: AuditClosing, run: AuditRun): string {
  const { verdicts, findings, accepted, outcomes, needs, kinds, publicKeys, signatureAlgorithms } = tally
  const names = new Map(run.rules.map((rule) => [rule.id, rule]))
  const broken = Object.entries(tally.rules).sort(
    ([, a], [, b]) =>
      severities.indexOf(a.severity) - severities.indexOf(b.severity) || b.certificates - a.certificates,
  )
  const byFrequency = [...broken].sort(([, a], [, b]) => b.certificates - a.certificates).slice(0, mostRules)
  const bars = byFrequency.map(
    ([id, { severity, certificates }]): Bar => ({
      label: `${id} (${severity})`,
      count: certificates,
      tone: tones[severity],
      ...(names.has(id) ? { href: `#rule-${encodeURIComponent(id)}` } : {}),
    }),
  )
  const left = broken.length - bars.length
  const more =
    left > 0
      ? `<p class="dim">${countText(left, 'rule is', 'rules are')} broken less often; see the rules at the end.</p>`
      : ''
  const severityBars = severities.map((name): Bar => ({ label: name, count: findings[name], tone: tones[name] }))
  return [
    '<h2 id="summary">Summary</h2>',
    partsChart('Verdicts', [
      { label: 'pass', count: verdicts.pass, tone: 'good' },
      { label: 'fail', count: verdicts.fail, tone: 'bad' },
      { label: 'unreadable', count: verdicts.unreadable, tone: 'gone' },
    ]),
    `<p>${escapeMarkup(outcomeText(outcomes, 'check'))}${accepted > 0 ? `; ${countText(accepted, 'finding')} accepted beforehand` : ''}. ${validityText(tally)}</p>`,
    trustNotice(needs),
    baselineNotice(unusedBaseline),
    '<div class="grid">',
    barTable('Rules broken most often', 'Rule', 'Certificates', bars, more),
    barTable('Findings by severity', 'Severity', 'Findings', severityBars),
    '</div>',
    expiryChart(tally.expiry, run.at),
    '<div class="grid">',
    barTable('Public keys', 'Key', 'Certificates', byCount(publicKeys)),
    barTable('Signature algorithms', 'Algorithm', 'Certificates', byCount(signatureAlgorithms)),
    barTable('Kinds', 'Kind', 'Certificates', byCount(kinds)),
    '</div>\n',
  ].join('\n')
}

function validityText({ expired, early }: AuditTally): string {
  const told = [
    ...(expired > 0 ? [`${countText(expired, 'certificate was', 'certificates were')} expired`] : []),
    ...(early > 0 ? [`${countText(early, 'certificate was', 'certificates were')} not valid yet`] : []),
  ]
  return told.length === 0 ? '' : `At the moment of the audit ${told.join(' and ')}.`
}

function byCount(counts: Readonly<Record<string, number>>): Bar[] {
  return Object.entries(counts)
    .sort(([, a], [, b]) => b - a)
    .slice(0, 12)
    .map(([label, count]) => ({ label, count, tone: 'neutral' }))
}

/** A pass must not be read as more than it is. */
function trustNotice(needs: AuditTally['needs']): string {
  const lines = Object.entries(needs)
    .filter(([need]) => need !== 'readable')
    .sort(([, a], [, b]) => b - a)
    .map(([need, count]) => `<li>${escapeMarkup(factText(need))}: ${countText(count, 'certificate')}</li>`)
  const list =
    lines.length === 0
      ? ''
      : `<details><summary>What rules waited for in vain</summary><ul>${lines.join('')}</ul></details>`
  return `<div class="callout"><p><strong>What a pass means.</strong> The certificate breaks none of the rules that were checked. Who issued it, whether it was revoked and whether its holder is authorised are decided only where the report says so.</p>${list}</div>`
}

function baselineNotice(unused: AuditClosing['unusedBaseline']): string {
  if (unused.length === 0) return ''
  const lines = unused.map(
    ({ entry, because }) =>
      `<li><code>${escapeMarkup(entry.rule)}</code>: ${because}; ${escapeMarkup(entry.reason)}</li>`,
  )
  return `<div class="callout"><p><strong>Entries of the baseline that match nothing:</strong></p><ul>${lines.join('')}</ul></div>`
}

function* list(pages: readonly HtmlPage[], linked: ReadonlySet<number>, { reports }: AuditTally): Generator<string> {
  const rows = [...pages].sort((a, b) => a.grade - b.grade || a.number - b.number)
  const capped =
    rows.length < reports
      ? ` The list has the ${rows.length.toLocaleString('en-GB')} worst of ${reports.toLocaleString('en-GB')}; the summary is of all.`
      : ''
  yield `<h2 id="certificates">Certificates</h2>\n<p>Worst first.${capped}</p>\n<div class="scroll" tabindex="0" role="region" aria-label="List of certificates">\n<table class="list"><thead><tr><th scope="col">Source</th><th scope="col">Verdict</th><th scope="col">Kind</th><th scope="col">Holder</th><th scope="col">Ends</th><th scope="col" class="n">Errors</th><th scope="col" class="n">Warnings</th><th scope="col" class="n">Notices</th></tr></thead>\n`
  for (let start = 0; start < rows.length; start += rowsTogether) {
    const part = rows.slice(start, start + rowsTogether).map(({ number, name, cells }) => {
      const source = linked.has(number) ? `<a href="#c${number}">${name}</a>` : name
      return `<tr><th scope="row">${source}</th>${cells}</tr>`
    })
    yield `<tbody>${part.join('\n')}</tbody>\n`
  }
  yield '</table>\n</div>\n'
}

function detailsHead(shown: number, { reports }: AuditTally): string {
  const capped =
    shown < reports
      ? `<div class="callout"><p><strong>${shown.toLocaleString('en-GB')} of ${reports.toLocaleString('en-GB')} certificates are shown in detail: the worst ones.</strong> The summary and the list above count all. For the others, audit them alone or take the JSON report of the same run.</p></div>`
      : ''
  return `<h2 id="details">Details</h2>\n${capped}\n`
}

/** The scope of the audit, and what each rule wants and why: so that the report can be read without the tool. */
function rulesPart({ rules }: AuditRun, tally: AuditTally): string {
  const rows = rules.map((rule) => ruleRow(rule, tally))
  return `<h2 id="rules">Rules of this audit</h2>\n<p>${countText(rules.length, 'rule')}. Grounding: A is in the text of the clause, B is quoted by public linters, C is general knowledge.</p>\n<div class="scroll" tabindex="0" role="region" aria-label="Rules of this audit">\n<table class="list"><thead><tr><th scope="col">Rule</th><th scope="col">Severity</th><th scope="col">Clause</th><th scope="col">What must hold, and why</th><th scope="col" class="n">Broken by</th></tr></thead><tbody>\n${rows.join('\n')}\n</tbody></table>\n</div>\n`
}

function ruleRow({ id, severity, citation, grounding, title, why }: RuleInfo, { rules }: AuditTally): string {
  const count = Object.hasOwn(rules, id) ? (rules[id]?.certificates ?? 0) : 0
  return `<tr id="rule-${encodeURIComponent(id)}"><th scope="row"><code>${escapeMarkup(id)}</code></th><td>${severity}</td><td>${escapeMarkup(citationText(citation))} (${grounding})</td><td>${escapeMarkup(title)}. <span class="dim">${escapeMarkup(why)}.</span></td><td class="n">${count.toLocaleString('en-GB')}</td></tr>`
}
