import { defaultCrypto } from '#crypto'
import { algorithmFits, algorithmNamed, type SignatureAlgorithmName } from '../crypto/algorithms.ts'
import { keysMatch, privateKeyFrom, type SigningKey } from '../crypto/keys.ts'
import type { CryptoProvider } from '../crypto/provider.ts'
import { signerOf } from '../crypto/signer.ts'
import type { HttpMessage, HttpResponse } from '../http/index.ts'
import { jwsForms } from '../http/jws/forms.ts'
import { copyMessage, type OwnMessage, viewMessage } from '../http/message.ts'
import { signedWith } from '../http/sign.ts'
import { type Certificate, parseCertificate } from '../x509/certificate.ts'
import { Additions } from './additions.ts'
import { checkCertificateForm, checkCertificatePeriod } from './certificate-check.ts'
import { signingError } from './codes.ts'
import { profileLayout } from './layout.ts'
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
  const read = isTakenAtOnce ? viewMessage : copyMessage
  const readRequest = (message: HttpMessage): OwnMessage => requireRequest(read(message), profile)
  const readResponse = (response: HttpResponse): OwnMessage => requireResponse(read(response))
  return Object.freeze({
    signRequest: (message: HttpMessage, call: SignerCall) => sign(message, readRequest, call),
    signResponse: (response: HttpResponse, call: SignerCall) => sign(response, readResponse, call),
  })
}

/** A request as it is now: what the caller changes while a key is imported is not signed. */
export function copyOfRequest(message: HttpMessage, profile: SigningProfile): OwnMessage {
  return requireRequest(copyMessage(message), profile)
}

/** A response, likewise. */
export function copyOfResponse(response: HttpResponse): OwnMessage {
  return requireResponse(copyMessage(response))
}

function requireRequest(view: OwnMessage, profile: SigningProfile): OwnMessage {
  if (view.status !== undefined) throw new TypeError('this is a response: signResponse signs it')
  if (profile.requestId) requireRequestId(view)
  return view
}

function requireResponse(view: OwnMessage): OwnMessage {
  if (view.status === undefined) throw new TypeError('this is a request: signRequest signs it')
  return view
}

/** Reads a message and signs it. */
export type Sign = <Message>(
  message: Message,
  read: (message: Message) => OwnMessage,
  call: SignerCall,
) => Promise<SignedMessage>

/** Imports the key, and shows that it fits the profile and the certificate. */
export async function signingWith(options: SignerOptions): Promise<Sign> {
  for (const name in options) if (!names.has(name)) throw new TypeError(`unknown option '${name}'`)
  const { keyId, issuer = '', crypto = defaultCrypto } = options
  const profile = profileOf(options.profile)
  const key = await privateKeyFrom(options.key, crypto)
  const certificate = await fittingCertificate(options.certificate, profile, key, crypto)
  const signer = signerOf(algorithmFor(key, profile), key, crypto)
  const additions = new Additions(profile, certificate, crypto)
  const layOut = await profileLayout(profile, signer, { issuer, certificate, crypto })

  return async (given, read, call) => {
    const message = read(given)
    requireCall(call)
    if (certificate !== undefined) checkCertificatePeriod(certificate, call.at)
    const added = additions.add(message, await additions.hash(message))
    const unsigned = layOut(message, call, call.keyId ?? keyId)
    const { headers, base } = signedWith(await signer.sign(unsigned.base.octets), unsigned)
    return { headers: [...added, ...headers], base }
  }
}

function requireCall(call: SignerCall): void {
  for (const name in call) if (!callNames.has(name)) throw new TypeError(`unknown option '${name}'`)
  if (!(call.at instanceof Date) || Number.isNaN(call.at.getTime())) throw new TypeError('at is not a moment')
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
