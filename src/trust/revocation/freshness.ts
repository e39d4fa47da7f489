/** How a source stands to the instant that is asked about. */
export type Freshness = 'current' | 'not-yet' | 'expired'

/**
 * `thisUpdate` to `nextUpdate`, both included. Clocks differ: a source may be newer than the instant by `skew` milliseconds;
 * nothing makes it last longer.
 */
export function freshnessAt(thisUpdate: Date, nextUpdate: Date, at: Date, skew: number): Freshness {
  if (thisUpdate.getTime() > at.getTime() + skew) return 'not-yet'
  return at.getTime() > nextUpdate.getTime() ? 'expired' : 'current'
}
