import { equalBytes } from '../core/bytes.ts'
import type { Deviation } from '../core/codes.ts'
import { defaultLimits } from '../core/limits.ts'
import { Octets } from '../core/octets.ts'
import {
  type Cursor,
  contextConstructed,
  openDer,
  openPart,
  readInteger,
  readOctetAlignedBitString,
  readSmallInteger,
  readTime,
  Scope,
  Tag,
} from '../der/index.ts'
import { type AlgorithmIdentifier, readAlgorithmIdentifier } from './algorithm.ts'
import { crlError, crlNote } from './crl-codes.ts'
import {
  type CrlExtensions,
  type EntryExtensions,
  type RevocationReason,
  readCrlExtensions,
  readEntryExtensions,
} from './crl-extensions.ts'
import type { GeneralName } from './extensions/general-name.ts'
import type { IssuingDistributionPoint } from './extensions/issuing-distribution-point.ts'
import type { AuthorityKeyIdentifier } from './extensions/key-identifiers.ts'
import { type Name, readName } from './name.ts'
import { refuse } from './report.ts'
import { SerialIndex } from './serial-index.ts'

/** One revoked certificate of a list, decoded when it is asked for. */
export interface RevokedCertificate {
  /** Content of the INTEGER. */
  readonly serial: Octets
  readonly revocationDate: Date
  /** Absent is unspecified (RFC 5280 5.3.1). */
  readonly reason: RevocationReason | undefined
  /** When the key became doubtful, where the list says so. */
  readonly invalidityDate: Date | undefined
  /** Names of whoever issued this certificate and those after it, in an indirect list. */
  readonly certificateIssuer: readonly GeneralName[] | undefined
}

/** Caps on a list. */
export interface CrlLimits {
  /** Octets. */
  readonly size: number
  readonly entries: number
}

/** The largest lists of the public web have some ten megabytes; an entry takes about 37 octets. */
const defaultCrlLimits: CrlLimits = { size: 64 << 20, entries: 2_000_000 }

/** How {@link parseCrl} reads. */
export interface ParseCrlOptions {
  readonly limits?: Partial<CrlLimits>
}

/** The fields of a list before its entries are looked at. */
interface Header {
  readonly tbs: Octets
  readonly version: 1 | 2
  readonly signatureAlgorithm: AlgorithmIdentifier
  readonly issuer: Name
  readonly thisUpdate: number
  readonly nextUpdate: number | undefined
  readonly entries: Entries
  readonly extensions: CrlExtensions | undefined
}

/** Where the entries stand, and how many there are. */
interface Entries {
  readonly start: number
  readonly end: number
  readonly count: number
  readonly unknownCritical: boolean
}

/**
 * A certificate revocation list as it was read: places in the octets that were given. Entries stay where they are; the one
 * that is asked for is decoded. Do not change the octets while the record is in use.
 */
export class CertificateList {
  /** The octets that were given, exactly. */
  declare readonly bytes: Uint8Array
  /** TBSCertList: what the issuer signed. */
  declare readonly tbs: Octets
  declare readonly version: 1 | 2
  declare readonly signatureAlgorithm: AlgorithmIdentifier
  declare readonly issuer: Name
  declare readonly signature: Octets
  /** How many certificates are listed. */
  declare readonly size: number
  declare readonly authorityKeyIdentifier: AuthorityKeyIdentifier | undefined
  declare readonly issuingDistributionPoint: IssuingDistributionPoint | undefined
  /** cRLNumber, content of the INTEGER. */
  declare readonly number: Octets | undefined
  /** BaseCRLNumber of a delta list; undefined where the list is complete. */
  declare readonly deltaBase: Octets | undefined
  /** Object identifiers of critical extensions that are not known here: the list may not be used (RFC 5280 5.2). */
  declare readonly unknownCritical: readonly string[]
  /** True where an entry has such an extension: then, too, the list may not be used (RFC 5280 5.3). */
  declare readonly unknownCriticalInEntries: boolean
  /** What reading recorded and stepped over. */
  declare readonly deviations: readonly Deviation[]
  declare private readonly updates: readonly [thisUpdate: number, nextUpdate: number | undefined]
  declare private readonly index: SerialIndex

  constructor(bytes: Uint8Array, header: Header, signature: Octets, scope: Scope) {
    this.bytes = bytes
    this.tbs = header.tbs
    this.version = header.version
    this.signatureAlgorithm = header.signatureAlgorithm
    this.issuer = header.issuer
    this.signature = signature
    this.size = header.entries.count
    this.authorityKeyIdentifier = header.extensions?.authorityKeyIdentifier
    this.issuingDistributionPoint = header.extensions?.issuingDistributionPoint
    this.number = header.extensions?.number
    this.deltaBase = header.extensions?.deltaBase
    this.unknownCritical = header.extensions?.unknownCritical ?? []
    this.unknownCriticalInEntries = header.entries.unknownCritical
    this.deviations = scope.deviations
    this.updates = [header.thisUpdate, header.nextUpdate]
    this.index = new SerialIndex(bytes, header.entries.start, header.entries.end, header.entries.count)
  }

