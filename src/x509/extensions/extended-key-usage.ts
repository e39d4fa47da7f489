import { type Cursor, readOid } from '../../der/index.ts'
import { openList } from '../report.ts'

/** extKeyUsage: object identifiers of the purposes (RFC 5280 4.2.1.12). `SEQUENCE SIZE (1..MAX) OF KeyPurposeId` */
export function readExtendedKeyUsage(cursor: Cursor): readonly string[] {
  const end = openList(cursor, '')
  const purposes: string[] = []
  while (!cursor.isEmpty) purposes.push(readOid(cursor, purposes.length))
  cursor.close(end)
  return purposes.slice()
}
