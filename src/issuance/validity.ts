/** How long certificates may live. */

const day = 86_400_000

/** Limits of the Baseline Requirements 6.3.2 by notBefore, newest first, in days. */
const limits: readonly (readonly [from: string, days: number])[] = [
  ['2029-03-15', 47],
  ['2027-03-15', 100],
  ['2026-03-15', 200],
  ['2020-09-01', 398],
  ['0000-01-01', 825],
]

/** The most days that a TLS certificate with this notBefore may live, its last second counted in. */
export function maximumDays(notBefore: Date): number {
  const date = notBefore.toISOString().slice(0, 10)
  return limits.find(([from]) => date >= from)?.[1] ?? 825
}

/** notAfter for a validity of whole days, the last second counted in. */
export function lastSecond(notBefore: Date, days: number): Date {
  return new Date(notBefore.getTime() + days * day - 1000)
}

export function addDays(moment: Date, days: number): Date {
  return new Date(moment.getTime() + days * day)
}

/** The moment without its fraction of a second. Throws `TypeError` where it is not a moment. */
export function wholeSecond(name: string, moment: Date): Date {
  if (!(moment instanceof Date) || Number.isNaN(moment.getTime())) throw new TypeError(`${name} must be a valid Date`)
  return new Date(Math.floor(moment.getTime() / 1000) * 1000)
}