  get thisUpdate(): Date {
    return new Date(this.updates[0])
  }

  get nextUpdate(): Date | undefined {
    return this.updates[1] === undefined ? undefined : new Date(this.updates[1])
  }

  /** Every listed certificate, in order, decoded one by one. */
  *entries(): Generator<RevokedCertificate> {
    for (const start of this.index.starts()) yield this.entryAt(start)
  }

  /**
   * The entries of a serial number, which are none or one in a sound list.
   *
   * @param serial - content of the INTEGER, as `certificate.serial.value`
   *
   * @example
   * ```ts
   * import { type Certificate, parseCrl } from 'psd2-toolkit/x509'
   *
   * declare const certificate: Certificate
   * declare const der: Uint8Array
   * for (const entry of parseCrl(der).find(certificate.serial.value)) console.log(entry.revocationDate, entry.reason)
   * ```
   */
  *find(serial: Uint8Array): Generator<RevokedCertificate> {
    for (const start of this.index.find(serial)) yield this.entryAt(start)
  }

  private entryAt(start: number): RevokedCertificate {
    const cursor = openPart(this.bytes, start, this.bytes.length, new Scope(), 'revokedCertificate')
    const entry = emptyEntry()
    readEntry(cursor, '', entry, this.version)
    const { reason, invalidityDate, certificateIssuer } = entry
    return {
      serial: new Octets(this.bytes, entry.serialStart, entry.serialEnd),
      revocationDate: new Date(entry.revocationDate),
      reason,
      invalidityDate: invalidityDate === undefined ? undefined : new Date(invalidityDate),
      certificateIssuer,
    }
  }
}

/**
 * Reads one certificate revocation list from DER (RFC 5280 5.1), once and completely, every entry too. That it is genuine and
 * current is for `checkRevocation` to show.
 *
 * @param bytes - the list and nothing else
 * @throws Psd2Error with code `DER_...`, `CRL_...`, `X509_...` or `LIMIT_...`, the path, the octet offset and the clause
 * @throws TypeError where `bytes` is no `Uint8Array` or an option is not known
 *
 * @example
 * ```ts
 * import { readFileSync } from 'node:fs'
 * import { parseCrl } from 'psd2-toolkit/x509'
 *
 * const list = parseCrl(readFileSync('issuer.crl'))
 * console.log(String(list.issuer), list.size, list.nextUpdate)
 * ```
 */
export function parseCrl(bytes: Uint8Array, options: ParseCrlOptions = {}): CertificateList {
  if (!(bytes instanceof Uint8Array))
    throw new TypeError('parseCrl takes DER as a Uint8Array; decodePem reads PEM text')
  for (const name in options) if (name !== 'limits') throw new TypeError(`unknown option '${name}'`)
  const { size, entries } = withCrlLimits(options.limits)
  // Every entry costs an octet count that `size` has capped; elements are counted by entries.
  const scope = new Scope('strict', { ...defaultLimits, size, elements: 10_000 + entries * 24 })
  const cursor = openDer(bytes, scope)
  const end = cursor.open(Tag.SEQUENCE, '')
  const header = readTbsCertList(cursor, entries)
  const outerStart = cursor.position
  cursor.read(Tag.SEQUENCE, 'signatureAlgorithm')
  const { offset, length } = header.signatureAlgorithm
  if (!equalBytes(bytes.subarray(offset, offset + length), bytes.subarray(outerStart, cursor.position))) {
    throw refuse(cursor, 'X509_SIGNATURE_ALGORITHM_MISMATCH', 'signatureAlgorithm', outerStart)
  }
  readOctetAlignedBitString(cursor, 'signatureValue')
  const signature = new Octets(bytes, cursor.valueStart, cursor.valueEnd)
  cursor.close(end)
  cursor.finish()
  return new CertificateList(bytes, header, signature, scope)
}

function withCrlLimits(over: Partial<CrlLimits> = {}): CrlLimits {
  for (const [name, value] of Object.entries(over)) {
    if (!Object.hasOwn(defaultCrlLimits, name)) throw new TypeError(`unknown limit '${name}'`)
    if (!Number.isSafeInteger(value) || value < 1) throw new TypeError(`limit '${name}' must be a positive integer`)
  }
  return { ...defaultCrlLimits, ...over }
}

