import { describe, expect, it } from 'vitest'
import type { TestModule } from 'vitest/node'
import { closingLines, tally } from './tally-reporter.ts'

/** As much of a test file's result as the tally reads. */
function moduleOf(states: readonly string[], loadErrors = 0, suiteErrors = 0): TestModule {
  const errors = (count: number) => () => Array.from({ length: count }, () => ({ message: 'x' }))
  const children = {
    allTests: () => states.map((state) => ({ result: () => ({ state }) })),
    allSuites: () => [{ errors: errors(suiteErrors) }],
  }
  return { errors: errors(loadErrors), children } as unknown as TestModule
}

describe('tally', () => {
  it('counts over all files', () => {
    const modules = [moduleOf(['passed', 'failed', 'skipped']), moduleOf(['passed', 'pending'])]
    expect(tally(modules, [])).toEqual({ passed: 2, failed: 1, skipped: 2 })
  })

  it('counts what failed outside a test', () => {
    expect(tally([moduleOf(['passed'], 1, 1)], [{ message: 'x' }])).toEqual({ passed: 1, failed: 3, skipped: 0 })
  })
})

describe('closingLines', () => {
  it('ends with the count', () => {
    expect(closingLines({ passed: 123, failed: 0, skipped: 0 }, 0)).toEqual(['123 passed, 0 failed'])
    expect(closingLines({ passed: 123, failed: 4, skipped: 2 }, 1)).toEqual(['123 passed, 4 failed, 2 skipped'])
  })

  it('says where a run failed without a failed test', () => {
    expect(closingLines({ passed: 1, failed: 0, skipped: 0 }, 1)).toEqual([
      expect.stringContaining('exit code 1'),
      '1 passed, 0 failed',
    ])
  })
})
