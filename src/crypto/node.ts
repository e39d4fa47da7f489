import { createHash } from 'node:crypto'
import type { CryptoProvider, HashName } from './provider.ts'

/** Names that OpenSSL gives the hashes. */
const opensslNames: Readonly<Record<HashName, string>> = {
  'sha-1': 'sha1',
  'sha-256': 'sha256',
  'sha-384': 'sha384',
  'sha-512': 'sha512',
}

/**
 * The provider over node:crypto. Its primitives are synchronous: nothing waits for a thread.
 *
 * @example
 * ```ts
 * import { nodeCrypto } from 'psd2-toolkit/crypto/node'
 *
 * const hash = await nodeCrypto().digest('sha-256', new Uint8Array([1, 2, 3]))
 * console.log(hash.length) // 32
 * ```
 */
export function nodeCrypto(): CryptoProvider {
  return {
    name: 'node:crypto',
    async digest(hash, bytes) {
      const value = createHash(opensslNames[hash]).update(bytes).digest()
      return new Uint8Array(value.buffer, value.byteOffset, value.length)
    },
  }
}

/** The provider of this runtime. */
export const defaultCrypto: CryptoProvider = /* @__PURE__ */ nodeCrypto()
