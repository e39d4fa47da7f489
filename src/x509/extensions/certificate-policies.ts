import { Octets } from '../../core/octets.ts'
import { Seen } from '../../core/seen.ts'
import { type Cursor, readOid, readSmallInteger, readString, readStringAs, stringText, Tag, walk } from '../../der/index.ts'
import { attempt, report } from '../report.ts'

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
export function readCertificatePolicies(outer: Cursor): readonly PolicyInformation[] {
  const cursor = outer.enter(Tag.SEQUENCE, '')
  if (cursor.isEmpty) report(outer, 'X509_LIST_EMPTY', '', cursor.start)
  const policies: PolicyInformation[] = []
  const seen = new Seen()
  while (!cursor.isEmpty) {
    const item = cursor.enter(Tag.SEQUENCE, policies.length)
    const oid = readOid(item, 'policyIdentifier')
    if (seen.again(oid)) report(item, 'X509_POLICY_TWICE', 'policyIdentifier', item.start, oid)
    const qualifiers = item.isEmpty ? none : readQualifiers(item)
    item.finish()
    policies.push({ oid, qualifiers })
  }
  return policies.slice()
}

function readQualifiers(outer: Cursor): PolicyQualifier[] {
  const cursor = outer.enter(Tag.SEQUENCE, 'policyQualifiers')
  if (cursor.isEmpty) report(outer, 'X509_LIST_EMPTY', 'policyQualifiers', cursor.start)
  const qualifiers: PolicyQualifier[] = []
  while (!cursor.isEmpty) {
    const item = cursor.enter(Tag.SEQUENCE, qualifiers.length)
    const qualifier = attempt(item, 'X509_POLICY_QUALIFIER', readQualifier)
    if (qualifier !== undefined) qualifiers.push(qualifier)
  }
  return qualifiers.slice()
}

function readQualifier(item: Cursor): PolicyQualifier {
  const oid = readOid(item, 'policyQualifierId')
  const start = item.position
  if (oid === CPS) {
    readStringAs(item, 'qualifier', Tag.IA5_STRING)
    return new PolicyQualifier(item.bytes, item.valueStart, item.valueEnd, oid, undefined)
  }
  const notice = oid === USER_NOTICE ? readUserNotice(item) : undefined
  if (notice === undefined) walk(item, 'qualifier')
  return new PolicyQualifier(item.bytes, start, item.position, oid, notice)
}

/**
 * ```text
 * UserNotice ::= SEQUENCE { noticeRef NoticeReference OPTIONAL, explicitText DisplayText OPTIONAL }
 * NoticeReference ::= SEQUENCE { organization DisplayText, noticeNumbers SEQUENCE OF INTEGER }
 * ```
 */
function readUserNotice(outer: Cursor): UserNotice {
  const cursor = outer.enter(Tag.SEQUENCE, 'qualifier')
  let organization: string | undefined
  let explicitText: string | undefined
  const noticeNumbers: number[] = []
  if (cursor.next(Tag.SEQUENCE)) {
    const reference = cursor.enter(Tag.SEQUENCE, 'noticeRef')
    organization = readDisplayText(reference, 'organization')
    const numbers = reference.enter(Tag.SEQUENCE, 'noticeNumbers')
    while (!numbers.isEmpty) noticeNumbers.push(readSmallInteger(numbers, noticeNumbers.length, 0, 0x7fffffff))
    reference.finish()
  }
  if (!cursor.isEmpty) explicitText = readDisplayText(cursor, 'explicitText')
  cursor.finish()
  return { organization, noticeNumbers, explicitText }
}

function readDisplayText(cursor: Cursor, step: string): string {
  const tag = readString(cursor, step)
  return stringText(cursor.bytes, tag, cursor.valueStart, cursor.valueEnd)
}
