import type { HttpMessage, HttpResponse } from '../http/index.ts'
import { linesOfRawHeaders, rawHeadersOf } from './raw-headers.ts'

/** What is needed of an `IncomingMessage` of node:http, node:https or the compatibility API of node:http2. */
export interface NodeIncoming {
  readonly method?: string | undefined
  readonly url?: string | undefined
  readonly statusCode?: number | undefined
  readonly rawHeaders: readonly string[]
}

/**
 * A received request of node:http. `url` must be as it came: where a framework rewrote it, give the original as `target`.
 * Pseudo-headers of HTTP/2 are left out; its `:authority` becomes Host where there is none.
 *
 * @param body - the octets as received: before decompression, decoding or parsing
 * @throws TypeError where it is no request
 *
 * @example
 * ```ts
 * import { createServer } from 'node:http'
 * import { buffer } from 'node:stream/consumers'
 * import { messageOfNode } from 'psd2-toolkit/adapters'
 *
 * createServer(async (request, response) => {
 *   const message = messageOfNode(request, await buffer(request))
 *   response.end(`${message.method} ${message.target}`)
 * })
 * ```
 */
export function messageOfNode(incoming: NodeIncoming, body: Uint8Array, target = incoming.url): HttpMessage {
  const { method, rawHeaders } = incoming
  if (method === undefined || target === undefined || target === '') throw new TypeError('this is no received request')
  const lines = linesOfRawHeaders(rawHeaders)
  const headers = lines.filter(([name]) => !name.startsWith(':'))
  const authority = lines.find(([name]) => name === ':authority')
  if (authority !== undefined && !headers.some(([name]) => name.toLowerCase() === 'host')) {
    headers.unshift(['host', authority[1]])
  }
  return { method, target, headers, body }
}

/**
 * A received response of node:http, with the request that it answers where a signature binds the two.
 *
 * @throws TypeError where it is no response
 */
export function responseOfNode(incoming: NodeIncoming, body: Uint8Array, request?: HttpMessage): HttpResponse {
  const { statusCode: status, rawHeaders } = incoming
  if (status === undefined || status === null) throw new TypeError('this is no received response')
  const headers = linesOfRawHeaders(rawHeaders).filter(([name]) => !name.startsWith(':'))
  return { status, headers, body, request }
}

/** What {@link toNodeRequest} gives. */
export interface NodeRequestOptions {
  readonly method: string
  readonly path: string
  /** Names and values in turn. */
  readonly headers: string[]
}

/**
 * Options for `http.request`, which sends target and headers exactly as they are here. It adds no Host to headers in this
 * form: the message has one. Give the body to `end`.
 *
 * @example
 * ```ts
 * import { request } from 'node:https'
 * import { toNodeRequest } from 'psd2-toolkit/adapters'
 *
 * const body = new TextEncoder().encode('{}')
 * const headers: [string, string][] = [['Host', 'api.example'], ['Content-Length', String(body.length)]]
 * const options = toNodeRequest({ method: 'POST', target: '/v1/a/../b', headers, body })
 * request({ host: 'api.example', ...options }).end(body)
 * ```
 */
export function toNodeRequest(message: HttpMessage): NodeRequestOptions {
  return { method: message.method, path: message.target, headers: rawHeadersOf(message.headers) }
}
