import { type Cursor, readOid, Tag } from '../../der/index.ts'
import { openList } from '../report.ts'
import { type GeneralName, readGeneralName } from './general-name.ts'

/** AccessDescription (RFC 5280 4.2.2.1). */
export interface AccessDescription {
  /** Object identifier of the method, for example id-ad-ocsp. */
  readonly method: string
  readonly location: GeneralName
}

/**
 * authorityInfoAccess and subjectInfoAccess:
 * `SEQUENCE SIZE (1..MAX) OF SEQUENCE { accessMethod OBJECT IDENTIFIER, accessLocation GeneralName }`
 */
export function readInfoAccess(cursor: Cursor): readonly AccessDescription[] {
  const end = openList(cursor, '')
  const descriptions: AccessDescription[] = []
  while (!cursor.isEmpty) {
    const itemEnd = cursor.open(Tag.SEQUENCE, descriptions.length)
    const method = readOid(cursor, 'accessMethod')
    const location = readGeneralName(cursor, 'accessLocation')
    cursor.close(itemEnd)
    descriptions.push({ method, location })
  }
  cursor.close(end)
  return descriptions.slice()
}
