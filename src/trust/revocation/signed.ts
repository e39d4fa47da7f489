import { Psd2Error } from '../../core/errors.ts'
import type { SignatureAlgorithmName } from '../../crypto/algorithms.ts'
import { ecdsaRawFromDer } from '../../crypto/ecdsa-signature.ts'
import type { CryptoProvider, PublicKey } from '../../crypto/provider.ts'
import type { AlgorithmIdentifier } from '../../x509/index.ts'

/** What came of verifying a signature: `unsupported` is an algorithm or a key that is not accepted here. */
export type SignatureOutcome = 'valid' | 'wrong' | 'unsupported'

/** Something that an authority signed: a list, a response, a certificate. */
export interface Signed {
  readonly signatureAlgorithm: AlgorithmIdentifier
  readonly signature: { readonly value: Uint8Array }
  readonly tbs: { readonly value: Uint8Array }
}

/** Algorithms whose identifier says everything. SHA-1 is not among them. */
const plain: Readonly<Record<string, SignatureAlgorithmName | undefined>> = {
  '1.2.840.113549.1.1.11': 'rsa-v1_5-sha256',
  '1.2.840.113549.1.1.12': 'rsa-v1_5-sha384',
  '1.2.840.113549.1.1.13': 'rsa-v1_5-sha512',
  '1.2.840.10045.4.3.2': 'ecdsa-p256-sha256',
  '1.2.840.10045.4.3.3': 'ecdsa-p384-sha384',
  '1.2.840.10045.4.3.4': 'ecdsa-p521-sha512',
  '1.3.101.112': 'ed25519',
}

const RSA_PSS = '1.2.840.113549.1.1.10'

/** RSASSA-PSS by its hash, with MGF1 over the same hash and a salt as long as it. */
const pssByHash: Readonly<Record<string, readonly [SignatureAlgorithmName, number] | undefined>> = {
  '2.16.840.1.101.3.4.2.1': ['rsa-pss-sha256', 32],
  '2.16.840.1.101.3.4.2.2': ['rsa-pss-sha384', 48],
  '2.16.840.1.101.3.4.2.3': ['rsa-pss-sha512', 64],
}

function algorithmOf({ oid, pss }: AlgorithmIdentifier): SignatureAlgorithmName | undefined {
  if (oid !== RSA_PSS) return plain[oid]
  const [name, saltLength] = (pss !== undefined && pssByHash[pss.hash]) || []
  return pss?.mgfHash === pss?.hash && pss?.saltLength === saltLength ? name : undefined
}

/** Verifies what an authority signed with the key of SubjectPublicKeyInfo. */
export async function verifySigned(
  signed: Signed,
  spki: Uint8Array,
  crypto: CryptoProvider,
): Promise<SignatureOutcome> {
  const algorithm = algorithmOf(signed.signatureAlgorithm)
  if (algorithm === undefined) return 'unsupported'
  let key: PublicKey
  try {
    key = await crypto.importPublicKey(spki)
  } catch (error) {
    if (error instanceof Psd2Error) return 'unsupported'
    throw error
  }
  try {
    const { value } = signed.signature
    const { curve } = key
    const octets = algorithm.startsWith('ecdsa') && curve !== undefined ? ecdsaRawFromDer(value, curve) : value
    return (await crypto.verify(algorithm, key, octets, signed.tbs.value)) ? 'valid' : 'wrong'
  } catch (error) {
    if (!(error instanceof Psd2Error)) throw error
    return error.code === 'ALGORITHM_KEY_MISMATCH' ? 'unsupported' : 'wrong'
  }
}
