import { X509Certificate } from 'node:crypto'
import { equalBytes, toHex } from '../core/bytes.ts'
import { Psd2Error } from '../core/errors.ts'
import type { CryptoProvider } from '../crypto/provider.ts'
import type { Certificate } from '../x509/index.ts'
import { serverError } from './codes.ts'

/** What a certificate is used for. */
export type CertificateUse = 'QWAC' | 'QSealC'

/** Shows that a qualified issuer stands behind a certificate. Rejects with a `Psd2Error` where none does. */
export type CertificateTrust = (
  certificate: Certificate,
  use: { readonly as: CertificateUse; readonly at: Date },
) => Promise<void>

/**
 * Trusts what one of these authorities has signed itself: the issuer's name, its signature, its period. It looks at no path
 * above them, no constraints and no revocation.
 *
 * @throws TypeError on an empty list: no authority is not "all"
 *
 * @example
 * ```ts
 * import { issuerTrust } from 'psd2-toolkit/server'
 * import { parseCertificate } from 'psd2-toolkit/x509'
 *
 * declare const authority: Uint8Array
 * const trust = issuerTrust([parseCertificate(authority)])
 * console.log(typeof trust)
 * ```
 */
export function issuerTrust(issuers: readonly Certificate[]): CertificateTrust {
  if (!Array.isArray(issuers) || issuers.length === 0) throw new TypeError('issuers are the authorities that you trust')
  const known = issuers.map((issuer) => ({ issuer, key: new X509Certificate(issuer.bytes).publicKey }))
  return async (certificate, { as, at }) => {
    const named = known.filter(
      ({ issuer }) =>
        equalBytes(issuer.subject.value, certificate.issuer.value) &&
        issuer.extension('basicConstraints')?.decoded?.cA === true &&
        issuer.validity.includes(at),
    )
    if (named.length === 0) throw serverError('CERTIFICATE_ISSUER_UNKNOWN', { certificate: as })
    const record = new X509Certificate(certificate.bytes)
    if (!named.some(({ key }) => record.verify(key)))
      throw serverError('CERTIFICATE_ISSUER_SIGNATURE', { certificate: as })
  }
}

/** Certificates whose verdict is kept at most. */
const capacity = 10_000

/**
 * Keeps what was trusted for some time, by the hash of its octets and its use. A refusal is never kept. What is kept belongs
 * to the trust that it wraps: other anchors are another trust.
 */
export function rememberTrust(trust: CertificateTrust, crypto: CryptoProvider, seconds = 300): CertificateTrust {
  const until = new Map<string, number>()
  return async (certificate, use) => {
    const key = `${use.as} ${toHex(await crypto.digest('sha-256', certificate.bytes))}`
    const now = use.at.getTime()
    const kept = until.get(key)
    if (kept !== undefined && now < kept && now >= kept - seconds * 1000) return
    until.delete(key)
    await ofWhich(use.as, () => trust(certificate, use))
    const [oldest] = until.keys()
    if (until.size >= capacity && oldest !== undefined) until.delete(oldest)
    until.set(key, now + seconds * 1000)
  }
}

/** Says in a refusal which of the two certificates it is about. */
async function ofWhich(as: CertificateUse, decide: () => Promise<void>): Promise<void> {
  try {
    await decide()
  } catch (error) {
    if (!(error instanceof Psd2Error) || error.path === as) throw error
    const { code, message, citation, mend } = error
    throw new Psd2Error(code, message, { path: as, citation, mend, cause: error })
  }
}
