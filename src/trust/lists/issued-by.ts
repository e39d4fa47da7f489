import { Psd2Error } from '../../core/errors.ts'
import type { CryptoProvider } from '../../crypto/index.ts'
import type { Certificate } from '../../x509/index.ts'
import { isSignedBy, schemeOf } from '../path/signature.ts'

/** True where the key made the signature of the certificate. A key that the platform does not take made none. */
export async function isIssuedBy(
  { signatureAlgorithm, tbs, signature }: Certificate,
  spki: Uint8Array,
  crypto: CryptoProvider,
): Promise<boolean> {
  const scheme = schemeOf(signatureAlgorithm)
  if (typeof scheme === 'string') return false
  try {
    const key = await crypto.importPublicKey(spki)
    return await isSignedBy({ scheme, data: tbs.value, signature: signature.value }, key, crypto)
  } catch (error) {
    if (error instanceof Psd2Error) return false
    throw error
  }
}
