import { given } from '../core/given.ts'
import type { PrivateKeySource } from '../crypto/keys.ts'
import type { CryptoProvider } from '../crypto/provider.ts'
import type { HttpMessage, HttpResponse, MessageContext, SignatureBase } from '../http/index.ts'
import type { Certificate } from '../x509/certificate.ts'
import type { SigningProfile } from './profile.ts'
import { type ProfileName, profileOf } from './profiles/index.ts'
import { copyOfRequest, copyOfResponse, signingWith } from './signer.ts'

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
  const view = copyOfRequest(message, profileOf(options.profile))
  const { at, expiresIn, nonce, tag, context, ...rest } = options
  const sign = await signingWith(rest)
  return sign(view, asItIs, { at, ...given({ expiresIn, nonce, tag, context }) })
}

/**
 * Signs a response. Under RFC 9421 name components of the request with `;req` in a profile of your own, so that the answer
 * cannot be played back to another request.
 *
 * @throws Psd2Error and TypeError as {@link signRequest}
 */
export async function signResponse(response: HttpResponse, options: SignMessageOptions): Promise<SignedMessage> {
  const view = copyOfResponse(response)
  const { at, expiresIn, nonce, tag, context, ...rest } = options
  const sign = await signingWith(rest)
  return sign(view, asItIs, { at, ...given({ expiresIn, nonce, tag, context }) })
}

/** It was read before the key was. */
const asItIs = <Message>(message: Message): Message => message
