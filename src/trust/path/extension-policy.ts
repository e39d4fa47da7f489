import { Psd2Error } from '../../core/errors.ts'
import { qcStatements } from '../../eidas/qc-statements/read.ts'
import type { Certificate } from '../../x509/certificate.ts'
import { type ExtensionName, extensionReaders } from '../../x509/extensions/table.ts'
import type { Flaw } from './flaw.ts'

/**
 * What it means that an extension is critical: `processed` here or for the purpose of the certificate; `never`: its document
 * forbids it; `precertificate`: the certificate is none. Every other one is unknown (RFC 5280 4.2).
 */
const criticality: { readonly [Name in ExtensionName]: 'processed' | 'never' | 'precertificate' | 'unknown' } = {
  keyUsage: 'processed',
  basicConstraints: 'processed',
  nameConstraints: 'processed',
  certificatePolicies: 'processed',
  policyMappings: 'processed',
  policyConstraints: 'processed',
  inhibitAnyPolicy: 'processed',
  extKeyUsage: 'processed',
  subjectAltName: 'processed',
  cRLDistributionPoints: 'processed',
  tlsFeature: 'processed',
  authorityKeyIdentifier: 'never',
  subjectKeyIdentifier: 'never',
  authorityInfoAccess: 'never',
  subjectInfoAccess: 'never',
  freshestCRL: 'never',
  subjectDirectoryAttributes: 'never',
  noRevAvail: 'never',
  privateKeyUsagePeriod: 'unknown',
  issuerAltName: 'unknown',
  ocspNoCheck: 'unknown',
  signedCertificateTimestampList: 'unknown',
  cabfOrganizationIdentifier: 'unknown',
  validityAssured: 'unknown',
  ctPoison: 'precertificate',
}

const byOid: ReadonlyMap<string, 'processed' | 'never' | 'precertificate' | 'unknown'> = /* @__PURE__ */ new Map(
  (Object.keys(criticality) as ExtensionName[]).map((name) => [extensionReaders[name].oid, criticality[name]]),
)

const QC_STATEMENTS = '1.3.6.1.5.5.7.1.3'

const codes = {
  never: 'PATH_EXTENSION_CRITICALITY',
  unknown: 'PATH_EXTENSION_CRITICAL_UNKNOWN',
  precertificate: 'PATH_PRECERTIFICATE',
} as const

/** Extensions that are critical and may not be, and those that could not be decoded. */
export function extensionFlaws(certificate: Certificate, flaws: Flaw[]): void {
  for (const extension of certificate.extensions) {
    const { oid, critical, decoded } = extension
    const known = byOid.get(oid)
    // Tolerant reading leaves undecoded what it could not read: a constraint would be lost.
    if (known !== undefined && decoded === undefined) {
      flaws.push({
        code: 'PATH_EXTENSION_UNREADABLE',
        place: extension.path,
        offset: extension.offset,
        detail: extension.name,
      })
    }
    if (!critical) continue
    const meaning = oid === QC_STATEMENTS ? qcMeaning(certificate) : (known ?? 'unknown')
    if (meaning === 'processed') continue
    flaws.push({ code: codes[meaning], place: extension.path, offset: extension.offset, detail: extension.name })
  }
}

/** Critical qcStatements are understood where every statement is (RFC 3739 3.2.6). */
function qcMeaning(certificate: Certificate): 'processed' | 'unknown' {
  try {
    const list = qcStatements(certificate)?.list ?? []
    return list.every(({ oid, name }) => name !== oid) ? 'processed' : 'unknown'
  } catch (error) {
    if (error instanceof Psd2Error) return 'unknown'
    throw error
  }
}
