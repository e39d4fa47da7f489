import type { Deviation } from '../core/codes.ts'
import { type Limits, withLimits } from '../core/limits.ts'
import { Octets } from '../core/octets.ts'
import {
  type Cursor,
  contextConstructed,
  contextPrimitive,
  integerValue,
  openDer,
  type ReadMode,
  readBitString,
  readInteger,
  readOctetAlignedBitString,
  readTime,
  Scope,
  Tag,
} from '../der/index.ts'
import { type AlgorithmIdentifier, readAlgorithmIdentifier } from './algorithm.ts'
import { type Extension, type NamedExtension, readExtensions } from './extension.ts'
import { type ExtensionName, extensionReaders } from './extensions/table.ts'
import { type Name, readName } from './name.ts'
import { type PublicKeyInfo, readPublicKeyInfo } from './public-key.ts'
import { refuse, report } from './report.ts'

/** When a certificate is valid, both ends included (RFC 5280 4.1.2.5). */
export class Validity {
  declare private readonly from: number
  declare private readonly to: number

  constructor(from: number, to: number) {
    this.from = from
    this.to = to
  }

  get notBefore(): Date {
    return new Date(this.from)
  }

  get notAfter(): Date {
    return new Date(this.to)
  }

  /** True at every instant from notBefore to notAfter. Throws `TypeError` where `at` is no moment. */
  includes(at: Date): boolean {
    const moment = at.getTime()
    if (Number.isNaN(moment)) throw new TypeError('at is not a moment')
    return this.from <= moment && moment <= this.to
  }
}

/** TBSCertificate: everything but the signature. */
export interface TbsCertificate {
  readonly der: Octets
  readonly version: 1 | 2 | 3
  readonly serial: Octets
  readonly signatureAlgorithm: AlgorithmIdentifier
  readonly issuer: Name
  readonly validity: Validity
  readonly subject: Name
  readonly publicKey: PublicKeyInfo
  readonly extensions: readonly Extension[]
}

/**
 * A certificate as it was read: places in the octets that were given, nothing re-encoded. Names and strings are decoded
 * when they are asked for; every octet has been checked before. The record keeps a view of the octets: do not change
 * them while it is in use.
 */
export class Certificate {
  /** The octets that were given, exactly. */
  declare readonly bytes: Uint8Array
  /** How they were read. */
  declare readonly mode: ReadMode
  /** The caps that held. */
  declare readonly limits: Limits
  /** TBSCertificate: what the issuer signed. */
  declare readonly tbs: Octets
  declare readonly version: 1 | 2 | 3
  /** Content of the INTEGER, two's complement. */
  declare readonly serial: Octets
  /** The same inside and outside: a certificate where they differ is refused. */
  declare readonly signatureAlgorithm: AlgorithmIdentifier
  declare readonly issuer: Name
  declare readonly validity: Validity
  declare readonly subject: Name
  declare readonly publicKey: PublicKeyInfo
  declare readonly extensions: readonly Extension[]
  /** Content of signatureValue. */
  declare readonly signature: Octets
  /** Breaches that reading recorded. In strict mode these are remarks only; see `docs/deviations.md`. */
  declare readonly deviations: readonly Deviation[]

  constructor(bytes: Uint8Array, tbs: TbsCertificate, signature: Octets, scope: Scope) {
    this.bytes = bytes
    this.mode = scope.mode
    this.limits = scope.limits
    this.tbs = tbs.der
    this.version = tbs.version
    this.serial = tbs.serial
    this.signatureAlgorithm = tbs.signatureAlgorithm
    this.issuer = tbs.issuer
    this.validity = tbs.validity
    this.subject = tbs.subject
    this.publicKey = tbs.publicKey
    this.extensions = tbs.extensions
    this.signature = signature
    this.deviations = scope.deviations
  }

  /** The serial number as an integer. */
  get serialNumber(): bigint {
    return integerValue(this.serial.value)
  }

  /**
   * An extension by its name, with its value decoded; undefined where the certificate has none.
   *
   * @example
   * ```ts
   * import { parseCertificate } from 'psd2-toolkit/x509'
   *
   * declare const der: Uint8Array
   * const names = parseCertificate(der).extension('subjectAltName')?.decoded ?? []
   * console.log(names.map((name) => name.text))
   * ```
   */
  extension<Name extends ExtensionName>(name: Name): NamedExtension<Name> | undefined {
    for (const extension of this.extensions) if (extension.is(name)) return extension as NamedExtension<Name>
    return undefined
  }

