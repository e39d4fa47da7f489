import { type Cursor, readString, readStringAs, stringText, Tag, tagName } from '../../der/index.ts'
import { readAll } from '../../der/list.ts'
import { report } from '../report.ts'

/** One location of a PKI disclosure statement (EN 319 412-5 4.3.4). */
export interface PdsLocation {
  readonly url: string
  /** ISO 639-1. */
  readonly language: string
}

/** `QcEuPDS ::= SEQUENCE SIZE (1..MAX) OF SEQUENCE { url IA5String, language PrintableString (SIZE (2)) }` */
export function readPds(cursor: Cursor): readonly PdsLocation[] {
  const start = cursor.position
  const end = cursor.open(Tag.SEQUENCE, 'statementInfo')
  if (cursor.isEmpty) report(cursor, 'QC_STATEMENT_INFO', '', start, 'empty')
  const locations = readAll(cursor, readLocation)
  cursor.close(end)
  return locations
}

function readLocation(cursor: Cursor, index: number): PdsLocation {
  const end = cursor.open(Tag.SEQUENCE, index)
  const url = readUrl(cursor)
  readStringAs(cursor, 'language', Tag.PRINTABLE_STRING)
  const language = stringText(cursor.bytes, Tag.PRINTABLE_STRING, cursor.valueStart, cursor.valueEnd)
  if (language.length !== 2) report(cursor, 'QC_STATEMENT_INFO', 'language', cursor.valueStart, 'not two letters')
  cursor.close(end)
  return { url, language }
}

function readUrl(cursor: Cursor): string {
  const start = cursor.position
  const tag = readString(cursor, 'url')
  if (tag !== Tag.IA5_STRING) report(cursor, 'QC_STRING_TYPE', 'url', start, tagName(tag))
  return stringText(cursor.bytes, tag, cursor.valueStart, cursor.valueEnd)
}
