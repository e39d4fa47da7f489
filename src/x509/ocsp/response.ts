import { defaultLimits } from '../../core/limits.ts'
import { Octets } from '../../core/octets.ts'
import {
  type Cursor,
  contextConstructed,
  contextPrimitive,
  openDer,
  readGeneralizedTime,
  readInteger,
  readOctetAlignedBitString,
  readOid,
  readSmallInteger,
  Scope,
  Tag,
} from '../../der/index.ts'
import { type AlgorithmIdentifier, readAlgorithmIdentifier } from '../algorithm.ts'
import { type RevocationReason, readExtensionList, readRevocationReason } from '../crl-extensions.ts'
import { type Name, readName } from '../name.ts'
import { ocspError } from './codes.ts'
import { OCSP_NONCE } from './request.ts'

/** Status of a whole response by number (RFC 6960 4.2.1); 4 is not used. Only the first is signed. */
export const ocspStatuses = [
  'successful',
  'malformedRequest',
  'internalError',
  'tryLater',
  undefined,
  'sigRequired',
  'unauthorized',
] as const

export type OcspStatus = Exclude<(typeof ocspStatuses)[number], undefined>

/** Who signed: its name, or the SHA-1 of its key. */
export type ResponderId = { readonly name: Name } | { readonly keyHash: Octets }

/** What a response says of one certificate. */
export interface SingleResponse {
  /** Object identifier of the hash of the two that follow. */
  readonly hashAlgorithm: string
  readonly issuerNameHash: Octets
  readonly issuerKeyHash: Octets
  /** Content of the INTEGER. */
  readonly serial: Octets
  readonly status: 'good' | 'revoked' | 'unknown'
  readonly revocationTime: Date | undefined
  readonly revocationReason: RevocationReason | undefined
  readonly thisUpdate: Date
  readonly nextUpdate: Date | undefined
  /** Object identifiers of critical extensions: none is known here. */
  readonly unknownCritical: readonly string[]
}

/** BasicOCSPResponse (RFC 6960 4.2.1). That it is genuine is for `checkRevocation` to show. */
export interface BasicOcspResponse {
  /** ResponseData: what the responder signed. */
  readonly tbs: Octets
  readonly responderId: ResponderId
  readonly producedAt: Date
  readonly responses: readonly SingleResponse[]
  readonly nonce: Octets | undefined
  readonly unknownCritical: readonly string[]
  readonly signatureAlgorithm: AlgorithmIdentifier
  readonly signature: Octets
  /** Certificates that came with it, not read yet. */
  readonly certificates: readonly Octets[]
}

/** An OCSP response as it was read. */
export interface OcspResponse {
  readonly status: OcspStatus
  /** Object identifier of the type; undefined where the status is not successful. */
  readonly type: string | undefined
  /** Undefined where the type is not known here. */
  readonly basic: BasicOcspResponse | undefined
}

const BASIC = '1.3.6.1.5.5.7.48.1.1'
const ENUMERATED = 0x0a
const mostResponses = 1000
const mostCertificates = 16
/** A response about a thousand certificates with a chain takes under 200 KiB. */
const limits = { ...defaultLimits, elements: 50_000 }

/**
 * Reads one OCSP response from DER, once and completely.
 *
 * @throws Psd2Error with code `DER_...`, `OCSP_...`, `X509_...` or `LIMIT_...`, the path, the octet offset and the clause
 * @throws TypeError where `bytes` is no `Uint8Array`
 *
 * @example
 * ```ts
 * import { readFileSync } from 'node:fs'
 * import { parseOcspResponse } from 'psd2-toolkit/x509'
 *
 * const { status, basic } = parseOcspResponse(readFileSync('response.der'))
 * console.log(status, basic?.producedAt, basic?.responses[0]?.status)
 * ```
 */
export function parseOcspResponse(bytes: Uint8Array): OcspResponse {
  if (!(bytes instanceof Uint8Array)) throw new TypeError('parseOcspResponse takes DER as a Uint8Array')
  const cursor = openDer(bytes, new Scope('strict', limits))
  const response = readResponse(cursor)
  cursor.finish()
  return response
}

/**
 * ```text
 * OCSPResponse  ::= SEQUENCE { responseStatus ENUMERATED, responseBytes [0] EXPLICIT ResponseBytes OPTIONAL }
 * ResponseBytes ::= SEQUENCE { responseType OBJECT IDENTIFIER, response OCTET STRING }
 * ```
 */
