import { type Cursor, readOid } from '../../der/index.ts'
import { readAll } from '../../der/list.ts'
import { openList } from '../report.ts'

/** extKeyUsage: object identifiers of the purposes (RFC 5280 4.2.1.12). `SEQUENCE SIZE (1..MAX) OF KeyPurposeId` */
export function readExtendedKeyUsage(cursor: Cursor): readonly string[] {
  const end = openList(cursor, '')
  const purposes = readAll<string>(cursor, readOid)
  cursor.close(end)
  return purposes
}
