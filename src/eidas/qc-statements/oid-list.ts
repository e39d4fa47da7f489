import { type Cursor, readOid, Tag } from '../../der/index.ts'
import { readAll } from '../../der/list.ts'
import { report } from '../report.ts'

/**
 * QcType (EN 319 412-5 4.2.3) and QcIdentMethod (4.3.5): `SEQUENCE OF OBJECT IDENTIFIER`. Both say one thing; more than
 * one, or none, is recorded.
 */
export function readOidList(cursor: Cursor): readonly string[] {
  const start = cursor.position
  const end = cursor.open(Tag.SEQUENCE, 'statementInfo')
  const oids = readAll<string>(cursor, readOid)
  if (oids.length !== 1) report(cursor, 'QC_STATEMENT_INFO', '', start, `${oids.length} identifiers`)
  cursor.close(end)
  return oids
}
