import { type Cursor, readStringAs, stringText, Tag } from '../../der/index.ts'
import { report } from '../report.ts'

/** QcCClegislation (EN 319 412-5 4.2.4) and QcQSCDlegislation (4.2.5): `SEQUENCE OF PrintableString (SIZE (2))` */
export function readCountryList(cursor: Cursor): readonly string[] {
  const start = cursor.position
  const end = cursor.open(Tag.SEQUENCE, 'statementInfo')
  if (cursor.isEmpty) report(cursor, 'QC_STATEMENT_INFO', '', start, 'empty')
  const countries: string[] = []
  while (!cursor.isEmpty) {
    readStringAs(cursor, countries.length, Tag.PRINTABLE_STRING)
    const country = stringText(cursor.bytes, Tag.PRINTABLE_STRING, cursor.valueStart, cursor.valueEnd)
    if (country.length !== 2)
      report(cursor, 'QC_STATEMENT_INFO', countries.length, cursor.valueStart, 'not two letters')
    countries.push(country)
  }
  cursor.close(end)
  return countries
}
