import { statementPlace, statementsPlace } from '../places.ts'
import type { CertificateRule } from '../subject.ts'
import { ts119495Clause } from './citation.ts'
import { isPsp } from './parts.ts'

/** TS 119 495 GEN-5.1-1: one statement with the open banking attributes. */
const statement: CertificateRule = {
  id: 'ts119495.statement',
  requirement: 'TS119495:GEN-5.1-1-statement',
  citation: ts119495Clause('GEN-5.1-1'),
  modal: 'shall',
  grounding: 'B',
  title: 'roles and authority stand in one QC statement 0.4.0.19495.2',
  why: 'without it a bank cannot tell what the provider may do; of two it cannot tell which one counts',
  mend: 'have the certificate issued with exactly one PSD2 statement',
  applies: isPsp,
  codes: ['PSD2_STATEMENT_TWICE'],
  check: ({ certificate, statements }, report) => {
    if (statements?.has('PSD2') === true) return
    report(statementsPlace(certificate), { message: 'there is no PSD2 statement', expected: '0.4.0.19495.2' })
  },
}

/** TS 119 495 GEN-5.1-3. */
const syntax: CertificateRule = {
  id: 'ts119495.statement-syntax',
  requirement: 'TS119495:GEN-5.1-3-syntax',
  citation: ts119495Clause('GEN-5.1-3'),
  modal: 'shall',
  grounding: 'B',
  title: 'the PSD2 statement is a PSD2QcType: rolesOfPSP, nCAName and nCAId, in this order and nothing else',
  why: 'a bank that cannot read the statement finds no role, and refuses the provider',
  mend: 'encode the statement as Annex A of TS 119 495 defines it',
  applies: (subject) => isPsp(subject) && subject.statements?.has('PSD2') === true,
  check: ({ statements, deviations }, report) => {
    for (const statement of statements?.all('PSD2') ?? []) {
      if (statement.decoded !== undefined) continue
      const breach = deviations.find(({ path }) => path.startsWith(statement.path))
      report(statementPlace(statement), {
        message: 'the PSD2 statement cannot be read',
        actual: breach === undefined ? 'no PSD2QcType' : `${breach.code} at offset ${breach.offset}`,
        expected: 'SEQUENCE { rolesOfPSP, nCAName, nCAId }',
      })
    }
  },
}

export const statementRules: readonly CertificateRule[] = [statement, syntax]
