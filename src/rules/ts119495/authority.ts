import { findAuthority, findAuthorityByAlias } from '../../eidas/authorities.ts'
import { isCountry } from '../../eidas/countries.ts'
import type { CertificateRule, CertificateSubject } from '../subject.ts'
import { ts119495Clause } from './citation.ts'
import { editions } from './editions.ts'
import { hasPsd2Statement, isInternational, ncaIdPlace, ncaNamePlace, psd2Of } from './parts.ts'

/** The rules for nCAId are not for institutions without a competent authority. */
function isNational(subject: CertificateSubject): boolean {
  return hasPsd2Statement(subject) && !isInternational(subject)
}

function ofInstitution(subject: CertificateSubject): boolean {
  return hasPsd2Statement(subject) && isInternational(subject)
}

const NOT_APPLICABLE = 'NA'
const latinText = /^[\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]*$/u

const latin: CertificateRule = {
  id: 'ts119495.nca-name-latin',
  requirement: 'TS119495:GEN-5.2.3-1-latin',
  citation: ts119495Clause('GEN-5.2.3-1'),
  modal: 'shall',
  grounding: 'A',
  title: 'nCAName is in Latin letters, accents included',
  why: 'people at a bank of another country must be able to read who is competent',
  mend: 'have the name of the authority written in Latin letters',
  applies: hasPsd2Statement,
  check: (subject, report) => {
    const { ncaName } = psd2Of(subject)
    if (latinText.test(ncaName)) return
    report(ncaNamePlace(subject), { message: 'nCAName has letters of another script', actual: ncaName })
  },
}

const nameNotApplicable: CertificateRule = {
  id: 'ts119495.nca-name-na',
  requirement: 'TS119495:GEN-5.2.3-1A-na',
  citation: ts119495Clause('GEN-5.2.3-1A', '1.8.1'),
  modal: 'shall',
  grounding: 'A',
  title: 'nCAName is NA for an international institution, and for it alone',
  why: 'NA tells the bank that no national authority is competent: of a national provider that is not true',
  mend: 'use NA with the roles PSP_CB and PSP_PA, and the name of the authority with all others',
  effective: { from: editions['1.8.1'] },
  applies: hasPsd2Statement,
  check: (subject, report) => {
    const { ncaName } = psd2Of(subject)
    const international = isInternational(subject)
    if ((ncaName === NOT_APPLICABLE) === international) return
    report(ncaNamePlace(subject), {
      message: international ? 'an institution of no single country names an authority' : 'nCAName is NA',
      actual: ncaName,
      expected: international ? NOT_APPLICABLE : 'the name of the competent authority',
    })
  },
}

const idNotApplicable: CertificateRule = {
  id: 'ts119495.nca-id-na',
  requirement: 'TS119495:GEN-5.2.3-5-na',
  citation: ts119495Clause('GEN-5.2.3-5', '1.8.1'),
  modal: 'shall',
  grounding: 'A',
  title: 'nCAId is NA for an international institution',
  why: 'an authority in the statement makes the bank look the provider up where it is not registered',
  mend: 'have the certificate issued with NA as nCAId',
  effective: { from: editions['1.8.1'] },
  applies: ofInstitution,
  check: (subject, report) => {
    const { ncaId } = psd2Of(subject)
    if (ncaId === NOT_APPLICABLE) return
    report(ncaIdPlace(subject), {
      message: 'an institution of no single country has an nCAId',
      actual: ncaId,
      expected: NOT_APPLICABLE,
    })
  },
}

const idShape: CertificateRule = {
  id: 'ts119495.nca-id-form',
  requirement: 'TS119495:GEN-5.2.3-2-shape',
  citation: ts119495Clause('GEN-5.2.3-2'),
  modal: 'shall',
  grounding: 'A',
  title: 'nCAId is two capital letters, a hyphen, and two to eight capital letters',
  why: 'a bank looks the authority up by this text: in another form it is not found',
  mend: 'use the identifier of the authority, for example FR-ACPR',
  applies: isNational,
  check: (subject, report) => {
    const { ncaId } = psd2Of(subject)
    if (/^[A-Z]{2}-[A-Z]{2,8}$/.test(ncaId)) return
    report(ncaIdPlace(subject), { actual: ncaId, expected: 'such as FR-ACPR' })
  },
}

