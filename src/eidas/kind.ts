import type { Certificate } from '../x509/certificate.ts'
import { type QcStatements, qcStatements } from './qc-statements/read.ts'

/** What a certificate is for (Regulation (EU) 910/2014, Annexes I, III and IV). */
export type CertificateKind = 'QWAC' | 'QSealC' | 'QESign' | 'CA' | 'other'

/** The kind and why. */
export interface KindVerdict {
  readonly kind: CertificateKind
  /** What decided, in a sentence. */
  readonly reason: string
  /** Object identifiers that decided; empty where their absence did. */
  readonly evidence: readonly string[]
}

/** QcType (ETSI EN 319 412-5 4.2.3). */
const kindByType: Readonly<Record<string, CertificateKind | undefined>> = {
  '0.4.0.1862.1.6.1': 'QESign',
  '0.4.0.1862.1.6.2': 'QSealC',
  '0.4.0.1862.1.6.3': 'QWAC',
}

/** Policies that say the same (ETSI EN 319 411-2 5.3, TS 119 495 6.1). */
const kindByPolicy: Readonly<Record<string, CertificateKind | undefined>> = {
  '0.4.0.194112.1.0': 'QESign',
  '0.4.0.194112.1.1': 'QSealC',
  '0.4.0.194112.1.2': 'QESign',
  '0.4.0.194112.1.3': 'QSealC',
  '0.4.0.194112.1.4': 'QWAC',
  '0.4.0.194112.1.5': 'QWAC',
  '0.4.0.194112.1.6': 'QWAC',
  '0.4.0.19495.3.1': 'QWAC',
}

/**
 * Decides the kind of a certificate: a CA by basicConstraints, else by QcType, else by its qualified policy. Key usage
 * never decides: seals and web sites share theirs. A kind says what the certificate claims to be, not that it is
 * qualified: for that its issuer must stand in a trusted list.
 *
 * @throws Psd2Error `LIMIT_...` where the statements are larger than the limits that the certificate was read with
 *
 * @example
 * ```ts
 * import { certificateKind } from 'psd2-toolkit/eidas'
 * import { parseCertificate } from 'psd2-toolkit/x509'
 *
 * declare const der: Uint8Array
 * const { kind, reason } = certificateKind(parseCertificate(der))
 * console.log(kind, reason)
 * ```
 */
export function certificateKind(certificate: Certificate): KindVerdict {
  return isAuthority(certificate) ? authority : leafKind(certificate, qcStatements(certificate, { mode: 'tolerant' }))
}

/** {@link certificateKind} for who has read the statements, tolerantly, before. */
export function certificateKindFrom(certificate: Certificate, statements: QcStatements | undefined): KindVerdict {
  return isAuthority(certificate) ? authority : leafKind(certificate, statements)
}

const authority: KindVerdict = Object.freeze({
  kind: 'CA',
  reason: 'basicConstraints has cA',
  evidence: Object.freeze(['2.5.29.19']),
})

function isAuthority(certificate: Certificate): boolean {
  return certificate.extension('basicConstraints')?.decoded?.cA === true
}

/** What a certificate is meant for by QcType or policy, whether or not it could issue others. */
export function leafKind(certificate: Certificate, statements: QcStatements | undefined): KindVerdict {
  const purposes = statements?.all('QcType') ?? []
  if (purposes.some(({ decoded }) => decoded === undefined)) {
    return { kind: 'other', reason: 'QcType cannot be read', evidence: [] }
  }
  const types = purposes.flatMap(({ decoded }) => decoded ?? [])
  if (types.length > 0) return byTable(types, kindByType, 'QcType')
  const policies = certificate.extension('certificatePolicies')?.decoded?.map((policy) => policy.oid) ?? []
  const qualified = policies.filter((oid) => kindByPolicy[oid] !== undefined)
  if (qualified.length > 0) return byTable(qualified, kindByPolicy, 'no QcType; the policy')
  return { kind: 'other', reason: withoutType(statements), evidence: [] }
}

function byTable(
  oids: readonly string[],
  table: Readonly<Record<string, CertificateKind | undefined>>,
  what: string,
): KindVerdict {
  const kinds = [...new Set(oids.map((oid) => table[oid]))]
  const [kind] = kinds
  if (kinds.length > 1) return { kind: 'other', reason: `${what} names several kinds`, evidence: oids }
  if (kind === undefined) return { kind: 'other', reason: `${what} names no known kind`, evidence: oids }
  return { kind, reason: `${what} says so`, evidence: oids }
}

function withoutType(statements: QcStatements | undefined): string {
  return statements === undefined
    ? 'no qcStatements: this is no eIDAS certificate'
    : 'neither QcType nor a qualified policy says what it is for'
}
