import type { FieldLines, MessageView } from '../message.ts'
import { httpError } from '../refuse.ts'
import { normaliseAuthority, type RequestTarget } from '../target.ts'
import type { MessageContext } from './context.ts'
import { type QueryParameters, queryParameter, readQuery } from './query-param.ts'

/** A request with what derived components are made of. The query is read once. */
export class RequestParts {
  readonly method: string
  readonly target: RequestTarget
  readonly scheme: string
  readonly #host: string | undefined
  #query: QueryParameters | undefined

  constructor(method: string, target: RequestTarget, fields: FieldLines, context: MessageContext) {
    this.method = method
    this.target = target
    this.scheme = context.scheme ?? target.scheme ?? 'https'
    this.#host = context.authority ?? target.authority ?? fields.get('host')?.[0]
  }

  get authority(): string {
    if (this.#host === undefined) throw httpError('SIGNATURE_HEADER_ABSENT', 'host', { path: '@authority' })
    return normaliseAuthority(this.#host, this.scheme)
  }

  get query(): QueryParameters {
    this.#query ??= readQuery(this.target.query ?? '')
    return this.#query
  }
}

/** Values of the components that only a request has (RFC 9421 clause 2.2). */
export const requestValues: Readonly<Record<string, (request: RequestParts, name: string | undefined) => string>> = {
  '@method': ({ method }) => method,
  '@target-uri': (request) => `${request.scheme}://${request.authority}${pathOf(request)}${request.target.query ?? ''}`,
  '@authority': ({ authority }) => authority,
  '@scheme': ({ scheme }) => scheme,
  '@request-target': ({ target }) => target.raw,
  '@path': pathOf,
  '@query': ({ target }) => target.query ?? '?',
  '@query-param': ({ query }, name) => queryParameter(query, name as string),
}

function pathOf({ target }: RequestParts): string {
  if (target.path === undefined)
    throw httpError('SIGNATURE_COMPONENT_VALUE', 'a CONNECT has no path', { path: '@path' })
  return target.path
}

export function requestParts(
  { method, target, fields }: MessageView,
  context: MessageContext,
): RequestParts | undefined {
  return method === undefined || target === undefined ? undefined : new RequestParts(method, target, fields, context)
}
