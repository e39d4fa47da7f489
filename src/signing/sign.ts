import { defaultCrypto } from '#crypto'
import { encodeBase64 } from '../core/base64.ts'
import { algorithmFits, algorithmNamed, type SignatureAlgorithmName } from '../crypto/algorithms.ts'
import { keysMatch, type PrivateKeySource, privateKeyFrom, type SigningKey } from '../crypto/keys.ts'
import type { CryptoProvider } from '../crypto/provider.ts'
import { signerOf } from '../crypto/signer.ts'
import { createDigest, verifyMessageDigest } from '../http/digest/index.ts'
import {
  type HttpMessage,
  type HttpResponse,
  type MessageContext,
  type MessageView,
  readMessage,
  type SignatureBase,
  type SignOptions,
  signMessage,
} from '../http/index.ts'
import { x5tS256 } from '../jose/x5t.ts'
import { type Certificate, parseCertificate } from '../x509/certificate.ts'
import { checkSigningCertificate } from './certificate-check.ts'
import { signingError } from './codes.ts'
import type { SigningProfile } from './profile.ts'
import { type ProfileName, profileOf } from './profiles/index.ts'

/** How {@link signRequest} and {@link signResponse} sign. */
export interface SignMessageOptions {
  readonly profile: ProfileName | SigningProfile
  /** PEM, DER, JWK, KeyObject, CryptoKey, or a callback to an HSM or KMS. */
  readonly key: PrivateKeySource
  /** What names the key to the receiver: an address, `SN=..,CA=..`, a client_id. */
  readonly keyId: string
  /** With it, the key is shown to fit and the certificate to be what the profile wants before anything is signed. */
  readonly certificate?: Certificate | Uint8Array
  /** When it is signed. */
  readonly at: Date
  /** RFC 9421: how long the signature holds, in seconds. */
  readonly expiresIn?: number
  readonly nonce?: string
  /** Open Banking UK: who signs, as the register of the scheme knows them. */
  readonly issuer?: string
  readonly tag?: string
  readonly context?: MessageContext
  readonly crypto?: CryptoProvider
}

/** A message that was signed. */
export interface SignedMessage {
  /** Headers to add, the digest first where it was made. */
  readonly headers: [name: string, value: string][]
  /** What was signed, line by line: for comparison with what a bank says it rebuilt. */
  readonly base: SignatureBase
}

const names: ReadonlySet<string> = new Set([
  'profile',
  'key',
  'keyId',
  'certificate',
  'at',
  'expiresIn',
  'nonce',
  'issuer',
  'tag',
  'context',
  'crypto',
])

/**
 * Signs a request as a bank wants it: the digest of the body is made where the profile wants one and the message has none,
 * and everything that the profile covers is covered.
 *
 * @returns the headers to add to the request
 * @throws Psd2Error `REQUEST_ID_MISSING`, `SIGNING_...`, `SIGNATURE_...`, `HTTP_...`, `KEY_...`
 * @throws TypeError on an unknown profile or option, and where `at` is no moment
 *
 * @example
 * ```ts
 * import { readFile } from 'node:fs/promises'
 * import { signRequest } from 'psd2-toolkit/signature'
 *
 * const body = await readFile('registration.json')
 * const headers: [string, string][] = [['X-Request-ID', crypto.randomUUID()], ['Content-Type', 'application/json']]
 * const signed = await signRequest(
 *   { method: 'POST', target: '/stet/setting/v1/register', headers, body },
 *   { profile: 'bpce', key: await readFile('qsealc.key'), keyId: 'https://tpp.example/qsealc.pem', at: new Date() },
 * )
 * console.log([...headers, ...signed.headers])
 * ```
 */
export async function signRequest(message: HttpMessage, options: SignMessageOptions): Promise<SignedMessage> {
  const profile = profileOf(options.profile)
  const view = readMessage(message)
  if (view.status !== undefined) throw new TypeError('this is a response: signResponse signs it')
  if (profile.requestId) requireRequestId(view)
  return sign(view, profile, options)
}

/**
 * Signs a response. Under RFC 9421 name components of the request with `;req` in a profile of your own, so that the answer
 * cannot be played back to another request.
 *
 * @throws Psd2Error and TypeError as {@link signRequest}
 */
export async function signResponse(response: HttpResponse, options: SignMessageOptions): Promise<SignedMessage> {
  const view = readMessage(response)
  if (view.status === undefined) throw new TypeError('this is a request: signRequest signs it')
  return sign(view, profileOf(options.profile), options)
}

async function sign(before: MessageView, profile: SigningProfile, options: SignMessageOptions): Promise<SignedMessage> {
  for (const name in options) if (!names.has(name)) throw new TypeError(`unknown option '${name}'`)
  if (Number.isNaN(options.at.getTime())) throw new TypeError('at is not a moment')
  const crypto = options.crypto ?? defaultCrypto
  const key = await privateKeyFrom(options.key, crypto)
  const certificate = await fittingCertificate(options, profile, key, crypto)
  const added: [string, string][] = []
  const digest = await digestFor(before, profile, crypto)
  if (digest !== undefined) added.push(digest)
  const header = certificateHeader(before, profile, certificate)
  if (header !== undefined) added.push(header)
  const view = added.length === 0 ? before : withFields(before, added)
  const algorithm = algorithmFor(key, profile)
  const dialectOptions = await optionsFor(view, profile, options, certificate, crypto)
  const signed = await signMessage(view, dialectOptions, signerOf(algorithm, key, crypto))
  for (const [name, value] of signed.headers) added.push([name, value])
  return { headers: added, base: signed.base }
}

