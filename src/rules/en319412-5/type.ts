import type { CertificateKind } from '../../eidas/kind.ts'
import { statementPlace, statementsPlace } from '../places.ts'
import { purposeOfPolicy } from '../qualified-policies.ts'
import { forEachStatement, takesStatement, takesStatements } from '../statements.ts'
import type { CertificateRule, CertificateSubject } from '../subject.ts'
import { en3194125Clause } from './citation.ts'

/** EN 319 412-5 QCS-5-01, 4.2.3. */
export const typePresent: CertificateRule = {
  id: 'en319412-5.type',
  requirement: 'EN319412-5:QCS-5-01-type',
  citation: en3194125Clause('QCS-5-01'),
  modal: 'shall',
  grounding: 'A',
  title: 'a certificate for seals or web sites has QcType',
  breach: 'QcType is missing',
  why: 'nothing says whether this is a QWAC or a QSealC: a bank takes it for neither',
  mend: 'have the certificate issued with QcType, 0.4.0.1862.1.6',
  applies: ({ qualified, type, extensions }) => qualified && type !== 'QESign' && extensions.qcStatements !== undefined,
  check: ({ certificate, statements }, report) => {
    if (statements?.has('QcType') !== true) report(statementsPlace(certificate))
  },
}

/** EN 319 412-5 4.2.3. */
export const typeOne: CertificateRule = {
  id: 'en319412-5.type-one',
  requirement: 'EN319412-5:4.2.3-one',
  citation: en3194125Clause('4.2.3'),
  modal: 'shall',
  grounding: 'A',
  title: 'QcType is a list of one purpose, one of those that the clause has',
  breach: 'QcType names a purpose that the clause does not have',
  why: 'a certificate for two purposes is for neither: one bank takes it as QWAC, the next as QSealC',
  mend: 'have a certificate issued for each purpose',
  applies: ({ statements }) => statements?.has('QcType') === true,
  codes: ['QC_STATEMENT_INFO', 'QC_STATEMENT_INVALID'],
  takes: takesStatements('QcType'),
  check: (subject, report) => {
    forEachStatement(subject, 'QcType', (statement, purposes) => {
      for (const purpose of purposes) {
        if (!purposesOfClause.has(purpose)) report(statementPlace(statement), { actual: purpose })
      }
    })
  },
}

const WEB = '0.4.0.1862.1.6.3'
const ESEAL = '0.4.0.1862.1.6.2'
const purposesOfClause: ReadonlySet<string> = new Set(['0.4.0.1862.1.6.1', ESEAL, WEB])

/** True where the certificate is audited as the type, or a policy of EN 319 411-2 says that it is of it. */
function isMeantAs(
  { type, kind, policies, statements }: CertificateSubject,
  wanted: CertificateKind,
  purpose: string,
): boolean {
  if (statements?.has('QcType') !== true) return false
  if (type === wanted) return true
  if (type !== kind) return false
  for (const policy of policies) if (purposeOfPolicy.get(policy) === purpose) return true
  return false
}

function purposeRule(
  id: string,
  requirement: string,
  wanted: CertificateKind,
  purpose: string,
  words: Pick<CertificateRule, 'title' | 'breach' | 'why' | 'mend'>,
): CertificateRule {
  return {
    id: `en319412-5.${id}`,
    requirement,
    citation: en3194125Clause('4.2.3'),
    modal: 'shall',
    grounding: 'A',
    ...words,
    applies: (subject) => isMeantAs(subject, wanted, purpose),
    check: (subject, report) => {
      forEachStatement(subject, 'QcType', (statement, purposes) => {
        if (purposes.length === 0 || purposes.includes(purpose)) return
        report(statementPlace(statement), { actual: purposes.join(', '), expected: purpose })
      })
    },
  }
}

/** EN 319 412-5 4.2.3. */
export const webPurpose = purposeRule('web', 'EN319412-5:4.2.3-web', 'QWAC', WEB, {
  title: 'QcType of a QWAC is web, 0.4.0.1862.1.6.3',
  breach: 'QcType is not web',
  why: 'a bank takes the certificate for a seal and refuses the TLS connection',
  mend: 'use the QWAC for TLS; where this is meant as one, have it issued with QcType web',
})

/** EN 319 412-5 4.2.3. */
export const sealPurpose = purposeRule('eseal', 'EN319412-5:4.2.3-eseal', 'QSealC', ESEAL, {
  title: 'QcType of a QSealC is eseal, 0.4.0.1862.1.6.2',
  breach: 'QcType is not eseal',
  why: 'a bank takes the certificate for that of a web site and refuses the seals made with it',
  mend: 'use the QSealC for seals; where this is meant as one, have it issued with QcType eseal',
})

/** EN 319 412-5 4.2.3. */
export const purposeCarrier: CertificateRule = {
  id: 'en319412-5.purpose-carrier',
  requirement: 'EN319412-5:4.2.3-not-id',
  citation: en3194125Clause('4.2.3'),
  modal: 'shall',
  grounding: 'A',
  title: 'a purpose stands inside QcType, never as a statement of its own',
  why: 'readers do not find it there: the certificate is neither QWAC nor QSealC to them',
  mend: 'have the certificate issued with the purpose inside the statement 0.4.0.1862.1.6',
  applies: ({ statements }) => statements !== null,
  codes: ['QC_STATEMENT_MISPLACED'],
  takes: takesStatement((oid) => oid.startsWith('0.4.0.1862.1.6.')),
}
