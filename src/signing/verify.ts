import { given } from '../core/given.ts'
import type { SignatureAlgorithmName } from '../crypto/algorithms.ts'
import type { CryptoProvider } from '../crypto/provider.ts'
import type { VerifiedDigestField } from '../http/digest/index.ts'
import type { HttpMessage, HttpResponse, MessageContext, ReplayStore, SignatureBase } from '../http/index.ts'
import type { Certificate } from '../x509/certificate.ts'
import type { KeyResolver } from './key-finder.ts'
import type { KeyReference } from './key-reference.ts'
import type { SigningProfile } from './profile.ts'
import type { ProfileName } from './profiles/index.ts'
import { createVerifier } from './verifier.ts'

/** How {@link verifyRequest} and {@link verifyResponse} verify. */
export interface VerifyMessageOptions {
  readonly profile: ProfileName | SigningProfile
  readonly resolveKey: KeyResolver
  /** Time of validation. */
  readonly at: Date
  /** Without a store, a message that was sent twice verifies twice. */
  readonly replay?: ReplayStore
  readonly context?: MessageContext
  readonly crypto?: CryptoProvider
}

/** What was verified. Only what stands here may be relied on. */
export interface VerifiedMessage {
  readonly profile: string
  /** Names of what the signature covers. */
  readonly components: readonly string[]
  readonly algorithm: SignatureAlgorithmName
  readonly keyReference: KeyReference
  /** What the signature says of itself, as text by name: the `iss` of Open Banking UK is here. */
  readonly parameters: ReadonlyMap<string, string>
  /** The certificate whose key verified the signature; undefined where the resolver gave a key alone. */
  readonly certificate: Certificate | undefined
  readonly digests: readonly VerifiedDigestField[]
  readonly requestId: string | undefined
  readonly created: Date | undefined
  readonly expires: Date | undefined
  readonly replayChecked: boolean
  /** What was signed. */
  readonly base: SignatureBase
}

/**
 * Verifies a received request completely: its form, what is covered, the clock, the digest against the body, the key
 * reference against the certificate, the certificate against the profile, the signature, and the replay store where there
 * is one. A key reference is never fetched. That a qualified issuer stands behind the certificate is for the resolver or for
 * path validation to show.
 *
 * @returns what was verified
 * @throws Psd2Error with a code of its own for each thing that can be wrong
 * @throws TypeError on an unknown profile or option, and where `at` is no moment
 *
 * @example
 * ```ts
 * import { verifyRequest } from 'psd2-toolkit/signature'
 * import type { Certificate } from 'psd2-toolkit/x509'
 *
 * declare const registered: Map<string, Certificate>
 * declare const request: { method: string; target: string; headers: [string, string][]; body: Uint8Array }
 * const verified = await verifyRequest(request, {
 *   profile: 'bpce',
 *   resolveKey: (reference) => registered.get(reference.value),
 *   at: new Date(),
 * })
 * console.log(verified.requestId, verified.components)
 * ```
 */
export async function verifyRequest(
  message: HttpMessage,
  { at, context, ...options }: VerifyMessageOptions,
): Promise<VerifiedMessage> {
  return createVerifier(options).verifyRequest(message, { at, ...given({ context }) })
}

/**
 * Verifies a response. `(request-target)` is that of the request that it comes with, and x-request-id is wanted where the
 * response has it.
 *
 * @throws Psd2Error and TypeError as {@link verifyRequest}
 */
export async function verifyResponse(
  response: HttpResponse,
  { at, context, ...options }: VerifyMessageOptions,
): Promise<VerifiedMessage> {
  return createVerifier(options).verifyResponse(response, { at, ...given({ context }) })
}
