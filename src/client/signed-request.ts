import type { HeaderLines } from '../http/index.ts'
import type { ReadKeySet } from './key-set.ts'
import type { WireRequest } from './transport.ts'

/** A request that is whole but for its token. */
export interface PreparedRequest extends WireRequest {
  readonly requestId: string
  /** Path and query as on the request line. */
  readonly target: string
}

/** What stands where the token will be. */
const tokenPlaceholder = '<access_token>'

/** What a request is prepared from. */
export interface PrepareInput {
  readonly method: WireRequest['method']
  readonly url: string
  readonly body: Uint8Array | undefined
  readonly keyId: string
  readonly keys: ReadKeySet
  readonly requestId: string
  readonly at: Date
}

/**
 * Signs a request by the profile of the bank, with a key that is shown to fit the certificate. The token is not covered
 * by the signature and is put in last.
 */
export async function prepareRequest(input: PrepareInput): Promise<PreparedRequest> {
  const { method, url, body, keyId, keys, requestId, at } = input
  const target = new URL(url).pathname
  const headers: [string, string][] = [
    ['x-request-id', requestId],
    ['accept', 'application/json'],
  ]
  if (body !== undefined) headers.push(['content-type', 'application/json'])
  const message = { method, target, headers, ...(body === undefined ? {} : { body }) }
  const signer = await keys.signer()
  const signed = await signer.signRequest(message, { keyId, at })
  return {
    method,
    url,
    target,
    requestId,
    body,
    headers: [...headers, ...signed.headers, ['authorization', `Bearer ${tokenPlaceholder}`]],
  }
}

/** The same request with the token in it. */
export function withToken(prepared: PreparedRequest, token: string): WireRequest {
  const { method, url, body } = prepared
  const headers: HeaderLines = prepared.headers.map(([name, value]): [string, string] =>
    name === 'authorization' ? [name, `Bearer ${token}`] : [name, value],
  )
  return { method, url, headers, body }
}
