import { readFileSync } from 'node:fs'
import { type PathCodeInfo, pathCodes } from 'psd2-toolkit/trust'
import { expect, it } from 'vitest'

/** Rows of the table of codes, in the order of verdicts and ranks. */
function rows(): string[] {
  const order = ['unknown', 'invalid', 'indeterminate']
  const entries = Object.entries<PathCodeInfo>(pathCodes)
  entries.sort(([, a], [, b]) => order.indexOf(a.verdict) - order.indexOf(b.verdict) || a.rank - b.rank)
  return entries.map(
    ([code, { verdict, conformance, says, document, clause }]) =>
      `| \`${code}\` | ${verdict} | ${conformance === true ? 'yes' : ''} | ${says} (${document} ${clause}) |`,
  )
}

it('docs/trust.md has every code with its verdict', () => {
  const page = readFileSync(new URL('../../docs/trust.md', import.meta.url), 'utf8')
  const table = page.split('\n').filter((line) => /^\| `(?:PATH|LIMIT_PATH)_/.test(line))
  expect(table).toEqual(rows())
})
