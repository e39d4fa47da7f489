import { type Cursor, contextConstructed, contextPrimitive, readNamedBits, Tag, walk } from '../../der/index.ts'
import { crlError } from '../crl-codes.ts'
import { type GeneralName, readGeneralNames } from './general-name.ts'

/** issuingDistributionPoint of a revocation list (RFC 5280 5.2.5): what the list is about. */
export interface IssuingDistributionPoint {
  readonly fullName: readonly GeneralName[]
  /** True where the name is relative to the CRL issuer; such a name is not decoded. */
  readonly nameIsRelative: boolean
  readonly onlyContainsUserCerts: boolean
  readonly onlyContainsCACerts: boolean
  /** Bit n is named bit n of `crlReasonNames`; undefined covers all reasons. */
  readonly onlySomeReasons: number | undefined
  readonly indirectCRL: boolean
  readonly onlyContainsAttributeCerts: boolean
}

/**
 * ```text
 * IssuingDistributionPoint ::= SEQUENCE {
 *   distributionPoint          [0] CHOICE { fullName [0] GeneralNames, nameRelativeToCRLIssuer [1] } OPTIONAL,
 *   onlyContainsUserCerts      [1] BOOLEAN DEFAULT FALSE,
 *   onlyContainsCACerts        [2] BOOLEAN DEFAULT FALSE,
 *   onlySomeReasons            [3] ReasonFlags OPTIONAL,
 *   indirectCRL                [4] BOOLEAN DEFAULT FALSE,
 *   onlyContainsAttributeCerts [5] BOOLEAN DEFAULT FALSE }
 * ```
 */
export function readIssuingDistributionPoint(cursor: Cursor): IssuingDistributionPoint {
  const start = cursor.position
  const end = cursor.open(Tag.SEQUENCE, '')
  if (cursor.isEmpty) throw crlError(cursor, 'CRL_ISSUING_POINT_EMPTY', '', start)
  let fullName: readonly GeneralName[] = []
  let nameIsRelative = false
  if (cursor.next(contextConstructed(0))) {
    const pointEnd = cursor.open(contextConstructed(0), 'distributionPoint')
    if (cursor.next(contextConstructed(1))) {
      nameIsRelative = true
      walk(cursor, 'nameRelativeToCRLIssuer')
    } else fullName = readGeneralNames(cursor, 'fullName', contextConstructed(0))
    cursor.close(pointEnd)
  }
  const onlyContainsUserCerts = readFlag(cursor, 1, 'onlyContainsUserCerts')
  const onlyContainsCACerts = readFlag(cursor, 2, 'onlyContainsCACerts')
  const someReasons = cursor.next(contextPrimitive(3))
  const onlySomeReasons = someReasons ? readNamedBits(cursor, 'onlySomeReasons', contextPrimitive(3)) : undefined
  const indirectCRL = readFlag(cursor, 4, 'indirectCRL')
  const onlyContainsAttributeCerts = readFlag(cursor, 5, 'onlyContainsAttributeCerts')
  cursor.close(end)
  if (Number(onlyContainsUserCerts) + Number(onlyContainsCACerts) + Number(onlyContainsAttributeCerts) > 1) {
    throw crlError(cursor, 'CRL_ISSUING_POINT_SCOPE', '', start)
  }
  return {
    fullName,
    nameIsRelative,
    onlyContainsUserCerts,
    onlyContainsCACerts,
    onlySomeReasons,
    indirectCRL,
    onlyContainsAttributeCerts,
  }
}

/** `[n] IMPLICIT BOOLEAN DEFAULT FALSE`: one octet, FF; FALSE is not encoded (X.690 11.1, 11.5). */
function readFlag(cursor: Cursor, number: number, step: string): boolean {
  const tag = contextPrimitive(number)
  if (!cursor.next(tag)) return false
  const start = cursor.position
  cursor.read(tag, step)
  if (cursor.valueEnd - cursor.valueStart !== 1) cursor.refuse('DER_BOOLEAN_LENGTH', step, start)
  const octet = cursor.bytes[cursor.valueStart]
  if (octet === 0) cursor.deviate('DER_DEFAULT_ENCODED', step, start, 'FALSE')
  else if (octet !== 0xff) cursor.refuse('DER_BOOLEAN_VALUE', step, cursor.valueStart)
  return octet === 0xff
}
