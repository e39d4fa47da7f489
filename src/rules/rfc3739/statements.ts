import { statementReaders } from '../../eidas/qc-statements/table.ts'
import { statementPlace } from '../places.ts'
import { statementOf, takesStatements } from '../statements.ts'
import type { CertificateRule } from '../subject.ts'

const SYNTAX_V1 = '1.3.6.1.5.5.7.11.1'

/** Statements whose information has a rule of its own. */
const known: ReadonlySet<string> = new Set(Object.values(statementReaders).map(({ oid }): string => oid))

/** RFC 3739 3.2.6, EN 319 412-5 QCS-4.1-01. */
export const syntax: CertificateRule = {
  id: 'rfc3739.syntax',
  requirement: 'RFC3739:3.2.6-syntax',
  citation: { document: 'RFC 3739', clause: '3.2.6' },
  modal: 'shall',
  grounding: 'A',
  title: 'qcStatements is a SEQUENCE OF QCStatement, each with an object identifier and at most one value',
  why: 'a bank that reads the extension as it is defined sees no roles and no authority at all',
  mend: 'have the certificate issued with all statements in one SEQUENCE',
  applies: ({ extensions }) => extensions.qcStatements !== undefined,
  codes: ['QC_OUTER_SEQUENCE_MISSING', 'QC_STATEMENT_INVALID'],
  takes: (deviation, subject) => {
    if (deviation.code === 'QC_OUTER_SEQUENCE_MISSING') return true
    const statement = statementOf(subject, deviation)
    return statement === undefined || !known.has(statement.oid)
  },
}

/** RFC 3739 3.2.6.1. */
export const syntaxV1: CertificateRule = {
  id: 'rfc3739.syntax-v1',
  requirement: 'RFC3739:3.2.6.1-syntaxv1',
  citation: { document: 'RFC 3739', clause: '3.2.6.1' },
  modal: 'advice',
  grounding: 'C',
  title: 'pkixQCSyntax-v2 is used, not pkixQCSyntax-v1, which it replaced in 2004',
  breach: 'pkixQCSyntax-v1 is used',
  why: 'software of today looks for the newer statement and finds no semantics',
  mend: 'have the certificate issued with 1.3.6.1.5.5.7.11.2',
  applies: ({ statements }) => statements !== null,
  check: ({ statements }, report) => {
    for (const statement of statements?.list ?? []) if (statement.oid === SYNTAX_V1) report(statementPlace(statement))
  },
}

const takesSemantics = takesStatements('SemanticsInformation')

/** RFC 3739 3.2.6.1. */
export const semanticsInformation: CertificateRule = {
  id: 'rfc3739.semantics-information',
  requirement: 'RFC3739:3.2.6.1-syntaxv2',
  citation: { document: 'RFC 3739', clause: '3.2.6.1' },
  modal: 'shall',
  grounding: 'C',
  title: 'SemanticsInformation of pkixQCSyntax-v2 has a semantics identifier or registration authorities',
  why: 'without it nobody can say in which grammar the identifier of the PSP is written',
  mend: 'have the certificate issued with SemanticsId-Legal, 0.4.0.194121.1.2, in SemanticsInformation',
  applies: ({ statements }) => statements?.has('SemanticsInformation') === true,
  codes: ['QC_STATEMENT_INFO', 'QC_STATEMENT_INVALID'],
  // The information itself may be left out: the statement then says that RFC 3739 holds.
  takes: (deviation, subject) => deviation.detail !== 'missing' && takesSemantics(deviation, subject),
}
