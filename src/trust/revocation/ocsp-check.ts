import { equalBytes } from '../../core/bytes.ts'
import { Psd2Error } from '../../core/errors.ts'
import type { CryptoProvider, HashName } from '../../crypto/provider.ts'
import {
  type BasicOcspResponse,
  type Certificate,
  encodeOcspRequest,
  parseCertificate,
  parseOcspResponse,
  type ResponderId,
  type SingleResponse,
} from '../../x509/index.ts'
import { sameName } from '../path/names/canonical.ts'
import type { RevocationIssuer } from '../path/types.ts'
import { type EvidenceDetails, evidenceOf, issuerOf, type Revocation, type RevocationEvidence } from './answer.ts'
import type { RevocationCode } from './codes.ts'
import { type Freshness, freshnessAt } from './freshness.ts'
import { type SignatureOutcome, verifySigned } from './signed.ts'

/** A response, and where it came from. */
export interface OcspSource {
  readonly bytes: Uint8Array
  readonly origin: string
}

/** What a response is held against. */
export interface OcspQuestion {
  readonly certificate: Certificate
  readonly issuer: RevocationIssuer
  readonly at: Date
  /** Milliseconds. */
  readonly skew: number
  /** Milliseconds that a response without nextUpdate counts. */
  readonly longestWithoutNext: number
  /** The nonce of the request; where it is given, the response must have it. */
  readonly nonce: Uint8Array | undefined
  readonly crypto: CryptoProvider
  /** What lists say about the certificate of a responder. */
  readonly responderStatus: (responder: Certificate) => Promise<RevocationEvidence['status']>
}

const OCSP_SIGNING = '1.3.6.1.5.5.7.3.9'

/** Candidates among the certificates of a response whose signature is verified. */
const mostResponders = 4

/** Hashes of CertID. SHA-1 finds the issuer here and protects nothing: the name and the key are compared again by signature. */
const certIdHashes: Readonly<Record<string, HashName | undefined>> = {
  '1.3.14.3.2.26': 'sha-1',
  '2.16.840.1.101.3.4.2.1': 'sha-256',
  '2.16.840.1.101.3.4.2.2': 'sha-384',
  '2.16.840.1.101.3.4.2.3': 'sha-512',
}

/** The request about one certificate. */
export async function ocspRequestFor(
  certificate: Certificate,
  issuer: RevocationIssuer,
  nonce: Uint8Array | undefined,
  crypto: CryptoProvider,
): Promise<Uint8Array> {
  const id = {
    issuerNameHash: await crypto.digest('sha-1', certificate.issuer.value),
    issuerKeyHash: await crypto.digest('sha-1', issuer.publicKey.key.value),
    serial: certificate.serial.value,
  }
  return encodeOcspRequest(id, nonce)
}

/** Holds one response against one certificate (RFC 6960 3.2). */
export async function checkOcsp({ bytes, origin }: OcspSource, question: OcspQuestion): Promise<RevocationEvidence> {
  const unknown = (code: RevocationCode, details: EvidenceDetails = {}) =>
    evidenceOf('ocsp', origin, 'unknown', code, details)
  let basic: BasicOcspResponse
  try {
    const response = parseOcspResponse(bytes)
    // Nobody signs an error: it may come from anyone.
    if (response.status !== 'successful') return unknown('REVOCATION_OCSP_STATUS', { detail: response.status })
    if (response.basic === undefined) return unknown('REVOCATION_OCSP_TYPE', { detail: response.type })
    basic = response.basic
  } catch (error) {
    if (!(error instanceof Psd2Error)) throw error
    return unknown('REVOCATION_OCSP_UNREADABLE', { detail: error.code })
  }
  const { producedAt } = basic
  if (basic.unknownCritical.length > 0) {
    return unknown('REVOCATION_OCSP_CRITICAL_EXTENSION', { detail: basic.unknownCritical.join(', '), producedAt })
  }
  if (question.nonce !== undefined && !(basic.nonce !== undefined && equalBytes(basic.nonce.value, question.nonce))) {
    return unknown('REVOCATION_OCSP_NONCE', { producedAt })
  }
  const single = await responseFor(basic, question)
  if (typeof single === 'string') return unknown(single, { producedAt })
  const { thisUpdate, nextUpdate } = single
  const times = { thisUpdate, nextUpdate, producedAt }
  if (single.unknownCritical.length > 0) {
    return unknown('REVOCATION_OCSP_CRITICAL_EXTENSION', { detail: single.unknownCritical.join(', '), ...times })
  }
  const signature = await verifyResponse(basic, question)
  if (signature !== undefined) return unknown(signature, times)

  const fresh = freshnessOf(basic, single, question)
  const revocation = revocationOf(single)
  if (revocation !== undefined) {
    // As with lists: what is revoked stays so, but for a hold.
    const isFinal =
      revocation.reason !== 'certificateHold' && revocation.date.getTime() <= question.at.getTime() + question.skew
    if (fresh === 'current' || isFinal) {
      return evidenceOf('ocsp', origin, 'revoked', 'REVOCATION_OCSP_REVOKED', { ...times, revocation })
    }
  }
  if (fresh !== 'current') {
    return unknown(fresh === 'not-yet' ? 'REVOCATION_OCSP_NOT_YET' : 'REVOCATION_OCSP_EXPIRED', times)
  }
  if (single.status === 'unknown') return unknown('REVOCATION_OCSP_UNKNOWN', times)
  if (thisUpdate > question.certificate.validity.notAfter) return unknown('REVOCATION_CERTIFICATE_EXPIRED', times)
  return evidenceOf('ocsp', origin, 'good', 'REVOCATION_OCSP_GOOD', times)
}

