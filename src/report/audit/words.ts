import type { AuditReport, Finding, Severity } from '../../core/audit-report.ts'
import { severities } from '../../core/audit-report.ts'
import type { AuditTally } from '../../core/audit-run.ts'
import type { Citation } from '../../core/citation.ts'

/** Facts that rules wait for, in words. */
const facts: Readonly<Record<string, string>> = {
  issuer: "the issuer's certificate",
  issuerSignature: "the issuer's signature",
  path: 'a path to an anchor',
  serviceAtIssuance: 'the trusted list at the time of issue',
  serviceNow: 'the trusted list now',
  revocation: 'CRL or OCSP',
  register: 'the register of payment service providers',
  request: 'the registration request, with the member that is compared',
  previous: 'the certificate that this one renews',
  otherSets: 'the certificates of other sets',
  sha256: 'the hash of the certificate',
  keyUse: 'the other certificates of the batch',
  privateKeyBeside: 'the file that it came in',
  keyFits: 'the private key',
  readable: 'a certificate that can be read',
}

export function factText(name: string): string {
  return Object.hasOwn(facts, name) ? (facts[name] as string) : name
}

export function citationText({ document, edition, clause }: Citation): string {
  return [document, edition, clause].filter((part) => part !== undefined && part !== '').join(' ')
}

export function countText(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`
}

/** Findings of one rule and one severity. */
export interface FindingGroup {
  readonly rule: string
  readonly severity: Severity
  readonly findings: readonly Finding[]
}

/** Gravest first, then in the order of the rules; accepted ones last. */
export function groupFindings(findings: readonly Finding[]): FindingGroup[] {
  const groups = new Map<string, { rule: string; severity: Severity; findings: Finding[] }>()
  for (const finding of findings) {
    const { rule, severity, accepted } = finding
    const key = `${accepted === undefined ? severities.indexOf(severity) : severities.length} ${rule}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { rule, severity, findings: [finding] })
    else group.findings.push(finding)
  }
  return [...groups].sort(([a], [b]) => Number(a[0]) - Number(b[0])).map(([, group]) => group)
}

/** What is not checked: facts that rules wait for, with how many rules wait. */
export function waitingRules({ notChecked }: AuditReport): [fact: string, rules: number][] {
  const counts = new Map<string, number>()
  for (const { needs } of notChecked) {
    const text = needs.map(factText).join(' and ')
    counts.set(text, (counts.get(text) ?? 0) + 1)
  }
  return [...counts].sort(([, a], [, b]) => b - a)
}

/** How the rules ended, in a sentence. */
export function outcomeText(outcomes: AuditTally['outcomes'] | AuditReport['counts']['rules'], one = 'rule'): string {
  const total = Object.values(outcomes).reduce((all, count) => all + count, 0)
  const told = (
    [
      ['pass', 'passed'],
      ['finding', 'broken'],
      ['not-applicable', 'not applicable'],
      ['not-effective', 'not in force'],
      ['not-checked', 'not checked'],
    ] as const
  )
    .filter(([status]) => outcomes[status] > 0)
    .map(([status, words]) => `${outcomes[status].toLocaleString('en-GB')} ${words}`)
  return `${countText(total, one)}: ${told.join(', ')}`
}

/** What the verdict means: a pass is no proof of trust. */
export function verdictText({ verdict, trust, counts }: AuditReport): string {
  if (verdict === 'unreadable') return 'cannot be read, so nothing else is decided'
  const broken = counts.findings.fatal + counts.findings.error
  if (verdict === 'fail') return `${countText(broken, 'finding')} at or above error`
  return trust === 'trusted' ? 'no breach found' : `no breach found; trust: ${trust.replace('-', ' ')}`
}
