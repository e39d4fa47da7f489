import { defaultCrypto } from '#crypto'
import { requireAlgorithm, requireFit, type SignatureAlgorithmName } from './algorithms.ts'
import { cryptoError } from './codes.ts'
import type { SigningKey } from './keys.ts'
import type { CryptoProvider, PublicKey, SecretKey } from './provider.ts'

/** Something that signs with one key and one algorithm. */
export interface BoundSigner {
  readonly algorithm: SignatureAlgorithmName
  sign(data: Uint8Array): Promise<Uint8Array>
}

/** Something that verifies with one key and one algorithm. */
export interface BoundVerifier {
  readonly algorithm: SignatureAlgorithmName
  verify(data: Uint8Array, signature: Uint8Array): Promise<boolean>
}

/**
 * A key and its algorithm as one. That they fit is checked here, before anything is signed.
 *
 * @throws Psd2Error `ALGORITHM_KEY_MISMATCH`
 * @throws TypeError on an unknown algorithm
 *
 * @example
 * ```ts
 * import { readFile } from 'node:fs/promises'
 * import { privateKeyFrom, signerOf } from 'psd2-toolkit/crypto'
 *
 * const signer = signerOf('rsa-v1_5-sha256', await privateKeyFrom(await readFile('qsealc.key')))
 * console.log((await signer.sign(new TextEncoder().encode('digest: ...'))).length) // 256
 * ```
 */
export function signerOf(
  algorithm: SignatureAlgorithmName,
  key: SigningKey | SecretKey,
  provider: CryptoProvider = defaultCrypto,
): BoundSigner {
  requireFor(algorithm, key)
  if (key.kind === 'external') return { algorithm, sign: (data) => key.sign(data) }
  return { algorithm, sign: (data) => provider.sign(algorithm, key, data) }
}

/**
 * A public key or a shared secret and its algorithm as one.
 *
 * @throws Psd2Error `ALGORITHM_KEY_MISMATCH`
 * @throws TypeError on an unknown algorithm
 */
export function verifierOf(
  algorithm: SignatureAlgorithmName,
  key: PublicKey | SecretKey,
  provider: CryptoProvider = defaultCrypto,
): BoundVerifier {
  requireFor(algorithm, key)
  return { algorithm, verify: (data, signature) => provider.verify(algorithm, key, signature, data) }
}

function requireFor(name: SignatureAlgorithmName, key: SigningKey | PublicKey | SecretKey): void {
  const algorithm = requireAlgorithm(name)
  if (key.kind === 'public' || key.kind === 'private') requireFit(algorithm, key)
  else if (key.kind === 'external' ? key.algorithm !== name : algorithm.family !== 'hmac') {
    const what = key.kind === 'external' ? `a callback for ${key.algorithm}` : 'a shared secret'
    throw cryptoError('ALGORITHM_KEY_MISMATCH', '', `${name} with ${what}`)
  }
}
