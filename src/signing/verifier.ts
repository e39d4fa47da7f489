import { defaultCrypto } from '#crypto'
import type { HttpMessage, HttpResponse, MessageContext } from '../http/index.ts'
import { profileOf } from './profiles/index.ts'
import {
  type CertificateMemory,
  type VerifiedMessage,
  type VerifyMessageOptions,
  verifyRequestWith,
  verifyResponseWith,
} from './verify.ts'

/** What a {@link Verifier} is made for: one profile, one resolver, one provider. */
export type VerifierOptions = Omit<VerifyMessageOptions, 'at' | 'context'>

/** What differs from message to message. */
export interface VerifierCall {
  /** Time of validation. */
  readonly at: Date
  readonly context?: MessageContext
}

/** Verifies many messages under one profile. */
export interface Verifier {
  /** As `verifyRequest`. */
  verifyRequest(message: HttpMessage, call: VerifierCall): Promise<VerifiedMessage>
  /** As `verifyResponse`. */
  verifyResponse(response: HttpResponse, call: VerifierCall): Promise<VerifiedMessage>
}

const names: ReadonlySet<string> = new Set(['profile', 'resolveKey', 'replay', 'crypto'])
const callNames: ReadonlySet<string> = new Set(['at', 'context'])

/**
 * A verifier for a server: what `verifyRequest` does, and it remembers the key of each certificate record that passed, so
 * that a resolver which answers the same record again costs no import and no second look at what cannot change. Period,
 * coverage, digest, clock, replay and signature are checked for every message. It forgets a record when the resolver does.
 *
 * @throws TypeError on an unknown profile or option
 *
 * @example
 * ```ts
 * import { createVerifier } from 'psd2-toolkit/signature'
 * import type { Certificate } from 'psd2-toolkit/x509'
 *
 * declare const registered: Map<string, Certificate>
 * declare const request: { method: string; target: string; headers: [string, string][]; body: Uint8Array }
 * const verifier = createVerifier({ profile: 'bpce', resolveKey: ({ value }) => registered.get(value) })
 * const { requestId } = await verifier.verifyRequest(request, { at: new Date() })
 * console.log(requestId)
 * ```
 */
export function createVerifier(options: VerifierOptions): Verifier {
  for (const name in options) if (!names.has(name)) throw new TypeError(`unknown option '${name}'`)
  if (typeof options.resolveKey !== 'function') throw new TypeError('resolveKey is a function')
  const { crypto = defaultCrypto } = options
  const fixed = { ...options, profile: profileOf(options.profile), crypto }
  const memory: CertificateMemory = new WeakMap()
  return Object.freeze({
    verifyRequest: (message: HttpMessage, call: VerifierCall) =>
      verifyRequestWith(message, { ...fixed, ...only(call) }, memory),
    verifyResponse: (response: HttpResponse, call: VerifierCall) =>
      verifyResponseWith(response, { ...fixed, ...only(call) }, memory),
  })
}

/** A call cannot change what the verifier was made for. */
function only(call: VerifierCall): VerifierCall {
  for (const name in call) if (!callNames.has(name)) throw new TypeError(`unknown option '${name}'`)
  return call
}
