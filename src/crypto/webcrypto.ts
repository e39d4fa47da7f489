import type { CryptoProvider, HashName } from './provider.ts'

/** Names that WebCrypto gives the hashes. */
const webNames: Readonly<Record<HashName, string>> = {
  'sha-1': 'SHA-1',
  'sha-256': 'SHA-256',
  'sha-384': 'SHA-384',
  'sha-512': 'SHA-512',
}

/**
 * A provider over any WebCrypto: that of a browser, Deno, Bun, a worker or Node.js, or the one of @peculiar/webcrypto.
 *
 * @param crypto - default: that of the runtime, looked up when it is used
 *
 * @example
 * ```ts
 * import { webCrypto } from 'psd2-toolkit/crypto/webcrypto'
 *
 * const hash = await webCrypto(globalThis.crypto).digest('sha-256', new Uint8Array([1, 2, 3]))
 * console.log(hash.length) // 32
 * ```
 */
export function webCrypto(crypto?: Crypto): CryptoProvider {
  return {
    name: 'WebCrypto',
    async digest(hash, bytes) {
      const { subtle } = crypto ?? globalThis.crypto
      return new Uint8Array(await subtle.digest(webNames[hash], bytes as Uint8Array<ArrayBuffer>))
    },
  }
}

/** The provider of this runtime. */
export const defaultCrypto: CryptoProvider = /* @__PURE__ */ webCrypto()
