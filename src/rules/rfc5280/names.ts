import type { CertificateRule } from '../subject.ts'
import { rfc5280Section, x690Clause } from './citation.ts'

/** RFC 5280 4.1.2.4 and A.1. */
export const nameStrings: CertificateRule = {
  id: 'rfc5280.name-strings',
  requirement: 'RFC5280:dirstring',
  citation: rfc5280Section('4.1.2.4'),
  modal: 'shall',
  grounding: 'C',
  title: 'attributes of names are UTF8String or PrintableString, countryName a PrintableString of two letters',
  why: 'the same name in another string type compares as another name in many systems: an identifier is then not found',
  mend: 'have the certificate issued with UTF8String, and PrintableString for countryName and serialNumber',
  codes: ['X509_NAME_STRING_TYPE', 'X509_COUNTRY', 'X509_NAME_VALUE_EMPTY'],
  // An issuer must repeat the octets of its own certificate, older string types included (RFC 5280 4.1.2.4).
  takes: ({ code, path }) => code !== 'X509_NAME_STRING_TYPE' || !path.startsWith('tbsCertificate.issuer'),
}

/** X.501 9.2 and 9.3. */
export const relativeNames: CertificateRule = {
  id: 'rfc5280.relative-names',
  requirement: 'RFC5280:4.1-der',
  citation: { document: 'ITU-T X.501', clause: '9.3' },
  modal: 'shall',
  grounding: 'C',
  title: 'a relative distinguished name has at least one attribute, and none of a type twice',
  why: 'readers keep different ones of two values: two banks would see two PSPs',
  mend: 'have the certificate issued with one relative distinguished name for each value',
  codes: ['X509_RDN_EMPTY', 'X509_RDN_TYPE_TWICE'],
}

/** X.690 8.23. */
export const stringCharacters: CertificateRule = {
  id: 'rfc5280.string-characters',
  requirement: 'RFC5280:dirstring',
  citation: x690Clause('8.23'),
  modal: 'shall',
  grounding: 'C',
  title: 'a character string holds only characters that its type has, and no NUL',
  why: 'readers stop at, replace or keep such characters: the same certificate shows different names',
  mend: 'have the certificate issued with the text in UTF8String',
  codes: ['DER_STRING_CHARACTER', 'DER_STRING_NUL', 'DER_STRING_INVALID'],
}

/** Allowed by X.680 in UTF8String, and yet in no name that people gave themselves. */
export const controlCharacters: CertificateRule = {
  id: 'rfc5280.control-characters',
  requirement: 'RFC5280:dirstring',
  citation: x690Clause('8.23'),
  modal: 'advice',
  grounding: 'C',
  title: 'a character string has no control character',
  why: 'line ends and the like forge lines in logs and break comparisons',
  mend: 'have the certificate issued without the control character',
  codes: ['DER_STRING_HAS_CONTROL'],
}
