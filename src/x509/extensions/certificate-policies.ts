import { Octets } from '../../core/octets.ts'
import { Seen } from '../../core/seen.ts'
import {
  type Cursor,
  readOid,
  readSmallInteger,
  readString,
  readStringAs,
  stringText,
  Tag,
  walk,
} from '../../der/index.ts'
import { readIdentifier } from '../../der/oid.ts'
import { attempt, openList, report } from '../report.ts'

/** UserNotice (RFC 5280 4.2.1.4). */
export interface UserNotice {
  readonly organization: string | undefined
  readonly noticeNumbers: readonly number[]
  readonly explicitText: string | undefined
}

/** PolicyQualifierInfo: a CPS address, a notice, or one that is not known. Its octets are those of the qualifier. */
export class PolicyQualifier extends Octets {
  declare readonly oid: string
  declare readonly notice: UserNotice | undefined

  constructor(whole: Uint8Array, start: number, end: number, oid: string, notice: UserNotice | undefined) {
    super(whole, start, end)
    this.oid = oid
    this.notice = notice
  }

  /** Address of the certification practice statement; undefined where this is another qualifier. */
  get cps(): string | undefined {
    if (this.oid !== CPS) return undefined
    return stringText(this.whole, Tag.IA5_STRING, this.offset, this.offset + this.length)
  }
}

/** PolicyInformation. */
export interface PolicyInformation {
  readonly oid: string
  readonly qualifiers: readonly PolicyQualifier[]
}

const CPS = '1.3.6.1.5.5.7.2.1'
const USER_NOTICE = '1.3.6.1.5.5.7.2.2'
const none: readonly PolicyQualifier[] = Object.freeze([])

/**
 * ```text
 * certificatePolicies ::= SEQUENCE SIZE (1..MAX) OF SEQUENCE {
 *   policyIdentifier OBJECT IDENTIFIER,
 *   policyQualifiers SEQUENCE SIZE (1..MAX) OF PolicyQualifierInfo OPTIONAL }
 * ```
 */
export function readCertificatePolicies(cursor: Cursor): readonly PolicyInformation[] {
  const end = openList(cursor, '')
  const policies: PolicyInformation[] = []
  const seen = new Seen()
  while (!cursor.isEmpty) {
    const itemEnd = cursor.open(Tag.SEQUENCE, policies.length)
    const start = cursor.position
    const { text: oid, number } = readIdentifier(cursor, 'policyIdentifier')
    if (seen.again(oid, number, policies)) report(cursor, 'X509_POLICY_TWICE', 'policyIdentifier', start, oid)
    const qualifiers = cursor.isEmpty ? none : readQualifiers(cursor)
    cursor.close(itemEnd)
    policies.push({ oid, qualifiers })
  }
  cursor.close(end)
  return policies.slice()
}

function readQualifiers(cursor: Cursor): PolicyQualifier[] {
  const end = openList(cursor, 'policyQualifiers')
  const qualifiers: PolicyQualifier[] = []
  while (!cursor.isEmpty) {
    const itemEnd = cursor.open(Tag.SEQUENCE, qualifiers.length)
    const qualifier = attempt(cursor, 'X509_POLICY_QUALIFIER', readQualifier)
    cursor.close(itemEnd)
    if (qualifier !== undefined) qualifiers.push(qualifier)
  }
  cursor.close(end)
  return qualifiers.slice()
}

function readQualifier(cursor: Cursor): PolicyQualifier {
  const oid = readOid(cursor, 'policyQualifierId')
  const start = cursor.position
  if (oid === CPS) {
    readStringAs(cursor, 'qualifier', Tag.IA5_STRING)
    return new PolicyQualifier(cursor.bytes, cursor.valueStart, cursor.valueEnd, oid, undefined)
  }
  const notice = oid === USER_NOTICE ? readUserNotice(cursor) : undefined
  if (notice === undefined) walk(cursor, 'qualifier')
  return new PolicyQualifier(cursor.bytes, start, cursor.position, oid, notice)
}

/**
 * ```text
 * UserNotice ::= SEQUENCE { noticeRef NoticeReference OPTIONAL, explicitText DisplayText OPTIONAL }
 * NoticeReference ::= SEQUENCE { organization DisplayText, noticeNumbers SEQUENCE OF INTEGER }
 * ```
 */
function readUserNotice(cursor: Cursor): UserNotice {
  const end = cursor.open(Tag.SEQUENCE, 'qualifier')
  let organization: string | undefined
  let explicitText: string | undefined
  const noticeNumbers: number[] = []
  if (cursor.next(Tag.SEQUENCE)) {
    const referenceEnd = cursor.open(Tag.SEQUENCE, 'noticeRef')
    organization = readDisplayText(cursor, 'organization')
    const numbersEnd = cursor.open(Tag.SEQUENCE, 'noticeNumbers')
    while (!cursor.isEmpty) noticeNumbers.push(readSmallInteger(cursor, noticeNumbers.length, -0x80000000, 0x7fffffff))
    cursor.close(numbersEnd)
    cursor.close(referenceEnd)
  }
  if (!cursor.isEmpty) explicitText = readDisplayText(cursor, 'explicitText')
  cursor.close(end)
  return { organization, noticeNumbers, explicitText }
}

function readDisplayText(cursor: Cursor, step: string): string {
  const tag = readString(cursor, step)
  return stringText(cursor.bytes, tag, cursor.valueStart, cursor.valueEnd)
}
