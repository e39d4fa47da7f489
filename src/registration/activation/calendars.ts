import { addDays, type CalendarDay, weekday } from './paris.ts'

/** Which days besides Saturday and Sunday nobody works. */
export interface HolidayCalendar {
  readonly name: string
  readonly isHoliday: (day: CalendarDay) => boolean
}

/** Days of a year: fixed ones as [month, day], movable ones as days after Easter Sunday. */
interface Holidays {
  readonly fixed: readonly (readonly [month: number, day: number])[]
  readonly afterEaster: readonly number[]
}

/** Code du travail, article L3133-1: Easter Monday, Ascension, Whit Monday and eight fixed days. */
const frenchHolidays: Holidays = {
  fixed: [
    [1, 1],
    [5, 1],
    [5, 8],
    [7, 14],
    [8, 15],
    [11, 1],
    [11, 11],
    [12, 25],
  ],
  afterEaster: [1, 39, 50],
}

/** Closing days of TARGET: Good Friday, Easter Monday and four fixed days. */
const targetHolidays: Holidays = {
  fixed: [
    [1, 1],
    [5, 1],
    [12, 25],
    [12, 26],
  ],
  afterEaster: [-2, 1],
}

/** The calendars that have a name. The page says "working day" and not whose: that of France is the default. */
export const calendars = {
  france: calendar('france', frenchHolidays),
  target: calendar('target', targetHolidays),
} as const

export type CalendarName = keyof typeof calendars

/** True from Monday to Friday, holidays of the calendar excepted. */
export function isWorkingDay(day: CalendarDay, { isHoliday }: HolidayCalendar): boolean {
  const number = weekday(day)
  return number !== 0 && number !== 6 && !isHoliday(day)
}

function calendar(name: string, { fixed, afterEaster }: Holidays): HolidayCalendar {
  return Object.freeze({
    name,
    isHoliday: ({ year, month, day }: CalendarDay) => {
      if (fixed.some(([fixedMonth, fixedDay]) => fixedMonth === month && fixedDay === day)) return true
      const easter = easterSunday(year)
      return afterEaster.some((days) => {
        const movable = addDays(easter, days)
        return movable.month === month && movable.day === day
      })
    },
  })
}

/** Easter Sunday of the Gregorian calendar (Meeus, Astronomical Algorithms, chapter 8). */
export function easterSunday(year: number): CalendarDay {
  const golden = year % 19
  const century = Math.floor(year / 100)
  const ofCentury = year % 100
  const moonShift = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3)
  const epact = (19 * golden + century - Math.floor(century / 4) - moonShift + 15) % 30
  const weekShift = (32 + 2 * (century % 4) + 2 * Math.floor(ofCentury / 4) - epact - (ofCentury % 4)) % 7
  const correction = Math.floor((golden + 11 * epact + 22 * weekShift) / 451)
  const days = epact + weekShift - 7 * correction + 114
  return { year, month: Math.floor(days / 31), day: (days % 31) + 1 }
}
