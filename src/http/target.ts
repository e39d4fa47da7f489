import { httpError } from './refuse.ts'

/** The request target, split but never decoded. */
export interface RequestTarget {
  readonly raw: string
  readonly form: 'origin' | 'absolute' | 'authority' | 'asterisk'
  /** Lower case; of the absolute form only. */
  readonly scheme: string | undefined
  /** As written; of the absolute and authority forms. */
  readonly authority: string | undefined
  /** As written, `/` where it is empty; undefined in the authority form. */
  readonly path: string | undefined
  /** With its `?`; undefined where there is none. */
  readonly query: string | undefined
}

const absolute = /^([A-Za-z][A-Za-z0-9+.-]*):\/\/([^/?]*)(.*)$/
const authorityCharacters = /^(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9\-._~%!$&'()*+,;=]+)(?::[0-9]{1,5})?$/

/**
 * Splits a request target (RFC 9112 clause 3.2). Characters that no target may have are refused, octets beyond ASCII among
 * them: they would be read as two different texts.
 */
export function readTarget(raw: string, method: string): RequestTarget {
  for (let i = 0; i < raw.length; i++) {
    const code = raw.charCodeAt(i)
    if (code === 0x23) throw httpError('HTTP_TARGET_FRAGMENT', undefined, { path: 'target', offset: i })
    if (code <= 0x20 || code >= 0x7f) throw httpError('HTTP_TARGET', undefined, { path: 'target', offset: i })
  }
  if (raw.startsWith('/')) return withParts(raw, 'origin', undefined, undefined, raw)
  if (raw === '*' && method === 'OPTIONS') {
    return { raw, form: 'asterisk', scheme: undefined, authority: undefined, path: '/', query: undefined }
  }
  if (method === 'CONNECT' && authorityCharacters.test(raw)) {
    return { raw, form: 'authority', scheme: undefined, authority: raw, path: undefined, query: undefined }
  }
  const match = absolute.exec(raw)
  const [, scheme, authority, rest] = match ?? []
  if (scheme === undefined || authority === undefined || rest === undefined || !authorityCharacters.test(authority)) {
    throw httpError('HTTP_TARGET', raw, { path: 'target' })
  }
  return withParts(raw, 'absolute', scheme.toLowerCase(), authority, rest)
}

/** Path and query of what follows the authority, neither of them decoded. */
function withParts(
  raw: string,
  form: 'origin' | 'absolute',
  scheme: string | undefined,
  authority: string | undefined,
  text: string,
): RequestTarget {
  const mark = text.indexOf('?')
  const path = mark < 0 ? text : text.slice(0, mark)
  return {
    raw,
    form,
    scheme,
    authority,
    path: path === '' ? '/' : path,
    query: mark < 0 ? undefined : text.slice(mark),
  }
}

const defaultPorts: Readonly<Record<string, string>> = { https: ':443', http: ':80' }

/** Host and port as RFC 9421 clause 2.2.3 has them: lower case, without the port that the scheme implies. */
export function normaliseAuthority(authority: string, scheme: string): string {
  if (!authorityCharacters.test(authority)) throw httpError('SIGNATURE_COMPONENT_VALUE', authority, { path: 'host' })
  const lower = authority.toLowerCase()
  const port = Object.hasOwn(defaultPorts, scheme) ? (defaultPorts[scheme] as string) : undefined
  return port !== undefined && lower.endsWith(port) ? lower.slice(0, -port.length) : lower
}
