import type { ReplayStore } from './replay.ts'

export interface MemoryReplayOptions {
  /** The clock by which keys are forgotten. */
  readonly now: () => Date
  /** Keys that are held at most. Default 100,000. */
  readonly capacity?: number | undefined
}

/**
 * A store for tests and for a single process. It holds a bounded number of keys: when it is full of keys that are still of
 * use it refuses further requests, since forgetting one would let it be replayed.
 *
 * @example
 * ```ts
 * import { MemoryReplayStore } from 'psd2-toolkit/http'
 *
 * const store = new MemoryReplayStore({ now: () => new Date() })
 * console.log(await store.remember('id', new Date(Date.now() + 60_000))) // true
 * console.log(await store.remember('id', new Date(Date.now() + 60_000))) // false
 * ```
 */
export class MemoryReplayStore implements ReplayStore {
  private readonly now: () => Date
  private readonly capacity: number
  private readonly keys = new Set<string>()
  /** Keys by the minute in which they may be forgotten, so that forgetting looks at minutes and not at keys. */
  private readonly minutes = new Map<number, string[]>()

  constructor({ now, capacity = 100_000 }: MemoryReplayOptions) {
    if (typeof now !== 'function') throw new TypeError('now is a function that gives the time')
    if (!Number.isSafeInteger(capacity) || capacity < 1) throw new TypeError('capacity is a positive number of keys')
    this.now = now
    this.capacity = capacity
  }

  /** Keys that are held. */
  get size(): number {
    return this.keys.size
  }

  async remember(key: string, until: Date): Promise<boolean> {
    const minute = Math.floor(until.getTime() / 60_000)
    if (!Number.isFinite(minute)) throw new TypeError('until is a valid Date')
    this.forget(Math.floor(this.now().getTime() / 60_000))
    if (this.keys.has(key)) return false
    if (this.keys.size >= this.capacity) throw new Error('the replay store is full')
    this.keys.add(key)
    const held = this.minutes.get(minute)
    if (held === undefined) this.minutes.set(minute, [key])
    else held.push(key)
    return true
  }

  private forget(current: number): void {
    for (const [minute, keys] of this.minutes) {
      if (minute >= current) continue
      for (const key of keys) this.keys.delete(key)
      this.minutes.delete(minute)
    }
  }
}
