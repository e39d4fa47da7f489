import { type Cursor, readString, readStringAs, stringText, Tag, tagName } from '../../der/index.ts'
import { report } from '../report.ts'

/** One location of a PKI disclosure statement (EN 319 412-5 4.3.4). */
export interface PdsLocation {
  readonly url: string
  /** ISO 639-1. */
  readonly language: string
}

/** `QcEuPDS ::= SEQUENCE SIZE (1..MAX) OF SEQUENCE { url IA5String, language PrintableString (SIZE (2)) }` */
export function readPds(outer: Cursor): readonly PdsLocation[] {
  const cursor = outer.enter(Tag.SEQUENCE, 'statementInfo')
  if (cursor.isEmpty) report(outer, 'QC_STATEMENT_INFO', 'statementInfo', cursor.start, 'empty')
  const locations: PdsLocation[] = []
  while (!cursor.isEmpty) {
    const item = cursor.enter(Tag.SEQUENCE, locations.length)
    const url = readUrl(item)
    readStringAs(item, 'language', Tag.PRINTABLE_STRING)
    const language = stringText(item.bytes, Tag.PRINTABLE_STRING, item.valueStart, item.valueEnd)
    if (language.length !== 2) report(item, 'QC_STATEMENT_INFO', 'language', item.valueStart, 'not two letters')
    item.finish()
    locations.push({ url, language })
  }
  return locations
}

function readUrl(item: Cursor): string {
  const start = item.position
  const tag = readString(item, 'url')
  if (tag !== Tag.IA5_STRING) report(item, 'QC_STRING_TYPE', 'url', start, tagName(tag))
  return stringText(item.bytes, tag, item.valueStart, item.valueEnd)
}
