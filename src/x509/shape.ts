import { openDer, Scope, Tag } from '../der/index.ts'

/**
 * Shows that octets are one certificate in outline: one SEQUENCE of three elements, and nothing after it. What they say is
 * not read. For thumbprints: octets after the certificate would give the same certificate another one.
 *
 * @throws Psd2Error `DER_...`
 */
export function requireCertificateShape(der: Uint8Array): void {
  const cursor = openDer(der, new Scope())
  const end = cursor.open(Tag.SEQUENCE, '')
  cursor.read(Tag.SEQUENCE, 'tbsCertificate')
  cursor.read(Tag.SEQUENCE, 'signatureAlgorithm')
  cursor.read(Tag.BIT_STRING, 'signatureValue')
  cursor.close(end)
  cursor.finish()
}
