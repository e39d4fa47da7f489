import { Psd2Error } from '../core/errors.ts'
import { Recent } from '../core/recent.ts'
import { type AlgorithmFacts, requireAlgorithm, requireFit, requireVerifiable, signatureLength } from './algorithms.ts'
import { cryptoError } from './codes.ts'
import { readPkcs8 } from './pkcs8.ts'
import type { Primitives } from './primitives.ts'
import type { CryptoProvider, KeyFacts, PrivateKey, ProviderOptions, PublicKey, SecretKey } from './provider.ts'
import { checkSecret } from './secret.ts'
import { readSpki } from './spki.ts'

type Handle = PublicKey | PrivateKey | SecretKey

const defaults = { minimumRsaBits: 2048, cachedKeys: 1000 }

function withDefaults(options: ProviderOptions): Required<ProviderOptions> {
  for (const [name, value] of Object.entries(options)) {
    if (!Object.hasOwn(defaults, name)) throw new TypeError(`unknown option '${name}'`)
    if (value !== undefined && !Number.isSafeInteger(value)) throw new TypeError(`${name} must be an integer`)
  }
  const { minimumRsaBits = defaults.minimumRsaBits, cachedKeys = defaults.cachedKeys } = options
  if (minimumRsaBits < 512 || minimumRsaBits > 16_384) throw new TypeError('minimumRsaBits must be 512 to 16384')
  if (cachedKeys < 0) throw new TypeError('cachedKeys must not be negative')
  return { minimumRsaBits, cachedKeys }
}

/** A provider over the primitives of a platform. */
export function keyProvider<Key>(primitives: Primitives<Key>, options: ProviderOptions = {}): CryptoProvider {
  const { minimumRsaBits, cachedKeys } = withDefaults(options)
  const { name } = primitives
  // The platform's keys stand here and nowhere else: a handle that is printed or serialised shows nothing.
  const held = new WeakMap<Handle, Key>()
  const cache = new Recent<string, PublicKey>(cachedKeys)

  function hold<Made extends Handle>(handle: Made, key: Key): Made {
    Object.freeze(handle)
    held.set(handle, key)
    return handle
  }

  function keyOf(handle: Handle, kind: Handle['kind'], verb: string): Key {
    const key = held.get(handle)
    if (key === undefined) throw new TypeError(`the key was not imported by this provider (${name}): import it here`)
    if (handle.kind !== kind) throw new TypeError(`to ${verb}, a ${kind} key is needed; this one is ${handle.kind}`)
    return key
  }

  /** The platform's key, shown to be for the algorithm. */
  function fitting(algorithm: AlgorithmFacts, handle: Handle, kind: 'public' | 'private', verb: string): Key {
    const isSecret = handle.kind === 'secret'
    const key = keyOf(handle, isSecret ? 'secret' : kind, verb)
    if (!isSecret) requireFit(algorithm, handle)
    else if (algorithm.family !== 'hmac') {
      throw cryptoError('ALGORITHM_KEY_MISMATCH', '', `${algorithm.name} with a shared secret`)
    }
    return key
  }

  const provider: CryptoProvider = {
    name,
    async digest(hash, bytes) {
      return primitives.digest(hash, bytes)
    },

    async importPublicKey(spki) {
      const octets = copyOf(spki, 'a public key')
      const id = String.fromCharCode(...(await primitives.digest('sha-256', octets)))
      const known = cache.get(id)
      if (known !== undefined) return known
      const read = readSpki(octets, minimumRsaBits)
      const key = await usable(async () => primitives.importPublic(read.octets, read.facts))
      const handle = hold(new PublicKeyHandle(name, read.facts, octets), key)
      cache.set(id, handle)
      return handle
    },

    async importPrivateKey(pkcs8) {
      const read = readPkcs8(copyOf(pkcs8, 'a private key'), minimumRsaBits)
      const key = await usable(async () => primitives.importPrivate(read.octets, read.facts), 'private')
      return hold({ kind: 'private', provider: name, ...read.facts }, key)
    },

    async importSecretKey(secret) {
      const octets = copyOf(secret, 'a secret')
      checkSecret(octets)
      const key = await usable(async () => primitives.importSecret(octets), 'private')
      return hold({ kind: 'secret', type: 'hmac', provider: name, size: octets.length * 8 }, key)
    },

    async importCryptoKey(source) {
      const taken = await primitives.unwrap(source)
      if (taken.form !== 'bound') return importers[taken.form](taken.octets)
      const { key, facts, size } = taken
      if (facts === 'secret') return hold({ kind: 'secret', type: 'hmac', provider: name, size }, key)
      if (facts.type === 'rsa' && size < minimumRsaBits) throw cryptoError('KEY_RSA_SIZE', '', `${size} bits`)
      return hold({ kind: 'private', provider: name, ...facts }, key)
    },

    async verify(algorithmName, handle, signature, data) {
      const algorithm = requireVerifiable(algorithmName)
      const key = fitting(algorithm, handle, 'public', 'verify')
      requireOctets(signature, 'the signature')
      requireOctets(data, 'the data')
      if (signature.length !== signatureLength(algorithm, handle)) return false
      try {
        const answer = primitives.verify(algorithm, key, signature, data)
        return (typeof answer === 'boolean' ? answer : await answer) === true
      } catch (error) {
        // What the platform cannot even compute with is no signature. Errors of ours say more, and go on.
        if (error instanceof Psd2Error || error instanceof TypeError) throw error
        return false
      }
    },

    async sign(algorithmName, handle, data) {
      const algorithm = requireAlgorithm(algorithmName)
      const key = fitting(algorithm, handle, 'private', 'sign')
      requireOctets(data, 'the data')
      try {
        const signature = primitives.sign(algorithm, key, data)
        return signature instanceof Uint8Array ? signature : await signature
      } catch (error) {
        throw unusable(error, 'private')
      }
    },
  }
  const importers = {
    spki: provider.importPublicKey,
    pkcs8: provider.importPrivateKey,
    raw: provider.importSecretKey,
  } as const
  return Object.freeze(provider)
}

/** A public key's facts. The octets are kept apart and given as copies, so that nobody changes what a key says it is. */
class PublicKeyHandle implements PublicKey {
  readonly kind = 'public'
  declare readonly provider: string
  declare readonly type: PublicKey['type']
  declare readonly size: number
  declare readonly curve?: NonNullable<PublicKey['curve']>
  declare readonly pss?: NonNullable<PublicKey['pss']>
  readonly #spki: Uint8Array

  constructor(provider: string, facts: KeyFacts, spki: Uint8Array) {
    this.provider = provider
    Object.assign(this, facts)
    this.#spki = spki
  }

  get spki(): Uint8Array {
    return this.#spki.slice()
  }
}

/** Runs a primitive; where the platform refuses, that is an error of ours. With private keys it has no cause. */
async function usable<Value>(primitive: () => Promise<Value>, material?: 'private'): Promise<Value> {
  try {
    return await primitive()
  } catch (error) {
    throw unusable(error, material)
  }
}

function unusable(error: unknown, material?: 'private'): unknown {
  if (error instanceof Psd2Error) return error
  return cryptoError('KEY_UNUSABLE', '', undefined, material === undefined ? error : undefined)
}

function requireOctets(value: unknown, what: string): asserts value is Uint8Array {
  if (!(value instanceof Uint8Array)) throw new TypeError(`${what} must be a Uint8Array`)
}

/** Octets of our own: the caller's may change before they are used. */
function copyOf(value: Uint8Array, what: string): Uint8Array<ArrayBuffer> {
  requireOctets(value, what)
  return new Uint8Array(value)
}
