import { statementPlace } from '../places.ts'
import { forEachStatement, takesStatements } from '../statements.ts'
import type { CertificateRule } from '../subject.ts'
import { en3194125Clause } from './citation.ts'

/** EN 319 412-5 4.3.3: zero years is a period too. */
export const retentionPeriod: CertificateRule = {
  id: 'en319412-5.retention-period',
  requirement: 'EN319412-5:4.3.3-retention',
  citation: en3194125Clause('4.3.3'),
  modal: 'shall',
  grounding: 'A',
  title: 'QcRetentionPeriod is a number of years, not a negative one',
  breach: 'QcRetentionPeriod is negative',
  why: 'nobody can tell how long the QTSP keeps the evidence of who the PSP is',
  mend: 'have the certificate issued with the years for which records are kept after the certificate ends',
  applies: ({ statements }) => statements?.has('QcRetentionPeriod') === true,
  codes: ['QC_STATEMENT_INFO', 'QC_STATEMENT_INVALID'],
  takes: takesStatements('QcRetentionPeriod'),
  check: (subject, report) => {
    forEachStatement(subject, 'QcRetentionPeriod', (statement, years) => {
      if (years < 0) report(statementPlace(statement), { actual: String(years) })
    })
  },
}

const methods: ReadonlySet<string> = new Set([
  '0.4.0.1862.1.8.1',
  '0.4.0.1862.1.8.2',
  '0.4.0.1862.1.8.3',
  '0.4.0.1862.1.8.4',
])

/** EN 319 412-5 QCS-4.3.5-02. */
export const identMethod: CertificateRule = {
  id: 'en319412-5.ident-method',
  requirement: 'EN319412-5:QCS-4.3.5-02-ident',
  citation: en3194125Clause('QCS-4.3.5-02'),
  modal: 'shall',
  grounding: 'A',
  title: 'QcIdentMethod names one of the four methods',
  breach: 'QcIdentMethod names no known method',
  why: 'nobody can tell how the QTSP found out who the PSP is',
  mend: 'have the certificate issued with the method by which the PSP was identified',
  applies: ({ statements }) => statements?.has('QcIdentMethod') === true,
  codes: ['QC_STATEMENT_INFO', 'QC_STATEMENT_INVALID'],
  takes: takesStatements('QcIdentMethod'),
  check: (subject, report) => {
    forEachStatement(subject, 'QcIdentMethod', (statement, oids) => {
      for (const oid of oids) if (!methods.has(oid)) report(statementPlace(statement), { actual: oid })
    })
  },
}
