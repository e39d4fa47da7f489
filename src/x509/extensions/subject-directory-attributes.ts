import { type Cursor, readOid, Tag, walk } from '../../der/index.ts'
import { report } from '../report.ts'

/** subjectDirectoryAttributes: object identifiers of the attributes (RFC 5280 4.2.1.8). */
export function readSubjectDirectoryAttributes(outer: Cursor): readonly string[] {
  const cursor = outer.enter(Tag.SEQUENCE, '')
  if (cursor.isEmpty) report(outer, 'X509_LIST_EMPTY', '', cursor.start)
  const types: string[] = []
  while (!cursor.isEmpty) {
    const item = cursor.enter(Tag.SEQUENCE, types.length)
    types.push(readOid(item, 'type'))
    const values = item.enter(Tag.SET, 'values')
    for (let i = 0; !values.isEmpty; i++) walk(values, i)
    item.finish()
  }
  return types.slice()
}
