import {
  type AuthorizationServer,
  clientCredentialsGrantRequest,
  customFetch,
  OperationProcessingError,
  processClientCredentialsResponse,
  ResponseBodyError,
  TlsClientAuth,
} from 'oauth4webapi'
import { objectOf, problemOf } from './answers.ts'
import { RegistrationError } from './codes.ts'
import type { Transport, WireAnswer, WireRequest } from './transport.ts'

/** A token and how long it may be used. */
export interface AccessToken {
  readonly value: string
  readonly expiresAt: Date
}

/** Keeps the token of one QWAC. */
export interface TokenSource {
  /** The token that is there, or a new one; those who ask at once share one request. */
  readonly get: (signal: AbortSignal | undefined) => Promise<AccessToken>
  /** Forgets a token that the bank did not take. */
  readonly drop: (token: AccessToken) => void
}

/** "the access token validity is limited to 1 hour" (Limits). */
const longest = 3600
/** Seconds before its end at which a token is renewed: a request must not arrive with one that has just ended. */
const margin = 60

export interface TokenSettings {
  readonly url: string
  readonly clientId: string
  readonly transport: Transport
  readonly now: () => Date
}

/** What the page wants: a generic client, its one scope, TLS with the QWAC for authentication. */
export function tokenSource(settings: TokenSettings): TokenSource {
  let kept: AccessToken | undefined
  let running: Promise<AccessToken> | undefined
  return {
    get: (signal) => {
      if (kept !== undefined && settings.now() < kept.expiresAt) return Promise.resolve(kept)
      running ??= fetchToken(settings)
        .then((token) => {
          kept = token
          return token
        })
        .finally(() => {
          running = undefined
        })
      return unlessAborted(running, signal)
    },
    drop: (token) => {
      if (kept === token) kept = undefined
    },
  }
}

/** The token request as it goes over the wire. */
export function tokenRequest({ url, clientId }: Pick<TokenSettings, 'url' | 'clientId'>): WireRequest {
  const form = new URLSearchParams({
    client_id: clientId,
    grant_type: 'client_credentials',
    scope: 'manageRegistration',
  })
  return {
    method: 'POST',
    url,
    headers: [
      ['accept', 'application/json'],
      ['content-type', 'application/x-www-form-urlencoded; charset=utf-8'],
    ],
    body: new TextEncoder().encode(form.toString()),
  }
}

/** The request is shared: one who gives up leaves it to the others. */
async function unlessAborted<Value>(promise: Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
  if (signal === undefined) return promise
  signal.throwIfAborted()
  let stop = (): void => {}
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason)
    signal.addEventListener('abort', stop, { once: true })
  })
  try {
    return await Promise.race([promise, aborted])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

async function fetchToken(settings: TokenSettings): Promise<AccessToken> {
  const { url, clientId, transport, now } = settings
  const server: AuthorizationServer = { issuer: new URL(url).origin, token_endpoint: url }
  const client = { client_id: clientId }
  let answer: WireAnswer | undefined
  try {
    const asked = now()
    const response = await clientCredentialsGrantRequest(
      server,
      client,
      TlsClientAuth(),
      { scope: 'manageRegistration' },
      {
        [customFetch]: async (_, { body }) => {
          const form = new TextEncoder().encode(String(body))
          answer = await sendToken(transport, { ...tokenRequest(settings), body: form })
          return normalised(answer)
        },
      },
    )
    const granted = await processClientCredentialsResponse(server, client, response)
    const seconds = Math.min(granted.expires_in ?? longest, longest)
    return {
      value: bearer(granted.access_token),
      expiresAt: new Date(asked.getTime() + Math.max(seconds - margin, 0) * 1000),
    }
  } catch (error) {
    if (error instanceof RegistrationError) throw error
    // The errors of the library hold the answer, and so the token.
    if (answer !== undefined && (error instanceof ResponseBodyError || answer.status >= 300)) {
      throw new RegistrationError('TOKEN_REFUSED', { problem: problemOf(answer, []) })
    }
    if (error instanceof OperationProcessingError) throw new RegistrationError('TOKEN_ANSWER')
    throw new RegistrationError('TOKEN_ANSWER', { detail: error instanceof Error ? error.name : 'unknown' })
  }
}

/** A token that was not delivered is no loss: unlike a registration, the request may be repeated. */
async function sendToken(transport: Transport, wire: WireRequest): Promise<WireAnswer> {
  try {
    return await transport.send(wire, undefined)
  } catch (error) {
    if (!(error instanceof RegistrationError) || error.code !== 'BANK_OUTCOME_UNKNOWN') throw error
    throw new RegistrationError('BANK_CONNECTION', { detail: 'token request' })
  }
}

/** The page shows an answer with nothing but `access_token`: what RFC 6749 demands beside is put in. */
function normalised(answer: WireAnswer): Response {
  const { status, body } = answer
  const object = status === 200 ? objectOf(answer) : undefined
  const completed = object === undefined ? body : JSON.stringify({ token_type: 'bearer', ...object })
  const headers = answer.headers.filter(([name]) => !/^(?:content-(?:length|encoding)|transfer-encoding)$/i.test(name))
  const isBodyless = status === 204 || status === 205 || status === 304
  return new Response(isBodyless ? null : (completed as BodyInit), {
    status: status < 200 || status > 599 ? 500 : status,
    headers:
      object === undefined ? headers.map(([name, value]): [string, string] => [name, value]) : { 'content-type': 'application/json' },
  })
}

/** RFC 6750 2.1. Anything else would not survive a header. */
function bearer(token: string): string {
  if (token.length <= 8192 && /^[A-Za-z0-9._~+/-]+=*$/.test(token)) return token
  throw new RegistrationError('TOKEN_ANSWER', { detail: 'it has characters that a header does not take, or too many' })
}
