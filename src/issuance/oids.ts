import { unknownName } from '../core/nearest.ts'
import { oidNames } from '../core/oids.ts'

const entries = Object.entries(oidNames)

/**
 * The object identifier for a name of `core/oids.ts`, looked up among those with one of the prefixes only, so that the
 * name of a role is never taken for a policy. Dotted decimal text is itself. Throws `TypeError` on another name.
 */
export function oidOf(what: string, nameOrOid: string, prefixes: readonly string[]): string {
  if (/^[0-2](?:\.\d+)+$/.test(nameOrOid)) return nameOrOid
  const candidates = entries.filter(([oid]) => prefixes.some((prefix) => oid.startsWith(prefix)))
  const found = candidates.find(([, name]) => name === nameOrOid)
  if (found === undefined) {
    throw unknownName(
      what,
      nameOrOid,
      candidates.map(([, name]) => name),
    )
  }
  return found[0]
}

/** Prefixes of the families of object identifiers that options name. */
export const families = {
  role: ['0.4.0.19495.1.'],
  policy: ['2.5.29.32.0', '0.4.0.2042.1.', '0.4.0.194112.1.', '0.4.0.19495.3.', '2.23.140.1.'],
  extendedKeyUsage: [
    '2.5.29.37.',
    '1.3.6.1.5.5.7.3.',
    '1.3.6.1.4.1.311.',
    '1.2.840.113583.',
    '1.3.6.1.4.1.11129.2.4.4',
    '0.4.0.2231.',
  ],
  qcType: ['0.4.0.1862.1.6.'],
  identMethod: ['0.4.0.1862.1.8.'],
  semantics: ['0.4.0.194121.1.'],
} as const

/** Object identifiers that this room writes. */
export const oid = {
  organizationName: '2.5.4.10',
  commonName: '2.5.4.3',
  countryName: '2.5.4.6',
  organizationIdentifier: '2.5.4.97',
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  crlDistributionPoints: '2.5.29.31',
  certificatePolicies: '2.5.29.32',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  authorityInfoAccess: '1.3.6.1.5.5.7.1.1',
  qcStatements: '1.3.6.1.5.5.7.1.3',
  cabfOrganizationIdentifier: '2.23.140.3.1',
  ocsp: '1.3.6.1.5.5.7.48.1',
  caIssuers: '1.3.6.1.5.5.7.48.2',
  extensionRequest: '1.2.840.113549.1.9.14',
  psd2: '0.4.0.19495.2',
} as const
