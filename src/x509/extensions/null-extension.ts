import { type Cursor, readNull } from '../../der/index.ts'

/**
 * Extensions whose presence is all they say: noRevAvail (RFC 9608), the validity-assured extension of short-term
 * certificates (ETSI EN 319 412-1 5.2), ocsp-nocheck (RFC 6960 4.2.2.2.1), the poison of a precertificate (RFC 6962 3.1).
 */
export function readNullExtension(cursor: Cursor): true {
  readNull(cursor, '')
  return true
}
