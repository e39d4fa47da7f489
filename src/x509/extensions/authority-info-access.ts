import { type Cursor, readOid, Tag } from '../../der/index.ts'
import { readAll } from '../../der/list.ts'
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
  const descriptions = readAll(cursor, readAccessDescription)
  cursor.close(end)
  return descriptions
}

function readAccessDescription(cursor: Cursor, index: number): AccessDescription {
  const end = cursor.open(Tag.SEQUENCE, index)
  const method = readOid(cursor, 'accessMethod')
  const location = readGeneralName(cursor, 'accessLocation')
  cursor.close(end)
  return { method, location }
}
