import { type Measured, median } from './measure.ts'
import type { AsyncWork } from './measure-async.ts'

/** Processor time of a call: it holds on a machine that others use too, where the clock on the wall does not. */
export async function measureCpu(works: Readonly<Record<string, AsyncWork>>, rounds: number): Promise<Measured[]> {
  const times = new Map<string, number[]>()
  for (const [name, work] of Object.entries(works)) {
    for (let i = 0; i < 3000; i++) await work()
    times.set(name, [])
  }
  for (let round = 0; round < rounds; round++) {
    for (const [name, work] of Object.entries(works)) {
      const before = process.cpuUsage()
      for (let i = 0; i < 300; i++) await work()
      const { user, system } = process.cpuUsage(before)
      times.get(name)?.push((user + system) / 300)
    }
  }
  return [...times].map(([name, list]) => ({ name, microseconds: median(list) }))
}
