import { defaultCrypto } from '#crypto'
import { equalBytes } from '../core/bytes.ts'
import { algorithmFits, signatureAlgorithms } from './algorithms.ts'
import { cryptoError } from './codes.ts'
import { type ExternalKey, externalKey, isSignCallback, type SignCallback } from './external-key.ts'
import { type JwkLike, pkcs8OfJwk, secretOfJwk, spkiOfJwk } from './jwk.ts'
import { privateKeyOfPem, publicKeyOfPem } from './pem.ts'
import type { CryptoProvider, PrivateKey, PublicKey, SecretKey } from './provider.ts'

/** A `KeyObject` of node:crypto, or what is like one. */
export interface KeyObjectLike {
  // A string: node's own type of this member is wider in newer versions.
  readonly type: string
  export(options?: { readonly format: 'der'; readonly type: 'spki' | 'pkcs8' }): unknown
}

/** What {@link publicKeyFrom} reads. A string is PEM text; octets are DER, or PEM text as it stands in a file. */
export type PublicKeySource = Uint8Array | string | JwkLike | KeyObjectLike | CryptoKey | PublicKey

/** What {@link privateKeyFrom} reads. */
export type PrivateKeySource =
  | Uint8Array
  | string
  | JwkLike
  | KeyObjectLike
  | CryptoKey
  | SignCallback
  | PrivateKey
  | ExternalKey

/** What {@link secretKeyFrom} reads. A string is nothing of it: nobody can tell in which encoding it is. */
export type SecretKeySource = Uint8Array | JwkLike | KeyObjectLike | CryptoKey | SecretKey

/** A key to sign with: imported, or reached through a callback. */
export type SigningKey = PrivateKey | ExternalKey

/**
 * A public key from SubjectPublicKeyInfo (DER), PEM text (`PUBLIC KEY`, `RSA PUBLIC KEY`), a public JWK, a `KeyObject` or a
 * `CryptoKey`. Private keys are refused: nobody should have sent one.
 *
 * @param provider - default: that of the runtime
 * @throws Psd2Error `KEY_...` or `DER_...`
 * @throws TypeError where the source is nothing of this
 *
 * @example
 * ```ts
 * import { readFile } from 'node:fs/promises'
 * import { publicKeyFrom } from 'psd2-toolkit/crypto'
 *
 * const key = await publicKeyFrom(await readFile('public.pem'))
 * console.log(key.type, key.size) // rsa 2048
 * ```
 */
export async function publicKeyFrom(
  source: PublicKeySource,
  provider: CryptoProvider = defaultCrypto,
): Promise<PublicKey> {
  if (typeof source === 'string') return provider.importPublicKey(publicKeyOfPem(source))
  if (source instanceof Uint8Array)
    return provider.importPublicKey(isPem(source) ? publicKeyOfPem(text(source)) : source)
  if (isJwk(source)) return provider.importPublicKey(spkiOfJwk(source))
  if (isHandle(source, 'public')) return provider.importPublicKey((source as PublicKey).spki)
  if (isKeyObject(source)) {
    if (source.type !== 'public') throw new TypeError(`a public key is needed; the KeyObject is ${source.type}`)
    return provider.importPublicKey(exported(source, 'spki'))
  }
  if (!isCryptoKey(source)) throw notAKey('public')
  requireUsage(source, 'public', 'verify')
  return (await provider.importCryptoKey(source)) as PublicKey
}

/**
 * A private key from PKCS#8 (DER), PEM text (`PRIVATE KEY`, `RSA PRIVATE KEY`, `EC PRIVATE KEY`), a private JWK, a
 * `KeyObject`, a `CryptoKey`, or a callback that signs where the key is (HSM, KMS). Nothing of the key is in any error or
 * in what is given back.
 *
 * @param provider - default: that of the runtime
 * @throws Psd2Error `KEY_...`; an encrypted key is `KEY_ENCRYPTED`, and the error says how to decrypt it
 * @throws TypeError where the source is nothing of this
 *
 * @example
 * ```ts
 * import { readFile } from 'node:fs/promises'
 * import { privateKeyFrom } from 'psd2-toolkit/crypto'
 *
 * const key = await privateKeyFrom(await readFile('qsealc.key'))
 * const remote = await privateKeyFrom({ algorithm: 'rsa-v1_5-sha256', sign: async (data) => askTheHsm(data) })
 * console.log(key.kind, remote.kind) // private external
 *
 * declare function askTheHsm(data: Uint8Array): Promise<Uint8Array>
 * ```
 */
export async function privateKeyFrom(
  source: PrivateKeySource,
  provider: CryptoProvider = defaultCrypto,
): Promise<SigningKey> {
  if (typeof source === 'string') return provider.importPrivateKey(privateKeyOfPem(source))
  if (source instanceof Uint8Array) {
    return provider.importPrivateKey(isPem(source) ? privateKeyOfPem(text(source)) : source)
  }
  if (isHandle(source, 'private') || isHandle(source, 'external')) return source as SigningKey
  if (isJwk(source)) return provider.importPrivateKey(pkcs8OfJwk(source))
  if (isKeyObject(source)) {
    if (source.type !== 'private') throw new TypeError(`a private key is needed; the KeyObject is ${source.type}`)
    return provider.importPrivateKey(exported(source, 'pkcs8'))
  }
  if (isCryptoKey(source)) {
    requireUsage(source, 'private', 'sign')
    return (await provider.importCryptoKey(source)) as PrivateKey
  }
  if (isObject(source) && isSignCallback(source)) return externalKey(source, provider)
  throw notAKey('private')
}

