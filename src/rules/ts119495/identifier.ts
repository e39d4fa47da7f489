import { ORGANIZATION_IDENTIFIER } from '../../eidas/attributes.ts'
import type { OrganizationIdentifier } from '../../eidas/organization-identifier.ts'
import { attributePlace, identifierPlace, namePlace } from '../places.ts'
import type { Report } from '../rule.ts'
import type { CertificateRule, CertificateSubject } from '../subject.ts'
import { ts119495Clause } from './citation.ts'
import { editions } from './editions.ts'
import { isInternational, isPsp } from './parts.ts'

/** The only organizationIdentifier of the subject. */
function identifierOf({ attributes }: CertificateSubject): OrganizationIdentifier | null {
  return attributes.organizationIdentifier
}

/** A national authority gives the number: international institutions have none. */
function wantsPsd(subject: CertificateSubject): boolean {
  if (!isPsp(subject) || identifierOf(subject) === null) return false
  return subject.psd2Statement === undefined || !isInternational(subject)
}

const present: CertificateRule = {
  id: 'ts119495.identifier-present',
  requirement: 'TS119495:GEN-5.2.1-1-orgid-present',
  citation: ts119495Clause('GEN-5.2.1-1'),
  modal: 'shall',
  grounding: 'B',
  title: 'the subject has one organizationIdentifier',
  why: 'it is the name under which a bank registers the provider and asks the register',
  mend: 'have the certificate issued with exactly one organizationIdentifier',
  applies: isPsp,
  check: ({ certificate }, report) => {
    const [first, second] = certificate.subject.all(ORGANIZATION_IDENTIFIER)
    if (first === undefined) {
      report(namePlace(certificate, 'subject'), { message: 'there is no organizationIdentifier' })
    } else if (second !== undefined) {
      const message = 'there is more than one organizationIdentifier: none is taken'
      report(attributePlace(certificate, 'subject', second), { message, actual: second.text })
    }
  },
}

function checkForm(subject: CertificateSubject, report: Report): void {
  const { scheme, problem, value } = identifierOf(subject) as OrganizationIdentifier
  // Another rule has the country; the number has no limits (numbers of Malta have a space): what it may do in paths is not
  // the question of this clause.
  const isOther = problem === 'country-unknown' || problem === 'reference-form'
  if (scheme === 'PSD' && (problem === undefined || isOther)) return
  report(identifierPlace(subject.certificate), {
    message: problem === undefined ? 'organizationIdentifier is of another scheme than PSD' : problems[problem],
    actual: value,
    expected: 'such as PSDFR-ACPR-12345',
  })
}

const problems = {
  characters: 'organizationIdentifier has a character that is not graphic ASCII and may look like one that is',
  scheme: 'organizationIdentifier begins with no known scheme',
  'country-form': 'the country of organizationIdentifier is not two capital letters',
  'country-unknown': 'the country of organizationIdentifier is not assigned',
  'hyphen-missing': 'organizationIdentifier lacks a hyphen',
  'authority-form': 'the authority of organizationIdentifier is not two to eight capital letters',
  'reference-empty': 'organizationIdentifier ends before the number',
  'reference-form':
    'the number of organizationIdentifier is too long, or has a character that paths and names must escape',
} as const

const formCommon = {
  title: 'organizationIdentifier is PSD, country, hyphen, authority, hyphen, authorization number',
  why: 'banks take it apart to know the authority and the number; most take no other form',
  mend: 'have the certificate issued with the number that the authority gave, such as PSDFR-ACPR-12345',
  applies: wantsPsd,
  check: checkForm,
} as const

const formOld: CertificateRule = {
  ...formCommon,
  id: 'ts119495.identifier-form-until-2021',
  requirement: 'TS119495:GEN-5.2.1-3-psd-old',
  citation: ts119495Clause('GEN-5.2.1-3', '1.4.1'),
  modal: 'shall',
  grounding: 'A',
  effective: { until: editions['1.5.1'] },
}

const formNew: CertificateRule = {
  ...formCommon,
  id: 'ts119495.identifier-form',
  requirement: 'TS119495:GEN-5.2.1-3-psd-new',
  citation: ts119495Clause('GEN-5.2.1-3', '1.5.1'),
  modal: 'should',
  grounding: 'A',
  effective: { from: editions['1.5.1'] },
}

const country: CertificateRule = {
  id: 'ts119495.identifier-country',
  requirement: 'TS119495:GEN-5.2.1-3-country',
  citation: ts119495Clause('GEN-5.2.1-3'),
  modal: 'shall',
  grounding: 'A',
  title: 'the country of a PSD identifier is two letters that ISO 3166-1 assigns',
  why: 'the bank asks the register of that country',
  mend: 'use the code of the country: GR for Greece, GB for the United Kingdom',
  applies: (subject) => isPsp(subject) && identifierOf(subject)?.scheme === 'PSD',
  check: (subject, report) => {
    const { problem, value } = identifierOf(subject) as OrganizationIdentifier
    if (problem !== 'country-form' && problem !== 'country-unknown') return
    report(identifierPlace(subject.certificate), { message: problems[problem], actual: value })
  },
}

/** TS 119 495 clause 5.2.1. */
export const identifierRules: readonly CertificateRule[] = [present, formOld, formNew, country]
