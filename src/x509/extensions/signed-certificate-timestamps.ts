import { Octets } from '../../core/octets.ts'
import { type Cursor, Tag } from '../../der/index.ts'

/** signedCertificateTimestampList: the TLS structure, undecoded (RFC 6962 3.3). */
export function readSignedCertificateTimestamps(cursor: Cursor): Octets {
  cursor.read(Tag.OCTET_STRING, '')
  return new Octets(cursor.bytes, cursor.valueStart, cursor.valueEnd)
}
