import type { CryptoProvider, ProviderOptions } from './provider.ts'
import { namedWebCrypto } from './webcrypto.ts'

/**
 * The provider over `@peculiar/webcrypto`, which you install beside the toolkit. It is loaded when this is called.
 *
 * @throws TypeError where the package is not installed, and on an unknown option
 *
 * @example
 * ```ts
 * import { peculiarCrypto } from 'psd2-toolkit/crypto/peculiar'
 *
 * const crypto = await peculiarCrypto()
 * console.log(crypto.name) // @peculiar/webcrypto
 * ```
 */
export async function peculiarCrypto(options?: ProviderOptions): Promise<CryptoProvider> {
  const { Crypto: PeculiarCrypto } = await load()
  return namedWebCrypto('@peculiar/webcrypto', new PeculiarCrypto() as unknown as Crypto, options)
}

async function load(): Promise<typeof import('@peculiar/webcrypto')> {
  try {
    return await import('@peculiar/webcrypto')
  } catch (cause) {
    throw new TypeError('@peculiar/webcrypto could not be loaded: install it with npm install @peculiar/webcrypto', {
      cause,
    })
  }
}
