import { type Cursor, readOid, Tag } from '../../der/index.ts'
import { report } from '../report.ts'

/** extKeyUsage: object identifiers of the purposes (RFC 5280 4.2.1.12). `SEQUENCE SIZE (1..MAX) OF KeyPurposeId` */
export function readExtendedKeyUsage(outer: Cursor): readonly string[] {
  const cursor = outer.enter(Tag.SEQUENCE, '')
  if (cursor.isEmpty) report(outer, 'X509_LIST_EMPTY', '', cursor.start)
  const purposes: string[] = []
  while (!cursor.isEmpty) purposes.push(readOid(cursor, purposes.length))
  return purposes.slice()
}
