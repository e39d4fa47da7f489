import { isEtsi, isForPersons } from '../applies.ts'
import type { FoundAttributes } from '../lookup.ts'
import { attributePlace, namePlace } from '../places.ts'
import type { CertificateRule } from '../subject.ts'
import { en3194122Clause } from './citation.ts'

/** GEN-4.2.3.1-2: attributes that the name of an issuer has. */
function required(
  id: string,
  requirement: string,
  attribute: keyof FoundAttributes,
  name: string,
  why: string,
): CertificateRule {
  return {
    id: `en319412-2.${id}`,
    requirement,
    citation: en3194122Clause('GEN-4.2.3.1-2'),
    modal: 'shall',
    grounding: 'A',
    title: `the issuer names its ${name}`,
    why,
    mend: 'the QTSP must issue from an authority whose name is complete: ask it for a certificate from another one',
    applies: isEtsi,
    check: ({ certificate, issuerName }, report) => {
      if (issuerName[attribute].length === 0)
        report(namePlace(certificate, 'issuer'), { message: `${name} is missing` })
    },
  }
}

export const issuerCountry = required(
  'issuer-country',
  'EN319412-2:GEN-4.2.3.1-2-issuer-C',
  'countryName',
  'countryName',
  'the country says in which trusted list the issuer must stand',
)

export const issuerOrganization = required(
  'issuer-organization',
  'EN319412-2:GEN-4.2.3.1-2-issuer-O',
  'organizationName',
  'organizationName',
  'without its organization nobody can tell which QTSP issued the certificate',
)

export const issuerCommonName = required(
  'issuer-common-name',
  'EN319412-2:GEN-4.2.3.1-2-issuer-CN',
  'commonName',
  'commonName',
  'people tell the authorities of one QTSP apart by commonName',
)

/** EN 319 412-2 GEN-4.2.3.1-3. For web sites, EN 319 412-4 says the same. */
export const issuerIdentifier: CertificateRule = {
  id: 'en319412-2.issuer-identifier',
  requirement: 'EN319412-2:GEN-4.2.3.1-3-issuer-orgid',
  citation: en3194122Clause('GEN-4.2.3.1-3'),
  // A certificate cannot show whether a registration number is known.
  modal: 'advice',
  grounding: 'A',
  title: 'the issuer has an organizationIdentifier where it has a registration number',
  breach: 'the issuer has no organizationIdentifier',
  why: 'names of organizations change and repeat, registration numbers do not',
  mend: 'none for the PSP: newer authorities of the QTSP may have it',
  applies: isForPersons,
  check: ({ certificate, issuerName }, report) => {
    if (issuerName.organizationIdentifier.length === 0) report(namePlace(certificate, 'issuer'))
  },
}

/** EN 319 412-2 GEN-4.2.3.1-5. */
export const issuerSingle: CertificateRule = {
  id: 'en319412-2.issuer-single',
  requirement: 'EN319412-2:GEN-4.2.3.1-5-issuer-single',
  citation: en3194122Clause('GEN-4.2.3.1-5'),
  modal: 'shall',
  grounding: 'A',
  title: 'the issuer has each of countryName, organizationName, organizationIdentifier and commonName once at most',
  breach: 'an attribute of the issuer occurs again',
  why: 'of two values software takes the one or the other: the issuer has two names',
  mend: 'the QTSP must issue from an authority whose name has each attribute once',
  applies: isEtsi,
  check: ({ certificate, issuerName }, report) => {
    for (const attributes of [
      issuerName.countryName,
      issuerName.organizationName,
      issuerName.organizationIdentifier,
      issuerName.commonName,
    ]) {
      for (let i = 1; i < attributes.length; i++) {
        const attribute = attributes[i]
        if (attribute !== undefined)
          report(attributePlace(certificate, 'issuer', attribute), { actual: attribute.type })
      }
    }
  },
}

/** EN 319 412-2 GEN-4.2.3.1-8. For web sites, EN 319 412-4 says the same. */
export const issuerIdentifierDiffers: CertificateRule = {
  id: 'en319412-2.issuer-identifier-differs',
  requirement: 'EN319412-2:GEN-4.2.3.1-8-issuer-orgid-ne',
  citation: en3194122Clause('GEN-4.2.3.1-8'),
  modal: 'shall',
  grounding: 'A',
  title: 'organizationIdentifier of the issuer is not its organizationName again',
  breach: 'organizationIdentifier of the issuer repeats its organizationName',
  why: 'a name is no registration number: nothing identifies the issuer',
  mend: 'the QTSP must issue from an authority whose identifier is one',
  applies: (subject) => isForPersons(subject) && subject.issuerName.organizationIdentifier.length > 0,
  check: ({ certificate, issuerName }, report) => {
    for (const identifier of repeated(issuerName)) report(attributePlace(certificate, 'issuer', identifier))
  },
}

/** Identifiers that repeat an organizationName, upper and lower case alike. */
export function repeated({
  organizationIdentifier,
  organizationName,
}: FoundAttributes): FoundAttributes['organizationIdentifier'] {
  return organizationIdentifier.filter((identifier) =>
    // Letters of both cases have the same number of octets in nearly every script: most names end here.
    organizationName.some(
      (name) => name.length === identifier.length && name.text.toLowerCase() === identifier.text.toLowerCase(),
    ),
  )
}
