import fc from 'fast-check'
import { type Activation, activationTime, type CalendarDay, calendars } from 'psd2-toolkit/registration'
import { describe, expect, it } from 'vitest'
import { easterSunday } from '../../src/registration/activation/calendars.ts'
import { parisTime } from '../../src/registration/activation/paris.ts'

function activeAt(at: string, calendar: 'france' | 'target' = 'france'): string {
  const activation = activationTime({ at: new Date(at), calendar })
  if (activation.state !== 'scheduled') throw new Error(activation.state)
  return `${activation.activeAt.toISOString()} ${activation.reason}`
}

/** The platform's time zone data, as the oracle of our own rule. */
const oracle = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Paris',
  hourCycle: 'h23',
  ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' },
})

function oracleTime(at: Date): Record<string, number> {
  const parts = oracle.formatToParts(at).filter(({ type }) => type !== 'literal')
  return Object.fromEntries(parts.map(({ type, value }) => [type, Number(value)]))
}

const moments = fc.date({
  min: new Date('1996-01-01T00:00:00Z'),
  max: new Date('2100-12-31T23:59:59Z'),
  noInvalidDate: true,
})

describe('activationTime', () => {
  it.each([
    ['a Wednesday, a second before the deadline', '2026-11-25T08:58:59Z', '2026-11-25T13:00:00.000Z before_deadline'],
    ['the last millisecond', '2026-11-25T08:58:59.999Z', '2026-11-25T13:00:00.000Z before_deadline'],
    ['at the deadline', '2026-11-25T08:59:00Z', '2026-11-26T13:00:00.000Z after_deadline'],
    ['between deadline and 14:00', '2026-11-25T10:00:00Z', '2026-11-26T13:00:00.000Z after_deadline'],
    ['Friday after the deadline', '2026-11-27T09:00:00Z', '2026-11-30T13:00:00.000Z after_deadline'],
    ['Saturday early', '2026-11-28T05:00:00Z', '2026-11-30T13:00:00.000Z not_a_working_day'],
    ['Sunday', '2026-11-29T20:00:00Z', '2026-11-30T13:00:00.000Z not_a_working_day'],
    ['in summer', '2026-07-01T07:58:59Z', '2026-07-01T12:00:00.000Z before_deadline'],
    ['in summer at the deadline', '2026-07-01T07:59:00Z', '2026-07-02T12:00:00.000Z after_deadline'],
    ['1 May, a Friday', '2026-05-01T06:00:00Z', '2026-05-04T12:00:00.000Z not_a_working_day'],
    ['the eve of 1 May', '2026-04-30T09:00:00Z', '2026-05-04T12:00:00.000Z after_deadline'],
    ['Ascension 2026', '2026-05-14T06:00:00Z', '2026-05-15T12:00:00.000Z not_a_working_day'],
    ['the Friday before Easter Monday', '2026-04-03T09:00:00Z', '2026-04-07T12:00:00.000Z after_deadline'],
    ['the year end', '2026-12-31T10:00:00Z', '2027-01-04T13:00:00.000Z after_deadline'],
    ['1 January in Paris, 31 December in UTC', '2025-12-31T23:30:00Z', '2026-01-02T13:00:00.000Z not_a_working_day'],
    ['the day that loses an hour, a Sunday', '2026-03-29T00:30:00Z', '2026-03-30T12:00:00.000Z not_a_working_day'],
    ['the Friday before it', '2026-03-27T09:00:00Z', '2026-03-30T12:00:00.000Z after_deadline'],
    ['the day that has an hour twice', '2026-10-25T00:30:00Z', '2026-10-26T13:00:00.000Z not_a_working_day'],
    ['the Friday before it', '2026-10-23T08:00:00Z', '2026-10-26T13:00:00.000Z after_deadline'],
    ['29 February', '2028-02-29T08:00:00Z', '2028-02-29T13:00:00.000Z before_deadline'],
  ])('%s', (_, at, expected) => {
    expect(activeAt(at)).toBe(expected)
  })

  it('knows the calendar of TARGET, which works on 8 May and rests on Good Friday', () => {
    expect(activeAt('2026-05-08T06:00:00Z', 'target')).toBe('2026-05-08T12:00:00.000Z before_deadline')
    expect(activeAt('2026-04-03T06:00:00Z', 'target')).toBe('2026-04-07T12:00:00.000Z not_a_working_day')
  })

  it('takes a calendar of the caller', () => {
    const bridge = { name: 'bridge', isHoliday: ({ month, day }: CalendarDay) => month === 11 && day === 25 }
    const activation = activationTime({ at: new Date('2026-11-25T06:00:00Z'), calendar: bridge })
    expect(activation).toEqual({
      state: 'scheduled',
      reason: 'not_a_working_day',
      activeAt: new Date('2026-11-26T13:00:00Z'),
    })
  })

  it('promises nothing while a criterion is open', () => {
    const at = new Date('2026-11-25T06:00:00Z')
    expect(activationTime({ at, eligibility: 'pending_eligibility' })).toEqual({
      state: 'pending_eligibility',
      reason: 'criterion_open',
      estimatedAt: undefined,
    } satisfies Activation)
  })

  it('estimates two weeks for an unknown CA, to a working day', () => {
    const at = new Date('2026-10-18T06:00:00Z')
    expect(activationTime({ at, eligibility: 'ca_unknown' })).toEqual({
      state: 'pending_eligibility',
      reason: 'ca_unknown',
      // 1 November is a Sunday and a holiday; by then winter time is in force.
      estimatedAt: new Date('2026-11-02T13:00:00Z'),
    } satisfies Activation)
  })

  it.each<[string, unknown]>([
    ['an invalid date', { at: new Date(Number.NaN) }],
    ['a text', { at: '2026-11-25' }],
    ['no options', undefined],
    ['an unknown option', { at: new Date('2026-11-25T00:00:00Z'), calender: 'france' }],
    ['an unknown calendar', { at: new Date('2026-11-25T00:00:00Z'), calendar: 'mars' }],
    ['a calendar of Object.prototype', { at: new Date('2026-11-25T00:00:00Z'), calendar: 'constructor' }],
    ['an unknown eligibility', { at: new Date('2026-11-25T00:00:00Z'), eligibility: 'perhaps' }],
    ['a time before the rule', { at: new Date('1995-12-31T00:00:00Z') }],
    [
      'a calendar without working days',
      { at: new Date('2026-11-25T00:00:00Z'), calendar: { name: 'rest', isHoliday: () => true } },
    ],
  ])('takes %s for a mistake of the caller', (_, options) => {
    expect(() => activationTime(options as never)).toThrow(TypeError)
  })
})

