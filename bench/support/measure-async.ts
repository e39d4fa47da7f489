import { collectYoung, type Measured, median, warmUp } from './measure.ts'

/** Something asynchronous to measure. */
export type AsyncWork = () => Promise<unknown>

/** As `measure`, for work that is awaited: each call one by one, as a server has them. */
export async function measureAsync(works: Readonly<Record<string, AsyncWork>>, rounds: number): Promise<Measured[]> {
  const names = Object.keys(works)
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, await calibrate(works[name] as AsyncWork))
  const times = new Map<string, number[]>(names.map((name) => [name, []]))
  for (let round = 0; round < rounds; round++) {
    for (const name of names) {
      const count = counts.get(name) as number
      times.get(name)?.push((await timed(works[name] as AsyncWork, count)) / count)
    }
  }
  return names.map((name) => ({ name, microseconds: median(times.get(name) as number[]) * 1000 }))
}

async function calibrate(work: AsyncWork): Promise<number> {
  const end = performance.now() + warmUp
  let calls = 0
  while (performance.now() < end) {
    await work()
    calls++
  }
  return Math.max(1, Math.ceil((await timed(work, Math.max(1, calls >> 3))) === 0 ? 1 : (calls * 30) / warmUp))
}

async function timed(work: AsyncWork, count: number): Promise<number> {
  collectYoung()
  const before = performance.now()
  for (let i = 0; i < count; i++) await work()
  collectYoung()
  return performance.now() - before
}
