import { type Cursor, contextPrimitive, readGeneralizedTime, Tag } from '../../der/index.ts'

/** privateKeyUsagePeriod (RFC 3280 4.2.1.4), milliseconds since 1970. */
export interface PrivateKeyUsagePeriod {
  readonly notBefore: number | undefined
  readonly notAfter: number | undefined
}

/** `SEQUENCE { notBefore [0] GeneralizedTime OPTIONAL, notAfter [1] GeneralizedTime OPTIONAL }` */
export function readPrivateKeyUsagePeriod(cursor: Cursor): PrivateKeyUsagePeriod {
  const end = cursor.open(Tag.SEQUENCE, '')
  const first = contextPrimitive(0)
  const last = contextPrimitive(1)
  const notBefore = cursor.next(first) ? readGeneralizedTime(cursor, 'notBefore', first) : undefined
  const notAfter = cursor.next(last) ? readGeneralizedTime(cursor, 'notAfter', last) : undefined
  cursor.close(end)
  return { notBefore, notAfter }
}
