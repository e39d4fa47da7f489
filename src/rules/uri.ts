import type { GeneralName } from '../x509/extensions/general-name.ts'

/**
 * True where a GeneralName is a URI of the scheme. Compares octets, since rules ask this of every certificate; scheme
 * names are case-insensitive (RFC 3986 3.1).
 */
export function hasScheme(name: GeneralName, scheme: string): boolean {
  if (name.kind !== 'uniformResourceIdentifier' || name.length <= scheme.length) return false
  const octets = name.value
  for (let i = 0; i < scheme.length; i++) if (((octets[i] as number) | 0x20) !== scheme.charCodeAt(i)) return false
  return octets[scheme.length] === 0x3a
}

/** http or https. */
export function isHttp(name: GeneralName): boolean {
  return hasScheme(name, 'http') || hasScheme(name, 'https')
}
