import { defaultCrypto } from '#crypto'
import { type ClaimedField, type DigestReader, digestReader, verifiedFields } from '../http/digest/message.ts'
import { compareDigests } from '../http/digest/verify.ts'
import {
  checkPolicy,
  checkReplay,
  type HttpMessage,
  type HttpResponse,
  type MessageContext,
  type MessageView,
  type ParsedSignature,
  type PreparedPolicy,
  signatureBaseOf,
} from '../http/index.ts'
import { viewMessage } from '../http/message.ts'
import { signatureOf, signatureParser } from '../http/parse.ts'
import { requireAlgorithmOf, requireRight } from '../http/verify.ts'
import { keyFinder } from './key-finder.ts'
import { policiesOf } from './profile.ts'
import { profileOf } from './profiles/index.ts'
import { requireRequestId } from './request-id.ts'
import type { VerifiedMessage, VerifyMessageOptions } from './verify.ts'

/** What a {@link Verifier} is made for: one profile, one resolver, one provider. */
export type VerifierOptions = Omit<VerifyMessageOptions, 'at' | 'context'>

/** What differs from message to message. */
export interface VerifierCall {
  /** Time of validation. */
  readonly at: Date
  readonly context?: MessageContext
  /** For the resolver, as it is: the certificate of the TLS client, a connection. */
  readonly passed?: unknown
}

/** What requests are held to, and responses. */
interface Way {
  readonly policy: PreparedPolicy
  readonly readDigests: DigestReader
}

/** A message as it was received, and what its signature says. */
interface Opened extends Pick<VerifiedMessage, 'requestId' | 'keyReference' | 'base'> {
  readonly view: MessageView
  readonly signature: ParsedSignature
  readonly digests: readonly ClaimedField[]
}

/** Verifies many messages under one profile. */
export interface Verifier {
  /** As `verifyRequest`. */
  verifyRequest(message: HttpMessage, call: VerifierCall): Promise<VerifiedMessage>
  /** As `verifyResponse`. */
  verifyResponse(response: HttpResponse, call: VerifierCall): Promise<VerifiedMessage>
}

const names: ReadonlySet<string> = new Set(['profile', 'resolveKey', 'replay', 'crypto'])
const callNames: ReadonlySet<string> = new Set(['at', 'context', 'passed'])

/**
 * A verifier for a server: what `verifyRequest` does, and it remembers the key of each certificate record that passed, so
 * that a resolver which answers the same record again costs no import and no second look at what cannot change. It also keeps
 * what the signatures of a thousand senders have in common, so that it is read once. Period, coverage, digest, clock, replay
 * and signature are checked for every message. It forgets a record when the resolver does.
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
  const { resolveKey, replay, crypto = defaultCrypto } = options
  if (typeof resolveKey !== 'function') throw new TypeError('resolveKey is a function')
  const profile = profileOf(options.profile)
  const { dialect, quirks, label } = profile
  const parse = signatureParser({ dialect, quirks })
  const keys = keyFinder(profile, resolveKey, crypto)
  const wayOf = (policy: PreparedPolicy): Way => {
    const { required, fields, algorithms, bare } = policy.source.digest
    return { policy, readDigests: digestReader({ required, fields, algorithms, bare }) }
  }
  const policies = policiesOf(profile)
  const requests = wayOf(policies.requests)
  const responses = wayOf(policies.responses)

  /** All that can be said of a message without a hash, a key or a signature: what the caller changes later cannot matter. */
  function open(message: HttpMessage | HttpResponse, { policy, readDigests }: Way, call: VerifierCall): Opened {
    for (const name in call) if (!callNames.has(name)) throw new TypeError(`unknown option '${name}'`)
    const { at, context } = call
    if (Number.isNaN(at.getTime())) throw new TypeError('at is not a moment')
    const view = viewMessage(message)
    const isRequest = view.status === undefined
    if (isRequest !== (policy === requests.policy)) throw new TypeError(isRequest ? aRequest : aResponse)
    const requestId = isRequest && profile.requestId ? requireRequestId(view) : undefined
    const signature = signatureOf(parse(view), label, policy.source.tag)
    checkPolicy(view, signature, policy, { at })
    const keyReference = keys.reference(signature)
    const base = signatureBaseOf(view, signature, context)
    return { view, requestId, signature, keyReference, base, digests: readDigests(view) }
  }

  async function verify(message: HttpMessage | HttpResponse, way: Way, call: VerifierCall): Promise<VerifiedMessage> {
    const { view, requestId, signature, keyReference, base, digests } = open(message, way, call)
    await compareDigests(digests, view.body, crypto)
    const found = keys.find(view, signature, keyReference, call)
    const { verifier, certificate } = found instanceof Promise ? await found : found
    requireAlgorithmOf(signature, verifier.algorithm)
    requireRight(await verifier.verify(base.octets, signature.signature), signature)
    if (replay !== undefined) {
      const sender =
        certificate === undefined ? keyReference.value : certificate.serial.hex + String(certificate.issuer)
      await checkReplay(view, signature, way.policy, { at: call.at, store: replay, sender, base, crypto })
    }
    return {
      profile: profile.name,
      components: way.policy.coveredBy(signature.components).list,
      algorithm: verifier.algorithm,
      keyReference,
      parameters: signature.parameters,
      certificate,
      digests: verifiedFields(digests),
      requestId,
      created: moment(signature.created),
      expires: moment(signature.expires),
      replayChecked: replay !== undefined,
      base,
    }
  }

  return Object.freeze({
    verifyRequest: (message: HttpMessage, call: VerifierCall) => verify(message, requests, call),
    verifyResponse: (response: HttpResponse, call: VerifierCall) => verify(response, responses, call),
  })
}

const aRequest = 'this is a request: verifyRequest verifies it'
const aResponse = 'this is a response: verifyResponse verifies it'

function moment(seconds: number | undefined): Date | undefined {
  return seconds === undefined ? undefined : new Date(seconds * 1000)
}
