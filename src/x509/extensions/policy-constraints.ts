import { type Cursor, contextPrimitive, readOid, readSmallInteger, Tag } from '../../der/index.ts'
import { report } from '../report.ts'

/** policyConstraints (RFC 5280 4.2.1.11): how many certificates may follow before each holds. */
export interface PolicyConstraints {
  readonly requireExplicitPolicy: number | undefined
  readonly inhibitPolicyMapping: number | undefined
}

const longestPath = 0xffff

/** `SEQUENCE { requireExplicitPolicy [0] INTEGER OPTIONAL, inhibitPolicyMapping [1] INTEGER OPTIONAL }` */
export function readPolicyConstraints(outer: Cursor): PolicyConstraints {
  const cursor = outer.enter(Tag.SEQUENCE, '')
  if (cursor.isEmpty) report(outer, 'X509_LIST_EMPTY', '', cursor.start)
  let requireExplicitPolicy: number | undefined
  let inhibitPolicyMapping: number | undefined
  if (cursor.next(contextPrimitive(0))) {
    requireExplicitPolicy = readSmallInteger(cursor, 'requireExplicitPolicy', 0, longestPath, contextPrimitive(0))
  }
  if (cursor.next(contextPrimitive(1))) {
    inhibitPolicyMapping = readSmallInteger(cursor, 'inhibitPolicyMapping', 0, longestPath, contextPrimitive(1))
  }
  cursor.finish()
  return { requireExplicitPolicy, inhibitPolicyMapping }
}

/** inhibitAnyPolicy: `INTEGER (0..MAX)` (RFC 5280 4.2.1.14). */
export function readInhibitAnyPolicy(cursor: Cursor): number {
  return readSmallInteger(cursor, '', 0, longestPath)
}

/** One pair of policyMappings (RFC 5280 4.2.1.5). */
export interface PolicyMapping {
  readonly issuerDomainPolicy: string
  readonly subjectDomainPolicy: string
}

/** `SEQUENCE SIZE (1..MAX) OF SEQUENCE { issuerDomainPolicy, subjectDomainPolicy OBJECT IDENTIFIER }` */
export function readPolicyMappings(outer: Cursor): readonly PolicyMapping[] {
  const cursor = outer.enter(Tag.SEQUENCE, '')
  if (cursor.isEmpty) report(outer, 'X509_LIST_EMPTY', '', cursor.start)
  const mappings: PolicyMapping[] = []
  while (!cursor.isEmpty) {
    const item = cursor.enter(Tag.SEQUENCE, mappings.length)
    const issuerDomainPolicy = readOid(item, 'issuerDomainPolicy')
    const subjectDomainPolicy = readOid(item, 'subjectDomainPolicy')
    item.finish()
    mappings.push({ issuerDomainPolicy, subjectDomainPolicy })
  }
  return mappings.slice()
}
