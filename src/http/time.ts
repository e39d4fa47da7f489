/** Whole seconds since 1970. Throws `TypeError` where the date is none. */
export function seconds(date: Date | undefined): number | undefined {
  if (date === undefined) return undefined
  const value = date instanceof Date ? Math.floor(date.getTime() / 1000) : Number.NaN
  if (!Number.isSafeInteger(value) || value < 0) throw new TypeError('a time is a Date from 1970 on')
  return value
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const imfFixdate = /^([A-Z][a-z]{2}), (\d{2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) GMT$/

/**
 * Seconds since 1970 of a date in the one form that senders may use (RFC 9110 clause 5.6.7), with its weekday right.
 * Undefined for everything else: two-digit years, other zones, a 31st of April.
 */
export function parseHttpDate(text: string): number | undefined {
  const [, weekday, day, month, year, ...clock] = imfFixdate.exec(text) ?? []
  if (weekday === undefined) return undefined
  const [hour, minute, second] = clock.map(Number) as [number, number, number]
  const time = Date.UTC(Number(year), months.indexOf(month as string), Number(day), hour, minute, second)
  return formatHttpDate(new Date(time)) === text ? time / 1000 : undefined
}

/** A date as the header Date has it. */
export function formatHttpDate(date: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  const day = `${days[date.getUTCDay()]}, ${two(date.getUTCDate())} ${months[date.getUTCMonth()]}`
  const year = String(date.getUTCFullYear()).padStart(4, '0')
  return `${day} ${year} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} GMT`
}