/** A message with fields that it did not have. */
function withFields(view: MessageView, added: readonly (readonly [name: string, value: string])[]): MessageView {
  const fields = new Map(view.fields)
  for (const [name, value] of added) fields.set(name.toLowerCase(), [value])
  return { ...view, fields }
}

/** The certificate of the options, once its key is shown to be the one that signs. */
async function fittingCertificate(
  { certificate: given, at }: SignMessageOptions,
  profile: SigningProfile,
  key: SigningKey,
  crypto: CryptoProvider,
): Promise<Certificate | undefined> {
  if (given === undefined) return undefined
  const certificate = given instanceof Uint8Array ? parseCertificate(given) : given
  checkSigningCertificate(certificate, profile.certificate, at)
  if (await keysMatch(key, certificate.publicKey.value, crypto)) return certificate
  throw signingError('SIGNING_KEY_MISMATCH', 'key')
}

/** The certificate, where the profile sends it in a header and the request does not have it yet. */
function certificateHeader(
  view: MessageView,
  { certificate: { header } }: SigningProfile,
  certificate: Certificate | undefined,
): [string, string] | undefined {
  if (header === undefined || certificate === undefined) return undefined
  if (view.status !== undefined || view.fields.has(header)) return undefined
  return [header, encodeBase64(certificate.bytes)]
}

const digestNames: readonly string[] = ['digest', 'content-digest', 'repr-digest']

/** A digest that the caller made must be that of the body; one that is missing is made. */
async function digestFor(
  view: MessageView,
  { digest, components }: SigningProfile,
  crypto: CryptoProvider,
): Promise<[string, string] | undefined> {
  if (digestNames.some((name) => view.fields.has(name))) {
    await verifyMessageDigest(view, { required: 'never', crypto })
  }
  const name = digest.field.toLowerCase()
  const wanted = view.body.length > 0 ? components.withBody : digest.ofEmptyBody ? components.withoutBody : []
  if (!wanted.includes(name) || view.fields.has(name)) return undefined
  const { field, algorithm } = digest
  return [field, await createDigest(view.body, { field, algorithm, crypto })]
}

/** The first algorithm of the profile that the key makes. */
function algorithmFor(key: SigningKey, profile: SigningProfile): SignatureAlgorithmName {
  const found = profile.algorithms.find((name) => {
    if (key.kind === 'external') return key.algorithm === name
    const algorithm = algorithmNamed(name)
    return algorithm !== undefined && algorithmFits(algorithm, key)
  })
  if (found !== undefined) return found
  throw signingError('SIGNING_ALGORITHM', 'key', `${profile.name} takes ${profile.algorithms.join(', ')}`)
}

async function optionsFor(
  view: MessageView,
  profile: SigningProfile,
  options: SignMessageOptions,
  certificate: Certificate | undefined,
  crypto: CryptoProvider,
): Promise<SignOptions> {
  const components = componentsFor(view, profile)
  const { at, keyId, context } = options
  const { dialect } = profile
  if (dialect === 'jades-http') {
    if (certificate === undefined) throw new TypeError(`${profile.name} needs the certificate, whose hash is signed`)
    const thumbprint = await x5tS256(certificate.bytes, { crypto })
    return { dialect, components, context, signedAt: at, x5tS256: thumbprint, kid: keyId }
  }
  if (dialect === 'obie-jws' || dialect === 'obie-jws-raw') {
    const { issuer = '' } = options
    return { dialect, components, context, signedAt: at, kid: keyId, issuer }
  }
  if (dialect === 'rfc9421') {
    const expires = options.expiresIn === undefined ? undefined : new Date(at.getTime() + options.expiresIn * 1000)
    const { nonce, tag = profile.policy.tag } = options
    const { label } = profile
    return { dialect, components, context, label, keyId, created: at, expires, nonce, tag, algorithm: true }
  }
  const { carrier, quirks, algorithmName: algorithm } = profile
  const created = components.includes('(created)') ? at : undefined
  return { dialect, components, context, keyId, carrier, quirks, created, algorithm }
}

/** What the profile covers of this message. */
function componentsFor(view: MessageView, { components, policy }: SigningProfile): string[] {
  const base = view.body.length > 0 ? components.withBody : components.withoutBody
  const isResponse = view.status !== undefined
  // An answer has the target of the request that it comes with, and of the headers of one only what it happens to have.
  const isThere = (name: string): boolean =>
    view.fields.has(name.toLowerCase()) || (name === '(request-target)' && view.request !== undefined)
  const covered = base.filter((name) => !isResponse || isThere(name) || name.startsWith('@'))
  const patterns = [...(components.whenPresent ?? []), ...(policy.whenPresent ?? [])]
  for (const name of view.fields.keys()) {
    if (!covered.includes(name) && patterns.some((pattern) => isMatch(pattern, name))) covered.push(name)
  }
  return covered
}

function isMatch(pattern: string, name: string): boolean {
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern
}

/** STET, Berlin Group, BPCE: every request has an id of its own, graphic ASCII. */
export function requireRequestId(view: MessageView): string {
  const values = view.fields.get('x-request-id') ?? []
  const [id] = values
  if (values.length === 1 && id !== undefined && /^[\x21-\x7e]{1,128}$/.test(id)) return id
  throw signingError('REQUEST_ID_MISSING', 'headers.x-request-id')
}
