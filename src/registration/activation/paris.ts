/** A day of the calendar, months from 1. */
export interface CalendarDay {
  readonly year: number
  readonly month: number
  readonly day: number
}

/** A time of the clock on a wall in Paris. */
export interface ParisTime extends CalendarDay {
  readonly hour: number
  readonly minute: number
  readonly second: number
}

const hour = 3_600_000
const day = 24 * hour

/** The first year of the present rule for the end of summer time (Directives 94/21/EC and 2000/84/EC). */
const firstYear = 1996

/** Midnight UTC of the last Sunday of a month that has 31 days. */
function lastSunday(year: number, month: number): number {
  const last = Date.UTC(year, month - 1, 31)
  return last - new Date(last).getUTCDay() * day
}

/** Summer time from the last Sunday of March to that of October, both at 01:00 UTC (Directive 2000/84/EC, articles 2 and 3). */
function offsetAt(instant: number): number {
  const year = new Date(instant).getUTCFullYear()
  const isSummer = instant >= lastSunday(year, 3) + hour && instant < lastSunday(year, 10) + hour
  return isSummer ? 2 * hour : hour
}

/** The time in Paris. Throws `TypeError` before 1996 and after 9999, where the rule of summer time is not known. */
export function parisTime(at: Date): ParisTime {
  const year = at.getUTCFullYear()
  if (year < firstYear || year > 9998) throw new TypeError(`at is before ${firstYear} or after 9998`)
  const local = new Date(at.getTime() + offsetAt(at.getTime()))
  return {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    hour: local.getUTCHours(),
    minute: local.getUTCMinutes(),
    second: local.getUTCSeconds(),
  }
}

/** The instant of a full hour in Paris. Only for hours that every day has once: not from 2 to 3. */
export function parisInstant({ year, month, day: date }: CalendarDay, atHour: number): Date {
  const asUtc = Date.UTC(year, month - 1, date, atHour)
  return new Date(asUtc - offsetAt(asUtc - hour))
}

/** The day after, by the calendar and not by 24 hours. */
export function nextDay({ year, month, day: date }: CalendarDay): CalendarDay {
  return dayOf(Date.UTC(year, month - 1, date + 1))
}

/** The day so many days later. */
export function addDays({ year, month, day: date }: CalendarDay, days: number): CalendarDay {
  return dayOf(Date.UTC(year, month - 1, date + days))
}

function dayOf(utc: number): CalendarDay {
  const date = new Date(utc)
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }
}

/** 0 is Sunday. */
export function weekday({ year, month, day: date }: CalendarDay): number {
  return new Date(Date.UTC(year, month - 1, date)).getUTCDay()
}
