/** Hashes that the toolkit computes. */
export type HashName = 'sha-1' | 'sha-256' | 'sha-384' | 'sha-512'

/**
 * What the toolkit asks of the platform. Everything that needs cryptography takes a provider as `options.crypto`; without
 * one it takes that of the runtime: node:crypto in Node.js, WebCrypto elsewhere.
 */
export interface CryptoProvider {
  /** For messages and reports. */
  readonly name: string
  /** The hash of some octets. */
  digest(hash: HashName, bytes: Uint8Array): Promise<Uint8Array>
}
