import type { Octets } from '../../core/octets.ts'
import type { Certificate } from '../../x509/certificate.ts'
import type { KeyUsageName } from '../../x509/extensions/key-usage.ts'
import { type ConformanceCode, infoOf, type PathCode } from './codes.ts'
import { extensionFlaws } from './extension-policy.ts'
import type { Flaw } from './flaw.ts'
import { keyFlaw } from './key-policy.ts'
import { sameName } from './names/canonical.ts'
import { readConstraints } from './names/subtrees.ts'
import type { PathPurpose } from './types.ts'

/** Breaches that the caller lets pass. */
export type Accepted = ReadonlySet<ConformanceCode>

/**
 * Everything against an authority that depends on nothing but its certificate. The worst comes first. Of an anchor it does
 * not matter who issued it and under which number: it is trusted as it was given.
 */
export function authorityFlaws(certificate: Certificate, isAnchor: boolean, accepted: Accepted): Flaw[] {
  const flaws: Flaw[] = []
  const { subject, version } = certificate
  const basic = certificate.extension('basicConstraints')
  if (version !== 3 || basic?.decoded?.cA !== true) {
    const place = basic?.path ?? 'tbsCertificate.extensions'
    const detail = version === 3 ? undefined : `version ${version}`
    flaws.push({ code: 'PATH_NOT_A_CA', place, offset: basic?.offset, detail })
  }
  const usage = certificate.extension('keyUsage')
  if (usage?.decoded !== undefined && !usage.decoded.has('keyCertSign')) {
    flaws.push({ code: 'PATH_CA_KEY_USAGE', place: usage.path, offset: usage.offset })
  }
  if (subject.attributes.length === 0) {
    flaws.push({ code: 'PATH_CA_SUBJECT_EMPTY', place: 'tbsCertificate.subject', offset: subject.offset })
  }
  const constraints = certificate.extension('nameConstraints')
  if (constraints?.decoded !== undefined) {
    const { malformed } = readConstraints(constraints.decoded)
    const { path, offset } = constraints
    if (malformed !== undefined) {
      flaws.push({ code: 'PATH_CONSTRAINTS_FORM', place: `${path}.nameConstraints.${malformed}`, offset })
    }
    if (!constraints.critical) flaws.push({ code: 'PATH_CONSTRAINTS_NOT_CRITICAL', place: path, offset })
  }
  for (const name of ['policyConstraints', 'inhibitAnyPolicy'] as const) {
    const limit = certificate.extension(name)
    if (limit === undefined || limit.critical) continue
    flaws.push({ code: 'PATH_POLICY_LIMITS_NOT_CRITICAL', place: limit.path, offset: limit.offset, detail: name })
  }
  if (basic !== undefined && !basic.critical) {
    flaws.push({ code: 'PATH_BASIC_CONSTRAINTS_NOT_CRITICAL', place: basic.path, offset: basic.offset })
  }
  if (certificate.extension('subjectKeyIdentifier') === undefined) {
    flaws.push({ code: 'PATH_SUBJECT_KEY_ID_MISSING', place: 'tbsCertificate.extensions' })
  }
  commonFlaws(certificate, true, flaws)
  if (!isAnchor) issuedFlaws(certificate, flaws)
  return notAccepted(flaws, accepted).sort((a, b) => infoOf(a.code).rank - infoOf(b.code).rank)
}

/** Everything against the certificate that is validated which depends on nothing but itself. */
export function leafFlaws(certificate: Certificate, accepted: Accepted): Flaw[] {
  const flaws: Flaw[] = []
  const constraints = certificate.extension('nameConstraints')
  const usage = certificate.extension('keyUsage')
  const signs = usage?.decoded?.has('keyCertSign') === true
  if ((signs || constraints !== undefined) && certificate.extension('basicConstraints')?.decoded?.cA !== true) {
    if (constraints !== undefined) {
      flaws.push({ code: 'PATH_CONSTRAINTS_IN_LEAF', place: constraints.path, offset: constraints.offset })
    }
    if (signs) flaws.push({ code: 'PATH_LEAF_KEY_CERT_SIGN', place: usage?.path ?? '', offset: usage?.offset })
  }
  commonFlaws(certificate, false, flaws)
  issuedFlaws(certificate, flaws)
  return notAccepted(flaws, accepted)
}

