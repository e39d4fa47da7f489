import { defaultCrypto } from '#crypto'
import { encodeBase64 } from '../core/base64.ts'
import { algorithmFits, algorithmNamed, type SignatureAlgorithmName } from '../crypto/algorithms.ts'
import { keysMatch, privateKeyFrom, type SigningKey } from '../crypto/keys.ts'
import type { CryptoProvider } from '../crypto/provider.ts'
import { signerOf } from '../crypto/signer.ts'
import { createDigest } from '../http/digest/index.ts'
import { digestReader } from '../http/digest/message.ts'
import { compareDigests } from '../http/digest/verify.ts'
import { type HttpMessage, type HttpResponse, type MessageView, readMessage, type SignOptions } from '../http/index.ts'
import { jwsForms } from '../http/jws/forms.ts'
import { viewMessage } from '../http/message.ts'
import { NamePatterns } from '../http/policy/policy.ts'
import { messageSigner } from '../http/sign.ts'
import { x5tS256 } from '../jose/x5t.ts'
import { type Certificate, parseCertificate } from '../x509/certificate.ts'
import { checkCertificateForm, checkCertificatePeriod } from './certificate-check.ts'
import { signingError } from './codes.ts'
import type { SigningProfile } from './profile.ts'
import { profileOf } from './profiles/index.ts'
import { requireRequestId } from './request-id.ts'
import type { SignedMessage, SignMessageOptions } from './sign.ts'

/** What a {@link MessageSigner} is made for: one profile, one key, and the certificate that has it. */
export type SignerOptions = Pick<SignMessageOptions, 'profile' | 'key' | 'keyId' | 'certificate' | 'issuer' | 'crypto'>

/** What differs from message to message. */
export interface SignerCall extends Pick<SignMessageOptions, 'at' | 'expiresIn' | 'nonce' | 'tag' | 'context'> {
  /** Default: that of the signer. A bank may name one key in two ways, before a registration and after it. */
  readonly keyId?: string
}

/** Signs many messages under one profile. */
export interface MessageSigner {
  /** As `signRequest`. */
  signRequest(message: HttpMessage, call: SignerCall): Promise<SignedMessage>
  /** As `signResponse`. */
  signResponse(response: HttpResponse, call: SignerCall): Promise<SignedMessage>
}

const names: ReadonlySet<string> = new Set(['profile', 'key', 'keyId', 'certificate', 'issuer', 'crypto'])
const callNames: ReadonlySet<string> = new Set(['at', 'expiresIn', 'nonce', 'tag', 'context', 'keyId'])

/**
 * A signer for a client: what `signRequest` does, with the key imported once, and shown once to be that of the certificate.
 * For that a key signs a challenge, so that `signRequest` with a certificate asks an HSM or a KMS twice for every message,
 * and this once. The period of the certificate is looked at for every message.
 *
 * @throws Psd2Error `SIGNING_...`, `KEY_...`
 * @throws TypeError on an unknown profile or option
 *
 * @example
 * ```ts
 * import { readFile } from 'node:fs/promises'
 * import { createSigner } from 'psd2-toolkit/signature'
 *
 * const signer = await createSigner({
 *   profile: 'stet',
 *   key: await readFile('qsealc.key'),
 *   certificate: await readFile('qsealc.der'),
 *   keyId: 'https://tpp.example/qsealc_0a1b2c',
 * })
 * const headers: [string, string][] = [['X-Request-ID', crypto.randomUUID()]]
 * const signed = await signer.signRequest({ method: 'GET', target: '/v1/accounts', headers }, { at: new Date() })
 * console.log(signed.headers)
 * ```
 */
export async function createSigner(options: SignerOptions): Promise<MessageSigner> {
  const profile = profileOf(options.profile)
  const sign = await signingWith(options)
  // The runtime's provider takes the body as it is when it is called. Another may look later, and so do schemes that sign
  // the body itself: then it is copied.
  const isTakenAtOnce = options.crypto === undefined && !Object.hasOwn(jwsForms, profile.dialect)
  const read = isTakenAtOnce ? viewMessage : readMessage
  return Object.freeze({
    signRequest: async (message: HttpMessage, call: SignerCall) => sign(requireRequest(read(message), profile), call),
    signResponse: async (response: HttpResponse, call: SignerCall) => sign(requireResponse(read(response)), call),
  })
}

/** A request as it is now: what the caller changes while a key is imported is not signed. */
export function viewOfRequest(message: HttpMessage, profile: SigningProfile): MessageView {
  return requireRequest(readMessage(message), profile)
}

/** A response, likewise. */
export function viewOfResponse(response: HttpResponse): MessageView {
  return requireResponse(readMessage(response))
}

function requireRequest(view: MessageView, profile: SigningProfile): MessageView {
  if (view.status !== undefined) throw new TypeError('this is a response: signResponse signs it')
  if (profile.requestId) requireRequestId(view)
  return view
}

function requireResponse(view: MessageView): MessageView {
  if (view.status === undefined) throw new TypeError('this is a request: signRequest signs it')
  return view
}

/** Signs a message that was read. */
export type Sign = (view: MessageView, call: SignerCall) => Promise<SignedMessage>

