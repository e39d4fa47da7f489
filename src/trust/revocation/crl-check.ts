import { equalBytes } from '../../core/bytes.ts'
import type { CryptoProvider } from '../../crypto/provider.ts'
import type {
  Certificate,
  CertificateList,
  DistributionPoint,
  GeneralName,
  Name,
  PublicKeyInfo,
  RevokedCertificate,
} from '../../x509/index.ts'
import { sameName } from '../path/names/canonical.ts'
import type { RevocationIssuer } from '../path/types.ts'
import { evidenceOf, type Revocation, type RevocationEvidence } from './answer.ts'
import type { RevocationCode } from './codes.ts'
import { freshnessAt } from './freshness.ts'
import { type SignatureOutcome, verifySigned } from './signed.ts'

/** A list, and where it came from. */
export interface CrlSource {
  readonly list: CertificateList
  readonly origin: string
}

/** What a list is held against. */
export interface CrlQuestion {
  readonly certificate: Certificate
  readonly issuer: RevocationIssuer
  readonly at: Date
  /** Milliseconds. */
  readonly skew: number
  /** Certificates that may sign indirect lists. */
  readonly crlIssuers: readonly RevocationIssuer[]
  readonly crypto: CryptoProvider
  /** Signatures that were verified before. */
  readonly verified: VerifiedLists
}

/** What one list says, and for which reasons it speaks. */
export interface CrlFinding {
  readonly evidence: RevocationEvidence
  /** Bits of ReasonFlags. */
  readonly reasons: number
}

/** Every reason of ReasonFlags, 1 to 8; bit 0 is not used (RFC 5280 4.2.1.13). */
export const allReasons = 0b1_1111_1110

/** Signatures of lists that were verified, by list and key. */
export type VerifiedLists = WeakMap<CertificateList, WeakMap<PublicKeyInfo, SignatureOutcome>>

/**
 * Holds one list against one certificate (RFC 5280 6.3.3). Cheap checks come first; no entry is believed before the
 * signature is verified.
 */
export async function checkCrl({ list, origin }: CrlSource, question: CrlQuestion): Promise<CrlFinding> {
  const { certificate, issuer, at, skew, crlIssuers } = question
  const times = { thisUpdate: list.thisUpdate, nextUpdate: list.nextUpdate }
  const refused = (code: RevocationCode, detail?: string): CrlFinding => ({
    evidence: evidenceOf('crl', origin, 'unknown', code, { ...times, detail }),
    reasons: 0,
  })

  const scope = list.issuingDistributionPoint
  const isIndirect = scope?.indirectCRL === true
  const sameIssuer = sameName(list.issuer, certificate.issuer)
  if (!sameIssuer && !isIndirect) return refused('REVOCATION_CRL_OTHER_ISSUER', String(list.issuer))
  const others = crlIssuers.filter(({ subject }) => sameName(subject, list.issuer))
  const signers = sameIssuer && !isIndirect ? [issuer, ...others] : others
  if (signers.length === 0) return refused('REVOCATION_CRL_INDIRECT', String(list.issuer))
  if (list.deltaBase !== undefined) return refused('REVOCATION_CRL_DELTA')
  if (list.unknownCritical.length > 0) {
    return refused('REVOCATION_CRL_CRITICAL_EXTENSION', list.unknownCritical.join(', '))
  }
  if (list.unknownCriticalInEntries) return refused('REVOCATION_CRL_CRITICAL_EXTENSION', 'in an entry')
  const kind = scopeProblem(list, certificate)
  if (kind !== undefined) return refused(kind)
  const points = pointsOf(certificate, list, sameIssuer)
  if (points.length === 0) return refused('REVOCATION_CRL_DISTRIBUTION_POINT')

  const signature = await verifyBy(list, signers, question)
  if (signature !== undefined) return refused(signature)

  const fresh = list.nextUpdate === undefined ? 'endless' : freshnessAt(list.thisUpdate, list.nextUpdate, at, skew)
  const listed = lookUp(list, certificate, isIndirect)
  if (listed !== undefined) {
    if (listed.reason === 'removeFromCRL') return refused('REVOCATION_CRL_REMOVED')
    const revocation = revocationOf(listed)
    // A revocation is not taken back: an old list proves it too, and a later one where its date has come. A hold may end.
    const isFinal = listed.reason !== 'certificateHold' && revocation.date.getTime() <= at.getTime() + skew
    if (fresh === 'current' || isFinal) {
      return {
        evidence: evidenceOf('crl', origin, 'revoked', 'REVOCATION_CRL_REVOKED', { ...times, revocation }),
        reasons: 0,
      }
    }
  }
  const stale = staleCodes[fresh]
  if (stale !== undefined) return refused(stale)
  // Issuers drop what has expired: that it is not there says nothing then.
  if (list.thisUpdate > certificate.validity.notAfter) return refused('REVOCATION_CERTIFICATE_EXPIRED')
  const reasons = points.reduce((bits, point) => bits | (point.reasons ?? allReasons), 0)
  const covered = reasons & (scope?.onlySomeReasons ?? allReasons) & allReasons
  const evidence =
    covered === allReasons
      ? evidenceOf('crl', origin, 'good', 'REVOCATION_CRL_GOOD', times)
      : evidenceOf('crl', origin, 'unknown', 'REVOCATION_CRL_SOME_REASONS', times)
  return { evidence, reasons: covered }
}