const idCountry: CertificateRule = {
  id: 'ts119495.nca-id-country',
  requirement: 'TS119495:GEN-5.2.3-2-iso',
  citation: ts119495Clause('GEN-5.2.3-2'),
  modal: 'shall',
  grounding: 'A',
  title: 'the country of nCAId is assigned in ISO 3166-1',
  why: 'the bank asks the register of that country',
  mend: 'use the code of the country: GR for Greece, GB for the United Kingdom',
  applies: isNational,
  check: (subject, report) => {
    const { ncaId } = psd2Of(subject)
    const country = /^([A-Z]{2})-/.exec(ncaId)?.[1]
    if (country === undefined || isCountry(country)) return
    report(ncaIdPlace(subject), { message: 'nCAId names a country that is not assigned', actual: country })
  },
}

const published: CertificateRule = {
  id: 'ts119495.nca-id-published',
  requirement: 'TS119495:GEN-5.2.3-3-unique',
  citation: ts119495Clause('GEN-5.2.3-3'),
  modal: 'shall',
  severity: 'warning',
  grounding: 'B',
  title: 'nCAId is one that the authority published',
  why: 'a bank that keeps the list of the EBA does not know any other; lists change, so this is no error',
  mend: 'use the identifier of the list of the EBA, or show where the authority published this one',
  applies: isNational,
  check: (subject, report) => {
    const { ncaId } = psd2Of(subject)
    if (findAuthority(ncaId) !== undefined) return
    const meant = findAuthorityByAlias(ncaId)
    report(ncaIdPlace(subject), {
      message: 'no list of authorities has this nCAId',
      actual: ncaId,
      ...(meant === undefined ? {} : { expected: meant.ncaId }),
    })
  },
}

const same: CertificateRule = {
  id: 'ts119495.nca-id-of-identifier',
  requirement: 'TS119495:GEN-5.2.3-4-same',
  citation: ts119495Clause('GEN-5.2.3-4'),
  modal: 'shall',
  grounding: 'B',
  title: 'nCAId is country and authority of the PSD organizationIdentifier',
  why: 'a bank must know which of two authorities to ask about the provider',
  mend: 'have both name the same country and authority',
  applies: (subject) => isNational(subject) && subject.attributes.organizationIdentifier?.scheme === 'PSD',
  check: (subject, report) => {
    const { ncaId } = psd2Of(subject)
    const expected = subject.attributes.organizationIdentifier?.ncaId ?? undefined
    if (expected === undefined || expected === ncaId) return
    report(ncaIdPlace(subject), { message: 'nCAId is not the authority of the identifier', actual: ncaId, expected })
  },
}

const inForce: CertificateRule = {
  id: 'ts119495.nca-id-in-force',
  requirement: 'TS119495:AnnexD-list',
  citation: ts119495Clause('Annex D'),
  modal: 'advice',
  grounding: 'A',
  title: 'nCAId is the one that the lists had for the country when the certificate was issued',
  why: 'a bank that keeps the current list does not know the code of a former authority',
  mend: 'use the code that took its place',
  applies: (subject) => isNational(subject) && findAuthority(psd2Of(subject).ncaId) !== undefined,
  check: (subject, report) => {
    const { until, supersededBy, ncaId } = findAuthority(psd2Of(subject).ncaId) ?? {}
    if (until === undefined || subject.certificate.validity.notBefore.getTime() < Date.parse(until)) return
    report(ncaIdPlace(subject), {
      message: `the lists have this nCAId no more since ${until}`,
      actual: ncaId as string,
      ...(supersededBy === undefined ? {} : { expected: supersededBy }),
    })
  },
}

const hyphen: CertificateRule = {
  id: 'ts119495.nca-id-hyphen',
  requirement: 'TS119495:AnnexD-hyphen',
  citation: ts119495Clause('Annex D'),
  modal: 'shall',
  grounding: 'A',
  title: 'the underscore of a code of the EBA register is a hyphen in nCAId',
  why: 'the register writes FR_ACPR, certificates FR-ACPR: a bank compares the second',
  mend: 'write the hyphen U+002D',
  applies: isNational,
  check: (subject, report) => {
    const { ncaId } = psd2Of(subject)
    if (!ncaId.includes('_')) return
    report(ncaIdPlace(subject), {
      message: 'nCAId has an underscore',
      actual: ncaId,
      expected: ncaId.replaceAll('_', '-'),
    })
  },
}

/** TS 119 495 clause 5.2.3 and Annex D. */
export const authorityRules: readonly CertificateRule[] = [
  latin,
  nameNotApplicable,
  idShape,
  idCountry,
  published,
  same,
  idNotApplicable,
  inForce,
  hyphen,
]
