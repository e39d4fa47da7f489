import { type Cursor, readOid, Tag } from '../../der/index.ts'
import { type GeneralName, readGeneralNames } from '../../x509/extensions/general-name.ts'
import { report } from '../report.ts'

/** SemanticsInformation (RFC 3739 3.2.6.1): what kind of person the subject names, and who gave the name. */
export interface SemanticsInformation {
  /** For example SemanticsId-Legal, 0.4.0.194121.1.2. */
  readonly semanticsIdentifier: string | undefined
  readonly nameRegistrationAuthorities: readonly GeneralName[]
}

/** `SEQUENCE { semanticsIdentifier OBJECT IDENTIFIER OPTIONAL, nameRegistrationAuthorities GeneralNames OPTIONAL }` */
export function readSemanticsInformation(cursor: Cursor): SemanticsInformation {
  const start = cursor.position
  const end = cursor.open(Tag.SEQUENCE, 'statementInfo')
  const semanticsIdentifier = cursor.next(Tag.OBJECT_IDENTIFIER) ? readOid(cursor, 'semanticsIdentifier') : undefined
  const nameRegistrationAuthorities = cursor.isEmpty ? [] : readGeneralNames(cursor, 'nameRegistrationAuthorities')
  if (semanticsIdentifier === undefined && nameRegistrationAuthorities.length === 0) {
    report(cursor, 'QC_STATEMENT_INFO', '', start, 'empty')
  }
  cursor.close(end)
  return { semanticsIdentifier, nameRegistrationAuthorities }
}
