import { algorithmFits, algorithmNamed, requireAlgorithm, type SignatureAlgorithmName } from './algorithms.ts'
import { cryptoError } from './codes.ts'
import type { CryptoProvider } from './provider.ts'

/** A private key that stays where it is: in an HSM, a KMS or another process. */
export interface SignCallback {
  /** The one algorithm that `sign` makes. */
  readonly algorithm: SignatureAlgorithmName
  /** SubjectPublicKeyInfo in DER, where it is known: its size and kind are then checked before the first signature. */
  readonly publicKey?: Uint8Array
  /**
   * The signature over `data` itself, not over its hash: raw octets, ECDSA as `r || s`. The octets are a copy.
   */
  readonly sign: (data: Uint8Array) => Promise<Uint8Array>
}

/** A {@link SignCallback} that was checked. */
export interface ExternalKey {
  readonly kind: 'external'
  readonly algorithm: SignatureAlgorithmName
  /** SubjectPublicKeyInfo, where the callback came with it; a copy each time. */
  readonly spki: Uint8Array | undefined
  readonly sign: (data: Uint8Array) => Promise<Uint8Array>
}

const known = ['algorithm', 'publicKey', 'sign']

export function isSignCallback(source: object): source is SignCallback {
  return 'sign' in source && typeof source.sign === 'function' && 'algorithm' in source
}

/** Checks the callback, and that its public key is for its algorithm. */
export async function externalKey(source: SignCallback, provider: CryptoProvider): Promise<ExternalKey> {
  for (const name of Object.keys(source)) if (!known.includes(name)) throw new TypeError(`unknown member '${name}'`)
  const algorithm = requireAlgorithm(source.algorithm)
  if (algorithm.family === 'hmac') throw new TypeError('a sign callback is for a private key: hmac-sha256 has none')
  const { publicKey } = source
  const imported = publicKey === undefined ? undefined : await provider.importPublicKey(publicKey)
  if (imported !== undefined && !algorithmFits(algorithm, imported)) {
    throw cryptoError('ALGORITHM_KEY_MISMATCH', 'publicKey', `${algorithm.name} with an ${imported.type} key`)
  }
  return Object.freeze({
    kind: 'external',
    algorithm: algorithm.name,
    get spki() {
      return imported?.spki
    },
    sign: async (data: Uint8Array) =>
      checkedSignature(await source.sign(new Uint8Array(data)), algorithm.name, imported?.size),
  } as const)
}

/** Octets of a copy, where their count is one that a signature of the algorithm can have. */
function checkedSignature(value: unknown, name: SignatureAlgorithmName, size: number | undefined): Uint8Array {
  if (!(value instanceof Uint8Array)) throw cryptoError('SIGNATURE_CALLBACK', '', 'no Uint8Array')
  const exact = algorithmNamed(name)?.signatureLength ?? (size === undefined ? undefined : Math.ceil(size / 8))
  const fits = exact === undefined ? value.length >= 64 && value.length <= 2048 : value.length === exact
  if (!fits) {
    const wanted = exact === undefined ? '' : `, ${exact} needed`
    throw cryptoError('SIGNATURE_CALLBACK', '', `${name}: ${value.length} octets${wanted}`)
  }
  return new Uint8Array(value)
}
