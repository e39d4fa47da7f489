import type { AlgorithmFacts } from './algorithms.ts'
import type { HashName, KeyFacts } from './provider.ts'

/** A platform key that was taken apart, or one that stays where it is. */
export type Unwrapped<Key> =
  | { readonly form: 'spki' | 'pkcs8' | 'raw'; readonly octets: Uint8Array }
  | { readonly form: 'bound'; readonly key: Key; readonly facts: KeyFacts | 'secret'; readonly size: number }

/**
 * What a platform must do. Whatever all platforms share (reading keys, lengths, which key is for which algorithm, caches)
 * stands in front of it, so that every provider answers alike.
 */
export interface Primitives<Key> {
  readonly name: string
  digest(hash: HashName, bytes: Uint8Array): Uint8Array | Promise<Uint8Array>
  importPublic(spki: Uint8Array<ArrayBuffer>, facts: KeyFacts): Key | Promise<Key>
  importPrivate(pkcs8: Uint8Array<ArrayBuffer>, facts: KeyFacts): Key | Promise<Key>
  importSecret(secret: Uint8Array<ArrayBuffer>): Key | Promise<Key>
  unwrap(key: CryptoKey): Unwrapped<Key> | Promise<Unwrapped<Key>>
  /** The signature has the length that it must have. Whatever the platform throws means that it is wrong. */
  verify(algorithm: AlgorithmFacts, key: Key, signature: Uint8Array, data: Uint8Array): boolean | Promise<boolean>
  sign(algorithm: AlgorithmFacts, key: Key, data: Uint8Array): Uint8Array | Promise<Uint8Array>
}
