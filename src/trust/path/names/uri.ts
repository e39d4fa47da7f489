import { hostName } from './dns.ts'
import { addressOctets } from './ip.ts'

/** RFC 3986 3.2 to the letter: what else stands there, such as a backslash, readers take for different hosts. */
const authority = /^[a-z][a-z0-9+.-]*:\/\/(?:[\w.~!$&'()*+,;=:%-]*@)?([\w.-]+)(?::\d*)?(?:[/?#]|$)/i

/**
 * The host of an address that names one. An address without a host, or with one that is an IP address, lies in no subtree
 * and cannot be shown to lie outside of one (RFC 5280 4.2.1.10): undefined.
 */
export function uriHost(text: string): string | undefined {
  const host = authority.exec(text)?.[1]
  return host === undefined || addressOctets(host) !== undefined ? undefined : hostName(host)
}
