import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Psd2Error } from 'psd2-toolkit/core'
import { checkJwks, type JoseCode, joseCodes, type VerifyJwksOptions, verifyJwks } from 'psd2-toolkit/jwks'
import { describe, expect, it } from 'vitest'
import { type JoseIndexEntry, joseIndexEntry, joseVectors } from '../vectors/jose/make/index.ts'
import { root } from './support/package.ts'

const folder = join(root, 'vectors/jose')
const index: readonly JoseIndexEntry[] = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8'))

/** Families of the catalogue that concern a JWK or a JWK Set. JWK-20 to JWK-22 concern the header of a JWS. */
const families = Array.from({ length: 19 }, (_, i) => `JWK-${String(i + 1).padStart(2, '0')}`)

/** Codes that no file here brings about, and where they are shown. */
const codesWithoutVector: Readonly<Record<string, string>> = {
  JWK_DUPLICATES_UNSEEN: 'a file is octets, never an object: test/jose/jwks.test.ts',
  JWK_KEY_PSS: 'no certificate of the vectors has such a key: test/jose/jwks.test.ts',
  JWK_KEY_SIZE: 'no certificate of the vectors has such a key: test/jose/jwks.test.ts',
  JWK_KEY_UNSUPPORTED: 'no certificate of the vectors has such a key: test/jose/jwks.test.ts',
}

function octetsOf(id: string): Uint8Array {
  return new Uint8Array(readFileSync(join(folder, `${id}.json`)))
}

function optionsOf({ at, accept }: JoseIndexEntry): VerifyJwksOptions {
  return {
    profile: 'bpce',
    ...(at === undefined ? {} : { at: new Date(at) }),
    ...(accept === undefined ? {} : { accept: accept as readonly JoseCode[] }),
  }
}

/** What verification throws; anything that is no Psd2Error goes through. */
async function errorOf(octets: Uint8Array, options: VerifyJwksOptions): Promise<Psd2Error | null> {
  try {
    await verifyJwks(octets, options)
    return null
  } catch (error) {
    if (!(error instanceof Psd2Error)) throw error
    return error
  }
}

describe('the vectors of JWK Sets', () => {
  it('are those of the tables, each once, of the same octets', () => {
    const ids = joseVectors.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(index).toEqual(joseVectors.map(joseIndexEntry))
    const files = readdirSync(folder).filter((file) => file.endsWith('.json') && file !== 'index.json')
    expect(files.sort()).toEqual(ids.map((id) => `${id}.json`).sort())
    for (const { id, text } of joseVectors) expect(Buffer.from(octetsOf(id)).toString('utf8'), id).toBe(text)
  })

  it('have one that is refused for every family', () => {
    const refused = new Set(index.filter(({ error }) => error !== null).map(({ family }) => family))
    expect(families.filter((family) => !refused.has(family))).toEqual([])
    const known = new Set([...families, 'control', 'certificate'])
    expect(index.map(({ family }) => family).filter((family) => !known.has(family))).toEqual([])
  })

  it('have controls that are accepted', () => {
    const controls = index.filter(({ family }) => family === 'control')
    expect(controls.length).toBeGreaterThan(15)
    for (const { id, error } of controls) expect(error, id).toBeNull()
  })

  it('have one for every code', () => {
    const met = new Set(index.flatMap(({ findings }) => findings.map(({ code }) => code)))
    const absent = Object.keys(joseCodes).filter((code) => !met.has(code))
    expect(absent.sort()).toEqual(Object.keys(codesWithoutVector).sort())
  })
})

describe.each(index)('$id: $says', (entry) => {
  it('gives the findings of the index and no other', async () => {
    const { findings, verified } = await checkJwks(octetsOf(entry.id), optionsOf(entry))
    expect(findings.map(({ severity, code, path }) => ({ severity, code, path }))).toEqual(entry.findings)
    expect(verified === undefined).toBe(entry.error !== null)
    for (const { message, clause, mend } of findings) {
      for (const text of [message, clause, mend]) expect(text).not.toBe('')
    }
  })

  it('throws the first error, or gives what was verified', async () => {
    const error = await errorOf(octetsOf(entry.id), optionsOf(entry))
    expect(error === null ? null : { code: error.code, path: error.path }).toEqual(entry.error)
  })

  it('shows nothing of a secret', async () => {
    const { findings } = await checkJwks(octetsOf(entry.id), optionsOf(entry))
    expect(JSON.stringify(findings)).not.toMatch(/U0VDUkVU/)
  })
})