  /** An extension by object identifier, known or not. */
  extensionByOid(oid: string): Extension | undefined {
    for (const extension of this.extensions) if (extension.oid === oid) return extension
    return undefined
  }
}

/** How {@link parseCertificate} reads. */
export interface ParseOptions {
  /**
   * `strict` (the default) refuses whatever breaks X.690 or the structure of RFC 5280. `tolerant`, for inspection and
   * audit, records those breaches that every reader understands alike in `deviations` and goes on.
   */
  readonly mode?: ReadMode
  readonly limits?: Partial<Limits>
}

/**
 * Reads one certificate from DER (RFC 5280 4.1), once and completely: extensions too.
 *
 * @param bytes - the certificate and nothing else; a view with an offset of its own is read as such
 * @throws Psd2Error with code `DER_...`, `X509_...` or `LIMIT_...`, the path, the octet offset and the clause
 * @throws TypeError where `bytes` is no `Uint8Array` or an option is not known
 *
 * @example
 * ```ts
 * import { readFileSync } from 'node:fs'
 * import { parseCertificate } from 'psd2-toolkit/x509'
 *
 * const certificate = parseCertificate(readFileSync('qwac.der'))
 * console.log(String(certificate.subject), certificate.validity.notAfter)
 * ```
 */
export function parseCertificate(bytes: Uint8Array, options: ParseOptions = {}): Certificate {
  if (!(bytes instanceof Uint8Array)) {
    throw new TypeError('parseCertificate takes DER as a Uint8Array; decodePem reads PEM text')
  }
  for (const name in options) {
    if (name !== 'mode' && name !== 'limits') throw new TypeError(`unknown option '${name}'`)
  }
  const scope = new Scope(options.mode, withLimits(options.limits))
  const cursor = openDer(bytes, scope)
  const certificate = readCertificate(cursor, bytes)
  cursor.finish()
  return certificate
}

/**
 * ```text
 * Certificate ::= SEQUENCE { tbsCertificate TBSCertificate, signatureAlgorithm AlgorithmIdentifier,
 *   signatureValue BIT STRING }
 * ```
 */
function readCertificate(cursor: Cursor, bytes: Uint8Array): Certificate {
  const end = cursor.open(Tag.SEQUENCE, '')
  const tbs = readTbsCertificate(cursor)
  const outerStart = cursor.position
  cursor.read(Tag.SEQUENCE, 'signatureAlgorithm')
  const { signatureAlgorithm } = tbs
  if (!sameOctets(bytes, signatureAlgorithm.offset, signatureAlgorithm.length, outerStart, cursor.position)) {
    throw refuse(cursor, 'X509_SIGNATURE_ALGORITHM_MISMATCH', 'signatureAlgorithm', outerStart)
  }
  readOctetAlignedBitString(cursor, 'signatureValue')
  cursor.close(end)
  const signature = new Octets(bytes, cursor.valueStart, cursor.valueEnd)
  return new Certificate(bytes, tbs, signature, cursor.scope)
}

/**
 * ```text
 * TBSCertificate ::= SEQUENCE { version [0] INTEGER DEFAULT v1, serialNumber INTEGER, signature AlgorithmIdentifier,
 *   issuer Name, validity Validity, subject Name, subjectPublicKeyInfo SubjectPublicKeyInfo,
 *   issuerUniqueID [1] BIT STRING OPTIONAL, subjectUniqueID [2] BIT STRING OPTIONAL, extensions [3] Extensions OPTIONAL }
 * ```
 */
