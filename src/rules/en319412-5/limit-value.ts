import { statementPlace } from '../places.ts'
import { forEachStatement, takesStatements } from '../statements.ts'
import type { CertificateRule, CertificateSubject } from '../subject.ts'
import { en3194125Clause } from './citation.ts'
import { isCurrency } from './currencies.ts'

function hasLimit({ statements }: CertificateSubject): boolean {
  return statements?.has('QcLimitValue') === true
}

/** EN 319 412-5 QCS-4.3.2-01. */
export const limitCurrency: CertificateRule = {
  id: 'en319412-5.limit-currency',
  requirement: 'EN319412-5:4.3.2-currency',
  citation: en3194125Clause('QCS-4.3.2-01'),
  modal: 'shall',
  grounding: 'A',
  title: 'QcLimitValue is an amount in a currency of ISO 4217',
  breach: 'the currency of QcLimitValue is none',
  why: 'a limit in no currency binds nobody: a bank cannot tell up to which amount it may rely on the certificate',
  mend: 'have the certificate issued with the letters of the currency, such as EUR',
  applies: hasLimit,
  codes: ['QC_STATEMENT_INFO', 'QC_STATEMENT_INVALID'],
  takes: takesStatements('QcLimitValue'),
  check: (subject, report) => {
    forEachStatement(subject, 'QcLimitValue', (statement, { currency }) => {
      if (!isCurrency(currency)) report(statementPlace(statement), { actual: String(currency) })
    })
  },
}

/** EN 319 412-5 QCS-4.3.2-02. */
export const limitAlphabetic: CertificateRule = {
  id: 'en319412-5.limit-alphabetic',
  requirement: 'EN319412-5:QCS-4.3.2-02-alpha',
  citation: en3194125Clause('QCS-4.3.2-02'),
  modal: 'should',
  grounding: 'A',
  title: 'the currency of QcLimitValue is written in letters',
  breach: 'the currency of QcLimitValue is a number',
  why: 'people who read the certificate do not know the numbers of currencies',
  mend: 'have the certificate issued with the letters of the currency, such as EUR for 978',
  applies: hasLimit,
  check: (subject, report) => {
    forEachStatement(subject, 'QcLimitValue', (statement, { currency }) => {
      if (typeof currency === 'number') report(statementPlace(statement), { actual: String(currency) })
    })
  },
}

/** EN 319 412-5 4.3.2: the exponent may be negative, the amount not. */
export const limitAmount: CertificateRule = {
  id: 'en319412-5.limit-amount',
  requirement: 'EN319412-5:4.3.2-amount',
  citation: en3194125Clause('4.3.2'),
  modal: 'shall',
  grounding: 'B',
  title: 'the amount of QcLimitValue is not negative',
  breach: 'the amount of QcLimitValue is negative',
  why: 'under a negative limit no transaction is allowed at all',
  mend: 'have the certificate issued with the amount up to which it may be relied on',
  applies: hasLimit,
  check: (subject, report) => {
    forEachStatement(subject, 'QcLimitValue', (statement, { amount }) => {
      if (amount < 0) report(statementPlace(statement), { actual: String(amount) })
    })
  },
}
