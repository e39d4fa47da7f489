import { type Cursor, readSmallInteger } from '../../der/index.ts'

/** QcRetentionPeriod (EN 319 412-5 4.3.3): years after the end of validity. `INTEGER` */
export function readRetentionPeriod(cursor: Cursor): number {
  return readSmallInteger(cursor, 'statementInfo', -0x80000000, 0x7fffffff)
}
