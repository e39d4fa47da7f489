import { type Cursor, readOid, Tag } from '../../der/index.ts'
import { report } from '../report.ts'
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
export function readInfoAccess(outer: Cursor): readonly AccessDescription[] {
  const cursor = outer.enter(Tag.SEQUENCE, '')
  if (cursor.isEmpty) report(outer, 'X509_LIST_EMPTY', '', cursor.start)
  const descriptions: AccessDescription[] = []
  while (!cursor.isEmpty) {
    const item = cursor.enter(Tag.SEQUENCE, descriptions.length)
    const method = readOid(item, 'accessMethod')
    const location = readGeneralName(item, 'accessLocation')
    item.finish()
    descriptions.push({ method, location })
  }
  return descriptions.slice()
}
