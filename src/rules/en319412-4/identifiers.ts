import { isWeb } from '../applies.ts'
import { issuerIdentifier as issuerIdentifierOfPersons, repeated } from '../en319412-2/issuer-name.ts'
import { attributePlace, namePlace } from '../places.ts'
import type { CertificateRule } from '../subject.ts'
import { en3194124Clause } from './citation.ts'

/** EN 319 412-4 WEB-4.1.2-3 and WEB-4.1.4-5. */
export const issuerIdentifier: CertificateRule = {
  ...issuerIdentifierOfPersons,
  id: 'en319412-4.issuer-identifier',
  requirement: 'EN319412-4:WEB-4.1.2-3-issuer-orgid',
  citation: en3194124Clause('WEB-4.1.2-3'),
  applies: isWeb,
}

/** EN 319 412-4 WEB-4.1.2-4 and WEB-4.1.4-6: a PSP always has a registration number. */
export const subjectIdentifier: CertificateRule = {
  id: 'en319412-4.organization-identifier',
  requirement: 'EN319412-4:WEB-4.1.2-4-subject-orgid',
  citation: en3194124Clause('WEB-4.1.2-4'),
  modal: 'shall',
  grounding: 'A',
  title: 'the subject has an organizationIdentifier where it has a registration number, as every PSP has',
  breach: 'organizationIdentifier is missing',
  why: 'a bank finds the PSP in registers by this identifier alone',
  mend: 'have the certificate issued with organizationIdentifier, for a PSP such as PSDFR-ACPR-12345',
  applies: (subject) => isWeb(subject) && subject.psd2,
  check: ({ certificate, subjectName }, report) => {
    if (subjectName.organizationIdentifier.length === 0) report(namePlace(certificate, 'subject'))
  },
}

/** EN 319 412-4 WEB-4.1.2-5 and WEB-4.1.4-7. */
export const identifierDiffers: CertificateRule = {
  id: 'en319412-4.identifier-differs',
  requirement: 'EN319412-4:WEB-4.1.2-5-orgid-ne',
  citation: en3194124Clause('WEB-4.1.2-5'),
  modal: 'shall',
  grounding: 'A',
  title: 'organizationIdentifier is not organizationName again, in issuer and subject',
  breach: 'organizationIdentifier repeats organizationName',
  why: 'a name is no registration number: who it is cannot be looked up anywhere',
  mend: 'have the certificate issued with the number that a register gave',
  applies: ({ type, subjectName, issuerName }) =>
    type === 'QWAC' && subjectName.organizationIdentifier.length + issuerName.organizationIdentifier.length > 0,
  check: ({ certificate, subjectName, issuerName }, report) => {
    for (const identifier of repeated(issuerName)) report(attributePlace(certificate, 'issuer', identifier))
    for (const identifier of repeated(subjectName)) report(attributePlace(certificate, 'subject', identifier))
  },
}
