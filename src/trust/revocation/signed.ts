import { Psd2Error } from '../../core/errors.ts'
import type { CryptoProvider, PublicKey } from '../../crypto/provider.ts'
import type { AlgorithmIdentifier } from '../../x509/index.ts'
import { isSignedBy, schemeOf } from '../path/signature.ts'

/** What came of verifying a signature: `unsupported` is an algorithm or a key that is not accepted here. */
export type SignatureOutcome = 'valid' | 'wrong' | 'unsupported'

/** Something that an authority signed: a list, a response, a certificate. */
export interface Signed {
  readonly signatureAlgorithm: AlgorithmIdentifier
  readonly signature: { readonly value: Uint8Array }
  readonly tbs: { readonly value: Uint8Array }
}

/** Verifies what an authority signed with the key of SubjectPublicKeyInfo. */
export async function verifySigned(
  signed: Signed,
  spki: Uint8Array,
  crypto: CryptoProvider,
): Promise<SignatureOutcome> {
  const scheme = schemeOf(signed.signatureAlgorithm)
  if (typeof scheme === 'string') return 'unsupported'
  let key: PublicKey
  try {
    key = await crypto.importPublicKey(spki)
  } catch (error) {
    if (error instanceof Psd2Error) return 'unsupported'
    throw error
  }
  const octets = { scheme, data: signed.tbs.value, signature: signed.signature.value }
  return (await isSignedBy(octets, key, crypto)) ? 'valid' : 'wrong'
}