/**
 * ```text
 * TBSCertList ::= SEQUENCE { version INTEGER { v2(1) } OPTIONAL, signature AlgorithmIdentifier, issuer Name,
 *   thisUpdate Time, nextUpdate Time OPTIONAL,
 *   revokedCertificates SEQUENCE OF SEQUENCE { ... } OPTIONAL, crlExtensions [0] EXPLICIT Extensions OPTIONAL }
 * ```
 */
function readTbsCertList(cursor: Cursor, largest: number): Header {
  const start = cursor.position
  const end = cursor.open(Tag.SEQUENCE, 'tbsCertList')
  const version = readVersion(cursor)
  const signatureAlgorithm = readAlgorithmIdentifier(cursor, 'signature', 'signature')
  const issuer = readName(cursor, 'issuer')
  if (issuer.attributes.length === 0) throw crlError(cursor, 'CRL_ISSUER_EMPTY', 'issuer', issuer.offset)
  const thisUpdate = readListTime(cursor, 'thisUpdate')
  const nextAt = cursor.position
  const hasNext = cursor.next(Tag.UTC_TIME) || cursor.next(Tag.GENERALIZED_TIME)
  const nextUpdate = hasNext ? readListTime(cursor, 'nextUpdate') : undefined
  if (nextUpdate !== undefined && nextUpdate < thisUpdate) crlNote(cursor, 'CRL_UPDATE_ORDER', 'nextUpdate', nextAt)
  const entries = readEntries(cursor, version, largest)
  let extensions: CrlExtensions | undefined
  if (cursor.next(contextConstructed(0))) {
    const at = cursor.position
    if (version === 1) throw crlError(cursor, 'CRL_VERSION_FIELDS', 'crlExtensions', at)
    const fieldEnd = cursor.open(contextConstructed(0), 'crlExtensions')
    extensions = readCrlExtensions(cursor)
    cursor.close(fieldEnd)
  }
  cursor.close(end)
  const tbs = new Octets(cursor.bytes, start, cursor.position)
  return { tbs, version, signatureAlgorithm, issuer, thisUpdate, nextUpdate, entries, extensions }
}

/** `Version`: absent is v1, and v2 is the only one that is encoded. */
function readVersion(cursor: Cursor): 1 | 2 {
  if (!cursor.next(Tag.INTEGER)) return 1
  const start = cursor.position
  const number = readSmallInteger(cursor, 'version', -1, 2 ** 31)
  if (number !== 1) throw crlError(cursor, 'CRL_VERSION', 'version', start, String(number))
  return 2
}

const year2050 = 2_524_608_000_000

function readListTime(cursor: Cursor, step: string): number {
  const start = cursor.position
  const generalized = cursor.next(Tag.GENERALIZED_TIME)
  const moment = readTime(cursor, step)
  if (generalized && moment < year2050) crlNote(cursor, 'CRL_TIME_FORM', step, start)
  return moment
}

/** Reads every entry, and keeps none. */
function readEntries(cursor: Cursor, version: 1 | 2, largest: number): Entries {
  if (!cursor.next(Tag.SEQUENCE)) return { start: 0, end: 0, count: 0, unknownCritical: false }
  const listAt = cursor.position
  const end = cursor.open(Tag.SEQUENCE, 'revokedCertificates')
  if (cursor.isEmpty) crlNote(cursor, 'CRL_LIST_EMPTY', '', listAt)
  const start = cursor.position
  const entry = emptyEntry()
  let count = 0
  for (; !cursor.isEmpty; count++) {
    if (count === largest) throw crlError(cursor, 'LIMIT_CRL_ENTRIES', count, cursor.position, `${largest} allowed`)
    readEntry(cursor, count, entry, version)
  }
  cursor.close(end)
  return { start, end: cursor.position, count, unknownCritical: entry.unknownCritical }
}

/** The fields of an entry; one object serves for all of them. */
interface EntryFields extends EntryExtensions {
  serialStart: number
  serialEnd: number
  revocationDate: number
}

function emptyEntry(): EntryFields {
  return {
    serialStart: 0,
    serialEnd: 0,
    revocationDate: 0,
    reason: undefined,
    invalidityDate: undefined,
    certificateIssuer: undefined,
    unknownCritical: false,
  }
}

/** `SEQUENCE { userCertificate INTEGER, revocationDate Time, crlEntryExtensions Extensions OPTIONAL }` */
function readEntry(cursor: Cursor, step: number | '', into: EntryFields, version: 1 | 2): void {
  const end = cursor.open(Tag.SEQUENCE, step)
  readInteger(cursor, 'userCertificate')
  into.serialStart = cursor.valueStart
  into.serialEnd = cursor.valueEnd
  into.revocationDate = readTime(cursor, 'revocationDate')
  if (!cursor.isEmpty) {
    if (version === 1) throw crlError(cursor, 'CRL_VERSION_FIELDS', 'crlEntryExtensions', cursor.position)
    readEntryExtensions(cursor, into)
  }
  cursor.close(end)
}
