import { readFileSync } from 'node:fs'
import { Psd2Error } from 'psd2-toolkit/core'
import { defaultBudget, type PathWork, validatePath } from 'psd2-toolkit/trust'
import { describe, expect, it } from 'vitest'
import { describeCorpus } from '../support/corpus.ts'
import { limboOptions, readLimbo } from './limbo.ts'

/** Cases that end otherwise than their authors want, with the one reason of each. */
const exceptions: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(new URL('./limbo-exceptions.json', import.meta.url), 'utf8'),
)

/** Far above what any honest case needs, far below the budget. */
const modest = { signatures: 12, candidates: 25_000 }

describeCorpus('x509-limbo', ['limbo', 'limbo.json'], (path) => {
  const cases = readLimbo(path)
  const outcomes = new Map<string, { result: string; work: PathWork | undefined; code: string | undefined }>()

  it('ends every case with an answer of the library', async () => {
    for (const test of cases) {
      let work: PathWork | undefined
      const options = limboOptions(test, (done) => {
        work = done
      })
      try {
        await validatePath(options)
        outcomes.set(test.id, { result: 'SUCCESS', work, code: undefined })
      } catch (error) {
        if (!(error instanceof Psd2Error)) throw error
        outcomes.set(test.id, { result: 'FAILURE', work, code: error.code })
      }
    }
    expect(outcomes.size).toBe(cases.length)
  })

  it('ends every case as its authors want, but for the exceptions, each of which still is one', () => {
    const differing = cases.filter(({ id, expected_result }) => outcomes.get(id)?.result !== expected_result)
    const known = cases.filter(({ id }) => Object.hasOwn(exceptions, id))
    expect(differing.map(({ id }) => id).sort()).toEqual(known.map(({ id }) => id).sort())
    for (const reason of Object.values(exceptions)) expect(reason.length).toBeGreaterThan(20)
  })

  it('says how many cases of each category end so', () => {
    const counts = new Map<string, [right: number, all: number]>()
    for (const { id, expected_result } of cases) {
      const category = id.split('::')[0] as string
      const count = counts.get(category) ?? [0, 0]
      count[1]++
      if (outcomes.get(id)?.result === expected_result) count[0]++
      counts.set(category, count)
    }
    const text = [...counts].map(([category, [right, all]]) => `${category} ${right}/${all}`).join(', ')
    process.stderr.write(`x509-limbo: ${text}; ${Object.keys(exceptions).length} exceptions\n`)
    for (const category of ['pathlen', 'pathological', 'cve', 'invalid', 'bettertls', 'online']) {
      const [right, all] = counts.get(category) ?? [0, 1]
      expect(right, category).toBe(all)
    }
  })

  it('keeps the work of every case within a modest part of the budget', () => {
    const above = [...outcomes].filter(([, { work, code }]) => {
      // Without an anchor that can be read there is no work to count.
      if (work === undefined) return code?.startsWith('PATH_') !== false
      return (
        work.signatures > modest.signatures || work.candidates > modest.candidates || work.names > defaultBudget.names
      )
    })
    expect(above.map(([id]) => id)).toEqual([])
  })
})

describe('the exceptions', () => {
  it('are none of the categories that must agree', () => {
    const categories = new Set(Object.keys(exceptions).map((id) => id.split('::')[0]))
    expect([...categories].sort()).toEqual(['rfc5280', 'webpki'])
    expect(Object.keys(exceptions).filter((id) => id.startsWith('rfc5280'))).toHaveLength(1)
  })
})
