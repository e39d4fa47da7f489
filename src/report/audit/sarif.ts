import type { Finding, Severity } from '../../core/audit-report.ts'
import type { AuditEntry, AuditEvidence, AuditRun, RuleInfo } from '../../core/audit-run.ts'
import { escapeJson, escapeText } from '../escape.ts'
import type { AuditFormat } from './format.ts'
import { citationText } from './words.ts'

/** Levels of SARIF 2.1.0, 3.27.10. */
const levels: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  fatal: 'error',
  error: 'error',
  warning: 'warning',
  notice: 'note',
  info: 'note',
}

/** How urgent GitHub shows a finding, out of ten. */
const urgency: Readonly<Record<Severity, string>> = {
  fatal: '9.5',
  error: '8.0',
  warning: '5.0',
  notice: '3.0',
  info: '1.0',
}

/** Rules that no profile has: the engine speaks for itself. */
const engineRules = {
  'engine.unreadable': 'the input can be read as a certificate',
  'engine.rule-crashed': 'every rule can be run',
} as const

/** SARIF 2.1.0 (OASIS), as code hosts show it beside the files. */
export const sarif: AuditFormat = (run) => ({
  head: () =>
    [
      '{',
      '"$schema": "https://json.schemastore.org/sarif-2.1.0.json",',
      '"version": "2.1.0",',
      '"runs": [ {',
      `"tool": ${json({ driver: driver(run) })},`,
      '"columnKind": "utf16CodeUnits",',
      '"results": [\n',
    ].join('\n'),
  entry: (entry) => entry.report.findings.map((finding) => json(result(finding, entry, run))).join(',\n'),
  between: ',\n',
  tail: ({ complete, tally }) => {
    const invocation = { executionSuccessful: complete, endTimeUtc: run.at }
    const properties = { profile: run.profile.name, at: run.at, complete, summary: tally }
    return `\n],\n"invocations": ${json([invocation])},\n"properties": ${json(properties)}\n} ]\n}\n`
  },
})

function driver({ tool, rules }: AuditRun): object {
  const engine = Object.entries(engineRules).map(([id, says]) => ({
    id,
    name: nameOf(id),
    shortDescription: { text: says },
    defaultConfiguration: { level: levels.fatal },
    properties: { 'security-severity': urgency.fatal, tags: ['certificate'] },
  }))
  return {
    name: tool.name,
    version: tool.version,
    semanticVersion: tool.version,
    informationUri: 'https://www.npmjs.com/package/psd2-toolkit',
    rules: [...rules.map(descriptor), ...engine],
  }
}

function descriptor({ id, title, why, mend, citation, severity, requirement, grounding, modal }: RuleInfo): object {
  const clause = citationText(citation)
  return {
    id,
    name: nameOf(id),
    shortDescription: { text: title },
    fullDescription: { text: `${title}; ${why}` },
    help: {
      text: `${clause}: ${title}. Why: ${why}. Mend: ${mend}.`,
      markdown: `**${clause}**\n\n${title}.\n\nWhy: ${why}.\n\nMend: ${mend}.`,
    },
    defaultConfiguration: { level: levels[severity] },
    properties: {
      requirement,
      clause,
      grounding,
      modal,
      severity,
      'security-severity': urgency[severity],
      tags: ['certificate', citation.document],
    },
  }
}

/** `rfc5280.serial-number` as `Rfc5280SerialNumber`: SARIF wants names in Pascal case. */
function nameOf(id: string): string {
  return id
    .split(/[^A-Za-z0-9]+/)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('')
}

function result(finding: Finding, { report, evidence }: AuditEntry, run: AuditRun): object {
  const { rule, severity, message, path, offset, length, actual, expected, mend, citation, accepted } = finding
  const index = ruleIndex(run, rule)
  const values = [
    ...(actual === undefined ? [] : [`is '${actual}'`]),
    ...(expected === undefined ? [] : [`expected ${expected}`]),
  ]
  const says = [message, ...values].join('; ')
  return {
    ruleId: rule,
    ...(index < 0 ? {} : { ruleIndex: index }),
    level: levels[severity],
    // Hosts show the text of a finding alone, so the clause and the mend go into it.
    message: { text: escapeText(`${says} [${citationText(citation)}]${mend === '' ? '' : `. Mend: ${mend}`}`) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(report.source) },
          ...regionOf(finding, report.place, evidence),
        },
        logicalLocations: [{ fullyQualifiedName: path === '' ? 'certificate' : path, kind: 'element' }],
      },
    ],
    partialFingerprints: { 'certificateRulePath/v1': `${report.sha256}:${rule}:${path}` },
    ...(accepted === undefined ? {} : { suppressions: [{ kind: 'external', justification: accepted }] }),
    properties: { severity, sha256: report.sha256, certificate: report.index, derOffset: offset, derLength: length },
  }
}

function ruleIndex({ rules }: AuditRun, id: string): number {
  const index = rules.findIndex((rule) => rule.id === id)
  if (index >= 0) return index
  const engine = Object.keys(engineRules).indexOf(id)
  return engine < 0 ? -1 : rules.length + engine
}

/** The octets in a DER file; the base64 lines in a PEM file; the place in any other text where it is a line. */
function regionOf({ offset, length }: Finding, place: string, { der, lines }: AuditEvidence): object {
  if (lines !== undefined) {
    const lineOf = (octet: number) => lines.first + Math.floor(Math.floor((octet * 4) / 3) / lines.width)
    return { region: { startLine: lineOf(offset), endLine: lineOf(offset + Math.max(length - 1, 0)) } }
  }
  const line = Number(/^line (\d{1,9})/.exec(place)?.[1])
  if (line > 0) return { region: { startLine: line } }
  if (place !== '' || der === undefined) return { region: { startLine: 1 } }
  return { region: { byteOffset: offset, byteLength: length, startLine: 1 } }
}

/** A file name as a relative or absolute URI reference: every segment is encoded, so nothing of it can be a scheme. */
function uriOf(source: string): string {
  if (source === '-') return 'stdin'
  const path = source.replaceAll('\\', '/').split('/').map(encodeSegment).join('/')
  return path.startsWith('/') ? `file://${path}` : path
}

function encodeSegment(segment: string): string {
  return encodeURIComponent(segment.replace(/\p{Surrogate}/gu, '\ufffd'))
}

function json(value: unknown): string {
  return escapeJson(JSON.stringify(value))
}
