import { equalBytes } from '../../core/bytes.ts'
import type { Certificate } from '../../x509/certificate.ts'
import type { GeneralName } from '../../x509/extensions/general-name.ts'
import type { Flaw } from './flaw.ts'
import { dnsPattern, hostName, patternMatches } from './names/dns.ts'
import { mailbox } from './names/email.ts'
import { addressOctets } from './names/ip.ts'
import type { ReferenceName } from './types.ts'
import type { Work } from './work.ts'

/** A name that is looked for, read once. */
export interface Wanted {
  readonly text: string
  readonly matches: (name: GeneralName) => boolean
}

/** How each kind of reference name is read; undefined where the text is no such name. */
const kinds: Readonly<Record<string, (text: string) => ((name: GeneralName) => boolean) | undefined>> = {
  dns(text) {
    const host = hostName(text)
    if (host === undefined) return undefined
    return (name) => {
      if (name.kind !== 'dNSName') return false
      const text = name.text.toLowerCase()
      if (!text.startsWith('*.')) return text === host
      const pattern = dnsPattern(text)
      return pattern !== undefined && patternMatches(pattern, host)
    }
  },
  ip(text) {
    const octets = addressOctets(text)
    return octets === undefined ? undefined : (name) => name.kind === 'iPAddress' && equalBytes(name.value, octets)
  },
  email(text) {
    const box = mailbox(text)
    if (box === undefined) return undefined
    return (name) => {
      const other = name.kind === 'rfc822Name' ? mailbox(name.text) : undefined
      return other !== undefined && other.local === box.local && other.host === box.host
    }
  },
}

/** Reads the names of the caller. Throws `TypeError` on one that is none. */
export function wantedNames(names: readonly ReferenceName[]): Wanted[] {
  if (!Array.isArray(names)) throw new TypeError('names must be an array of { dns }, { ip } or { email }')
  return names.map((name, index) => {
    const entries = Object.entries((name ?? {}) as Record<string, unknown>)
    const [kind, text] = entries[0] ?? []
    const read = entries.length === 1 && Object.hasOwn(kinds, kind as string) ? kinds[kind as string] : undefined
    if (read === undefined || typeof text !== 'string') {
      throw new TypeError(`names[${index}] must be { dns }, { ip } or { email }`)
    }
    const matches = read(text)
    if (matches === undefined) throw new TypeError(`names[${index}].${kind} is no such name`)
    return { text, matches }
  })
}

/** Names that subjectAltName does not have. commonName is no name of a host (RFC 9525 2). */
export function nameFlaw(certificate: Certificate, wanted: readonly Wanted[], work: Work): Flaw | undefined {
  const alternative = certificate.extension('subjectAltName')
  const names = alternative?.decoded ?? []
  for (const { text, matches } of wanted) {
    work.spend('names', names.length)
    if (names.some(matches)) continue
    const place = alternative?.path ?? 'tbsCertificate.extensions'
    return { code: 'PATH_SERVER_NAME', place, offset: alternative?.offset, detail: text }
  }
  return undefined
}
