import { given } from '../core/given.ts'
import { once } from '../core/once.ts'
import { formatHttpDate, type HttpMessage } from '../http/index.ts'
import { createSigner, type MessageSigner, type SignerOptions, type SignMessageOptions } from '../signing/index.ts'
import { profileOf } from '../signing/profiles/index.ts'
import { targetOf } from './fetch-message.ts'
import { requireNames, systemClock } from './options.ts'

/** A function shaped like `fetch`: that of the platform, or that of undici with a dispatcher for the QWAC. */
export type FetchLike = (url: string, init: RequestInit) => Promise<Response>

/** How {@link signedFetch} signs. */
export interface SignedFetchOptions extends Omit<SignMessageOptions, 'at' | 'nonce'> {
  /** Default: the clock. */
  readonly now?: () => Date
  /** Makes the x-request-id of a request that has none, such as `() => crypto.randomUUID()`. */
  readonly requestId?: () => string
  /** Makes a new nonce for every request (RFC 9421). */
  readonly nonce?: () => string
  /** Adds Date to a request that has none. Browsers do not let it be set. Default false. */
  readonly date?: boolean
}

/** What is not of the signer. */
type EachRequest = Omit<SignedFetchOptions, keyof SignerOptions>

const names: ReadonlySet<string> = new Set([
  'profile',
  'key',
  'keyId',
  'certificate',
  'issuer',
  'expiresIn',
  'tag',
  'context',
  'crypto',
  'now',
  'requestId',
  'nonce',
  'date',
])

/** What of a Request beside method, headers and body goes into the request that is sent. */
const kept = ['cache', 'credentials', 'integrity', 'keepalive', 'mode', 'referrerPolicy', 'signal'] as const

/**
 * A `fetch` that signs each request. The body is read once, as octets, and these octets are digested and sent. A redirect
 * is never followed, since the signature is for one target: the answer is the redirect itself (or an error, where the
 * caller asks for that). Nothing is sent twice: who tries again calls again, and that request has its own signature.
 *
 * @throws TypeError on unknown options or an unknown profile. The function it gives rejects with `Psd2Error` where a
 * request cannot be signed, and with `TypeError` where redirects are to be followed or the request has a signature already
 *
 * @example
 * ```ts
 * import { readFile } from 'node:fs/promises'
 * import { signedFetch } from 'psd2-toolkit/adapters'
 *
 * const send = signedFetch(fetch, {
 *   profile: 'bpce',
 *   key: await readFile('qsealc.key'),
 *   keyId: 'https://tpp.example/qsealc.pem',
 *   requestId: () => crypto.randomUUID(),
 * })
 * const response = await send('https://api.example/stet/setting/v1/register', { method: 'POST', body: '{}' })
 * console.log(response.status)
 * ```
 */
export function signedFetch(
  fetch: FetchLike,
  options: SignedFetchOptions,
): (input: string | URL | Request, init?: RequestInit) => Promise<Response> {
  if (typeof fetch !== 'function') throw new TypeError('the first argument is a function such as fetch')
  requireNames(options, names, 'signedFetch')
  const { profile: named, key, keyId, certificate, issuer, crypto, ...each } = options
  const profile = profileOf(named)
  const signer = once(() => createSigner({ profile, key, keyId, ...given({ certificate, issuer, crypto }) }))
  return async (input, init = {}) => {
    if (init.redirect === 'follow') throw new TypeError('a signed request follows no redirect')
    const request = new Request(input, init)
    const body = new Uint8Array(await request.arrayBuffer())
    const headers = new Headers(request.headers)
    for (const [name, value] of await sign(request, headers, body, signer, each)) {
      if (headers.has(name)) throw new TypeError(`the request has ${name} already: sign it once`)
      headers.set(name, value)
    }
    return fetch(withoutFragment(request.url), {
      ...(input instanceof Request ? Object.fromEntries(kept.map((name) => [name, request[name]])) : {}),
      ...init,
      method: request.method,
      headers: [...headers],
      redirect: request.redirect === 'error' ? 'error' : 'manual',
      body: body.length === 0 ? null : body,
    })
  }
}

/** Adds the headers that are made for the request to it, and gives those of the signature. */
async function sign(
  { method, url }: Request,
  headers: Headers,
  body: Uint8Array,
  signer: () => Promise<MessageSigner>,
  options: EachRequest,
): Promise<readonly [string, string][]> {
  const { now = systemClock, requestId, nonce, date = false, context, ...rest } = options
  const at = now()
  if (requestId !== undefined && !headers.has('x-request-id')) headers.set('x-request-id', requestId())
  if (date && !headers.has('date')) headers.set('date', formatHttpDate(at))
  const scheme = new URL(url).protocol === 'http:' ? 'http' : 'https'
  const { signRequest } = await signer()
  const signed = await signRequest(asSent(method, url, headers, body), {
    ...rest,
    at,
    context: { scheme, ...context },
    ...(nonce === undefined ? {} : { nonce: nonce() }),
  })
  return signed.headers
}

/** With the headers that Fetch adds of its own, and that a profile may cover: Host, and the length of the octets. */
function asSent(method: string, url: string, own: Headers, body: Uint8Array): HttpMessage {
  const headers = [...own].filter(([name]) => name !== 'content-length')
  if (!own.has('host')) headers.unshift(['host', new URL(url).host])
  if (body.length > 0 || method === 'POST' || method === 'PUT') headers.push(['content-length', String(body.length)])
  return { method, target: targetOf(url), headers, body }
}

function withoutFragment(url: string): string {
  const hash = url.indexOf('#')
  return hash < 0 ? url : url.slice(0, hash)
}
