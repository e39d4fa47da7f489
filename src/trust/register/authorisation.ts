/** What ENT_AUT says at one instant. `changing`: the day of a change, whose hour the register does not tell. */
export type AuthorisationState = 'in-force' | 'withdrawn' | 'not-yet' | 'changing' | 'unknown'

/** Hours by which the day of an authority in Europe may be ahead of UTC. */
const aheadOfUtc = 3 * 3_600_000

const dateForm = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/

/**
 * The state by the parity of ENT_AUT: dates in order, authorised at odd places, withdrawn at even ones (EBA JSON
 * specification). A date is a day where the authority is, from its midnight on.
 */
export function authorisationAt(dates: readonly string[], at: Date): AuthorisationState {
  if (dates.length === 0 || !dates.every((date) => dateForm.test(date))) return 'unknown'
  for (let i = 1; i < dates.length; i++) if ((dates[i] as string) < (dates[i - 1] as string)) return 'unknown'
  const now = stateOn(dates, dayOf(at))
  const ahead = stateOn(dates, dayOf(new Date(at.getTime() + aheadOfUtc)))
  return now === ahead ? now : 'changing'
}

function dayOf(moment: Date): string {
  return moment.toISOString().slice(0, 10)
}

function stateOn(dates: readonly string[], day: string): 'in-force' | 'withdrawn' | 'not-yet' {
  const passed = dates.filter((date) => date <= day).length
  if (passed === 0) return 'not-yet'
  return passed % 2 === 1 ? 'in-force' : 'withdrawn'
}
