import { type Cursor, readSmallInteger, Tag } from '../../der/index.ts'

/** tlsFeature: TLS extension numbers, 5 is OCSP stapling (RFC 7633 4.1). */
export function readTlsFeature(outer: Cursor): readonly number[] {
  const cursor = outer.enter(Tag.SEQUENCE, '')
  const features: number[] = []
  while (!cursor.isEmpty) features.push(readSmallInteger(cursor, features.length, 0, 0xffff))
  return features.slice()
}
