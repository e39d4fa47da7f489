import { type Cursor, readOid, Tag, walk } from '../../der/index.ts'
import { checkSetOrder, openList } from '../report.ts'

/** subjectDirectoryAttributes: object identifiers of the attributes (RFC 5280 4.2.1.8). */
export function readSubjectDirectoryAttributes(cursor: Cursor): readonly string[] {
  const end = openList(cursor, '')
  const types: string[] = []
  while (!cursor.isEmpty) {
    const itemEnd = cursor.open(Tag.SEQUENCE, types.length)
    types.push(readOid(cursor, 'type'))
    const valuesEnd = openList(cursor, 'values', Tag.SET)
    for (let index = 0, previous = cursor.position; !cursor.isEmpty; index++) {
      const start = cursor.position
      walk(cursor, index)
      if (index > 0) checkSetOrder(cursor, index, previous, start)
      previous = start
    }
    cursor.close(valuesEnd)
    cursor.close(itemEnd)
  }
  cursor.close(end)
  return types.slice()
}
