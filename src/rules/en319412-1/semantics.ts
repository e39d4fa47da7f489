import { statementPlace } from '../places.ts'
import { takesStatement } from '../statements.ts'
import type { CertificateRule } from '../subject.ts'
import { en3194121Clause, semanticsId } from './citation.ts'
import { isNationalScheme } from './identifier.ts'

const values: ReadonlySet<string> = new Set(Object.values(semanticsId))

/** EN 319 412-1 clause 5. */
export const semanticsCarrier: CertificateRule = {
  id: 'en319412-1.semantics-carrier',
  requirement: 'EN319412-1:5-semantics-carrier',
  citation: en3194121Clause('5'),
  modal: 'shall',
  grounding: 'B',
  title: 'a semantics identifier stands inside SemanticsInformation, never as a statement of its own',
  why: 'readers do not find it there, and the grammar of the identifier stays unknown',
  mend: 'have the certificate issued with the identifier inside the statement 1.3.6.1.5.5.7.11.2',
  applies: ({ statements }) => statements !== null,
  codes: ['QC_STATEMENT_MISPLACED'],
  takes: takesStatement((oid) => values.has(oid)),
}

/** EN 319 412-1 5.1.3 against 5.1.4. */
export const naturalSemantics: CertificateRule = {
  id: 'en319412-1.natural-semantics',
  requirement: 'EN319412-1:5.1-nat-not-leg',
  citation: en3194121Clause('5.1.3'),
  modal: 'advice',
  grounding: 'C',
  title: 'a certificate of a legal person does not claim the semantics of natural persons',
  breach: 'the certificate claims the semantics of natural persons',
  why: 'its identifier would be read as that of a person, such as a passport number',
  mend: 'have the certificate issued with SemanticsId-Legal, 0.4.0.194121.1.2',
  applies: ({ legal, semantics }) => legal && semantics.length > 0,
  check: ({ semantics }, report) => {
    for (const statement of semantics) {
      if (statement.decoded?.semanticsIdentifier === semanticsId.natural) report(statementPlace(statement))
    }
  },
}

/** What a national scheme needs, under one of the semantics. */
export function registrationAuthoritiesFor(
  semantics: string,
): Pick<CertificateRule, 'modal' | 'grounding' | 'title' | 'why' | 'mend' | 'check'> {
  return {
    modal: 'shall',
    grounding: 'B',
    title: 'an identifier of a national scheme comes with the URI of who registers it, in nameRegistrationAuthorities',
    why: 'two letters of a national scheme mean nothing without the register that they belong to',
    mend: 'have the certificate issued with the URI of the register in SemanticsInformation',
    check: (subject, report) => {
      for (const statement of subject.semantics) {
        const { semanticsIdentifier, nameRegistrationAuthorities = [] } = statement.decoded ?? {}
        if (semanticsIdentifier !== semantics) continue
        if (nameRegistrationAuthorities.some(({ kind }) => kind === 'uniformResourceIdentifier')) continue
        report(statementPlace(statement), {
          message:
            nameRegistrationAuthorities.length === 0
              ? 'nameRegistrationAuthorities is missing beside an identifier of a national scheme'
              : 'nameRegistrationAuthorities has no URI',
        })
      }
    },
  }
}

/** EN 319 412-1 LEG-5.1.4-05. */
export const registrationAuthorities: CertificateRule = {
  ...registrationAuthoritiesFor(semanticsId.legal),
  id: 'en319412-1.registration-authorities',
  requirement: 'EN319412-1:LEG-5.1.4-05-nra',
  citation: en3194121Clause('LEG-5.1.4-05'),
  applies: ({ subjectName, semantics }) =>
    semantics.some(({ decoded }) => decoded?.semanticsIdentifier === semanticsId.legal) &&
    subjectName.organizationIdentifier.some(({ text }) => isNationalScheme(text)),
}
