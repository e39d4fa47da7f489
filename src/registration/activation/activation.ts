import { requireMoment, requireOptions } from '../options.ts'
import { type CalendarName, calendars, type HolidayCalendar, isWorkingDay } from './calendars.ts'
import { addDays, type CalendarDay, nextDay, parisInstant, parisTime } from './paris.ts'

/** Why a registration that was accepted does not become active by the clock alone. */
export type EligibilityState = 'met' | 'pending_eligibility' | 'ca_unknown'

/** What {@link activationTime} is asked. */
export interface ActivationOptions {
  /** When the bank received the request that it answered with 20x. */
  readonly at: Date
  /** Whose holidays. Default: `france`. */
  readonly calendar?: CalendarName | HolidayCalendar
  /** Default: `met`. */
  readonly eligibility?: EligibilityState
}

/** When what was registered or changed counts. */
export type Activation =
  | {
      readonly state: 'scheduled'
      readonly reason: 'before_deadline' | 'after_deadline' | 'not_a_working_day'
      readonly activeAt: Date
    }
  | {
      /** A criterion of eligibility is not shown to be met: the clock does not run. */
      readonly state: 'pending_eligibility'
      readonly reason: 'criterion_open' | 'ca_unknown'
      /** Of an unknown CA: when two weeks have gone by; undefined where nobody can say. */
      readonly estimatedAt: Date | undefined
    }

/** "est'd 2 weeks" for loading a new CA or a new root of a known one. */
const daysToLoadCa = 14
const activationHour = 14
/** A calendar on which nobody works for so long is a mistake. */
const longestBreak = 366

/**
 * The instant at which a new client, or a change of one, counts (BPCE PSD2 Registration API, Limits): 14:00 in Paris of the
 * same working day where the request came before 09:59, else of the next working day. Where a criterion of eligibility is
 * open, nothing is promised; where the issuing CA is not known yet, two weeks are the bank's estimate.
 *
 * @throws TypeError where `at` is no moment, an option is unknown, or the calendar has no working day
 *
 * @example
 * ```ts
 * import { activationTime } from 'psd2-toolkit/registration'
 *
 * const activation = activationTime({ at: new Date('2026-11-25T08:58:59Z') })
 * if (activation.state === 'scheduled') console.log(activation.activeAt.toISOString()) // 2026-11-25T13:00:00.000Z
 * ```
 */
export function activationTime(options: ActivationOptions): Activation {
  requireOptions(options, ['at', 'calendar', 'eligibility'], 'activationTime')
  requireMoment(options.at)
  const { at, eligibility = 'met' } = options
  const calendar = calendarOf(options.calendar ?? 'france')
  const received = parisTime(at)
  switch (eligibility) {
    case 'met':
      return { state: 'scheduled', ...schedule(received, calendar) }
    case 'pending_eligibility':
      return { state: 'pending_eligibility', reason: 'criterion_open', estimatedAt: undefined }
    case 'ca_unknown': {
      const loaded = firstWorkingDay(addDays(received, daysToLoadCa), calendar)
      const estimatedAt = parisInstant(loaded, activationHour)
      return { state: 'pending_eligibility', reason: 'ca_unknown', estimatedAt }
    }
    default:
      throw new TypeError(`unknown eligibility '${String(eligibility)}'`)
  }
}

function schedule(
  received: ReturnType<typeof parisTime>,
  calendar: HolidayCalendar,
): { reason: 'before_deadline' | 'after_deadline' | 'not_a_working_day'; activeAt: Date } {
  const works = isWorkingDay(received, calendar)
  const isEarly = received.hour < 9 || (received.hour === 9 && received.minute < 59)
  const day = works && isEarly ? received : firstWorkingDay(nextDay(received), calendar)
  const reason = works ? (isEarly ? 'before_deadline' : 'after_deadline') : 'not_a_working_day'
  return { reason, activeAt: parisInstant(day, activationHour) }
}

function firstWorkingDay(from: CalendarDay, calendar: HolidayCalendar): CalendarDay {
  let day = from
  for (let i = 0; i < longestBreak; i++) {
    if (isWorkingDay(day, calendar)) return day
    day = nextDay(day)
  }
  throw new TypeError(`the calendar '${calendar.name}' has no working day within a year`)
}

function calendarOf(given: CalendarName | HolidayCalendar): HolidayCalendar {
  if (typeof given === 'string') {
    if (Object.hasOwn(calendars, given)) return calendars[given]
    throw new TypeError(`unknown calendar '${String(given)}'; there are: ${Object.keys(calendars).join(', ')}`)
  }
  if (typeof given !== 'object' || given === null || typeof given.isHoliday !== 'function') {
    throw new TypeError('a calendar is a name, or an object with name and isHoliday')
  }
  return given
}
