/** Whole seconds since 1970. Throws `TypeError` where the date is none. */
export function seconds(date: Date | undefined): number | undefined {
  if (date === undefined) return undefined
  const value = date instanceof Date ? Math.floor(date.getTime() / 1000) : Number.NaN
  if (!Number.isSafeInteger(value) || value < 0) throw new TypeError('a time is a Date from 1970 on')
  return value
}

/** The same of a time that must be there. */
export function secondsOf(signedAt: Date | undefined): number {
  const value = seconds(signedAt)
  if (value === undefined) throw new TypeError('signedAt is a Date')
  return value
}

/**
 * Seconds since 1970 of a date in the one form that senders may use (RFC 9110 clause 5.6.7), with its weekday right.
 * Undefined for everything else: two-digit years, other zones, a 31st of April.
 */
export function parseHttpDate(text: string): number | undefined {
  // `Date.parse` takes much more than this form: what it has read must be written as it was sent.
  const time = text.length === 29 ? Date.parse(text) : Number.NaN
  return Number.isNaN(time) || formatHttpDate(new Date(time)) !== text ? undefined : time / 1000
}

/** A date as the header Date has it: ECMA-262 writes a date in UTC as IMF-fixdate (RFC 9110 clause 5.6.7). */
export function formatHttpDate(date: Date): string {
  return date.toUTCString()
}
