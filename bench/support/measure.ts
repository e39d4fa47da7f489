/** Medians of interleaved rounds: whatever disturbs the machine disturbs all alike. */

/** Something to measure: it does its work once for one subject. */
export type Work = (subject: Uint8Array) => unknown

export interface Measured {
  readonly name: string
  /** Microseconds for one subject, median over the rounds. */
  readonly microseconds: number
}

/** How long a round of one work should take. */
const roundMilliseconds = 30

/** Measures each work over the subjects, round by round in turn. */
export function measure(
  works: Readonly<Record<string, Work>>,
  subjects: readonly Uint8Array[],
  rounds: number,
): Measured[] {
  const names = Object.keys(works)
  const counts = new Map(names.map((name) => [name, calibrate(works[name] as Work, subjects)]))
  const times = new Map<string, number[]>(names.map((name) => [name, []]))
  for (let round = 0; round < rounds; round++) {
    for (const name of names) {
      const count = counts.get(name) as number
      const total = timed(works[name] as Work, subjects, count, round * count)
      times.get(name)?.push(total / count)
    }
  }
  return names.map((name) => ({ name, microseconds: median(times.get(name) as number[]) * 1000 }))
}

/** Milliseconds until the engine has optimised, and has taken back what it did too early. */
export const warmUp = 1000

/** Warms up, then finds how many calls make a round. */
function calibrate(work: Work, subjects: readonly Uint8Array[]): number {
  const end = performance.now() + warmUp
  let calls = 0
  while (performance.now() < end) {
    work(subjects[calls % subjects.length] as Uint8Array)
    calls++
  }
  const before = performance.now()
  const sample = Math.max(1, Math.min(calls, 2000))
  timed(work, subjects, sample, 0)
  const each = (performance.now() - before) / sample
  return Math.max(1, Math.min(subjects.length * 20, Math.ceil(roundMilliseconds / each)))
}

function timed(work: Work, subjects: readonly Uint8Array[], count: number, from: number): number {
  collectYoung()
  const before = performance.now()
  for (let i = 0; i < count; i++) work(subjects[(from + i) % subjects.length] as Uint8Array)
  collectYoung()
  return performance.now() - before
}

/**
 * Before a round and at its end, so that each work pays for the garbage that it makes and for no other's: a collection comes
 * when the room is used up, whoever used it.
 */
export function collectYoung(): void {
  const { gc } = globalThis as { readonly gc?: (options: { readonly type: 'minor' }) => void }
  if (gc === undefined) throw new TypeError('run this with --expose-gc')
  gc({ type: 'minor' })
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[sorted.length >> 1] as number
}
