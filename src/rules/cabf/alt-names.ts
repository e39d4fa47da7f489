import type { GeneralName } from '../../x509/extensions/general-name.ts'
import { extensionsPlace, itemPlace } from '../places.ts'
import type { CertificateRule } from '../subject.ts'
import { followsBaseline } from '../web-regime.ts'
import { baselineClause } from './citation.ts'

/** Top-level names that are reserved or used inside networks only (RFC 6761, RFC 6762, ICANN). */
const internalTops: ReadonlySet<string> = new Set([
  'local',
  'localhost',
  'internal',
  'test',
  'example',
  'invalid',
  'lan',
  'corp',
  'home',
  'localdomain',
  'intranet',
  'private',
])

/** Why no authority may certify a host name; undefined where it may. */
function problemOfHost(name: string): string | undefined {
  const labels = name.toLowerCase().replace(/\.$/, '').split('.')
  if (labels.some((label) => label.includes('_'))) return 'a label has an underscore'
  const top = labels.at(-1) as string
  return labels.length < 2 || internalTops.has(top) ? 'the name is internal: nobody can own it' : undefined
}

/** Ranges that no one person owns (RFC 6890), by leading octets and bits. */
const internalRanges: readonly (readonly [prefix: readonly number[], bits: number])[] = [
  [[0], 8],
  [[10], 8],
  [[100, 64], 10],
  [[127], 8],
  [[169, 254], 16],
  [[172, 16], 12],
  [[192, 168], 16],
  [[224], 3],
]
const internalRanges6: readonly (readonly [prefix: readonly number[], bits: number])[] = [
  [[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], 120],
  [[0xfc], 7],
  [[0xfe, 0x80], 10],
  [[0xff], 8],
]

function problemOfAddress(octets: Uint8Array): string | undefined {
  const ranges = octets.length === 4 ? internalRanges : internalRanges6
  return ranges.some(([prefix, bits]) => isWithin(octets, prefix, bits)) ? 'the address is internal' : undefined
}

function isWithin(octets: Uint8Array, prefix: readonly number[], bits: number): boolean {
  for (let bit = 0; bit < bits; bit += 8) {
    const mask = bits - bit >= 8 ? 0xff : 0xff << (8 - (bits - bit))
    if ((((octets[bit >> 3] as number) ^ (prefix[bit >> 3] ?? 0)) & mask) !== 0) return false
  }
  return true
}

/** Why a name does not belong into subjectAltName of a web site; undefined where it does. */
export function problemOfAltName(name: GeneralName): string | undefined {
  if (name.kind === 'dNSName') return problemOfHost(name.text)
  if (name.kind === 'iPAddress') return problemOfAddress(name.value)
  return `${name.kind} does not belong here`
}

/** BR 7.1.2.7.12. */
export const altNames: CertificateRule = {
  id: 'cabf.alt-names',
  requirement: 'BR:7.1.2.7-san',
  citation: baselineClause('7.1.2.7.12'),
  modal: 'shall',
  grounding: 'C',
  title: 'subjectAltName has host names and addresses that somebody can own, and nothing else',
  why: 'a TLS client compares the host with subjectAltName alone',
  mend: 'have the certificate issued with the public host names of the service as dNSName',
  applies: followsBaseline,
  check: ({ certificate, extensions }, report) => {
    const extension = extensions.subjectAltName
    if (extension === undefined) {
      report(extensionsPlace(certificate), { message: 'there is no subjectAltName' })
      return
    }
    for (const [index, name] of (extension.decoded ?? []).entries()) {
      const message = problemOfAltName(name)
      if (message !== undefined) report(itemPlace(extension, `[${index}]`, name), { message, actual: name.text })
    }
  },
}
