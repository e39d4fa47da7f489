import type { Cursor } from '../../der/index.ts'
import { type GeneralName, readGeneralNames } from './general-name.ts'

/** subjectAltName and issuerAltName: `GeneralNames` (RFC 5280 4.2.1.6, 4.2.1.7). */
export function readAltNames(cursor: Cursor): readonly GeneralName[] {
  return readGeneralNames(cursor, '')
}
