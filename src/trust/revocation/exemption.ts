import type { Certificate } from '../../x509/index.ts'
import { evidenceOf, type RevocationEvidence } from './answer.ts'

const OCSP = '1.3.6.1.5.5.7.48.1'

/**
 * What a certificate says itself about its revocation: noRevAvail (RFC 9608), or that it is a short-term certificate whose
 * validity the issuer assures (ETSI EN 319 412-1 5.2). Undefined where it says nothing.
 *
 * @param longestShortTerm - milliseconds that such a certificate may live
 */
export function exemptionOf(certificate: Certificate, longestShortTerm: number): RevocationEvidence | undefined {
  if (certificate.extension('noRevAvail')?.decoded === true) {
    // RFC 9608 clauses 2 and 3: not in a CA, and not beside a place where revocation is published.
    const contradicted = isCa(certificate) || namesSource(certificate)
    return contradicted
      ? evidenceOf('certificate', 'noRevAvail', 'unknown', 'REVOCATION_NOT_AVAILABLE_CONTRADICTED')
      : evidenceOf('certificate', 'noRevAvail', 'good', 'REVOCATION_NOT_AVAILABLE')
  }
  if (certificate.extension('validityAssured')?.decoded === true) {
    const { notBefore, notAfter } = certificate.validity
    const isShort = !isCa(certificate) && notAfter.getTime() - notBefore.getTime() <= longestShortTerm
    return isShort
      ? evidenceOf('certificate', 'validityAssured', 'good', 'REVOCATION_SHORT_TERM')
      : evidenceOf('certificate', 'validityAssured', 'unknown', 'REVOCATION_SHORT_TERM_TOO_LONG')
  }
  return undefined
}

function isCa(certificate: Certificate): boolean {
  return certificate.extension('basicConstraints')?.decoded?.cA === true
}

function namesSource(certificate: Certificate): boolean {
  if (certificate.extension('cRLDistributionPoints') !== undefined) return true
  if (certificate.extension('freshestCRL') !== undefined) return true
  const access = certificate.extension('authorityInfoAccess')?.decoded ?? []
  return access.some(({ method }) => method === OCSP)
}
