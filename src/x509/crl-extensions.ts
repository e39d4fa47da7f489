import { Octets } from '../core/octets.ts'
import { oidName } from '../core/oids.ts'
import { Seen } from '../core/seen.ts'
import {
  type Cursor,
  readBooleanDefaultFalse,
  readGeneralizedTime,
  readInteger,
  readSmallInteger,
  Tag,
  walk,
} from '../der/index.ts'
import { type Identifier, readIdentifier } from '../der/oid.ts'
import { crlError } from './crl-codes.ts'
import { type GeneralName, readGeneralNames } from './extensions/general-name.ts'
import { type IssuingDistributionPoint, readIssuingDistributionPoint } from './extensions/issuing-distribution-point.ts'
import { type AuthorityKeyIdentifier, readAuthorityKeyIdentifier } from './extensions/key-identifiers.ts'
import { openList, report } from './report.ts'

/** ENUMERATED. */
const ENUMERATED = 0x0a

/** Reasons of a revocation by number (RFC 5280 5.3.1); 7 is not used. */
export const revocationReasons = [
  'unspecified',
  'keyCompromise',
  'cACompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'certificateHold',
  undefined,
  'removeFromCRL',
  'privilegeWithdrawn',
  'aACompromise',
] as const

export type RevocationReason = Exclude<(typeof revocationReasons)[number], undefined>

/** `CRLReason ::= ENUMERATED { unspecified (0), ... aACompromise (10) }` */
export function readRevocationReason(cursor: Cursor, step: string): RevocationReason {
  const start = cursor.position
  const number = readSmallInteger(cursor, step, 0, 255, ENUMERATED)
  const reason = revocationReasons[number]
  if (reason === undefined) throw crlError(cursor, 'CRL_REASON', step, start, String(number))
  return reason
}

const none: readonly { oid: string }[] = Object.freeze([])

/**
 * Reads a list of extensions and hands each to `take`, with the cursor standing in its value. What `take` does not know it
 * says by `false`; such a value is shown to be DER.
 */
export function readExtensionList(cursor: Cursor, take: (oid: string, critical: boolean) => boolean): void {
  const end = openList(cursor, '')
  // An entry of a long list has one extension: there is a list of them from the second on.
  let first: Identifier | undefined
  let list: { oid: string }[] | undefined
  const seen = new Seen()
  for (let index = 0; !cursor.isEmpty; index++) {
    const start = cursor.position
    const itemEnd = cursor.open(Tag.SEQUENCE, index)
    const identifier = readIdentifier(cursor, 'extnID')
    const { text: oid, number } = identifier
    if (first === undefined) first = identifier
    else list ??= [{ oid: first.text }]
    if (seen.again(oid, number, list ?? none)) report(cursor, 'X509_EXTENSION_TWICE', '', start, oidName(oid) ?? oid)
    list?.push({ oid })
    const critical = readBooleanDefaultFalse(cursor, 'critical')
    cursor.read(Tag.OCTET_STRING, 'extnValue')
    const valueEnd = cursor.openValue('extnValue')
    if (!take(oid, critical)) walk(cursor, '')
    cursor.close(valueEnd)
    cursor.close(itemEnd)
  }
  cursor.close(end)
}

/** What the extensions of a list say. */
export interface CrlExtensions {
  readonly authorityKeyIdentifier: AuthorityKeyIdentifier | undefined
  readonly issuingDistributionPoint: IssuingDistributionPoint | undefined
  /** cRLNumber, content of the INTEGER. */
  readonly number: Octets | undefined
  /** BaseCRLNumber of a delta list; undefined where the list is complete. */
  readonly deltaBase: Octets | undefined
  /** Object identifiers of critical extensions that are not known here: the list may not be used (RFC 5280 5.2). */
  readonly unknownCritical: readonly string[]
}

const crlExtensionOids = {
  issuerAltName: '2.5.29.18',
  cRLNumber: '2.5.29.20',
  deltaCRLIndicator: '2.5.29.27',
  issuingDistributionPoint: '2.5.29.28',
  authorityKeyIdentifier: '2.5.29.35',
} as const

/** crlExtensions (RFC 5280 5.2). */
export function readCrlExtensions(cursor: Cursor): CrlExtensions {
  let authorityKeyIdentifier: AuthorityKeyIdentifier | undefined
  let issuingDistributionPoint: IssuingDistributionPoint | undefined
  let number: Octets | undefined
  let deltaBase: Octets | undefined
  const unknownCritical: string[] = []
  const readers: Readonly<Record<string, (() => void) | undefined>> = {
    [crlExtensionOids.authorityKeyIdentifier]: () => {
      authorityKeyIdentifier = readAuthorityKeyIdentifier(cursor)
    },
    [crlExtensionOids.issuingDistributionPoint]: () => {
      issuingDistributionPoint = readIssuingDistributionPoint(cursor)
    },
    [crlExtensionOids.cRLNumber]: () => {
      number = readNumber(cursor)
    },
    [crlExtensionOids.deltaCRLIndicator]: () => {
      deltaBase = readNumber(cursor)
    },
    [crlExtensionOids.issuerAltName]: () => {
      readGeneralNames(cursor, '')
    },
  }
  readExtensionList(cursor, (oid, critical) => {
    const read = readers[oid]
    if (read === undefined) {
      if (critical) unknownCritical.push(oid)
      return false
    }
    read()
    return true
  })
  return { authorityKeyIdentifier, issuingDistributionPoint, number, deltaBase, unknownCritical }
}

function readNumber(cursor: Cursor): Octets {
  readInteger(cursor, '')
  return new Octets(cursor.bytes, cursor.valueStart, cursor.valueEnd)
}

/** What the extensions of one entry say. It is written to, so that a list of a million needs one. */
export interface EntryExtensions {
  reason: RevocationReason | undefined
  /** Milliseconds since 1970. */
  invalidityDate: number | undefined
  certificateIssuer: readonly GeneralName[] | undefined
  /** True where an extension that is not known here is critical: the list may not be used (RFC 5280 5.3). */
  unknownCritical: boolean
}

/** crlEntryExtensions (RFC 5280 5.3). */
export function readEntryExtensions(cursor: Cursor, into: EntryExtensions): void {
  readExtensionList(cursor, (oid, critical) => {
    switch (oid) {
      case '2.5.29.21':
        into.reason = readRevocationReason(cursor, '')
        return true
      case '2.5.29.24':
        into.invalidityDate = readGeneralizedTime(cursor, '')
        return true
      case '2.5.29.29':
        into.certificateIssuer = readGeneralNames(cursor, '')
        return true
      default:
        if (critical) into.unknownCritical = true
        return false
    }
  })
}
