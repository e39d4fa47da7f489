import type { CertificateRule } from '../subject.ts'

/** RFC 5280 4.1.2.2. */
export const serialNumber: CertificateRule = {
  id: 'rfc5280.serial-number',
  requirement: 'RFC5280:4.1.2.2-serial',
  citation: { document: 'RFC 5280', clause: '4.1.2.2' },
  modal: 'shall',
  grounding: 'C',
  title: 'the serial number is positive and has at most 20 octets',
  why: 'a bank finds a certificate by issuer and serial number: many systems cannot store other numbers',
  mend: 'have the certificate issued again with a positive serial number of at most 20 octets',
  codes: ['X509_SERIAL_NOT_POSITIVE', 'X509_SERIAL_TOO_LONG'],
}
