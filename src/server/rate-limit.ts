import { Recent } from '../core/recent.ts'

/** How much of the server one caller may take. */
export interface RateLimit {
  /** Requests at once. */
  readonly burst: number
  /** Requests a second, over time. */
  readonly perSecond: number
}

const defaultRateLimit: RateLimit = Object.freeze({ burst: 200, perSecond: 50 })

/** Callers that are counted at most; when there are more, those that were quiet longest start anew. */
const capacity = 10_000

/** Throws `TypeError` where it is no limit. */
export function readRateLimit(limit: RateLimit = defaultRateLimit): RateLimit {
  for (const name of ['burst', 'perSecond'] as const) {
    if (!(Number.isFinite(limit[name]) && limit[name] > 0))
      throw new TypeError(`rateLimit.${name} is a positive number`)
  }
  return limit
}

/**
 * Counts the requests of callers, each with a bucket that fills over time. It is of this process: two servers let through
 * twice as much.
 *
 * @returns seconds to wait; 0 where the request may pass
 */
export function rateLimiter({ burst, perSecond }: RateLimit): (caller: string, at: Date) => number {
  // The first is the one that was quiet longest.
  const buckets = new Recent<string, { left: number; time: number }>(capacity)
  return (caller, at) => {
    const time = at.getTime()
    const held = buckets.get(caller)
    const passed = held === undefined ? 0 : Math.max(0, time - held.time) / 1000
    const left = held === undefined ? burst : Math.min(burst, held.left + passed * perSecond)
    buckets.set(caller, { left: left >= 1 ? left - 1 : left, time })
    return left >= 1 ? 0 : Math.max(1, Math.ceil((1 - left) / perSecond))
  }
}
