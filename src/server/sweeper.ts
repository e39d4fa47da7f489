import { faultOf } from './fault.ts'
import type { Logger } from './logger.ts'
import type { RegistrationStore } from './store/store.ts'

/** Milliseconds between two times at which what has ended is forgotten. */
const every = 600_000

/**
 * Forgets what has ended while tokens are asked for, at most every ten minutes: where nobody has a token, nothing grows. The
 * request does not wait for it, and it cannot be forgotten by whoever serves the application.
 */
export function sweeperOf(store: RegistrationStore, log: Logger): (at: Date) => void {
  let next = Number.NEGATIVE_INFINITY
  async function sweep(at: Date): Promise<void> {
    try {
      await store.sweep(at)
    } catch (error) {
      log.warn(faultOf(error), 'what has ended was not forgotten')
    }
  }
  return (at) => {
    if (at.getTime() < next) return
    next = at.getTime() + every
    void sweep(at)
  }
}
