import type { HttpMessage, HttpResponse } from '../http/index.ts'
import { chunksOf, collectBody, readMaxBody } from './body.ts'
import { requireNames } from './options.ts'

/** How {@link messageOfRequest} reads. */
export interface MessageOfRequestOptions {
  /** The target as it was on the wire, where a proxy or the platform changed it. Default: path and query of the URL. */
  readonly target?: string | undefined
  /** Octets of the body at most. Default 1,048,576. */
  readonly maxBody?: number | undefined
}

/** How {@link messageOfResponse} reads. */
export interface MessageOfResponseOptions {
  readonly request?: HttpMessage | undefined
  /** Octets of the body at most. Default 1,048,576. */
  readonly maxBody?: number | undefined
}

const requestNames: ReadonlySet<string> = new Set(['target', 'maxBody'])
const responseNames: ReadonlySet<string> = new Set(['request', 'maxBody'])

/**
 * A request of the Fetch API. Its body is read: give a clone to keep it. Fetch hides what was on the wire: lines of one
 * name are joined, the path is normalised (`/a/../b` is `/b`), the fragment is cut. Where the request has no Host, that
 * of its URL stands in.
 *
 * @throws Psd2Error `LIMIT_BODY`
 *
 * @example
 * ```ts
 * import { messageOfRequest } from 'psd2-toolkit/adapters'
 *
 * const request = new Request('https://api.example/v1/accounts?page=2#top', { headers: { 'X-Request-ID': '42' } })
 * console.log((await messageOfRequest(request)).target) // /v1/accounts?page=2
 * ```
 */
export async function messageOfRequest(request: Request, options: MessageOfRequestOptions = {}): Promise<HttpMessage> {
  requireNames(options, requestNames, 'messageOfRequest')
  const declared = request.headers.get('content-length')
  const body = await collectBody(chunksOf(request.body), readMaxBody(options.maxBody), declared)
  return { method: request.method, target: options.target ?? targetOf(request.url), headers: linesOf(request), body }
}

/**
 * A response of the Fetch API; its body is read. Fetch undoes Content-Encoding, and the digest is of the encoded octets:
 * ask for `Accept-Encoding: identity` where answers are signed.
 *
 * @throws Psd2Error `LIMIT_BODY`
 */
export async function messageOfResponse(
  response: Response,
  options: MessageOfResponseOptions = {},
): Promise<HttpResponse> {
  requireNames(options, responseNames, 'messageOfResponse')
  const body = await collectBody(chunksOf(response.body), readMaxBody(options.maxBody), undefined)
  return { status: response.status, headers: [...response.headers], body, request: options.request }
}

/**
 * A request of the Fetch API. What Fetch would send otherwise than it stands here is refused, since a signature over it
 * would fail: send such a message by node:http.
 *
 * @param origin - scheme and authority, such as `https://api.example`
 * @throws TypeError where Fetch would rewrite the target
 */
export function toRequest(message: HttpMessage, origin: string): Request {
  const { method, target, headers, body } = message
  const { origin: base } = new URL(origin)
  const url = target.startsWith('/') ? `${base}${target}` : target
  const sent = target.startsWith('/') ? targetOf(url) : new URL(url).href
  if (sent !== target) throw new TypeError(`fetch would send the target as ${sent}`)
  const content = body === undefined || body.length === 0 ? {} : { body: new Uint8Array(body) }
  return new Request(url, { method, headers: headersOf(headers), redirect: 'manual', ...content })
}

/** A response of the Fetch API. */
export function toResponse({ status, headers, body }: HttpResponse): Response {
  const content = body === undefined || body.length === 0 ? null : new Uint8Array(body)
  return new Response(content, { status, headers: headersOf(headers) })
}

/** Path and query as Fetch sends them. */
export function targetOf(url: string): string {
  const { pathname, search } = new URL(url)
  return `${pathname}${search}`
}

function linesOf(request: Request): [string, string][] {
  const lines = [...request.headers]
  return request.headers.has('host') ? lines : [['host', new URL(request.url).host], ...lines]
}

function headersOf(lines: HttpMessage['headers']): Headers {
  const headers = new Headers()
  for (const [name, value] of lines) headers.append(name, value)
  return headers
}
