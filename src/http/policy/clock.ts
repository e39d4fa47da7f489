import type { MessageView } from '../message.ts'
import { httpError } from '../refuse.ts'
import type { ParsedSignature } from '../signature.ts'
import { parseHttpDate } from '../time.ts'
import type { Covered } from './covered.ts'
import type { ClockPolicy } from './policy.ts'

const defaultSkew = 30

/** Seconds since 1970 of the time of validation. Throws `TypeError` where there is none: no check may compare with NaN. */
export function secondsOf(at: Date): number {
  const time = at instanceof Date ? at.getTime() / 1000 : Number.NaN
  if (!Number.isFinite(time)) throw new TypeError("'at' is the time of validation, a valid Date")
  return time
}

/**
 * Times of a signature against the clock. What the signature does not cover proves nothing about its age, but a time that
 * says no is believed.
 */
export function checkClock(
  message: MessageView,
  signature: ParsedSignature,
  covered: Covered,
  clock: ClockPolicy | undefined,
  at: Date,
): void {
  const now = secondsOf(at)
  const skew = clock?.skew ?? defaultSkew
  const { created, expires } = signature
  if (created !== undefined && expires !== undefined && expires <= created) {
    throw httpError('SIGNATURE_EXPIRES_BEFORE_CREATED', undefined, { path: 'expires' })
  }
  if (created !== undefined && created > now + skew) {
    throw httpError('SIGNATURE_CREATED_IN_FUTURE', undefined, { path: 'created' })
  }
  if (expires !== undefined && expires < now - skew)
    throw httpError('SIGNATURE_EXPIRED', undefined, { path: 'expires' })
  const date = coveredDate(message, covered)
  if (date !== undefined && date > now + skew)
    throw httpError('SIGNATURE_CREATED_IN_FUTURE', undefined, { path: 'date' })
  if (clock === undefined) return
  const signed = signedTime(signature, date)
  if (signed === undefined) {
    if (clock.required !== false) throw httpError('SIGNATURE_TIME_MISSING')
    return
  }
  if (signed.time < now - clock.maxAge - skew) throw httpError('SIGNATURE_TOO_OLD', undefined, { path: signed.source })
}

/** Date where it is covered: it must then be readable. */
function coveredDate(message: MessageView, { hasDate }: Covered): number | undefined {
  const values = hasDate ? message.fields.get('date') : undefined
  if (values === undefined) return undefined
  const date = values.length === 1 ? parseHttpDate(values[0] as string) : undefined
  if (date === undefined) throw httpError('SIGNATURE_DATE', values.join(', '), { path: 'date' })
  return date
}

/** The older of the two times that are signed. */
function signedTime(
  { created, createdCovered }: ParsedSignature,
  date: number | undefined,
): { time: number; source: string } | undefined {
  const own = createdCovered ? created : undefined
  if (own !== undefined && (date === undefined || own <= date)) return { time: own, source: 'created' }
  return date === undefined ? undefined : { time: date, source: 'date' }
}

/** The last second at which the signature would still be accepted; undefined where nothing signed limits it. */
export function acceptableUntil(
  message: MessageView,
  signature: ParsedSignature,
  covered: Covered,
  clock: ClockPolicy | undefined,
): number | undefined {
  const skew = clock?.skew ?? defaultSkew
  const signed = signedTime(signature, coveredDate(message, covered))
  const byAge = signed === undefined || clock === undefined ? undefined : signed.time + clock.maxAge + skew
  const byEnd = signature.expiresCovered && signature.expires !== undefined ? signature.expires + skew : undefined
  if (byAge === undefined) return byEnd
  return byEnd === undefined ? byAge : Math.min(byAge, byEnd)
}
