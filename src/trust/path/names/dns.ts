/** Host names, in lower case where they come from {@link hostName}. */

const host = /^(?!-)[a-z0-9_-]{1,63}(?<!-)(?:\.(?!-)[a-z0-9_-]{1,63}(?<!-))*$/

/**
 * A host name in lower case; undefined where the text is none: empty labels, a period at the end, more than 253 octets,
 * labels that are longer than 63 or begin or end with a hyphen (RFC 1034 3.5, underscores as they occur).
 */
export function hostName(text: string): string | undefined {
  if (text.length === 0 || text.length > 253) return undefined
  const lower = text.toLowerCase()
  return host.test(lower) ? lower : undefined
}

/**
 * A dNSName of a certificate: a host name, or `*.` and a host name (RFC 9525 6.3). An asterisk anywhere else is no name. So
 * is one over a single label: nobody holds all of a top-level domain.
 */
export interface DnsPattern {
  readonly wildcard: boolean
  /** Without the asterisk. */
  readonly base: string
}

export function dnsPattern(text: string): DnsPattern | undefined {
  const wildcard = text.startsWith('*.')
  const base = hostName(wildcard ? text.slice(2) : text)
  if (base === undefined || (wildcard && !base.includes('.'))) return undefined
  return { wildcard, base }
}

/** True where the pattern stands for the host. An asterisk is one label. */
export function patternMatches({ wildcard, base }: DnsPattern, host: string): boolean {
  if (!wildcard) return host === base
  const dot = host.indexOf('.')
  return dot > 0 && host.slice(dot + 1) === base
}

/** True where the host is the base of the subtree or lies under it. An empty base is every host. */
export function isUnder(host: string, base: string): boolean {
  return (
    base === '' ||
    host === base ||
    (host.length > base.length && host.endsWith(base) && host.at(-base.length - 1) === '.')
  )
}

/** True where every host that the pattern stands for lies in the subtree. */
export function liesWithin({ base }: DnsPattern, subtree: string): boolean {
  return isUnder(base, subtree)
}

/** True where any host that the pattern stands for lies in the subtree. */
export function overlaps({ wildcard, base }: DnsPattern, subtree: string): boolean {
  if (isUnder(base, subtree)) return true
  return wildcard && patternMatches({ wildcard, base }, subtree)
}