function readResponse(cursor: Cursor): OcspResponse {
  const end = cursor.open(Tag.SEQUENCE, '')
  const statusAt = cursor.position
  const number = readSmallInteger(cursor, 'responseStatus', 0, 255, ENUMERATED)
  const status = ocspStatuses[number]
  if (status === undefined) throw ocspError(cursor, 'OCSP_STATUS', 'responseStatus', statusAt, String(number))
  const bytesAt = cursor.position
  let type: string | undefined
  let basic: BasicOcspResponse | undefined
  if (cursor.next(contextConstructed(0))) {
    if (status !== 'successful') throw ocspError(cursor, 'OCSP_RESPONSE_PRESENT', 'responseBytes', bytesAt, status)
    const fieldEnd = cursor.open(contextConstructed(0), 'responseBytes')
    const bytesEnd = cursor.open(Tag.SEQUENCE, '')
    type = readOid(cursor, 'responseType')
    cursor.read(Tag.OCTET_STRING, 'response')
    if (type === BASIC) {
      const valueEnd = cursor.openValue('response')
      basic = readBasic(cursor)
      cursor.close(valueEnd)
    }
    cursor.close(bytesEnd)
    cursor.close(fieldEnd)
  } else if (status === 'successful') throw ocspError(cursor, 'OCSP_RESPONSE_MISSING', 'responseBytes', bytesAt)
  cursor.close(end)
  return { status, type, basic }
}

/**
 * ```text
 * BasicOCSPResponse ::= SEQUENCE { tbsResponseData ResponseData, signatureAlgorithm AlgorithmIdentifier,
 *   signature BIT STRING, certs [0] EXPLICIT SEQUENCE OF Certificate OPTIONAL }
 * ```
 */
function readBasic(cursor: Cursor): BasicOcspResponse {
  const { bytes } = cursor
  const end = cursor.open(Tag.SEQUENCE, '')
  const start = cursor.position
  const data = readResponseData(cursor)
  const tbs = new Octets(bytes, start, cursor.position)
  const signatureAlgorithm = readAlgorithmIdentifier(cursor, 'signatureAlgorithm', 'signature')
  readOctetAlignedBitString(cursor, 'signature')
  const signature = new Octets(bytes, cursor.valueStart, cursor.valueEnd)
  const certificates: Octets[] = []
  if (cursor.next(contextConstructed(0))) {
    const fieldEnd = cursor.open(contextConstructed(0), 'certs')
    const listEnd = cursor.open(Tag.SEQUENCE, '')
    while (!cursor.isEmpty) {
      const at = cursor.position
      const index = certificates.length
      if (index === mostCertificates) throw ocspError(cursor, 'LIMIT_OCSP_CERTIFICATES', index, at)
      cursor.read(Tag.SEQUENCE, index)
      certificates.push(new Octets(bytes, at, cursor.position))
    }
    cursor.close(listEnd)
    cursor.close(fieldEnd)
  }
  cursor.close(end)
  return { tbs, ...data, signatureAlgorithm, signature, certificates }
}

type ResponseData = Pick<BasicOcspResponse, 'responderId' | 'producedAt' | 'responses' | 'nonce' | 'unknownCritical'>

/**
 * ```text
 * ResponseData ::= SEQUENCE { version [0] EXPLICIT INTEGER DEFAULT v1, responderID ResponderID,
 *   producedAt GeneralizedTime, responses SEQUENCE OF SingleResponse, responseExtensions [1] EXPLICIT Extensions OPTIONAL }
 * ```
 */
function readResponseData(cursor: Cursor): ResponseData {
  const end = cursor.open(Tag.SEQUENCE, 'tbsResponseData')
  if (cursor.next(contextConstructed(0))) {
    const at = cursor.position
    const versionEnd = cursor.open(contextConstructed(0), 'version')
    const version = readSmallInteger(cursor, '', -128, 2 ** 31)
    cursor.close(versionEnd)
    if (version !== 0) throw ocspError(cursor, 'OCSP_VERSION', 'version', at, String(version))
    cursor.deviate('DER_DEFAULT_ENCODED', 'version', at, 'v1')
  }
  const responderId = readResponderId(cursor)
  const producedAt = new Date(readGeneralizedTime(cursor, 'producedAt'))
  const responses: SingleResponse[] = []
  const listEnd = cursor.open(Tag.SEQUENCE, 'responses')
  while (!cursor.isEmpty) {
    const index = responses.length
    if (index === mostResponses) throw ocspError(cursor, 'LIMIT_OCSP_RESPONSES', index, cursor.position)
    responses.push(readSingleResponse(cursor, index))
  }
  cursor.close(listEnd)
  let nonce: Octets | undefined
  const unknownCritical: string[] = []
  if (cursor.next(contextConstructed(1))) {
    const fieldEnd = cursor.open(contextConstructed(1), 'responseExtensions')
    readExtensionList(cursor, (oid, critical) => {
      if (oid !== OCSP_NONCE) {
        if (critical) unknownCritical.push(oid)
        return false
      }
      cursor.read(Tag.OCTET_STRING, '')
      nonce = new Octets(cursor.bytes, cursor.valueStart, cursor.valueEnd)
      return true
    })
    cursor.close(fieldEnd)
  }
  cursor.close(end)
  return { responderId, producedAt, responses, nonce, unknownCritical }
}

