/** What is wrong with one redirect URI. Each has a rule of its own. */
export type RedirectProblem =
  | 'empty'
  | 'length'
  | 'list'
  | 'character'
  | 'escape'
  | 'relative'
  | 'scheme'
  | 'plain-http'
  | 'authority'
  | 'userinfo'
  | 'fragment'
  | 'wildcard'
  | 'host-literal'
  | 'host-local'
  | 'host-form'
  | 'host-idn'
  | 'port'
  | 'dot-segment'

/** Where redirect URIs are for. Only the sandbox lets a TPP try on its own machine. */
export type RedirectEnvironment = 'live' | 'sandbox'

/** Longer than any that a browser carries through a redirect. */
const longest = 2048
/** RFC 3986 clause 2: unreserved, reserved and percent. Everything else two parsers read differently, or not at all. */
const uriCharacters = /^[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]*$/
const parts = /^([A-Za-z][A-Za-z0-9+.-]*):(?:\/\/([^/?#]*))?([^?#]*)(\?[^#]*)?(#.*)?$/
const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i

/**
 * The first problem of a redirect URI; undefined where it has none. No URL parser is asked: they trim, decode and rewrite,
 * and the bank compares octets.
 */
export function redirectProblem(uri: string, environment: RedirectEnvironment): RedirectProblem | undefined {
  if (uri === '') return 'empty'
  if (uri.length > longest) return 'length'
  if (isList(uri)) return 'list'
  if (!uriCharacters.test(uri)) return 'character'
  if (/%(?![0-9A-Fa-f]{2})/.test(uri)) return 'escape'
  const found = parts.exec(uri)
  if (found === null) return 'relative'
  const [, scheme = '', authority, path = '', , fragment] = found
  if (scheme !== 'https' && scheme !== 'http') return 'scheme'
  if (authority === undefined || authority === '') return 'authority'
  if (authority.includes('@')) return 'userinfo'
  if (fragment !== undefined) return 'fragment'
  if (authority.includes('*') || path.includes('*')) return 'wildcard'
  const wrongHost = authorityProblem(authority, environment)
  if (wrongHost !== undefined) return wrongHost
  if (scheme === 'http' && !(environment === 'sandbox' && isLoopback(hostOf(authority)))) return 'plain-http'
  return path.split('/').some(isDotSegment) ? 'dot-segment' : undefined
}

/** Several URIs in one text, with commas or blanks between them. Every part is looked at once: no pattern runs over the whole. */
function isList(uri: string): boolean {
  return uri.split(/[,\s]/).filter((part) => /^[A-Za-z][A-Za-z0-9+.-]*:\/\//.test(part)).length > 1
}

function hostOf(authority: string): string {
  return /^(\[[^\]]*\]|[^:]*)/.exec(authority)?.[1] ?? ''
}

function authorityProblem(authority: string, environment: RedirectEnvironment): RedirectProblem | undefined {
  const host = hostOf(authority)
  const port = authority.slice(host.length)
  if (port !== '' && !isPort(port)) return 'port'
  if (host === '') return 'authority'
  if (isLoopback(host)) return environment === 'sandbox' ? undefined : 'host-local'
  // [v6], and every spelling of IPv4 that some parser takes: decimal, hexadecimal, octal, with fewer parts.
  const last = host.replace(/\.$/, '').split('.').at(-1) ?? ''
  if (host.startsWith('[') || /^(?:[0-9]+|0x[0-9a-f]*)$/i.test(last)) return 'host-literal'
  const labels = host.split('.')
  if (host.length > 253 || labels.some((part) => !label.test(part))) return 'host-form'
  if (labels.some((part) => /^xn--/i.test(part))) return 'host-idn'
  const top = labels.at(-1)?.toLowerCase() ?? ''
  return labels.length < 2 || localNames.has(top) ? 'host-local' : undefined
}

/** Names that no public host has (RFC 6761, RFC 6762, RFC 8375). */
const localNames: ReadonlySet<string> = new Set(['localhost', 'local', 'internal', 'home', 'lan', 'invalid', 'onion'])

function isLoopback(host: string): boolean {
  return /^(?:localhost|127\.0\.0\.1|\[::1\])$/i.test(host)
}

function isPort(text: string): boolean {
  return /^:[1-9][0-9]{0,4}$/.test(text) && Number(text.slice(1)) <= 65_535
}

/** `.` and `..`, also percent-encoded: URL parsers remove them, and another path remains. */
function isDotSegment(segment: string): boolean {
  return /^(?:\.|%2e){1,2}$/i.test(segment)
}
