import type { MessageView } from '../message.ts'
import { httpError } from '../refuse.ts'
import { normaliseAuthority, type RequestTarget } from '../target.ts'
import type { MessageContext } from './context.ts'
import { type QueryParameters, queryParameter, readQuery } from './query-param.ts'

/** A request with what derived components are made of. */
export interface RequestParts {
  readonly method: string
  readonly target: RequestTarget
  readonly scheme: string
  readonly authority: () => string
  readonly query: () => QueryParameters
}

/** Values of the components that only a request has (RFC 9421 clause 2.2). */
export const requestValues: Readonly<Record<string, (request: RequestParts, name: string | undefined) => string>> = {
  '@method': ({ method }) => method,
  '@target-uri': (request) =>
    `${request.scheme}://${request.authority()}${pathOf(request)}${request.target.query ?? ''}`,
  '@authority': ({ authority }) => authority(),
  '@scheme': ({ scheme }) => scheme,
  '@request-target': ({ target }) => target.raw,
  '@path': pathOf,
  '@query': ({ target }) => target.query ?? '?',
  '@query-param': ({ query }, name) => queryParameter(query(), name as string),
}

function pathOf({ target }: RequestParts): string {
  if (target.path === undefined)
    throw httpError('SIGNATURE_COMPONENT_VALUE', 'a CONNECT has no path', { path: '@path' })
  return target.path
}

export function requestParts(message: MessageView, context: MessageContext): RequestParts | undefined {
  const { method, target, fields } = message
  if (method === undefined || target === undefined) return undefined
  const scheme = context.scheme ?? target.scheme ?? 'https'
  let query: QueryParameters | undefined
  return {
    method,
    target,
    scheme,
    authority: () => {
      const authority = context.authority ?? target.authority ?? fields.get('host')?.[0]
      if (authority === undefined) throw httpError('SIGNATURE_HEADER_ABSENT', 'host', { path: '@authority' })
      return normaliseAuthority(authority, scheme)
    },
    query: () => {
      query ??= readQuery(target.query ?? '')
      return query
    },
  }
}
