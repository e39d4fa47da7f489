import { type AlgorithmFacts, type SignatureAlgorithm, signatureAlgorithms } from './algorithms.ts'
import { cryptoError } from './codes.ts'
import { curveNamed } from './key-algorithm.ts'
import { keyProvider } from './key-provider.ts'
import type { Primitives, Unwrapped } from './primitives.ts'
import type { CryptoProvider, HashName, KeyFacts, ProviderOptions } from './provider.ts'

/** Names that WebCrypto gives the hashes. */
const webNames: Readonly<Record<HashName, string>> = {
  'sha-1': 'SHA-1',
  'sha-256': 'SHA-256',
  'sha-384': 'SHA-384',
  'sha-512': 'SHA-512',
}

/** What WebCrypto wants to hear when it imports a key, and when it uses it. */
interface Parameters {
  readonly forImport: Algorithm & { readonly hash?: string; readonly namedCurve?: string }
  readonly forUse: Algorithm & { readonly hash?: string; readonly saltLength?: number }
}

const parameters: Readonly<Record<AlgorithmFacts['family'], (algorithm: AlgorithmFacts) => Parameters>> = {
  'rsa-pkcs1': ({ hash }) => ({
    forImport: { name: 'RSASSA-PKCS1-v1_5', hash: webNames[hash] },
    forUse: { name: 'RSASSA-PKCS1-v1_5' },
  }),
  'rsa-pss': ({ hash, saltLength }) => ({
    forImport: { name: 'RSA-PSS', hash: webNames[hash] },
    forUse: { name: 'RSA-PSS', saltLength: saltLength as number },
  }),
  ecdsa: ({ hash, curve }) => ({
    forImport: { name: 'ECDSA', namedCurve: curve as string },
    forUse: { name: 'ECDSA', hash: webNames[hash] },
  }),
  eddsa: () => ({ forImport: { name: 'Ed25519' }, forUse: { name: 'Ed25519' } }),
  hmac: ({ hash }) => ({ forImport: { name: 'HMAC', hash: webNames[hash] }, forUse: { name: 'HMAC' } }),
}

/** A key as octets, imported for one algorithm after the other: WebCrypto binds each `CryptoKey` to one. */
interface WebKey {
  readonly form: 'spki' | 'pkcs8' | 'raw'
  readonly octets: Uint8Array<ArrayBuffer>
  readonly imported: Map<string, Promise<CryptoKey>>
}

function webPrimitives(name: string, given: Crypto | undefined): Primitives<WebKey> {
  function subtle(): SubtleCrypto {
    const found = (given ?? globalThis.crypto)?.subtle
    if (found === undefined) throw cryptoError('CRYPTO_MISSING')
    return found
  }

  /** The `CryptoKey` for an algorithm, imported at first use. */
  function keyFor(key: WebKey, algorithm: AlgorithmFacts): Promise<CryptoKey> {
    let promise = key.imported.get(algorithm.name)
    if (promise === undefined) {
      const { forImport } = parameters[algorithm.family](algorithm)
      const usages: KeyUsage[] = key.form === 'raw' ? ['sign', 'verify'] : [key.form === 'spki' ? 'verify' : 'sign']
      promise = importAs(key, forImport, usages)
      key.imported.set(algorithm.name, promise)
    }
    return promise
  }

  async function importAs(key: WebKey, algorithm: Algorithm, usages: KeyUsage[]): Promise<CryptoKey> {
    try {
      // The overloads of the DOM types tell the formats apart; which one it is does not matter here.
      return await subtle().importKey(key.form as 'spki', key.octets, algorithm, false, usages)
    } catch (cause) {
      throw cryptoError('KEY_UNUSABLE', '', algorithm.name, key.form === 'spki' ? cause : undefined)
    }
  }

  /** Curves have one algorithm each: their keys are imported at once, so that what is no point is refused as it comes. */
  async function ready(form: WebKey['form'], octets: Uint8Array<ArrayBuffer>, facts?: KeyFacts): Promise<WebKey> {
    const key: WebKey = { form, octets, imported: new Map() }
    const only = facts === undefined || facts.curve === undefined ? undefined : algorithmOfCurve(facts.curve)
    if (only !== undefined) {
      const imported = await keyFor(key, only)
      // Some platforms look at the point only when they use it.
      if (form === 'spki') {
        const zeros = new Uint8Array(only.signatureLength as number)
        await subtle().verify(parameters.ecdsa(only).forUse, imported, zeros, new Uint8Array())
      }
    }
    return key
  }

  async function unwrap(source: CryptoKey): Promise<Unwrapped<WebKey>> {
    const form = source.type === 'public' ? 'spki' : source.type === 'private' ? 'pkcs8' : 'raw'
    if (!source.extractable) return bound(source, form)
    try {
      return { form, octets: new Uint8Array(await subtle().exportKey(form, source)) }
    } catch {
      throw new TypeError('the CryptoKey cannot be exported: it is of another WebCrypto than this provider')
    }
  }

  return {
    name,
    async digest(hash, bytes) {
      return new Uint8Array(await subtle().digest(webNames[hash], bytes as Uint8Array<ArrayBuffer>))
    },
    importPublic: (spki, facts) => ready('spki', spki, facts),
    importPrivate: (pkcs8, facts) => ready('pkcs8', pkcs8, facts),
    importSecret: (secret) => ready('raw', secret),
    unwrap,
    async verify(algorithm, key, signature, data) {
      // Copies: the caller's octets could change while the key is imported.
      const [claimed, octets] = [new Uint8Array(signature), new Uint8Array(data)]
      const { forUse } = parameters[algorithm.family](algorithm)
      const imported = await keyFor(key, algorithm)
      return subtle()
        .verify(forUse, imported, claimed, octets)
        .catch(() => false)
    },
    async sign(algorithm, key, data) {
      const octets = new Uint8Array(data)
      const { forUse } = parameters[algorithm.family](algorithm)
      return new Uint8Array(await subtle().sign(forUse, await keyFor(key, algorithm), octets))
    },
  }
}