describe('laws of the clock', () => {
  it('agrees with the time zone data of the platform', () => {
    fc.assert(
      fc.property(moments, (at) => {
        expect(parisTime(at)).toEqual(oracleTime(at))
      }),
      { numRuns: 500 },
    )
  })

  it('agrees with it around every change of the clock', () => {
    for (let year = 1996; year <= 2060; year++) {
      for (const month of [2, 9]) {
        for (let day = 24; day <= 31; day++) {
          for (const [hour, minute, second] of [
            [0, 59, 59],
            [1, 0, 0],
            [2, 0, 0],
          ] as const) {
            const at = new Date(Date.UTC(year, month, day, hour, minute, second))
            expect(parisTime(at)).toEqual(oracleTime(at))
          }
        }
      }
    }
  })

  it('activates on a working day at 14:00 in Paris, after the request, and within ten days', () => {
    fc.assert(
      fc.property(moments, fc.constantFrom('france' as const, 'target' as const), (at, calendar) => {
        const activation = activationTime({ at, calendar })
        if (activation.state !== 'scheduled') throw new Error(activation.state)
        const { activeAt } = activation
        const time = oracleTime(activeAt)
        expect(time).toMatchObject({ hour: 14, minute: 0, second: 0 })
        const { year = 0, month = 0, day = 0 } = time
        expect([0, 6]).not.toContain(new Date(Date.UTC(year, month - 1, day)).getUTCDay())
        expect(calendars[calendar].isHoliday({ year, month, day })).toBe(false)
        expect(activeAt.getTime()).toBeGreaterThan(at.getTime())
        expect(activeAt.getTime() - at.getTime()).toBeLessThan(10 * 86_400_000)
      }),
      { numRuns: 300 },
    )
  })

  it('never lets a later request be active earlier', () => {
    fc.assert(
      fc.property(moments, fc.nat(7 * 86_400_000), (at, later) => {
        const [first, second] = [at, new Date(at.getTime() + later)].map((moment) => activationTime({ at: moment }))
        if (first?.state !== 'scheduled' || second?.state !== 'scheduled') throw new Error('not scheduled')
        expect(second.activeAt.getTime()).toBeGreaterThanOrEqual(first.activeAt.getTime())
      }),
      { numRuns: 300 },
    )
  })

  it('has Easter where it was and will be', () => {
    const published = [
      [1997, 3, 30],
      [2008, 3, 23],
      [2011, 4, 24],
      [2019, 4, 21],
      [2024, 3, 31],
      [2025, 4, 20],
      [2026, 4, 5],
      [2038, 4, 25],
      [2049, 4, 18],
      [2076, 4, 19],
    ] as const
    for (const [year, month, day] of published) expect(easterSunday(year)).toEqual({ year, month, day })
    for (let year = 1996; year < 2400; year++) {
      const { month, day } = easterSunday(year)
      expect(new Date(Date.UTC(year, month - 1, day)).getUTCDay()).toBe(0)
      const days = month * 100 + day
      expect(days >= 322 && days <= 425).toBe(true)
    }
  })

  it('has eleven French holidays a year', () => {
    const { isHoliday } = calendars.france
    const days = Array.from({ length: 365 }, (_, i) => new Date(Date.UTC(2026, 0, 1 + i)))
    const holidays = days.filter((date) =>
      isHoliday({ year: 2026, month: date.getUTCMonth() + 1, day: date.getUTCDate() }),
    )
    expect(holidays.map((date) => date.toISOString().slice(5, 10))).toEqual([
      ...['01-01', '04-06', '05-01', '05-08', '05-14', '05-25', '07-14', '08-15', '11-01', '11-11', '12-25'],
    ])
  })
})
