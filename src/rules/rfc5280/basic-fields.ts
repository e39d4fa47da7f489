import { namePlace } from '../places.ts'
import type { CertificateRule } from '../subject.ts'
import { rfc5280Section } from './citation.ts'

/** RFC 5280 4.1.2.1. */
export const version: CertificateRule = {
  id: 'rfc5280.version',
  requirement: 'RFC5280:4.1.2.1-v3',
  citation: rfc5280Section('4.1.2.1'),
  modal: 'shall',
  grounding: 'A',
  title: 'the version is v3',
  breach: 'the version is not v3',
  why: 'only v3 has extensions, and with them everything that makes a certificate a QWAC or QSealC',
  mend: 'have the certificate issued as v3',
  codes: ['X509_VERSION', 'X509_VERSION_FIELDS'],
  check: ({ certificate }, report) => {
    const { version, tbs } = certificate
    if (version === 3) return
    report({ path: 'tbsCertificate.version', offset: tbs.offset, length: 0 }, { actual: `v${version}`, expected: 'v3' })
  },
}

/** RFC 5280 4.1.1.2. */
export const signatureAlgorithm: CertificateRule = {
  id: 'rfc5280.signature-algorithm',
  requirement: 'RFC5280:4.1.1.2-sigalg-equal',
  citation: rfc5280Section('4.1.1.2'),
  modal: 'shall',
  grounding: 'C',
  title: 'the signature algorithm outside of what is signed equals the one inside, octet for octet',
  why: 'the outer one is not signed: a reader that goes by it lets an attacker choose how the signature is checked',
  mend: 'have the certificate issued again',
  codes: ['X509_SIGNATURE_ALGORITHM_MISMATCH'],
}

/** RFC 5280 4.1.2.5. */
export const time: CertificateRule = {
  id: 'rfc5280.time',
  requirement: 'RFC5280:4.1.2.5-time',
  citation: rfc5280Section('4.1.2.5'),
  modal: 'shall',
  grounding: 'C',
  title: 'dates are UTCTime to 2049 and GeneralizedTime from 2050 on, with seconds and Z',
  why: 'readers disagree on other forms by hours or by a century: the certificate ends at one bank before it does at another',
  mend: 'have the certificate issued again with dates in the form that RFC 5280 gives',
  codes: ['DER_TIME_SYNTAX', 'DER_TIME_VALUE', 'X509_TIME_FORM'],
}

/** RFC 5280 4.1.2.5. */
export const validityOrder: CertificateRule = {
  id: 'rfc5280.validity-order',
  requirement: 'RFC5280:4.1.2.5-order',
  citation: rfc5280Section('4.1.2.5'),
  modal: 'shall',
  grounding: 'C',
  title: 'notBefore is not after notAfter',
  why: 'the certificate is never valid: every connection and every signature with it fails',
  mend: 'have the certificate issued again with the dates in order',
  codes: ['X509_VALIDITY_ORDER'],
}

/** EN 319 412-3 LEG-4.2.1-2 and EV Guidelines: RFC 5280 itself has empty subjects beside a critical subjectAltName. */
export const subject: CertificateRule = {
  id: 'rfc5280.subject',
  requirement: 'RFC5280:4.1.2.6-subject',
  citation: rfc5280Section('4.1.2.6'),
  modal: 'shall',
  grounding: 'C',
  title: 'the subject is no empty name',
  breach: 'the subject is an empty name',
  why: 'a bank knows the PSP by its subject alone: nobody is named here',
  mend: 'have the certificate issued with the name of the PSP',
  codes: ['X509_SUBJECT_EMPTY'],
  check: ({ certificate, etsi }, report) => {
    // An empty name without a critical subjectAltName was recorded by the reader.
    if (!etsi || certificate.subject.attributes.length > 0) return
    if (certificate.deviations.some(({ code }) => code === 'X509_SUBJECT_EMPTY')) return
    report(namePlace(certificate, 'subject'))
  },
}

/** RFC 5280 4.1.2.4. */
export const issuer: CertificateRule = {
  id: 'rfc5280.issuer',
  requirement: 'RFC5280:4.1-der',
  citation: rfc5280Section('4.1.2.4'),
  modal: 'shall',
  grounding: 'C',
  title: 'the issuer is no empty name',
  why: 'without a name of the issuer no path to a trusted authority can be built',
  mend: 'have the certificate issued again by an authority that has a name',
  codes: ['X509_ISSUER_EMPTY'],
}

/** RFC 5280 4.1.2.8. */
export const uniqueIdentifiers: CertificateRule = {
  id: 'rfc5280.unique-identifiers',
  requirement: 'RFC5280:4.1-der',
  citation: rfc5280Section('4.1.2.8'),
  modal: 'shall',
  grounding: 'C',
  title: 'issuerUniqueID and subjectUniqueID are left out',
  why: 'authorities that keep RFC 5280 never write them: this one does not, and some readers refuse the certificate',
  mend: 'have the certificate issued without unique identifiers',
  codes: ['X509_UNIQUE_ID'],
}
