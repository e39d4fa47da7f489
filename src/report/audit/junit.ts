import type { AuditReport, Finding, RuleStatus } from '../../core/audit-report.ts'
import type { AuditRun, RuleInfo } from '../../core/audit-run.ts'
import { escapeMarkup, escapeText } from '../escape.ts'
import type { AuditFormat } from './format.ts'
import { citationText, factText } from './words.ts'

/** JUnit XML as build servers read it: a suite a certificate, a test case a rule. */
export const junit: AuditFormat = (run) => ({
  head: () => `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="${escapeMarkup(run.tool.name)}">\n`,
  entry: ({ report }) => suite(report, run),
  between: '',
  tail: ({ complete }) => `${complete ? '' : '<!-- interrupted: the rest was not audited -->\n'}</testsuites>\n`,
})

interface Case {
  readonly xml: string
  readonly kind: 'failure' | 'error' | 'skipped' | 'pass'
}

function suite(report: AuditReport, run: AuditRun): string {
  const { source, place, sha256, kind, profile, verdict } = report
  const byRule = new Map<string, Finding[]>()
  for (const finding of report.findings) byRule.set(finding.rule, [...(byRule.get(finding.rule) ?? []), finding])
  const needs = new Map(report.notChecked.map(({ rule, needs: facts }) => [rule, facts]))
  const cases = run.rules.map((rule, index) =>
    testCase(rule, report.outcomes[index] ?? 'not-checked', byRule.get(rule.id) ?? [], needs.get(rule.id) ?? []),
  )
  const known = new Set(run.rules.map(({ id }) => id))
  for (const [id, findings] of byRule) if (!known.has(id)) cases.push(failedCase(id, findings, 'error'))
  const count = (wanted: Case['kind']) => cases.filter((each) => each.kind === wanted).length
  const name = place === '' ? source : `${source} (${place})`
  const properties = { sha256, kind, profile, verdict, trust: report.trust }
  return [
    `<testsuite name="${escapeMarkup(name)}" timestamp="${run.at.slice(0, 19)}" time="0" tests="${cases.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}">`,
    '<properties>',
    ...Object.entries(properties).map(([key, value]) => `<property name="${key}" value="${escapeMarkup(value)}"/>`),
    '</properties>',
    ...cases.map(({ xml }) => xml),
    '</testsuite>\n',
  ].join('\n')
}

const skips: Readonly<Partial<Record<RuleStatus, string>>> = {
  'not-applicable': 'not applicable to this certificate',
  'not-effective': 'not in force when the certificate was issued',
}

function testCase(
  { id, title }: RuleInfo,
  status: RuleStatus,
  findings: readonly Finding[],
  needs: readonly string[],
): Case {
  if (findings.length > 0) {
    const open = findings.filter(({ accepted }) => accepted === undefined)
    if (open.length > 0) return failedCase(id, open, 'failure')
    return skippedCase(id, `accepted: ${findings[0]?.accepted}`)
  }
  const reason = status === 'not-checked' ? `not checked: needs ${needs.map(factText).join(' and ')}` : skips[status]
  if (reason !== undefined) return skippedCase(id, reason)
  return { kind: 'pass', xml: `<testcase ${names(id)} time="0"/><!-- ${comment(title)} -->` }
}

function skippedCase(id: string, reason: string): Case {
  return {
    kind: 'skipped',
    xml: `<testcase ${names(id)} time="0"><skipped message="${escapeMarkup(reason)}"/></testcase>`,
  }
}

function failedCase(id: string, findings: readonly Finding[], kind: 'failure' | 'error'): Case {
  const [first] = findings
  const lines = findings.map(({ message, path, offset, length, actual, expected, mend, citation }) =>
    [
      message,
      `  at ${path === '' ? 'the certificate' : path}, octet ${offset}, ${length} octets`,
      ...(actual === undefined ? [] : [`  is: ${actual}`]),
      ...(expected === undefined ? [] : [`  expected: ${expected}`]),
      `  clause: ${citationText(citation)}`,
      ...(mend === '' ? [] : [`  mend: ${mend}`]),
    ]
      .map(escapeMarkup)
      .join('\n'),
  )
  const text = lines.join('\n')
  return {
    kind,
    xml: `<testcase ${names(id)} time="0"><${kind} type="${escapeMarkup(first?.severity ?? '')}" message="${escapeMarkup(first?.message ?? '')}">${text}</${kind}></testcase>`,
  }
}

/** Folder and slug, as class and method. */
function names(id: string): string {
  return `classname="${escapeMarkup(id.slice(0, id.indexOf('.')))}" name="${escapeMarkup(id)}"`
}

function comment(text: string): string {
  return escapeText(text).replaceAll('--', '- -').replace(/-$/, '- ')
}