const staleCodes: Readonly<Record<'current' | 'endless' | 'not-yet' | 'expired', RevocationCode | undefined>> = {
  current: undefined,
  endless: 'REVOCATION_CRL_NO_NEXT_UPDATE',
  'not-yet': 'REVOCATION_CRL_NOT_YET',
  expired: 'REVOCATION_CRL_EXPIRED',
}

function isCa(certificate: Certificate): boolean {
  return certificate.extension('basicConstraints')?.decoded?.cA === true
}

function scopeProblem(list: CertificateList, certificate: Certificate): RevocationCode | undefined {
  const scope = list.issuingDistributionPoint
  if (scope === undefined) return undefined
  const isOther =
    scope.onlyContainsAttributeCerts ||
    (scope.onlyContainsUserCerts && isCa(certificate)) ||
    (scope.onlyContainsCACerts && !isCa(certificate))
  return isOther ? 'REVOCATION_CRL_SCOPE' : undefined
}

/** A distribution point as far as it matters here. */
type Point = Pick<DistributionPoint, 'reasons'>

/** A list without a distribution point of its own, or with the issuer's name for it, is about every certificate. */
const everything: readonly Point[] = [{ reasons: undefined }]

/** The distribution points of the certificate whose list this is (RFC 5280 6.3.3 b, and its last paragraph). */
function pointsOf(certificate: Certificate, list: CertificateList, sameIssuer: boolean): readonly Point[] {
  const scope = list.issuingDistributionPoint
  const isIndirect = scope?.indirectCRL === true
  const hasName = scope !== undefined && (scope.fullName.length > 0 || scope.nameIsRelative)
  if (sameIssuer && !isIndirect) {
    const { issuer } = certificate
    if (!hasName || scope.fullName.some(({ name }) => name !== undefined && sameName(name, issuer))) return everything
  }
  return (certificate.extension('cRLDistributionPoints')?.decoded ?? []).filter((point) => {
    const named = point.cRLIssuer.some(({ name }) => name !== undefined && sameName(name, list.issuer))
    if (point.cRLIssuer.length > 0 ? !named || !isIndirect : !sameIssuer) return false
    if (!hasName) return true
    const names = point.fullName.length > 0 ? point.fullName : point.cRLIssuer
    return scope.fullName.some((name) => names.some((other) => sameGeneralName(name, other)))
  })
}

function sameGeneralName(a: GeneralName, b: GeneralName): boolean {
  return a.kind === b.kind && equalBytes(a.value, b.value)
}

/** Undefined where one of the certificates signed the list and may do so. */
async function verifyBy(
  list: CertificateList,
  signers: readonly RevocationIssuer[],
  { issuer, crypto, verified }: CrlQuestion,
): Promise<RevocationCode | undefined> {
  let code: RevocationCode = 'REVOCATION_CRL_SIGNATURE'
  for (const signer of signers) {
    if (!hasKey(list, signer)) {
      code = 'REVOCATION_CRL_OTHER_KEY'
      continue
    }
    const usage = signer.certificate?.extension('keyUsage')
    // An old root may have no keyUsage. Who else signs lists must say that it may (RFC 10007).
    if (usage === undefined ? signer !== issuer : usage.decoded?.has('cRLSign') !== true) {
      code = 'REVOCATION_CRL_KEY_USAGE'
      continue
    }
    const outcome = await remembered(list, signer, crypto, verified)
    if (outcome === 'valid') return undefined
    code = outcome === 'wrong' ? 'REVOCATION_CRL_SIGNATURE' : 'REVOCATION_CRL_ALGORITHM'
  }
  return code
}

/** False where the list and the certificate name two different keys. */
function hasKey(list: CertificateList, { certificate }: RevocationIssuer): boolean {
  const wanted = list.authorityKeyIdentifier?.keyIdentifier
  const has = certificate?.extension('subjectKeyIdentifier')?.decoded
  return wanted === undefined || has === undefined || equalBytes(wanted.value, has.value)
}

async function remembered(
  list: CertificateList,
  { publicKey }: RevocationIssuer,
  crypto: CryptoProvider,
  verified: VerifiedLists,
): Promise<SignatureOutcome> {
  const known = verified.get(list)?.get(publicKey)
  if (known !== undefined) return known
  const outcome = await verifySigned(list, publicKey.value, crypto)
  const bySigner = verified.get(list) ?? new WeakMap<PublicKeyInfo, SignatureOutcome>()
  verified.set(list, bySigner.set(publicKey, outcome))
  return outcome
}

/** The entry of the certificate; where a broken list has several, one that revokes. */
function lookUp(list: CertificateList, certificate: Certificate, isIndirect: boolean): RevokedCertificate | undefined {
  let found: RevokedCertificate | undefined
  const serial = certificate.serial.value
  for (const entry of isIndirect ? entriesOfIssuer(list, certificate.issuer, serial) : list.find(serial)) {
    if (entry.reason !== 'removeFromCRL') return entry
    found = entry
  }
  return found
}

/** An entry is of the issuer that the last entry with certificateIssuer names, or of the CRL issuer (RFC 5280 5.3.3). */
function* entriesOfIssuer(list: CertificateList, issuer: Name, serial: Uint8Array): Generator<RevokedCertificate> {
  let isOurs = sameName(list.issuer, issuer)
  for (const entry of list.entries()) {
    if (entry.certificateIssuer !== undefined) {
      isOurs = entry.certificateIssuer.some(({ name }) => name !== undefined && sameName(name, issuer))
    }
    if (isOurs && equalBytes(entry.serial.value, serial)) yield entry
  }
}

function revocationOf({ revocationDate, reason, invalidityDate }: RevokedCertificate): Revocation {
  return { date: revocationDate, reason, invalidityDate }
}
