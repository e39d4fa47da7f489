import type { CertificateRule } from '../subject.ts'
import { rfc5280Section, x690Clause } from './citation.ts'

/** RFC 5280 4.1: DER, one certificate, nothing after it. */
export const encoding: CertificateRule = {
  id: 'rfc5280.encoding',
  requirement: 'RFC5280:4.1-der',
  citation: rfc5280Section('4.1'),
  modal: 'shall',
  grounding: 'C',
  title: 'the certificate is DER and nothing else: one SEQUENCE, lengths definite and shortest, no octets behind it',
  why: 'what is not DER can be read in two ways: a bank could check one certificate and hash another',
  mend: 'export the certificate as DER again; where the octets come from the issuer, have it issued again',
  codes: [
    'DER_EMPTY',
    'DER_TRUNCATED',
    'DER_TRAILING_DATA',
    'DER_TAG_UNEXPECTED',
    'DER_TAG_HIGH_FORM',
    'DER_FORM_CONSTRUCTED',
    'DER_FORM_PRIMITIVE',
    'DER_LENGTH_INDEFINITE',
    'DER_LENGTH_NOT_MINIMAL',
    'DER_LENGTH_TOO_LONG',
    'DER_VALUE_MISSING',
    'DER_INTEGER_EMPTY',
    'DER_INTEGER_NOT_MINIMAL',
    'DER_INTEGER_RANGE',
    'DER_OID_EMPTY',
    'DER_OID_ARC_PADDED',
    'DER_OID_TRUNCATED',
    'DER_NULL_CONTENT',
    'DER_BITS_EMPTY',
    'DER_BITS_UNUSED',
    'DER_BITS_PADDING',
    'DER_SET_ORDER',
  ],
}

/** X.690 11.5. */
export const defaultEncoded: CertificateRule = {
  id: 'rfc5280.default-encoded',
  requirement: 'RFC5280:4.2-default-false',
  citation: x690Clause('11.5'),
  modal: 'shall',
  grounding: 'C',
  title: 'a field that equals its DEFAULT is left out, critical FALSE among them',
  why: 'strict readers refuse the certificate: it works at one bank and fails at the next',
  mend: 'have the certificate issued again without the field',
  codes: ['DER_DEFAULT_ENCODED'],
}

/** X.690 11.1. */
export const boolean: CertificateRule = {
  id: 'rfc5280.boolean',
  requirement: 'RFC5280:4.2-bool',
  citation: x690Clause('11.1'),
  modal: 'shall',
  grounding: 'C',
  title: 'a BOOLEAN is one octet, FF for TRUE',
  why: 'readers disagree on other values, and with them on whether an extension is critical or a certificate is a CA',
  mend: 'have the certificate issued again with TRUE as 01 01 FF',
  codes: ['DER_BOOLEAN_LENGTH', 'DER_BOOLEAN_VALUE'],
}

/** The caps of the toolkit: no clause, but no certificate comes near them. */
export const limits: CertificateRule = {
  id: 'rfc5280.limits',
  requirement: 'RFC5280:4.1-der',
  citation: { document: 'psd2-toolkit', clause: 'limits' },
  modal: 'advice',
  grounding: 'A',
  title: 'the certificate is within the limits of the reader',
  why: 'an input that large costs a server time and memory: it is refused before it is read',
  mend: 'check that this is a certificate; raise the limit where the input is really yours',
  codes: ['LIMIT_SIZE', 'LIMIT_DEPTH', 'LIMIT_ELEMENTS', 'LIMIT_OID', 'LIMIT_STRING', 'LIMIT_INTEGER'],
}
