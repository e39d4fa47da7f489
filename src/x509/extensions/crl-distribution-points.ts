import { type Cursor, contextConstructed, contextPrimitive, readNamedBits, Tag, walk } from '../../der/index.ts'
import { report } from '../report.ts'
import { type GeneralName, readGeneralNames } from './general-name.ts'

/** Named bits of ReasonFlags, bit 0 first. */
export const crlReasonNames = [
  'unused',
  'keyCompromise',
  'cACompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'certificateHold',
  'privilegeWithdrawn',
  'aACompromise',
] as const

/** DistributionPoint (RFC 5280 4.2.1.13). */
export interface DistributionPoint {
  readonly fullName: readonly GeneralName[]
  /** True where the name is relative to the CRL issuer; such a name is not decoded. */
  readonly nameIsRelative: boolean
  /** Bit n is named bit n of {@link crlReasonNames}; undefined covers all reasons. */
  readonly reasons: number | undefined
  readonly cRLIssuer: readonly GeneralName[]
}

const none: readonly GeneralName[] = Object.freeze([])

/**
 * ```text
 * CRLDistributionPoints ::= SEQUENCE SIZE (1..MAX) OF SEQUENCE {
 *   distributionPoint [0] CHOICE { fullName [0] GeneralNames, nameRelativeToCRLIssuer [1] } OPTIONAL,
 *   reasons [1] ReasonFlags OPTIONAL,
 *   cRLIssuer [2] GeneralNames OPTIONAL }
 * ```
 */
export function readDistributionPoints(outer: Cursor): readonly DistributionPoint[] {
  const cursor = outer.enter(Tag.SEQUENCE, '')
  if (cursor.isEmpty) report(outer, 'X509_LIST_EMPTY', '', cursor.start)
  const points: DistributionPoint[] = []
  while (!cursor.isEmpty) points.push(readDistributionPoint(cursor, points.length))
  return points.slice()
}

function readDistributionPoint(outer: Cursor, index: number): DistributionPoint {
  const cursor = outer.enter(Tag.SEQUENCE, index)
  let fullName = none
  let nameIsRelative = false
  let reasons: number | undefined
  let cRLIssuer = none
  if (cursor.next(contextConstructed(0))) {
    const point = cursor.enter(contextConstructed(0), 'distributionPoint')
    if (point.next(contextConstructed(1))) {
      nameIsRelative = true
      walk(point, 'nameRelativeToCRLIssuer')
    } else fullName = readGeneralNames(point, 'fullName', contextConstructed(0))
    point.finish()
  }
  if (cursor.next(contextPrimitive(1))) reasons = readNamedBits(cursor, 'reasons', contextPrimitive(1))
  if (cursor.next(contextConstructed(2))) cRLIssuer = readGeneralNames(cursor, 'cRLIssuer', contextConstructed(2))
  cursor.finish()
  if (fullName === none && !nameIsRelative && cRLIssuer === none) {
    report(outer, 'X509_DISTRIBUTION_POINT', index, cursor.start)
  }
  return { fullName, nameIsRelative, reasons, cRLIssuer }
}
