import { execFileSync } from 'node:child_process'
import { median } from './support/measure.ts'

const rounds = 21

/** What importing costs a process, over one that imports nothing. */
export function benchImport(): void {
  const specifiers = ['psd2-toolkit/x509', 'psd2-toolkit/eidas', 'psd2-toolkit/audit', 'node-forge', 'pkijs']
  const times = new Map<string, number[]>(['', ...specifiers].map((specifier) => [specifier, []]))
  for (let round = 0; round < rounds; round++) {
    for (const [specifier, list] of times) {
      const code = specifier === '' ? '' : `await import('${specifier}')`
      const before = performance.now()
      execFileSync(process.execPath, ['--input-type=module', '-e', code], { env: { ...process.env, NODE_OPTIONS: '' } })
      list.push(performance.now() - before)
    }
  }
  const empty = median(times.get('') as number[])
  console.log(`an empty node: ${empty.toFixed(0)} ms; over it:`)
  for (const specifier of specifiers) {
    console.log(
      `  ${specifier.padEnd(24)}${(median(times.get(specifier) as number[]) - empty).toFixed(1).padStart(8)} ms`,
    )
  }
}
