import type { Measured, Work } from './measure.ts'

/** Subjects of one round: short enough that a busy machine leaves some rounds alone. */
const together = 40
const rounds = 400

/**
 * The best of many short rounds, for work that is a small multiple of its floor: neighbours on the machine can only add,
 * and add more to the longer of two. Every work runs often enough before that the engine has optimised it.
 */
export function measureBest(
  works: Readonly<Record<string, Work>>,
  subjects: readonly Uint8Array[],
  warmUp: number,
): Measured[] {
  const best = new Map<string, number>()
  for (const work of Object.values(works)) timed(work, subjects, 0, warmUp)
  for (let round = 0; round < rounds; round++) {
    for (const [name, work] of Object.entries(works)) {
      const time = timed(work, subjects, round * together, together) / together
      best.set(name, Math.min(best.get(name) ?? Number.POSITIVE_INFINITY, time))
    }
  }
  return [...best].map(([name, milliseconds]) => ({ name, microseconds: milliseconds * 1000 }))
}

function timed(work: Work, subjects: readonly Uint8Array[], from: number, count: number): number {
  const before = performance.now()
  for (let i = 0; i < count; i++) work(subjects[(from + i) % subjects.length] as Uint8Array)
  return performance.now() - before
}
