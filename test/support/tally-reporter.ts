import { writeSync } from 'node:fs'
import type { SerializedError } from 'vitest'
import type { Reporter, TestModule } from 'vitest/node'

interface Tally {
  passed: number
  failed: number
  skipped: number
}

/** Counts tests. A file that failed to load, and an error outside every test, count as one failure each. */
export function tally(modules: readonly TestModule[], unhandled: readonly SerializedError[]): Tally {
  const total: Tally = { passed: 0, failed: unhandled.length, skipped: 0 }
  for (const module of modules) {
    total.failed += module.errors().length
    for (const suite of module.children.allSuites()) total.failed += suite.errors().length
    for (const test of module.children.allTests()) {
      const { state } = test.result()
      if (state === 'passed') total.passed++
      else if (state === 'failed') total.failed++
      else total.skipped++
    }
  }
  return total
}

/** The lines that end a run; the last is the count. */
export function closingLines({ passed, failed, skipped }: Tally, exitCode: number): string[] {
  const count = `${passed} passed, ${failed} failed`
  const notice = `the run failed (exit code ${exitCode}) outside the tests: coverage, most likely; see above`
  return [...(exitCode !== 0 && failed === 0 ? [notice] : []), skipped === 0 ? count : `${count}, ${skipped} skipped`]
}

/**
 * Ends the run with one line that scripts can read: `123 passed, 0 failed`. It waits for the process to end, because
 * the coverage report and its thresholds come after the last event of a run.
 */
export default class TallyReporter implements Reporter {
  private total: Tally | undefined

  onInit(): void {
    process.once('exit', (code) => {
      if (this.total === undefined) return
      writeSync(process.stdout.fd, `${closingLines(this.total, code).join('\n')}\n`)
    })
  }

  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    this.total = tally(modules, unhandled)
    if (this.total.failed > 0) process.exitCode = 1
  }
}