/** `ResponderID ::= CHOICE { byName [1] EXPLICIT Name, byKey [2] EXPLICIT OCTET STRING }` */
function readResponderId(cursor: Cursor): ResponderId {
  const at = cursor.position
  if (cursor.next(contextConstructed(1))) {
    const end = cursor.open(contextConstructed(1), 'responderID')
    const name = readName(cursor, 'byName')
    cursor.close(end)
    return { name }
  }
  if (!cursor.next(contextConstructed(2))) throw ocspError(cursor, 'OCSP_RESPONDER_ID', 'responderID', at)
  const end = cursor.open(contextConstructed(2), 'responderID')
  cursor.read(Tag.OCTET_STRING, 'byKey')
  const keyHash = new Octets(cursor.bytes, cursor.valueStart, cursor.valueEnd)
  cursor.close(end)
  return { keyHash }
}

/**
 * ```text
 * SingleResponse ::= SEQUENCE { certID CertID, certStatus CertStatus, thisUpdate GeneralizedTime,
 *   nextUpdate [0] EXPLICIT GeneralizedTime OPTIONAL, singleExtensions [1] EXPLICIT Extensions OPTIONAL }
 * CertStatus ::= CHOICE { good [0] IMPLICIT NULL, revoked [1] IMPLICIT RevokedInfo, unknown [2] IMPLICIT NULL }
 * RevokedInfo ::= SEQUENCE { revocationTime GeneralizedTime, revocationReason [0] EXPLICIT CRLReason OPTIONAL }
 * ```
 */
function readSingleResponse(cursor: Cursor, index: number): SingleResponse {
  const { bytes } = cursor
  const end = cursor.open(Tag.SEQUENCE, index)
  const idEnd = cursor.open(Tag.SEQUENCE, 'certID')
  const hashAlgorithm = readAlgorithmIdentifier(cursor, 'hashAlgorithm').oid
  cursor.read(Tag.OCTET_STRING, 'issuerNameHash')
  const issuerNameHash = new Octets(bytes, cursor.valueStart, cursor.valueEnd)
  cursor.read(Tag.OCTET_STRING, 'issuerKeyHash')
  const issuerKeyHash = new Octets(bytes, cursor.valueStart, cursor.valueEnd)
  readInteger(cursor, 'serialNumber')
  const serial = new Octets(bytes, cursor.valueStart, cursor.valueEnd)
  cursor.close(idEnd)
  const statusAt = cursor.position
  let status: SingleResponse['status'] = 'good'
  let revocationTime: Date | undefined
  let revocationReason: RevocationReason | undefined
  if (cursor.next(contextConstructed(1))) {
    status = 'revoked'
    const infoEnd = cursor.open(contextConstructed(1), 'revoked')
    revocationTime = new Date(readGeneralizedTime(cursor, 'revocationTime'))
    if (cursor.next(contextConstructed(0))) {
      const reasonEnd = cursor.open(contextConstructed(0), 'revocationReason')
      revocationReason = readRevocationReason(cursor, '')
      cursor.close(reasonEnd)
    }
    cursor.close(infoEnd)
  } else {
    if (cursor.next(contextPrimitive(2))) status = 'unknown'
    else if (!cursor.next(contextPrimitive(0))) {
      throw ocspError(cursor, 'OCSP_CERTIFICATE_STATUS', 'certStatus', statusAt)
    }
    cursor.readAny('certStatus')
    if (cursor.valueEnd !== cursor.valueStart) cursor.refuse('DER_NULL_CONTENT', 'certStatus', statusAt)
  }
  const thisUpdate = new Date(readGeneralizedTime(cursor, 'thisUpdate'))
  let nextUpdate: Date | undefined
  if (cursor.next(contextConstructed(0))) {
    const nextEnd = cursor.open(contextConstructed(0), 'nextUpdate')
    nextUpdate = new Date(readGeneralizedTime(cursor, ''))
    cursor.close(nextEnd)
  }
  const unknownCritical: string[] = []
  if (cursor.next(contextConstructed(1))) {
    const fieldEnd = cursor.open(contextConstructed(1), 'singleExtensions')
    readExtensionList(cursor, (oid, critical) => {
      if (critical) unknownCritical.push(oid)
      return false
    })
    cursor.close(fieldEnd)
  }
  cursor.close(end)
  return {
    hashAlgorithm,
    issuerNameHash,
    issuerKeyHash,
    serial,
    status,
    revocationTime,
    revocationReason,
    thisUpdate,
    nextUpdate,
    unknownCritical,
  }
}
