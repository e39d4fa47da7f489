import { type Cursor, contextPrimitive, readOid, readSmallInteger, Tag } from '../../der/index.ts'
import { openList } from '../report.ts'

/** policyConstraints (RFC 5280 4.2.1.11): how many certificates may follow before each holds. */
export interface PolicyConstraints {
  readonly requireExplicitPolicy: number | undefined
  readonly inhibitPolicyMapping: number | undefined
}

const longestPath = 0xffff

/** `SEQUENCE { requireExplicitPolicy [0] INTEGER OPTIONAL, inhibitPolicyMapping [1] INTEGER OPTIONAL }` */
export function readPolicyConstraints(cursor: Cursor): PolicyConstraints {
  const end = openList(cursor, '')
  let requireExplicitPolicy: number | undefined
  let inhibitPolicyMapping: number | undefined
  if (cursor.next(contextPrimitive(0))) {
    requireExplicitPolicy = readSmallInteger(cursor, 'requireExplicitPolicy', 0, longestPath, contextPrimitive(0))
  }
  if (cursor.next(contextPrimitive(1))) {
    inhibitPolicyMapping = readSmallInteger(cursor, 'inhibitPolicyMapping', 0, longestPath, contextPrimitive(1))
  }
  cursor.close(end)
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
export function readPolicyMappings(cursor: Cursor): readonly PolicyMapping[] {
  const end = openList(cursor, '')
  const mappings: PolicyMapping[] = []
  while (!cursor.isEmpty) {
    const itemEnd = cursor.open(Tag.SEQUENCE, mappings.length)
    const issuerDomainPolicy = readOid(cursor, 'issuerDomainPolicy')
    const subjectDomainPolicy = readOid(cursor, 'subjectDomainPolicy')
    cursor.close(itemEnd)
    mappings.push({ issuerDomainPolicy, subjectDomainPolicy })
  }
  cursor.close(end)
  return mappings.slice()
}
