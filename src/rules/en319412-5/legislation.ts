import { isCountry } from '../../eidas/countries.ts'
import { statementPlace } from '../places.ts'
import { forEachStatement, takesStatements } from '../statements.ts'
import type { CertificateRule } from '../subject.ts'
import { en3194125Clause } from './citation.ts'
import { isEuropean } from './european.ts'

/** EN 319 412-5 QCS-4.2.1-01, QCS-4.2.4-01. */
export const ccLegislation: CertificateRule = {
  id: 'en319412-5.cc-legislation',
  requirement: 'EN319412-5:QCS-5-01-cclegis',
  citation: en3194125Clause('QCS-4.2.4-01'),
  modal: 'shall',
  grounding: 'A',
  title: 'a certificate that is qualified in the Union has no QcCClegislation',
  breach: 'QcCClegislation is there',
  why: 'the statement says that the certificate is qualified under the law of another country: PSD2 does not know it',
  mend: 'have the certificate issued without the statement, by a QTSP of a European trusted list',
  // An issuer of the Union, or a PSP under PSD2: another law cannot be meant.
  applies: ({ qualified, psd2, statements, issuerName }) =>
    qualified && statements !== null && (psd2 || issuerName.countryName.some(({ text }) => isEuropean(text))),
  check: ({ statements }, report) => {
    if (statements?.has('QcCClegislation') !== true) return
    for (const statement of statements.all('QcCClegislation')) {
      report(statementPlace(statement), {
        ...(statement.decoded === undefined ? {} : { actual: statement.decoded.join(', ') }),
      })
    }
  },
}

/** EN 319 412-5 4.2.4. */
export const ccLegislationCodes: CertificateRule = {
  id: 'en319412-5.cc-legislation-codes',
  requirement: 'EN319412-5:4.2.4-syntax',
  citation: en3194125Clause('4.2.4'),
  modal: 'shall',
  grounding: 'A',
  title: 'QcCClegislation is a list of assigned codes of ISO 3166-1, with one at least',
  breach: 'QcCClegislation names no country',
  why: 'nobody can tell under which law the certificate is qualified',
  mend: 'have the certificate issued with the codes of the countries, or without the statement',
  applies: ({ statements }) => statements?.has('QcCClegislation') === true,
  codes: ['QC_STATEMENT_INFO', 'QC_STATEMENT_INVALID'],
  takes: takesStatements('QcCClegislation'),
  check: (subject, report) => {
    forEachStatement(subject, 'QcCClegislation', (statement, countries) => {
      for (const country of countries) {
        // Those of another length were recorded by the reader.
        if (country.length === 2 && !isCountry(country)) report(statementPlace(statement), { actual: country })
      }
    })
  },
}

/** EN 319 412-5 QCS-4.2.5-01. */
export const qscdLegislation: CertificateRule = {
  id: 'en319412-5.qscd-legislation',
  requirement: 'EN319412-5:QCS-4.2.5-01-qscdlegis',
  citation: en3194125Clause('QCS-4.2.5-01'),
  modal: 'shall',
  grounding: 'A',
  title: 'QcQSCDlegislation is a list of assigned codes of countries outside of the Union and the EEA',
  breach: 'QcQSCDlegislation names a country of the Union or EEA, or none',
  why: 'for devices under European law the statement has no meaning: what is certified cannot be told',
  mend: 'have the certificate issued without the statement, or with the country whose law certified the device',
  applies: ({ statements }) => statements?.has('QcQSCDlegislation') === true,
  codes: ['QC_STATEMENT_INFO', 'QC_STATEMENT_INVALID'],
  takes: takesStatements('QcQSCDlegislation'),
  check: (subject, report) => {
    forEachStatement(subject, 'QcQSCDlegislation', (statement, countries) => {
      for (const country of countries) {
        if (country.length !== 2) continue
        if (isEuropean(country) || !isCountry(country)) report(statementPlace(statement), { actual: country })
      }
    })
  },
}
