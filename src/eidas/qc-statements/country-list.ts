import { type Cursor, readStringAs, stringText, Tag } from '../../der/index.ts'
import { readAll } from '../../der/list.ts'
import { report } from '../report.ts'

/** QcCClegislation (EN 319 412-5 4.2.4) and QcQSCDlegislation (4.2.5): `SEQUENCE OF PrintableString (SIZE (2))` */
export function readCountryList(cursor: Cursor): readonly string[] {
  const start = cursor.position
  const end = cursor.open(Tag.SEQUENCE, 'statementInfo')
  if (cursor.isEmpty) report(cursor, 'QC_STATEMENT_INFO', '', start, 'empty')
  const countries = readAll(cursor, readCountry)
  cursor.close(end)
  return countries
}

function readCountry(cursor: Cursor, index: number): string {
  readStringAs(cursor, index, Tag.PRINTABLE_STRING)
  const country = stringText(cursor.bytes, Tag.PRINTABLE_STRING, cursor.valueStart, cursor.valueEnd)
  if (country.length !== 2) report(cursor, 'QC_STATEMENT_INFO', index, cursor.valueStart, 'not two letters')
  return country
}