function freshnessOf(
  { producedAt }: BasicOcspResponse,
  { thisUpdate, nextUpdate }: SingleResponse,
  { at, skew, longestWithoutNext }: OcspQuestion,
): Freshness {
  if (producedAt.getTime() > at.getTime() + skew) return 'not-yet'
  // Without nextUpdate, newer information is there at any time (RFC 6960 2.4): an old one is worth little.
  return freshnessAt(thisUpdate, nextUpdate ?? new Date(thisUpdate.getTime() + longestWithoutNext), at, skew)
}

function revocationOf({ revocationTime, revocationReason }: SingleResponse): Revocation | undefined {
  if (revocationTime === undefined) return undefined
  return { date: revocationTime, reason: revocationReason, invalidityDate: undefined }
}

/** The part of a response that is about the certificate, or why there is none. Two that differ are not chosen between. */
async function responseFor(
  { responses }: BasicOcspResponse,
  { certificate, issuer, crypto }: OcspQuestion,
): Promise<SingleResponse | RevocationCode> {
  const hashes = new Map<HashName, readonly [name: Uint8Array, key: Uint8Array]>()
  let found: SingleResponse | undefined
  for (const single of responses) {
    const hash = certIdHashes[single.hashAlgorithm]
    if (hash === undefined || !equalBytes(single.serial.value, certificate.serial.value)) continue
    const [name, key] = hashes.get(hash) ?? [
      await crypto.digest(hash, certificate.issuer.value),
      await crypto.digest(hash, issuer.publicKey.key.value),
    ]
    hashes.set(hash, [name, key])
    if (!equalBytes(single.issuerNameHash.value, name) || !equalBytes(single.issuerKeyHash.value, key)) continue
    if (found !== undefined && !saysTheSame(found, single)) return 'REVOCATION_OCSP_CONFLICT'
    found ??= single
  }
  return found ?? 'REVOCATION_OCSP_OTHER_CERTIFICATE'
}

function saysTheSame(a: SingleResponse, b: SingleResponse): boolean {
  return (
    a.status === b.status &&
    a.thisUpdate.getTime() === b.thisUpdate.getTime() &&
    a.nextUpdate?.getTime() === b.nextUpdate?.getTime() &&
    a.revocationTime?.getTime() === b.revocationTime?.getTime() &&
    a.revocationReason === b.revocationReason &&
    b.unknownCritical.length === 0
  )
}

/** Undefined where the issuer, or a responder that it authorised, signed the response (RFC 6960 4.2.2.2). */
async function verifyResponse(basic: BasicOcspResponse, question: OcspQuestion): Promise<RevocationCode | undefined> {
  const { issuer, crypto } = question
  let code: RevocationCode = 'REVOCATION_OCSP_RESPONDER'
  if (await isResponder(basic.responderId, issuer, crypto)) {
    const problem = codeOf(await verifySigned(basic, issuer.publicKey.value, crypto))
    if (problem === undefined) return undefined
    code = problem
  }
  let candidates = 0
  for (const { value } of basic.certificates) {
    const responder = readResponder(value)
    if (responder === undefined || !(await isResponder(basic.responderId, issuerOf(responder), crypto))) continue
    if (candidates++ === mostResponders) break
    const problem =
      (await authorisationProblem(responder, question)) ??
      codeOf(await verifySigned(basic, responder.publicKey.value, crypto))
    if (problem === undefined) return undefined
    code = problem
  }
  return code
}

function codeOf(outcome: SignatureOutcome): RevocationCode | undefined {
  if (outcome === 'valid') return undefined
  return outcome === 'wrong' ? 'REVOCATION_OCSP_SIGNATURE' : 'REVOCATION_OCSP_ALGORITHM'
}

function readResponder(der: Uint8Array): Certificate | undefined {
  try {
    return parseCertificate(der)
  } catch (error) {
    if (error instanceof Psd2Error) return undefined
    throw error
  }
}

async function isResponder(
  id: ResponderId,
  { subject, publicKey }: RevocationIssuer,
  crypto: CryptoProvider,
): Promise<boolean> {
  if ('name' in id) return sameName(id.name, subject)
  return equalBytes(id.keyHash.value, await crypto.digest('sha-1', publicKey.key.value))
}

/** Why a certificate may not sign responses for the issuer: the issuer itself must have issued it, for this purpose. */
async function authorisationProblem(
  responder: Certificate,
  { issuer, at, crypto, responderStatus }: OcspQuestion,
): Promise<RevocationCode | undefined> {
  if (!sameName(responder.issuer, issuer.subject)) return 'REVOCATION_OCSP_RESPONDER'
  if (responder.extension('extKeyUsage')?.decoded?.includes(OCSP_SIGNING) !== true) {
    return 'REVOCATION_OCSP_RESPONDER_PURPOSE'
  }
  const usage = responder.extension('keyUsage')?.decoded
  if (usage !== undefined && !usage.has('digitalSignature') && !usage.has('nonRepudiation')) {
    return 'REVOCATION_OCSP_RESPONDER_PURPOSE'
  }
  if (responder.extensions.some(({ critical, decoded }) => critical && decoded === undefined)) {
    return 'REVOCATION_OCSP_RESPONDER'
  }
  if (!responder.validity.includes(at)) return 'REVOCATION_OCSP_RESPONDER_VALIDITY'
  if ((await verifySigned(responder, issuer.publicKey.value, crypto)) !== 'valid') return 'REVOCATION_OCSP_RESPONDER'
  if (responder.extension('ocspNoCheck') !== undefined) return undefined
  const status = await responderStatus(responder)
  if (status === 'good') return undefined
  return status === 'revoked' ? 'REVOCATION_OCSP_RESPONDER_REVOKED' : 'REVOCATION_OCSP_RESPONDER_REVOCATION'
}
