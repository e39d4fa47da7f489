import { type Cursor, readSmallInteger, Tag } from '../../der/index.ts'

/** tlsFeature: TLS extension numbers, 5 is OCSP stapling (RFC 7633 4.1). */
export function readTlsFeature(cursor: Cursor): readonly number[] {
  const end = cursor.open(Tag.SEQUENCE, '')
  const features: number[] = []
  while (!cursor.isEmpty) features.push(readSmallInteger(cursor, features.length, 0, 0xffff))
  cursor.close(end)
  return features.slice()
}