function notAccepted(flaws: Flaw[], accepted: Accepted): Flaw[] {
  if (accepted.size === 0 || flaws.length === 0) return flaws
  return flaws.filter(({ code }) => !(accepted as ReadonlySet<PathCode>).has(code))
}

function commonFlaws(certificate: Certificate, isAuthority: boolean, flaws: Flaw[]): void {
  extensionFlaws(certificate, flaws)
  const key = keyFlaw(certificate.publicKey, isAuthority)
  if (key !== undefined) flaws.push(key)
  const { subject } = certificate
  if (subject.attributes.length === 0 && certificate.extension('subjectAltName')?.critical !== true) {
    const offset = subject.offset
    flaws.push({ code: 'PATH_SUBJECT_ALT_NAME_NOT_CRITICAL', place: 'tbsCertificate.subject', offset })
  }
}

/** What the issuer of a certificate had to write into it. */
function issuedFlaws(certificate: Certificate, flaws: Flaw[]): void {
  const { serial, subject, issuer } = certificate
  if (!isProperSerial(serial)) {
    flaws.push({ code: 'PATH_SERIAL_NUMBER', place: 'tbsCertificate.serialNumber', offset: serial.offset })
  }
  const keyId = certificate.extension('authorityKeyIdentifier')
  // Only a certificate that is signed by its own key may leave the identifier out (RFC 5280 4.2.1.1).
  if (keyId?.decoded?.keyIdentifier === undefined && (keyId !== undefined || !sameName(subject, issuer))) {
    const place = keyId?.path ?? 'tbsCertificate.extensions'
    flaws.push({ code: 'PATH_AUTHORITY_KEY_ID_MISSING', place, offset: keyId?.offset })
  }
}

/** A positive INTEGER of at most 20 octets. */
function isProperSerial(serial: Octets): boolean {
  const first = serial.at(0) as number
  return serial.length <= 20 && first < 0x80 && (first > 0 || serial.length > 1)
}

/** What the validity says against a moment, in milliseconds. */
export function validityFlaw(from: number, to: number, at: number): Flaw | undefined {
  if (at < from) return { code: 'PATH_NOT_YET_VALID', place: 'tbsCertificate.validity.notBefore' }
  if (at > to) return { code: 'PATH_EXPIRED', place: 'tbsCertificate.validity.notAfter' }
  return undefined
}

/** Object identifiers of purposes, and the bits of keyUsage of which one is needed (RFC 5280 4.2.1.12). */
const purposes = {
  serverAuth: { oid: '1.3.6.1.5.5.7.3.1', usage: ['digitalSignature', 'keyEncipherment', 'keyAgreement'] },
  clientAuth: { oid: '1.3.6.1.5.5.7.3.2', usage: ['digitalSignature', 'keyAgreement'] },
} as const satisfies Record<string, { oid: string; usage: readonly KeyUsageName[] }>

const ANY_PURPOSE = '2.5.29.37.0'

/** True where extKeyUsage allows the purpose; absent, it allows all. */
export function allowsPurpose(extended: readonly string[] | undefined, purpose: PathPurpose): boolean {
  if (extended === undefined || purpose === 'any') return true
  return extended.includes(purposes[purpose].oid) || extended.includes(ANY_PURPOSE)
}

/** What the usages of the certificate say against its use. */
export function useFlaws(
  certificate: Certificate,
  purpose: PathPurpose,
  wanted: readonly KeyUsageName[],
  flaws: Flaw[],
): void {
  const extended = certificate.extension('extKeyUsage')
  if (!allowsPurpose(extended?.decoded, purpose)) {
    flaws.push({ code: 'PATH_PURPOSE', place: extended?.path ?? '', offset: extended?.offset, detail: purpose })
  }
  const usage = certificate.extension('keyUsage')
  const bits = usage?.decoded
  if (usage === undefined || bits === undefined) return
  // With both extensions, the use must be consistent with both (RFC 5280 4.2.1.12).
  const consistent =
    purpose === 'any' || extended === undefined || purposes[purpose].usage.some((name) => bits.has(name))
  const missing = wanted.filter((name) => !bits.has(name))
  if (!consistent || missing.length > 0) {
    const detail = missing.length > 0 ? `without ${missing.join(', ')}` : purpose
    flaws.push({ code: 'PATH_KEY_USAGE', place: usage.path, offset: usage.offset, detail })
  }
}