function readTbsCertificate(cursor: Cursor): TbsCertificate {
  const start = cursor.position
  const end = cursor.open(Tag.SEQUENCE, 'tbsCertificate')
  const { bytes } = cursor
  const version = readVersion(cursor)
  const serial = readSerialNumber(cursor)
  const signatureAlgorithm = readAlgorithmIdentifier(cursor, 'signature', 'signature')
  const issuer = readName(cursor, 'issuer')
  if (issuer.attributes.length === 0) report(cursor, 'X509_ISSUER_EMPTY', 'issuer', issuer.offset)
  const validity = readValidity(cursor)
  const subject = readName(cursor, 'subject')
  const publicKey = readPublicKeyInfo(cursor)
  readUniqueId(cursor, 1, 'issuerUniqueID', version)
  readUniqueId(cursor, 2, 'subjectUniqueID', version)
  let extensions: Extension[] = []
  if (cursor.next(contextConstructed(3))) {
    if (version !== 3) throw refuse(cursor, 'X509_VERSION_FIELDS', 'extensions', cursor.position, `v${version}`)
    const fieldEnd = cursor.open(contextConstructed(3), 'extensions')
    extensions = readExtensions(cursor)
    cursor.close(fieldEnd)
  }
  if (subject.attributes.length === 0) checkEmptySubject(cursor, subject, extensions)
  cursor.close(end)
  const der = new Octets(bytes, start, cursor.position)
  return { der, version, serial, signatureAlgorithm, issuer, validity, subject, publicKey, extensions }
}

/** `version [0] EXPLICIT INTEGER { v1(0), v2(1), v3(2) } DEFAULT v1` */
function readVersion(cursor: Cursor): 1 | 2 | 3 {
  if (!cursor.next(contextConstructed(0))) return 1
  const start = cursor.position
  const end = cursor.open(contextConstructed(0), 'version')
  const at = cursor.position
  readInteger(cursor, '')
  cursor.close(end)
  const number = cursor.valueEnd - cursor.valueStart === 1 ? (cursor.bytes[cursor.valueStart] as number) : -1
  if (number === 0) cursor.deviate('DER_DEFAULT_ENCODED', 'version', start, 'v1')
  else if (number !== 1 && number !== 2) throw refuse(cursor, 'X509_VERSION', 'version', at)
  return (number + 1) as 1 | 2 | 3
}

function readSerialNumber(cursor: Cursor): Octets {
  const start = cursor.position
  readInteger(cursor, 'serialNumber')
  const { bytes, valueStart, valueEnd } = cursor
  const first = bytes[valueStart] as number
  if (first >= 0x80 || (first === 0 && valueEnd - valueStart === 1)) {
    report(cursor, 'X509_SERIAL_NOT_POSITIVE', 'serialNumber', start)
  }
  const length = valueEnd - valueStart
  if (length > 20) report(cursor, 'X509_SERIAL_TOO_LONG', 'serialNumber', start, `${length} octets`)
  return new Octets(bytes, valueStart, valueEnd)
}

/** `Validity ::= SEQUENCE { notBefore Time, notAfter Time }` */
function readValidity(cursor: Cursor): Validity {
  const start = cursor.position
  const end = cursor.open(Tag.SEQUENCE, 'validity')
  const from = readCertificateTime(cursor, 'notBefore')
  const to = readCertificateTime(cursor, 'notAfter')
  if (from > to) report(cursor, 'X509_VALIDITY_ORDER', '', start)
  cursor.close(end)
  return new Validity(from, to)
}

const year2050 = 2_524_608_000_000

function readCertificateTime(cursor: Cursor, step: string): number {
  const start = cursor.position
  const generalized = cursor.next(Tag.GENERALIZED_TIME)
  const time = readTime(cursor, step)
  if (generalized && time < year2050) report(cursor, 'X509_TIME_FORM', step, start)
  return time
}

function readUniqueId(cursor: Cursor, number: 1 | 2, step: string, version: 1 | 2 | 3): void {
  const tag = contextPrimitive(number)
  if (!cursor.next(tag)) return
  const start = cursor.position
  if (version === 1) throw refuse(cursor, 'X509_VERSION_FIELDS', step, start, 'v1')
  readBitString(cursor, step, tag)
  report(cursor, 'X509_UNIQUE_ID', step, start)
}

/** An empty subject is for certificates whose critical subjectAltName names them (RFC 5280 4.1.2.6). */
function checkEmptySubject(cursor: Cursor, subject: Name, extensions: readonly Extension[]): void {
  const { oid } = extensionReaders.subjectAltName
  if (!extensions.some((extension) => extension.oid === oid && extension.critical)) {
    report(cursor, 'X509_SUBJECT_EMPTY', 'subject', subject.offset)
  }
}

function sameOctets(bytes: Uint8Array, a: number, length: number, b: number, bEnd: number): boolean {
  if (bEnd - b !== length) return false
  for (let i = 0; i < length; i++) if (bytes[a + i] !== bytes[b + i]) return false
  return true
}
