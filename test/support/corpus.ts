import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, it } from 'vitest'
import { root } from './package.ts'

/** A file or folder of the third-party corpus, or undefined where it is not on this machine. */
export function corpusPath(...parts: string[]): string | undefined {
  const path = resolve(root, process.env.PSD2_CORPUS ?? '../shared/corpus', ...parts)
  return existsSync(path) ? path : undefined
}

/**
 * A suite over a part of the corpus. Where the corpus is absent, one skipped test and one line on stderr say so: a skip
 * must not look like a pass.
 */
export function describeCorpus(name: string, parts: readonly string[], suite: (path: string) => void): void {
  const path = corpusPath(...parts)
  if (path === undefined) process.stderr.write(`skipped: ${name} (PSD2_CORPUS not found)\n`)
  describe(name, () => {
    if (path === undefined) it('needs PSD2_CORPUS, which is absent', (test) => test.skip())
    else suite(path)
  })
}