/** Imports the key, and shows that it fits the profile and the certificate. */
export async function signingWith(options: SignerOptions): Promise<Sign> {
  for (const name in options) if (!names.has(name)) throw new TypeError(`unknown option '${name}'`)
  const { keyId, issuer = '', crypto = defaultCrypto } = options
  const profile = profileOf(options.profile)
  const key = await privateKeyFrom(options.key, crypto)
  const certificate = await fittingCertificate(options.certificate, profile, key, crypto)
  const signer = signerOf(algorithmFor(key, profile), key, crypto)
  const signMessage = messageSigner()
  // A digest that the caller made must be that of the body.
  const readDigests = digestReader({ required: 'never' })
  const optionsOf = await optionsMaker(profile, { keyId, issuer }, certificate, crypto)

  return async (before, call) => {
    for (const name in call) if (!callNames.has(name)) throw new TypeError(`unknown option '${name}'`)
    if (Number.isNaN(call.at.getTime())) throw new TypeError('at is not a moment')
    if (certificate !== undefined) checkCertificatePeriod(certificate, call.at)
    const added: [string, string][] = []
    const claimed = readDigests(before)
    const missing = missingDigest(before, profile, crypto)
    const compared = claimed.length === 0 ? undefined : compareDigests(claimed, before.body, crypto)
    const digest = compared === undefined ? await missing : (await Promise.all([missing, compared]))[0]
    if (digest !== undefined) added.push([profile.digest.field, digest])
    const header = certificateHeader(before, profile, certificate)
    if (header !== undefined) added.push(header)
    const view = added.length === 0 ? before : withFields(before, added)
    const signed = await signMessage(view, optionsOf(view, call), signer)
    for (const [name, value] of signed.headers) added.push([name, value])
    return { headers: added, base: signed.base }
  }
}

/** A message with fields that it did not have. */
function withFields(view: MessageView, added: readonly (readonly [name: string, value: string])[]): MessageView {
  const fields = new Map(view.fields)
  for (const [name, value] of added) fields.set(name.toLowerCase(), [value])
  return { ...view, fields }
}

/** A certificate that is what the profile wants, once its key is shown to be the one that signs. */
async function fittingCertificate(
  given: Certificate | Uint8Array | undefined,
  profile: SigningProfile,
  key: SigningKey,
  crypto: CryptoProvider,
): Promise<Certificate | undefined> {
  if (given === undefined) return undefined
  const certificate = given instanceof Uint8Array ? parseCertificate(given) : given
  checkCertificateForm(certificate, profile.certificate)
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

/** The digest that the profile wants, where the message does not have it. */
function missingDigest(
  view: MessageView,
  { digest, components }: SigningProfile,
  crypto: CryptoProvider,
): Promise<string> | undefined {
  const name = digest.field.toLowerCase()
  const wanted = view.body.length > 0 ? components.withBody : digest.ofEmptyBody ? components.withoutBody : []
  if (!wanted.includes(name) || view.fields.has(name)) return undefined
  const { field, algorithm } = digest
  return createDigest(view.body, { field, algorithm, crypto })
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

type OptionsOf = (view: MessageView, call: SignerCall) => SignOptions

/** What the dialect of a profile is told for each message. */
async function optionsMaker(
  profile: SigningProfile,
  { keyId: named, issuer }: { readonly keyId: string; readonly issuer: string },
  certificate: Certificate | undefined,
  crypto: CryptoProvider,
): Promise<OptionsOf> {
  const { dialect } = profile
  const componentsFor = componentsOf(profile)
  if (dialect === 'jades-http') {
    if (certificate === undefined) throw new TypeError(`${profile.name} needs the certificate, whose hash is signed`)
    const thumbprint = await x5tS256(certificate.bytes, { crypto })
    return (view, { at: signedAt, keyId: kid = named, context }) => {
      return { dialect, components: componentsFor(view), context, signedAt, x5tS256: thumbprint, kid }
    }
  }
  if (dialect === 'obie-jws' || dialect === 'obie-jws-raw') {
    return (view, { at: signedAt, keyId: kid = named, context }) => {
      return { dialect, components: componentsFor(view), context, signedAt, kid, issuer }
    }
  }
  if (dialect === 'rfc9421') {
    const { label, policy } = profile
    return (view, { at: created, keyId = named, context, expiresIn, nonce, tag = policy.tag }) => {
      const components = componentsFor(view)
      const expires = expiresIn === undefined ? undefined : new Date(created.getTime() + expiresIn * 1000)
      return { dialect, components, context, label, keyId, created, expires, nonce, tag, algorithm: true }
    }
  }
  const { carrier, quirks, algorithmName: algorithm } = profile
  return (view, { at, keyId = named, context }) => {
    const components = componentsFor(view)
    const created = components.includes('(created)') ? at : undefined
    return { dialect, components, context, keyId, carrier, quirks, created, algorithm }
  }
}

type ComponentsFor = (view: MessageView) => readonly string[]

/** What a profile covers of messages. */
function componentsOf({ components, policy }: SigningProfile): ComponentsFor {
  const whenPresent = new NamePatterns([...(components.whenPresent ?? []), ...(policy.whenPresent ?? [])])
  return (view) => {
    const base = view.body.length > 0 ? components.withBody : components.withoutBody
    const covered = view.status === undefined ? [...base] : base.filter((name) => isInAnswer(view, name))
    for (const name of view.fields.keys()) {
      if (whenPresent.has(name) && !covered.includes(name)) covered.push(name)
    }
    return covered
  }
}

/** An answer has the target of the request that it comes with, and of the headers of one only what it happens to have. */
function isInAnswer(view: MessageView, name: string): boolean {
  if (name.startsWith('@') || view.fields.has(name.toLowerCase())) return true
  return name === '(request-target)' && view.request !== undefined
}