/**
 * A secret for HMAC from at least 32 octets, a JWK with kty `oct`, a secret `KeyObject` or an HMAC `CryptoKey`. A key or a
 * certificate as the secret is refused.
 *
 * @throws Psd2Error `KEY_SECRET_SIZE`, `KEY_SECRET_IS_KEY`, `KEY_JWK_...`
 * @throws TypeError where the source is nothing of this; a string is not
 */
export async function secretKeyFrom(
  source: SecretKeySource,
  provider: CryptoProvider = defaultCrypto,
): Promise<SecretKey> {
  if (source instanceof Uint8Array) return provider.importSecretKey(source)
  if (isHandle(source, 'secret')) return source as SecretKey
  if (isJwk(source)) return provider.importSecretKey(secretOfJwk(source))
  if (isKeyObject(source) && source.type === 'secret') return provider.importSecretKey(exported(source))
  if (isCryptoKey(source) && source.type === 'secret') return (await provider.importCryptoKey(source)) as SecretKey
  throw notAKey('secret')
}

/** What is signed to show that two keys are a pair. It says so itself, so that it is worth nothing anywhere else. */
const challenge = /* @__PURE__ */ new TextEncoder().encode(
  'psd2-toolkit: this signature shows that a private key belongs to a public key, and nothing else',
)

/**
 * True where the private key belongs to the public key: it signs a fixed text, and the public key verifies that. A key
 * behind a callback signs once, too, unless the public key that came with it is another one.
 *
 * @param spki - SubjectPublicKeyInfo in DER, as it stands in the certificate
 * @throws Psd2Error where `spki` is no key, or the callback gives no signature
 *
 * @example
 * ```ts
 * import { readFile } from 'node:fs/promises'
 * import { keysMatch, privateKeyFrom } from 'psd2-toolkit/crypto'
 * import { parseCertificate } from 'psd2-toolkit/x509'
 *
 * const certificate = parseCertificate(await readFile('qsealc.der'))
 * const key = await privateKeyFrom(await readFile('qsealc.key'))
 * console.log(await keysMatch(key, certificate.publicKey.value))
 * ```
 */
export async function keysMatch(
  key: SigningKey,
  spki: Uint8Array,
  provider: CryptoProvider = defaultCrypto,
): Promise<boolean> {
  const publicKey = await provider.importPublicKey(spki)
  if (key.kind === 'external') {
    const { spki: claimed } = key
    if (claimed !== undefined && !equalBytes(claimed, publicKey.spki)) return false
  } else if (key.size !== publicKey.size) return false
  const algorithm = signatureAlgorithms.find((row) => {
    const makes = key.kind === 'external' ? row.name === key.algorithm : algorithmFits(row, key)
    return makes && algorithmFits(row, publicKey)
  })?.name
  if (algorithm === undefined) return false
  const signature = await (key.kind === 'external' ? key.sign(challenge) : provider.sign(algorithm, key, challenge))
  return provider.verify(algorithm, publicKey, signature, challenge)
}

// What a value is, is told by what it can do: there is no class to compare with that all platforms have.

function isObject(source: unknown): source is object {
  return typeof source === 'object' && source !== null
}

function isJwk(source: unknown): source is JwkLike {
  return isObject(source) && Object.hasOwn(source, 'kty')
}

function isHandle(source: unknown, kind: string): boolean {
  return isObject(source) && 'kind' in source && source.kind === kind
}

function isKeyObject(source: unknown): source is KeyObjectLike {
  return isObject(source) && 'export' in source && typeof source.export === 'function' && 'type' in source
}

function isCryptoKey(source: unknown): source is CryptoKey {
  return isObject(source) && 'type' in source && 'algorithm' in source && 'extractable' in source && 'usages' in source
}

/** A `CryptoKey` says what it may do; one for encryption or key agreement is not used for signatures. */
function requireUsage(key: CryptoKey, type: 'public' | 'private', usage: 'verify' | 'sign'): void {
  if (key.type !== type) throw new TypeError(`a ${type} key is needed; the CryptoKey is ${key.type}`)
  if (!key.usages.includes(usage)) throw new TypeError(`the CryptoKey may not ${usage}`)
}

function notAKey(kind: string): TypeError {
  return new TypeError(`this is no ${kind} key in a form that the toolkit reads`)
}

/** The octets of a `KeyObject`. */
function exported(key: KeyObjectLike, type?: 'spki' | 'pkcs8'): Uint8Array {
  const octets = type === undefined ? key.export() : key.export({ format: 'der', type })
  if (!(octets instanceof Uint8Array)) throw cryptoError('KEY_UNUSABLE', '', 'export gives no octets')
  return octets
}

/** DER of a key begins with a SEQUENCE; PEM text never with that character. */
function isPem(octets: Uint8Array): boolean {
  return octets.length > 0 && octets[0] !== 0x30
}

function text(octets: Uint8Array): string {
  return new TextDecoder('latin1').decode(octets)
}
