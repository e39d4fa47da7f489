/** What ENT_AUT says at one instant. `changing`: the day of a change, whose hour the register does not tell. */
export type AuthorisationState = 'in-force' | 'withdrawn' | 'not-yet' | 'changing' | 'unknown'

/** Hours by which the day of an authority in Europe may be ahead of UTC. */
const aheadOfUtc = 3

const dateForm = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/

/**
 * The state by the parity of ENT_AUT: dates in order, authorised at odd places, withdrawn at even ones (EBA JSON
 * specification). A date is a day where the authority is, from its midnight on.
 */
export function authorisationAt(dates: readonly string[], at: Date): AuthorisationState {
  if (dates.length === 0 || !dates.every((date) => dateForm.test(date))) return 'unknown'
  const days = dates.map((date) => Number(date.slice(0, 4) + date.slice(5, 7) + date.slice(8)))
  for (let i = 1; i < days.length; i++) if ((days[i] as number) < (days[i - 1] as number)) return 'unknown'
  const now = stateOn(days, dayOf(at))
  // Before the evening, nobody's day is ahead.
  if (at.getUTCHours() < 24 - aheadOfUtc) return now
  return now === stateOn(days, dayOf(new Date(at.getTime() + aheadOfUtc * 3_600_000))) ? now : 'changing'
}

/** The day in UTC as a number: 20260601. */
function dayOf(moment: Date): number {
  return (moment.getUTCFullYear() * 100 + moment.getUTCMonth() + 1) * 100 + moment.getUTCDate()
}

function stateOn(days: readonly number[], today: number): 'in-force' | 'withdrawn' | 'not-yet' {
  let passed = 0
  for (const day of days) if (day <= today) passed++
  if (passed === 0) return 'not-yet'
  return passed % 2 === 1 ? 'in-force' : 'withdrawn'
}
