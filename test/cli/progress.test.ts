import { describe, expect, it } from 'vitest'
import { startProgress } from '../../src/cli/progress.ts'

/** What is shown when items are done at the given milliseconds. */
function shown(expected: number | undefined, steps: readonly (readonly [at: number, items: number])[]): string[] {
  const lines: string[] = []
  let now = 0
  const progress = startProgress(
    (line) => lines.push(line),
    expected,
    () => now,
  )
  for (const [at, items] of steps) {
    now = at
    progress.add(items)
  }
  progress.clear()
  return lines
}

describe('progress', () => {
  it('tells how many, how fast and how long still', () => {
    expect(shown(100_000, [[1000, 5000]])).toEqual(['5,000 of 100,000, 5,000 a second, 19 s left', ''])
    expect(shown(1_000_000, [[1000, 1000]])).toEqual(['1,000 of 1,000,000, 1,000 a second, 17 min left', ''])
    expect(shown(10_000_000, [[1000, 1000]])).toEqual(['1,000 of 10,000,000, 1,000 a second, 2 h 47 min left', ''])
  })

  it('of a stream tells no end', () => {
    expect(shown(undefined, [[2000, 5000]])).toEqual(['5,000, 2,500 a second', ''])
  })

  it('is shown no faster than it can be read', () => {
    const steps = Array.from({ length: 100 }, (_, index) => [(index + 1) * 10, 1] as const)
    expect(shown(100, steps)).toHaveLength(6)
  })

  it('is nothing where nobody looks', () => {
    const progress = startProgress(undefined, 10, () => 0)
    progress.add(5)
    progress.clear()
  })
})
