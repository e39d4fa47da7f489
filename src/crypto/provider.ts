import type { CertificateAlgorithmName, SignatureAlgorithmName } from './algorithms.ts'

/** Hashes that the toolkit computes. */
export type HashName = 'sha-1' | 'sha-256' | 'sha-384' | 'sha-512'

/** Curves that signatures here are made on. */
export type NamedCurve = 'P-256' | 'P-384' | 'P-521'

/** What an RSASSA-PSS key is bound to (RFC 4055 3.3). */
export interface PssRestriction {
  readonly hash: HashName
  /** Octets; a signature has at least as many. */
  readonly saltLength: number
}

/** What is known of an asymmetric key without the key itself. */
export interface KeyFacts {
  readonly type: 'rsa' | 'rsa-pss' | 'ec' | 'ed25519'
  /** Bits of the modulus or of the field. */
  readonly size: number
  readonly curve?: NamedCurve
  readonly pss?: PssRestriction
  /** The one algorithm that the platform lets the key make, where it cannot be exported and used for another. */
  readonly bound?: SignatureAlgorithmName
}

/** A public key that a provider has imported. The platform's key stays with the provider. */
export interface PublicKey extends KeyFacts {
  readonly kind: 'public'
  /** Name of the provider that imported it. */
  readonly provider: string
  /** SubjectPublicKeyInfo as it was imported, in DER; a copy each time. */
  readonly spki: Uint8Array
}

/** A private key that a provider has imported. It holds facts, never key material. */
export interface PrivateKey extends KeyFacts {
  readonly kind: 'private'
  readonly provider: string
}

/** A shared secret for HMAC. A type of its own: no public key can ever take its place. */
export interface SecretKey {
  readonly kind: 'secret'
  readonly type: 'hmac'
  readonly provider: string
  /** Bits. */
  readonly size: number
}

/** The part of a provider that hashes. */
export interface Digester {
  /** For messages and reports. */
  readonly name: string
  /** The hash of some octets. */
  digest(hash: HashName, bytes: Uint8Array): Promise<Uint8Array>
}

/**
 * What the toolkit asks of the platform. Everything that needs cryptography takes a provider as `options.crypto`; without
 * one it takes that of the runtime: node:crypto in Node.js, WebCrypto elsewhere.
 *
 * A key is used with the provider that imported it; another one's is a `TypeError`.
 */
export interface CryptoProvider extends Digester {
  /**
   * A public key from SubjectPublicKeyInfo in DER (RFC 5280 4.1.2.7): RSA, RSASSA-PSS, EC on P-256, P-384 or P-521,
   * Ed25519. Keys are cached by the SHA-256 of these octets.
   *
   * @throws Psd2Error `KEY_...`, `DER_...` or `LIMIT_...`
   */
  importPublicKey(spki: Uint8Array): Promise<PublicKey>
  /**
   * A private key from PKCS#8 in DER (RFC 5958), not encrypted.
   *
   * @throws Psd2Error `KEY_...`; nothing of the key is in the error
   */
  importPrivateKey(pkcs8: Uint8Array): Promise<PrivateKey>
  /**
   * A secret for HMAC.
   *
   * @throws Psd2Error `KEY_SECRET_...` where it is too short, or is a key or a certificate
   */
  importSecretKey(secret: Uint8Array): Promise<SecretKey>
  /**
   * A `CryptoKey` of this platform. One that cannot be exported is used where it is, for its own algorithm.
   *
   * @throws TypeError where the key is of another WebCrypto, or is public and cannot be exported
   */
  importCryptoKey(key: CryptoKey): Promise<PublicKey | PrivateKey | SecretKey>
  /**
   * True where the signature is right. A signature of another length, of another encoding or out of range is false, never
   * an error. ECDSA is `r || s` of fixed length.
   *
   * @throws Psd2Error `ALGORITHM_KEY_MISMATCH` where the key is not for the algorithm
   * @throws TypeError on an unknown algorithm, a private key, or a key of another provider
   */
  verify(
    algorithm: CertificateAlgorithmName,
    key: PublicKey | SecretKey,
    signature: Uint8Array,
    data: Uint8Array,
  ): Promise<boolean>
  /**
   * The signature over `data`; ECDSA as `r || s`.
   *
   * @throws Psd2Error `ALGORITHM_KEY_MISMATCH`, or `KEY_UNUSABLE` where the platform refuses
   * @throws TypeError on an unknown algorithm, a public key, or a key of another provider
   */
  sign(algorithm: SignatureAlgorithmName, key: PrivateKey | SecretKey, data: Uint8Array): Promise<Uint8Array>
}

/** How a provider treats keys. */
export interface ProviderOptions {
  /**
   * RSA keys with fewer bits are refused, for signing and for verification. Default 2048. Published test vectors have
   * keys of 1024 bits; nothing else should need less. At least 512.
   */
  readonly minimumRsaBits?: number
  /** Public keys kept imported; the oldest goes first. Default 1000. */
  readonly cachedKeys?: number
}
