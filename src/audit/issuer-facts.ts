import { Psd2Error } from '../core/errors.ts'
import type { CryptoProvider, PublicKey } from '../crypto/provider.ts'
import type { Facts } from '../rules/facts.ts'
import { isSignedBy, schemeOf } from '../trust/path/signature.ts'
import { type Certificate, parseCertificate } from '../x509/certificate.ts'

/**
 * What the certificate of an issuer shows: the issuer itself, and whether its key made the signature. A signature that this
 * platform cannot verify (SHA-1, other PSS parameters, a curve or key that the provider refuses) stays open.
 *
 * @throws Psd2Error where the issuer is no certificate
 */
export async function issuerFacts(
  certificate: Certificate,
  issuer: Certificate | Uint8Array,
  crypto: CryptoProvider,
): Promise<Pick<Facts, 'issuer' | 'issuerSignature'>> {
  const read = issuer instanceof Uint8Array ? parseCertificate(issuer, { mode: 'tolerant' }) : issuer
  const { signatureAlgorithm, tbs, signature } = certificate
  const scheme = schemeOf(signatureAlgorithm)
  const key = typeof scheme === 'string' ? undefined : await importQuietly(read, crypto)
  if (typeof scheme === 'string' || key === undefined) return { issuer: read }
  const verified = await isSignedBy({ scheme, data: tbs.value, signature: signature.value }, key, crypto)
  return { issuer: read, issuerSignature: verified ? 'valid' : 'invalid' }
}

async function importQuietly({ publicKey }: Certificate, crypto: CryptoProvider): Promise<PublicKey | undefined> {
  try {
    return await crypto.importPublicKey(publicKey.value)
  } catch (error) {
    if (error instanceof Psd2Error) return undefined
    throw error
  }
}
