import { Psd2Error } from '../core/errors.ts'
import { given } from '../core/given.ts'
import type { HttpMessage } from '../http/index.ts'
import {
  createVerifier,
  type KeyResolver,
  type ResolveContext,
  type VerifiedMessage,
  type VerifyMessageOptions,
} from '../signing/index.ts'
import { collectBody, readMaxBody } from './body.ts'
import {
  type ClientCertificate,
  type ClientCertificateSource,
  clientCertificateReader,
  type PeerSocket,
} from './client-certificate.ts'
import { requireNames, systemClock } from './options.ts'

/** A {@link KeyResolver} that also sees the certificate of the TLS client, to hold the QSealC to the QWAC. */
export type ReceivedKeyResolver = (
  reference: Parameters<KeyResolver>[0],
  context: Omit<ResolveContext, 'passed'> & { readonly clientCertificate: ClientCertificate | undefined },
) => ReturnType<KeyResolver>

/** How a middleware verifies. */
export interface VerifySignatureOptions extends Omit<VerifyMessageOptions, 'at' | 'resolveKey'> {
  readonly resolveKey: ReceivedKeyResolver
  /** Default: the clock. */
  readonly now?: () => Date
  /** Octets of a body at most; more are refused unread, with 413. Default 1,048,576. */
  readonly maxBody?: number
  /** Where the certificate of the TLS client is. Default: nowhere, and headers that claim to hold one are removed. */
  readonly clientCertificate?: ClientCertificateSource
  /** Is told why a request was refused: the sender only gets the code. */
  readonly onError?: (error: Psd2Error, request: { readonly method: string; readonly target: string }) => void
}

/** A request that was verified. Only what stands here may be relied on. */
export interface AdmittedRequest {
  readonly verified: VerifiedMessage
  /** Undefined where none was shown, or where no source is named. */
  readonly clientCertificate: ClientCertificate | undefined
  /** The octets that were verified, for the parser. */
  readonly body: Uint8Array<ArrayBuffer>
}

/** What a middleware answers to a request that was refused. */
export interface Refusal {
  readonly status: 401 | 413
  readonly headers: Readonly<Record<string, string>>
  readonly body: { readonly error: string }
}

/** A request before it is verified. */
export interface ReceivedRequest {
  readonly message: Omit<HttpMessage, 'body'>
  readonly socket: PeerSocket | undefined
  readonly chunks: AsyncIterable<Uint8Array>
}

/** A verifier with its options checked. */
export interface Admission {
  /** Lower-case names of headers to take away before a handler sees them. */
  hidden(socket: PeerSocket | undefined): readonly string[]
  admit(request: ReceivedRequest): Promise<AdmittedRequest | Refusal>
}

const names: ReadonlySet<string> = new Set([
  'profile',
  'resolveKey',
  'replay',
  'context',
  'crypto',
  'now',
  'maxBody',
  'clientCertificate',
  'onError',
])

/** Checks the options of a middleware. Throws `TypeError` on those that mean nothing. */
export function admission(options: VerifySignatureOptions): Admission {
  requireNames(options, names, 'verifySignature')
  const { now = systemClock, maxBody: most, clientCertificate, onError, context, resolveKey, ...rest } = options
  if (typeof resolveKey !== 'function') throw new TypeError('resolveKey is a function that finds a key')
  const maxBody = readMaxBody(most)
  const reader = clientCertificateReader(clientCertificate)
  const verifier = createVerifier({
    ...rest,
    resolveKey: (reference, { passed, ...found }) =>
      resolveKey(reference, { ...found, clientCertificate: passed as ClientCertificate | undefined }),
  })

  async function verify({ message, socket, chunks }: ReceivedRequest): Promise<AdmittedRequest> {
    const declared = message.headers.find(([name]) => name.toLowerCase() === 'content-length')?.[1]
    const body = await collectBody(chunks, maxBody, declared)
    const passed = reader.read(socket, message.headers)
    const hidden = reader.hidden(socket)
    const headers = message.headers.filter(([name]) => !hidden.includes(name.toLowerCase()))
    const call = { at: now(), passed, ...given({ context }) }
    const verified = await verifier.verifyRequest({ ...message, headers, body }, call)
    return { verified, clientCertificate: passed, body }
  }

  return {
    hidden: (socket) => reader.hidden(socket),
    async admit(request) {
      try {
        return await verify(request)
      } catch (error) {
        // What is no refusal, such as a store that cannot be reached, is for the framework's own handling of errors.
        if (!(error instanceof Psd2Error)) throw error
        const { method, target } = request.message
        onError?.(error, { method, target })
        return refusalOf(error)
      }
    },
  }
}

/** The code and nothing else: what was expected, and of whom, is for the log. */
function refusalOf({ code }: Psd2Error): Refusal {
  const body = { error: code }
  // The rest of the body was not read: a connection that stays open would have to take it in first.
  if (code === 'LIMIT_BODY') return { status: 413, headers: { connection: 'close' }, body }
  return { status: 401, headers: { 'www-authenticate': 'Signature' }, body }
}

/** True where the request was refused. */
export function isRefusal(outcome: AdmittedRequest | Refusal): outcome is Refusal {
  return 'status' in outcome
}
