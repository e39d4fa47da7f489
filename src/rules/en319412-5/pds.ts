import type { PdsLocation } from '../../eidas/qc-statements/pds.ts'
import type { QcStatement } from '../../eidas/qc-statements/read.ts'
import { statementsPlace } from '../places.ts'
import type { Breach, Place } from '../rule.ts'
import { forEachStatement, takesStatements } from '../statements.ts'
import type { CertificateRule, CertificateSubject } from '../subject.ts'
import { en3194125Clause } from './citation.ts'
import { isLanguage } from './languages.ts'

function hasPds({ statements }: CertificateSubject): boolean {
  return statements?.has('QcPDS') === true
}

function locationPlace({ path, offset, length }: QcStatement, index: number, field: string): Place {
  return { path: `${path}.statementInfo[${index}].${field}`, offset, length }
}

/** Says of every location what `judge` finds wrong with it. */
function each(
  field: 'url' | 'language',
  judge: (location: PdsLocation, index: number, all: readonly PdsLocation[]) => Breach | undefined,
): NonNullable<CertificateRule['check']> {
  return (subject, report) => {
    forEachStatement(subject, 'QcPDS', (statement, locations) => {
      for (let index = 0; index < locations.length; index++) {
        const location = locations[index]
        const breach = location === undefined ? undefined : judge(location, index, locations)
        if (breach !== undefined) report(locationPlace(statement, index, field), breach)
      }
    })
  }
}

/** EN 319 412-5 4.3.4. */
export const pdsSyntax: CertificateRule = {
  id: 'en319412-5.pds-syntax',
  requirement: 'EN319412-5:4.3.4-pds-syntax',
  citation: en3194125Clause('4.3.4'),
  modal: 'shall',
  grounding: 'A',
  title: 'QcPDS is a list of addresses in IA5String, each with a language of two letters in PrintableString',
  why: 'software that reads the statement as it is defined finds no disclosure statement, or refuses the certificate',
  mend: 'have the certificate issued with the types that the clause gives',
  applies: hasPds,
  codes: ['QC_STRING_TYPE', 'QC_STATEMENT_INFO', 'QC_STATEMENT_INVALID'],
  takes: takesStatements('QcPDS'),
}

/** EN 319 412-5 QCS-4.3.4-01. */
export const pdsLanguage: CertificateRule = {
  id: 'en319412-5.pds-language',
  requirement: 'EN319412-5:QCS-4.3.4-01-lang',
  citation: en3194125Clause('QCS-4.3.4-01'),
  modal: 'shall',
  grounding: 'A',
  title: 'languages of QcPDS are codes of ISO 639-1',
  breach: 'the language of a QcPDS location is none',
  why: 'software cannot choose the statement in the language of its user',
  mend: 'have the certificate issued with the code of the language, such as en',
  applies: hasPds,
  // Those of another length were recorded by the reader.
  check: each('language', ({ language }) =>
    language.length !== 2 || isLanguage(language.toLowerCase()) ? undefined : { actual: language },
  ),
}

/** EN 319 412-5 QCS-4.3.4-01: ISO 639-1 has small letters. */
export const pdsLanguageCase: CertificateRule = {
  id: 'en319412-5.pds-language-case',
  requirement: 'EN319412-5:QCS-4.3.4-01-lang',
  citation: en3194125Clause('QCS-4.3.4-01'),
  modal: 'advice',
  grounding: 'A',
  title: 'languages of QcPDS are in lower case',
  breach: 'the language of a QcPDS location is not in lower case',
  why: 'software that compares letter for letter does not find the language',
  mend: 'have the certificate issued with lower case, as ISO 639-1 has it',
  applies: hasPds,
  check: each('language', ({ language }) =>
    language === language.toLowerCase() ? undefined : { actual: language, expected: language.toLowerCase() },
  ),
}

/** EN 319 412-5 QCS-4.3.4-03. */
export const pdsHttps: CertificateRule = {
  id: 'en319412-5.pds-https',
  requirement: 'EN319412-5:QCS-4.3.4-03-https',
  citation: en3194125Clause('QCS-4.3.4-03'),
  modal: 'shall',
  grounding: 'A',
  title: 'addresses of QcPDS are under https',
  breach: 'the address of a QcPDS location is not under https',
  why: 'who reads the statement over http cannot be sure that it is that of the QTSP',
  mend: 'have the certificate issued with an https address',
  applies: hasPds,
  check: each('url', ({ url }) =>
    url.slice(0, 8).toLowerCase() === 'https://' ? undefined : { actual: url, expected: 'https://...' },
  ),
}

/** Editions before V2.5.1 of 2025-06 had QcPDS as mandatory, by general knowledge: hence a warning. */
export const pdsPresent: CertificateRule = {
  id: 'en319412-5.pds',
  requirement: 'EN319412-5:QCS-5-01-pds-en',
  citation: en3194125Clause('QCS-5-01', '2.4.1'),
  modal: 'should',
  grounding: 'C',
  title: 'a qualified certificate from before June 2025 has QcPDS',
  breach: 'QcPDS is missing',
  why: 'nobody is told for what and up to which amount the QTSP answers',
  mend: 'newer certificates may do without: nothing to mend where the certificate ends soon',
  effective: { until: '2025-06-01' },
  applies: ({ qualified, extensions }) => qualified && extensions.qcStatements !== undefined,
  check: (subject, report) => {
    if (!hasPds(subject)) report(statementsPlace(subject.certificate))
  },
}

/** EN 319 412-5 QCS-5-01, row 4.3.4 a. */
export const pdsEnglish: CertificateRule = {
  id: 'en319412-5.pds-english',
  requirement: 'EN319412-5:QCS-5-01-pds-en',
  citation: en3194125Clause('QCS-5-01'),
  modal: 'shall',
  grounding: 'A',
  title: 'one location of QcPDS is in English',
  breach: 'no location of QcPDS is in English',
  why: 'a bank in another country cannot read for what the QTSP answers',
  mend: 'have the certificate issued with a location in English',
  applies: (subject) => subject.qualified && hasPds(subject),
  check: (subject, report) => {
    forEachStatement(subject, 'QcPDS', ({ path, offset, length }, locations) => {
      if (locations.some(({ language }) => language === 'en' || language.toLowerCase() === 'en')) return
      report({ path, offset, length }, { actual: locations.map(({ language }) => language).join(', '), expected: 'en' })
    })
  },
}

/** EN 319 412-5 QCS-5-01, row 4.3.4 b. */
export const pdsDuplicate: CertificateRule = {
  id: 'en319412-5.pds-duplicate',
  requirement: 'EN319412-5:QCS-5-01-pds-dup',
  citation: en3194125Clause('QCS-5-01'),
  modal: 'shall',
  grounding: 'A',
  title: 'no two locations of QcPDS are in one language',
  breach: 'a language of QcPDS occurs again',
  why: 'of two statements in one language nobody knows which holds',
  mend: 'have the certificate issued with one location for each language',
  applies: (subject) => subject.qualified && hasPds(subject),
  check: (subject, report) => {
    forEachStatement(subject, 'QcPDS', (statement, locations) => {
      if (locations.length < 2) return
      const seen = new Set<string>()
      for (const [index, { language }] of locations.entries()) {
        const code = language.toLowerCase()
        if (seen.has(code)) report(locationPlace(statement, index, 'language'), { actual: language })
        seen.add(code)
      }
    })
  },
}
