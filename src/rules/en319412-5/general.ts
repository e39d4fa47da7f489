import { isEtsiWith, mustNotBeCritical } from '../applies.ts'
import { statementsPlace } from '../places.ts'
import { takesStatement } from '../statements.ts'
import type { CertificateRule } from '../subject.ts'
import { en3194125Clause } from './citation.ts'

/** EN 319 412-5 QCS-4.1-02. */
export const critical: CertificateRule = {
  id: 'en319412-5.critical',
  requirement: 'EN319412-5:QCS-4.1-02-critical',
  citation: en3194125Clause('QCS-4.1-02'),
  modal: 'shall',
  grounding: 'A',
  title: 'qcStatements is not critical',
  breach: 'qcStatements is critical',
  why: 'software that does not know qcStatements, such as most for TLS, must refuse the certificate',
  mend: 'have the certificate issued with qcStatements not critical',
  applies: isEtsiWith('qcStatements'),
  check: mustNotBeCritical('qcStatements'),
}

/** EN 319 412-5 QCS-4.1-02A, new in V2.6.1. */
export const twice: CertificateRule = {
  id: 'en319412-5.statement-twice',
  requirement: 'EN319412-5:QCS-4.1-02A-once',
  citation: en3194125Clause('QCS-4.1-02A', '2.6.1'),
  modal: 'shall',
  grounding: 'B',
  title: 'no statement occurs twice',
  why: 'readers take the one or the other, or both: the certificate says two things',
  mend: 'have the certificate issued with each statement once',
  effective: { from: '2026-05-01' },
  applies: ({ statements }) => statements !== null,
  codes: ['QC_STATEMENT_TWICE'],
  takes: takesStatement((oid) => oid.startsWith('0.4.0.1862.1.')),
}

const QC_COMPLIANCE = '0.4.0.1862.1.1'
const QC_SSCD = '0.4.0.1862.1.4'

/** EN 319 412-5 QCS-5-01, table 2. */
export const compliancePresent: CertificateRule = {
  id: 'en319412-5.compliance',
  requirement: 'EN319412-5:QCS-5-01-compliance',
  citation: en3194125Clause('QCS-5-01'),
  modal: 'shall',
  grounding: 'A',
  title: 'a qualified certificate has QcCompliance',
  breach: 'QcCompliance is missing: the certificate does not call itself qualified',
  why: 'the certificate does not call itself qualified: PSD2 wants qualified certificates, and a bank refuses others',
  mend: 'have the certificate issued with the statement 0.4.0.1862.1.1 by a QTSP',
  applies: ({ qualified, extensions }) => qualified && extensions.qcStatements !== undefined,
  check: ({ certificate, statements }, report) => {
    if (statements?.has('QcCompliance') !== true) report(statementsPlace(certificate))
  },
}

function bare(id: string, requirement: string, clause: string, name: string, oid: string): CertificateRule {
  return {
    id: `en319412-5.${id}`,
    requirement,
    citation: en3194125Clause(clause),
    modal: 'shall',
    grounding: 'A',
    title: `${name} has no statementInfo`,
    why: 'software that compares the statement with what it must be does not find it: the certificate counts as unqualified',
    mend: 'have the certificate issued with the object identifier alone',
    applies: ({ statements }) => statements?.list.some((statement) => statement.oid === oid) === true,
    codes: ['QC_STATEMENT_INFO'],
    takes: takesStatement((found) => found === oid),
  }
}

/** EN 319 412-5 4.2.1. */
export const complianceBare = bare(
  'compliance-information',
  'EN319412-5:4.2.1-no-info',
  '4.2.1',
  'QcCompliance',
  QC_COMPLIANCE,
)

/** EN 319 412-5 4.2.2. */
export const sscdBare = bare('sscd-information', 'EN319412-5:4.2.2-no-info', '4.2.2', 'QcSSCD', QC_SSCD)