function algorithmOfCurve(curve: string): SignatureAlgorithm | undefined {
  return signatureAlgorithms.find((row) => row.curve === curve)
}

/** A key that cannot be exported, used as it is for the one algorithm that it was made for. */
function bound(source: CryptoKey, form: WebKey['form']): Unwrapped<WebKey> {
  const algorithm = signatureAlgorithms.find((row) => isFor(source.algorithm, parameters[row.family](row).forImport))
  if (algorithm === undefined || form === 'spki' || !source.usages.includes('sign')) {
    throw new TypeError('the CryptoKey can neither be exported nor sign with an algorithm of the toolkit')
  }
  const key: WebKey = {
    form,
    octets: new Uint8Array(),
    imported: new Map([[algorithm.name, Promise.resolve(source)]]),
  }
  if (algorithm.family === 'hmac') {
    return { form: 'bound', key, facts: 'secret', size: (source.algorithm as HmacKeyAlgorithm).length }
  }
  const facts = boundFacts(source.algorithm, algorithm)
  return { form: 'bound', key, facts, size: facts.size }
}

function isFor(has: KeyAlgorithm, wanted: Parameters['forImport']): boolean {
  const { hash, namedCurve } = has as Partial<RsaHashedKeyAlgorithm & EcKeyAlgorithm>
  if (has.name !== wanted.name) return false
  if (wanted.hash !== undefined && hash?.name !== wanted.hash) return false
  return wanted.namedCurve === undefined || namedCurve === wanted.namedCurve
}

function boundFacts(has: KeyAlgorithm, { name, family, curve }: SignatureAlgorithm): KeyFacts {
  if (curve !== undefined) return { type: 'ec', size: curveNamed(curve)?.bits as number, curve, bound: name }
  if (family === 'eddsa') return { type: 'ed25519', size: 255, bound: name }
  return { type: 'rsa', size: (has as RsaKeyAlgorithm).modulusLength, bound: name }
}

/**
 * A provider over any WebCrypto: that of a browser, Deno, Bun, a worker or Node.js, or a library's.
 *
 * @param crypto - default: that of the runtime, looked up when it is used
 * @throws TypeError on an unknown option or a value out of range
 *
 * @example
 * ```ts
 * import { webCrypto } from 'psd2-toolkit/crypto/webcrypto'
 *
 * const hash = await webCrypto(globalThis.crypto).digest('sha-256', new Uint8Array([1, 2, 3]))
 * console.log(hash.length) // 32
 * ```
 */
export function webCrypto(crypto?: Crypto, options?: ProviderOptions): CryptoProvider {
  return keyProvider(webPrimitives('WebCrypto', crypto), options)
}

/** The same under another name, for providers over one certain library. */
export function namedWebCrypto(name: string, crypto: Crypto, options?: ProviderOptions): CryptoProvider {
  return keyProvider(webPrimitives(name, crypto), options)
}

/** The provider of this runtime. */
export const defaultCrypto: CryptoProvider = /* @__PURE__ */ webCrypto()
