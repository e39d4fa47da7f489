import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { defaultBudget, type PathCode, pathCodes } from 'psd2-toolkit/trust'
import { describe, expect, it } from 'vitest'
import { type PathEntry, pathFile, pathOutcome, pathVectors } from '../../vectors/trust/make/index.ts'
import { root } from '../support/package.ts'

const folder = join(root, 'vectors/trust/path')
const index: readonly PathEntry[] = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8'))
const entryOf = (id: string): PathEntry => index.find((entry) => entry.id === id) as PathEntry

/** Families of the attack catalogue that one certificate and its path can show. */
const families = [...Array.from({ length: 15 }, (_, i) => i + 1), 17, 18, 19].map(
  (n) => `CHN-${String(n).padStart(2, '0')}`,
)

/** Codes that no file brings about, and where they are shown. */
const codesWithoutVector: Readonly<Partial<Record<PathCode, string>>> = {
  PATH_REVOKED: 'somebody must be asked: test/trust/path-revocation.test.ts',
  PATH_REVOCATION_UNKNOWN: 'somebody must be asked: test/trust/path-revocation.test.ts',
  PATH_EXTENSION_UNREADABLE: 'needs a certificate that was read with tolerance: test/trust/path.test.ts',
  PATH_CA_SUBJECT_EMPTY: 'needs an issuer without a name, which strict reading refuses: test/trust/path.test.ts',
}

describe('the vectors of paths', () => {
  it('are those of the tables, each once, of the same octets', () => {
    const ids = pathVectors.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(index.map(({ id }) => id)).toEqual(ids)
    const stored = pathVectors.filter((vector) => vector.stored)
    const files = readdirSync(folder).filter((file) => file !== 'index.json')
    expect(files.sort()).toEqual(stored.map(({ id }) => `${id}.json`).sort())
    for (const vector of stored) {
      expect(JSON.parse(readFileSync(join(folder, `${vector.id}.json`), 'utf8')), vector.id).toEqual(pathFile(vector))
    }
  })

  it('end as their tables say', () => {
    for (const { id, expected } of pathVectors) {
      const { error, path } = entryOf(id)
      expect(error === null ? path?.length : [error.code, error.path], id).toEqual(expected)
    }
  })

  it('have one that is refused and one that is accepted for every family', () => {
    const shown = (refused: boolean) =>
      new Set(index.filter(({ error }) => (error !== null) === refused).map((e) => e.family))
    expect(families.filter((family) => !shown(true).has(family))).toEqual([])
    expect(families.filter((family) => !shown(false).has(family))).toEqual([])
  })

  it('have one for every code', () => {
    const met = new Set(index.map(({ error }) => error?.code))
    const absent = Object.keys(pathCodes).filter((code) => !met.has(code))
    expect(absent.sort()).toEqual(Object.keys(codesWithoutVector).sort())
  })

  it('stay within the budget, most of them far', () => {
    for (const { id, work, question } of index) {
      if (work === null) continue
      for (const [name, most] of Object.entries({ ...defaultBudget, ...question.budget })) {
        expect(work[name as keyof typeof work], `${id}: ${name}`).toBeLessThanOrEqual(most)
      }
    }
    const heavy = index.filter(({ work }) => work !== null && work.signatures > 12)
    expect(heavy.map(({ id }) => id)).toEqual(['ten-thousand-of-one-name'])
  })
})

describe.each(pathVectors)('$id: $says', (vector) => {
  it('gives the whole outcome of the index', async () => {
    const { error, path, work } = await pathOutcome(vector, vector.question)
    const entry = entryOf(vector.id)
    expect({ error, path, work }).toEqual({ error: entry.error, path: entry.path, work: entry.work })
  })
})
