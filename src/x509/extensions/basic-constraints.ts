import { type Cursor, readBooleanDefaultFalse, readSmallInteger, Tag } from '../../der/index.ts'
import { report } from '../report.ts'

/** basicConstraints (RFC 5280 4.2.1.9). */
export interface BasicConstraints {
  readonly cA: boolean
  /** How many intermediate certificates may follow; undefined where there is no bound. */
  readonly pathLenConstraint: number | undefined
}

/** No chain is that long; a larger number says nothing more. */
const longestPath = 0xffff

/** `BasicConstraints ::= SEQUENCE { cA BOOLEAN DEFAULT FALSE, pathLenConstraint INTEGER (0..MAX) OPTIONAL }` */
export function readBasicConstraints(cursor: Cursor): BasicConstraints {
  const end = cursor.open(Tag.SEQUENCE, '')
  const cA = readBooleanDefaultFalse(cursor, 'cA')
  let pathLenConstraint: number | undefined
  if (!cursor.isEmpty) {
    const start = cursor.position
    pathLenConstraint = readSmallInteger(cursor, 'pathLenConstraint', 0, longestPath)
    if (!cA) report(cursor, 'X509_PATH_LENGTH', 'pathLenConstraint', start)
  }
  cursor.close(end)
  return { cA, pathLenConstraint }
}
