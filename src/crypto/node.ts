import crypto, {
  constants,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  createSign,
  createVerify,
  KeyObject,
  publicDecrypt,
  sign,
  timingSafeEqual,
  verify,
  type webcrypto,
} from 'node:crypto'
import type { AlgorithmFacts } from './algorithms.ts'
import { digestInfoStarts } from './digest-info.ts'
import { longestEcdsaDer, putEcdsaDer, takeEcdsaDer } from './ecdsa-signature.ts'
import { keyProvider } from './key-provider.ts'
import type { Primitives, Unwrapped } from './primitives.ts'
import type { CryptoProvider, HashName, ProviderOptions } from './provider.ts'

/** Names that OpenSSL gives the hashes. */
const opensslNames: Readonly<Record<HashName, string>> = {
  'sha-1': 'sha1',
  'sha-256': 'sha256',
  'sha-384': 'sha384',
  'sha-512': 'sha512',
}

/** Hashing in one call, which halves the time for short input. Not every runtime that has node:crypto has it. */
const oneShot: typeof crypto.hash | undefined = crypto.hash

/** How node:crypto takes a key for each family. ECDSA as `r || s`; the PSS salt in exactly its length. */
const keyInputs: Readonly<Record<AlgorithmFacts['family'], (key: KeyObject, algorithm: AlgorithmFacts) => KeyInput>> = {
  'rsa-pkcs1': (key) => ({ key, padding: constants.RSA_PKCS1_PADDING }),
  'rsa-pss': (key, { saltLength }) => ({
    key,
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: saltLength as number,
  }),
  ecdsa: (key) => ({ key, dsaEncoding: 'ieee-p1363' }),
  eddsa: (key) => ({ key }),
  hmac: (key) => ({ key }),
}

interface KeyInput {
  readonly key: KeyObject
  readonly padding?: number
  readonly saltLength?: number
  readonly dsaEncoding?: 'ieee-p1363'
}

function keyInput(key: KeyObject, algorithm: AlgorithmFacts): KeyInput {
  return keyInputs[algorithm.family](key, algorithm)
}

/** Ed25519 hashes by itself. */
function hashOf({ family, hash }: AlgorithmFacts): string | null {
  return family === 'eddsa' ? null : opensslNames[hash]
}

function hmac(key: KeyObject, { hash }: AlgorithmFacts, data: Uint8Array): Buffer {
  return createHmac(opensslNames[hash], key).update(data).digest()
}

/** A hash with one character an octet: a text of 32 is made sooner than a Buffer. */
function hashText(hash: HashName, data: Uint8Array): string {
  const name = opensslNames[hash]
  return oneShot === undefined ? createHash(name).update(data).digest('binary') : oneShot(name, data, 'binary')
}

type Verify = (algorithm: AlgorithmFacts, key: KeyObject, signature: Uint8Array, data: Uint8Array) => boolean

const verifyAtOnce: Verify = (algorithm, key, signature, data) =>
  verify(hashOf(algorithm), data, keyInput(key, algorithm), signature)

/** Whole verifications by family. Where there is a way that is faster than `verify`, it is taken. */
const verifications: Readonly<Record<AlgorithmFacts['family'], Verify>> = {
  // RFC 8017 8.2.2: the octets that were signed are made anew and compared whole, so nothing of them is parsed.
  'rsa-pkcs1': ({ hash }, key, signature, data) => {
    const signed = publicDecrypt({ key, padding: constants.RSA_PKCS1_PADDING }, signature)
    return signed.toString('latin1') === digestInfoStarts[hash] + hashText(hash, data)
  },
  'rsa-pss': verifyAtOnce,
  // As DER, which OpenSSL takes: turning `r || s` round costs node:crypto more than us.
  ecdsa: ({ hash }, key, signature, data) =>
    createVerify(opensslNames[hash]).update(data).verify(key, putEcdsaDer(signature, ecdsaRoom)),
  eddsa: verifyAtOnce,
  hmac: (algorithm, key, signature, data) => timingSafeEqual(hmac(key, algorithm, data), signature),
}

type Sign = (algorithm: AlgorithmFacts, key: KeyObject, data: Uint8Array) => Uint8Array

const signAtOnce: Sign = (algorithm, key, data) => plain(sign(hashOf(algorithm), data, keyInput(key, algorithm)))

/** Whole signatures by family. */
const signings: Readonly<Record<AlgorithmFacts['family'], Sign>> = {
  'rsa-pkcs1': signAtOnce,
  'rsa-pss': signAtOnce,
  // As DER again, and not by `sign`, which takes a twentieth longer.
  ecdsa: ({ hash, signatureLength }, key, data) =>
    takeEcdsaDer(createSign(opensslNames[hash]).update(data).sign(key), (signatureLength as number) / 2),
  eddsa: signAtOnce,
  hmac: (algorithm, key, data) => plain(hmac(key, algorithm, data)),
}

/** Written and read within one call that waits for nothing. */
const ecdsaRoom = new Uint8Array(longestEcdsaDer)

const primitives: Primitives<KeyObject> = {
  name: 'node:crypto',
  digest(hash, bytes) {
    const text = hashText(hash, bytes)
    const octets = new Uint8Array(text.length)
    for (let i = 0; i < text.length; i++) octets[i] = text.charCodeAt(i)
    return octets
  },
  importPublic: (spki) => createPublicKey({ key: spki as Buffer, format: 'der', type: 'spki' }),
  importPrivate: (pkcs8) => createPrivateKey({ key: pkcs8 as Buffer, format: 'der', type: 'pkcs8' }),
  importSecret: (secret) => createSecretKey(secret),
  unwrap,
  verify: (algorithm, key, signature, data) => verifications[algorithm.family](algorithm, key, signature, data),
  sign: (algorithm, key, data) => signings[algorithm.family](algorithm, key, data),
}

/** A native `CryptoKey` gives its key to node:crypto whether it can be exported or not. */
function unwrap(source: CryptoKey): Unwrapped<KeyObject> {
  let key: KeyObject
  try {
    key = KeyObject.from(source as webcrypto.CryptoKey)
  } catch {
    throw new TypeError('the CryptoKey is not of this runtime: use webCrypto() over the WebCrypto that made it')
  }
  if (key.type === 'secret') return { form: 'raw', octets: key.export() }
  if (key.type === 'public') return { form: 'spki', octets: key.export({ format: 'der', type: 'spki' }) }
  return { form: 'pkcs8', octets: key.export({ format: 'der', type: 'pkcs8' }) }
}

/** A `Uint8Array` and not a `Buffer`, over the same octets. */
function plain(value: Uint8Array): Uint8Array {
  return new Uint8Array(value.buffer, value.byteOffset, value.length)
}

/**
 * The provider over node:crypto. Its primitives are synchronous: nothing waits for a thread.
 *
 * @throws TypeError on an unknown option or a value out of range
 *
 * @example
 * ```ts
 * import { nodeCrypto } from 'psd2-toolkit/crypto/node'
 *
 * const hash = await nodeCrypto().digest('sha-256', new Uint8Array([1, 2, 3]))
 * console.log(hash.length) // 32
 * ```
 */
export function nodeCrypto(options?: ProviderOptions): CryptoProvider {
  return keyProvider(primitives, options)
}

/** The provider of this runtime. */
export const defaultCrypto: CryptoProvider = /* @__PURE__ */ nodeCrypto()
