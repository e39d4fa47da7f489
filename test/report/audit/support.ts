import type { AuditReport, Finding, RuleStatus } from '../../../src/core/audit-report.ts'
import type { AuditEntry, AuditEvidence, AuditRun, RuleInfo } from '../../../src/core/audit-run.ts'
import { type FormatName, type WriteOptions, writeReports } from '../../../src/report/index.ts'

export const at = '2026-06-01T00:00:00.000Z'

const rule = (id: string, over: Partial<RuleInfo> = {}): RuleInfo => ({
  id,
  requirement: 'X:1',
  citation: { document: 'RFC 5280', clause: '4.1.2.2' },
  modal: 'shall',
  grounding: 'A',
  severity: 'error',
  title: 'the number is positive',
  why: 'banks store numbers',
  mend: 'issue again',
  needs: [],
  ...over,
})

/** Five rules, of which each report has five outcomes. */
export const run: AuditRun = {
  tool: { name: 'psd2-toolkit', version: '1.2.3' },
  at,
  profile: { name: 'auto', title: 'everything' },
  rules: [
    rule('rfc5280.serial-number'),
    rule('ts119495.roles', {
      severity: 'warning',
      citation: { document: 'ETSI TS 119 495', edition: 'V1.7.1', clause: '5.2.2' },
    }),
    rule('issuer.signature', { needs: ['issuerSignature'] }),
    rule('cabf.web'),
    rule('rfc5280.later'),
  ],
}

export const finding = (over: Partial<Finding> = {}): Finding => ({
  rule: 'rfc5280.serial-number',
  severity: 'error',
  message: 'the number is negative',
  citation: { document: 'RFC 5280', clause: '4.1.2.2' },
  grounding: 'A',
  path: 'tbsCertificate.serialNumber',
  offset: 20,
  length: 3,
  actual: '-1',
  expected: 'a positive number',
  mend: 'issue again',
  ...over,
})

const outcomes: readonly RuleStatus[] = ['pass', 'pass', 'not-checked', 'not-applicable', 'not-effective']

/** A report whose counts fit its findings. */
export function report(findings: readonly Finding[] = [], over: Partial<AuditReport> = {}): AuditReport {
  const status = run.rules.map(
    ({ id }, index): RuleStatus =>
      findings.some((each) => each.rule === id) ? 'finding' : (outcomes[index] as RuleStatus),
  )
  const open = findings.filter(({ accepted }) => accepted === undefined)
  const count = (name: string) => open.filter(({ severity }) => severity === name).length
  const counted = (name: RuleStatus) => status.filter((each) => each === name).length
  return {
    source: 'folder/qwac.pem',
    index: 0,
    place: 'line 1',
    sha256: 'ab'.repeat(32),
    kind: 'QWAC',
    kindReason: 'QcType says so',
    profile: 'auto',
    verdict: count('error') + count('fatal') > 0 ? 'fail' : 'pass',
    trust: 'not-checked',
    notChecked: [{ rule: 'issuer.signature', needs: ['issuerSignature'] }],
    counts: {
      rules: {
        pass: counted('pass'),
        finding: counted('finding'),
        'not-applicable': counted('not-applicable'),
        'not-effective': counted('not-effective'),
        'not-checked': counted('not-checked'),
      },
      findings: {
        fatal: count('fatal'),
        error: count('error'),
        warning: count('warning'),
        notice: count('notice'),
        info: count('info'),
      },
    },
    findings,
    outcomes: status,
    about: {
      subject: 'C=FR, O=Test PSP',
      issuer: 'C=FR, O=Test QTSP',
      serialNumber: '0a',
      organizationIdentifier: 'PSDFR-ACPR-12345',
      roles: ['PSP_AI'],
      notBefore: '2026-01-01T00:00:00Z',
      notAfter: '2027-01-31T23:59:59Z',
      signatureAlgorithm: 'sha256WithRSAEncryption',
      publicKey: 'rsaEncryption 2048',
    },
    ...over,
  }
}

export const unreadable = (): AuditReport => {
  const { about: _, ...rest } = report([
    finding({
      rule: 'engine.unreadable',
      severity: 'fatal',
      message: 'there is no such file',
      path: '',
      offset: 0,
      length: 0,
    }),
  ])
  return { ...rest, sha256: '', place: '', kind: 'other', verdict: 'unreadable' }
}

export type Given = AuditReport | { readonly report: AuditReport; readonly evidence: AuditEvidence }

function entriesOf(given: readonly Given[]): AuditEntry[] {
  return given.map((each, index) => ({
    number: index + 1,
    ...('evidence' in each ? each : { report: each, evidence: {} }),
  }))
}

/** The whole text of a run in one format. */
export function written(
  format: FormatName,
  given: readonly Given[],
  closing: Omit<WriteOptions, 'format'> = {},
  about: AuditRun = run,
): string {
  return [...writeReports(entriesOf(given), about, { ...closing, format })].join('')
}

/** The whole page of a run. */
export function page(given: readonly Given[], closing: Omit<WriteOptions, 'format'> = {}): string {
  return written('html', given, closing)
}
