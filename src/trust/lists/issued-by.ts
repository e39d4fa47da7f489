import { Psd2Error } from '../../core/errors.ts'
import { type CryptoProvider, ecdsaRawFromDer, type SignatureAlgorithmName } from '../../crypto/index.ts'
import type { Certificate } from '../../x509/index.ts'

const names: Readonly<Record<string, SignatureAlgorithmName | undefined>> = {
  '1.2.840.113549.1.1.11': 'rsa-v1_5-sha256',
  '1.2.840.113549.1.1.12': 'rsa-v1_5-sha384',
  '1.2.840.113549.1.1.13': 'rsa-v1_5-sha512',
  '1.2.840.10045.4.3.2': 'ecdsa-p256-sha256',
  '1.2.840.10045.4.3.3': 'ecdsa-p384-sha384',
  '1.2.840.10045.4.3.4': 'ecdsa-p521-sha512',
}

/** True where the key made the signature of the certificate. */
export async function isIssuedBy(
  { signatureAlgorithm, tbs, signature }: Certificate,
  spki: Uint8Array,
  crypto: CryptoProvider,
): Promise<boolean> {
  const name = names[signatureAlgorithm.oid]
  if (name === undefined) return false
  try {
    const key = await crypto.importPublicKey(spki)
    const octets = key.curve === undefined ? signature.value : ecdsaRawFromDer(signature.value, key.curve)
    return await crypto.verify(name, key, octets, tbs.value)
  } catch (error) {
    if (error instanceof Psd2Error) return false
    throw error
  }
}
