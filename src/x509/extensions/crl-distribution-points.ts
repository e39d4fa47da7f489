import { type Cursor, contextConstructed, contextPrimitive, readNamedBits, Tag, walk } from '../../der/index.ts'
import { readAll } from '../../der/list.ts'
import { openList, report } from '../report.ts'
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
export function readDistributionPoints(cursor: Cursor): readonly DistributionPoint[] {
  const end = openList(cursor, '')
  const points = readAll(cursor, readDistributionPoint)
  cursor.close(end)
  return points
}

function readDistributionPoint(cursor: Cursor, index: number): DistributionPoint {
  const start = cursor.position
  const end = cursor.open(Tag.SEQUENCE, index)
  let fullName = none
  let nameIsRelative = false
  let reasons: number | undefined
  let cRLIssuer = none
  if (cursor.next(contextConstructed(0))) {
    const pointEnd = cursor.open(contextConstructed(0), 'distributionPoint')
    if (cursor.next(contextConstructed(1))) {
      nameIsRelative = true
      walk(cursor, 'nameRelativeToCRLIssuer')
    } else fullName = readGeneralNames(cursor, 'fullName', contextConstructed(0))
    cursor.close(pointEnd)
  }
  if (cursor.next(contextPrimitive(1))) reasons = readNamedBits(cursor, 'reasons', contextPrimitive(1))
  if (cursor.next(contextConstructed(2))) cRLIssuer = readGeneralNames(cursor, 'cRLIssuer', contextConstructed(2))
  if (fullName === none && !nameIsRelative && cRLIssuer === none) {
    report(cursor, 'X509_DISTRIBUTION_POINT', '', start)
  }
  cursor.close(end)
  return { fullName, nameIsRelative, reasons, cRLIssuer }
}
