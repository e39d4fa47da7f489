import { compareCountry } from '../../eidas/attributes.ts'
import { isCountry } from '../../eidas/countries.ts'
import { isLegal } from '../applies.ts'
import { repeated } from '../en319412-2/issuer-name.ts'
import type { FoundAttributes } from '../lookup.ts'
import { attributePlace, namePlace } from '../places.ts'
import type { CertificateRule } from '../subject.ts'
import { en3194123Clause } from './citation.ts'

/** LEG-4.2.1-2: attributes that the subject has. */
function required(
  id: string,
  requirement: string,
  attribute: keyof FoundAttributes,
  why: string,
  mend: string,
): CertificateRule {
  return {
    id: `en319412-3.${id}`,
    requirement,
    citation: en3194123Clause('LEG-4.2.1-2'),
    modal: 'shall',
    grounding: 'A',
    title: `the subject has ${attribute}`,
    why,
    mend,
    applies: isLegal,
    check: ({ certificate, subjectName }, report) => {
      if (subjectName[attribute].length > 0) return
      report(namePlace(certificate, 'subject'), { message: `${attribute} is missing` })
    },
  }
}

export const subjectCountry = required(
  'country',
  'EN319412-3:LEG-4.2.1-2-C',
  'countryName',
  'a bank cannot tell where the PSP is established',
  'have the certificate issued with the country in which the PSP is established',
)

export const subjectOrganization = required(
  'organization',
  'EN319412-3:LEG-4.2.1-2-O',
  'organizationName',
  'a bank cannot tell who the PSP is, and cannot show it to its customers',
  'have the certificate issued with the registered name of the PSP',
)

export const subjectIdentifier = required(
  'organization-identifier',
  'EN319412-3:LEG-4.2.1-2-organizationIdentifier',
  'organizationIdentifier',
  'a bank finds the PSP in registers by this identifier alone',
  'have the certificate issued with organizationIdentifier, for a PSP such as PSDFR-ACPR-12345',
)

export const subjectCommonName = required(
  'common-name',
  'EN319412-3:LEG-4.2.1-2-CN',
  'commonName',
  'people and much software know a certificate by commonName',
  'have the certificate issued with a name by which the PSP is known',
)

/** EN 319 412-3 LEG-4.2.1-3. */
export const subjectSingle: CertificateRule = {
  id: 'en319412-3.single',
  requirement: 'EN319412-3:LEG-4.2.1-3-single',
  citation: en3194123Clause('LEG-4.2.1-3'),
  modal: 'shall',
  grounding: 'A',
  title: 'the subject has each of countryName, organizationName, organizationIdentifier and commonName once at most',
  why: 'of two values one bank takes the first, another the last: the PSP is two',
  mend: 'have the certificate issued with one value of each',
  applies: isLegal,
  check: ({ certificate, subjectName }, report) => {
    for (const attributes of [
      subjectName.countryName,
      subjectName.organizationName,
      subjectName.organizationIdentifier,
      subjectName.commonName,
    ]) {
      for (let i = 1; i < attributes.length; i++) {
        const attribute = attributes[i]
        if (attribute === undefined) continue
        report(attributePlace(certificate, 'subject', attribute), { message: `${attribute.type} occurs again` })
      }
    }
  },
}

/** EN 319 412-3 LEG-4.2.1-4. */
export const countryAssigned: CertificateRule = {
  id: 'en319412-3.country-assigned',
  requirement: 'EN319412-3:LEG-4.2.1-4-country',
  citation: en3194123Clause('LEG-4.2.1-4'),
  modal: 'shall',
  grounding: 'A',
  title: 'countryName is an assigned code of ISO 3166-1',
  breach: 'countryName is no assigned code',
  why: 'a bank cannot tell where the PSP is established, and which law holds',
  mend: 'have the certificate issued with the code of the country, such as GB for the United Kingdom and GR for Greece',
  applies: ({ legal, subjectName }) => legal && subjectName.countryName.length > 0,
  check: ({ certificate, subjectName }, report) => {
    for (const attribute of subjectName.countryName) {
      const { text } = attribute
      if (!isCountry(text)) report(attributePlace(certificate, 'subject', attribute), { actual: text })
    }
  },
}

/** EN 319 412-3 LEG-4.2.1-4: where a PSP is established no certificate shows, but its authority is seldom elsewhere. */
export const authorityCountry: CertificateRule = {
  id: 'en319412-3.country-of-authority',
  requirement: 'EN319412-3:LEG-4.2.1-4-country',
  citation: en3194123Clause('LEG-4.2.1-4'),
  modal: 'advice',
  grounding: 'A',
  title: 'countryName of a PSP is the country of its competent authority',
  breach: 'countryName is not the country of the authority',
  why: 'right where the PSP is established elsewhere; else one of the two is wrong, and a bank asks',
  mend: 'nothing, where the PSP is established in that country; else have the certificate issued with the right one',
  applies: ({ psd2, type, attributes }) =>
    psd2 && type !== 'CA' && (attributes.ncaId !== null || attributes.organizationIdentifier !== null),
  check: ({ certificate, attributes, subjectName }, report) => {
    const mismatch = compareCountry(certificate, attributes)
    const [attribute] = subjectName.countryName
    if (mismatch === undefined || attribute === undefined) return
    report(attributePlace(certificate, 'subject', attribute), { actual: mismatch.detail ?? attribute.text })
  },
}

/** EN 319 412-3 LEG-4.2.1-6. */
export const identifierDiffers: CertificateRule = {
  id: 'en319412-3.identifier-differs',
  requirement: 'EN319412-3:LEG-4.2.1-6-orgid-ne',
  citation: en3194123Clause('LEG-4.2.1-6'),
  modal: 'shall',
  grounding: 'A',
  title: 'organizationIdentifier of the subject is not its organizationName again',
  breach: 'organizationIdentifier repeats organizationName',
  why: 'a name is no registration number: the PSP cannot be looked up anywhere',
  mend: 'have the certificate issued with the number that the authority gave, or with the registered name',
  applies: ({ legal, subjectName }) => legal && subjectName.organizationIdentifier.length > 0,
  check: ({ certificate, subjectName }, report) => {
    for (const identifier of repeated(subjectName)) report(attributePlace(certificate, 'subject', identifier))
  },
}
