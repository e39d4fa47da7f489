import { type Cursor, readOid, Tag, walk } from '../../der/index.ts'
import { openList } from '../report.ts'

/** subjectDirectoryAttributes: object identifiers of the attributes (RFC 5280 4.2.1.8). */
export function readSubjectDirectoryAttributes(cursor: Cursor): readonly string[] {
  const end = openList(cursor, '')
  const types: string[] = []
  while (!cursor.isEmpty) {
    const itemEnd = cursor.open(Tag.SEQUENCE, types.length)
    types.push(readOid(cursor, 'type'))
    const valuesEnd = cursor.open(Tag.SET, 'values')
    for (let i = 0; !cursor.isEmpty; i++) walk(cursor, i)
    cursor.close(valuesEnd)
    cursor.close(itemEnd)
  }
  cursor.close(end)
  return types.slice()
}
