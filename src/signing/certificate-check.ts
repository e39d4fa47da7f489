import { certificateKind } from '../eidas/kind.ts'
import type { Certificate } from '../x509/certificate.ts'
import { signingError } from './codes.ts'
import type { CertificatePolicy } from './profile.ts'

const RSASSA_PSS = '1.2.840.113549.1.1.10'

/**
 * Holds a certificate to what a profile wants of it: its kind, its algorithms, its period. That a qualified issuer stands
 * behind it is not shown here: a certificate that anyone can make passes too, until its path is validated.
 */
export function checkSigningCertificate(certificate: Certificate, policy: CertificatePolicy, at: Date): void {
  checkCertificateForm(certificate, policy)
  checkCertificatePeriod(certificate, at)
}

/** What stays true of a certificate: its kind and its algorithms. */
export function checkCertificateForm(certificate: Certificate, policy: CertificatePolicy): void {
  if (policy.qsealc) {
    const { kind, reason } = certificateKind(certificate)
    if (kind !== 'QSealC') throw signingError('SIGNING_CERTIFICATE_KIND', 'certificate', `${kind}, ${reason}`)
  }
  const { signatureAlgorithm, publicKey } = certificate
  if (!policy.allowPss && [signatureAlgorithm.oid, publicKey.algorithm.oid].includes(RSASSA_PSS)) {
    const where = signatureAlgorithm.oid === RSASSA_PSS ? 'its signature' : 'its key'
    throw signingError('SIGNING_CERTIFICATE_PSS', 'certificate', where)
  }
}

/** What time changes. */
export function checkCertificatePeriod({ validity }: Certificate, at: Date): void {
  if (validity.includes(at)) return
  throw signingError('SIGNING_CERTIFICATE_EXPIRED', 'certificate.validity', at.toISOString())
}
