import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type CheckRegistrationOptions,
  checkRegistration,
  registrationRules,
  verifyRegistration,
} from 'psd2-toolkit/registration'
import { describe, expect, it } from 'vitest'
import {
  derOf,
  type RegistrationIndexEntry,
  registrationIndexEntry,
  registrationVectors,
} from '../vectors/registration/make/index.ts'
import { root } from './support/package.ts'

const folder = join(root, 'vectors/registration')
const index: readonly RegistrationIndexEntry[] = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8'))

/** Families of the catalogue that a body decides. The others are the server's: it has the store, the socket, the path. */
const families = [
  ...['REG-01', 'REG-02', 'REG-03', 'REG-04', 'REG-05', 'REG-06', 'REG-07', 'REG-08', 'REG-09', 'REG-10', 'REG-11'],
  ...['REG-12', 'REG-14', 'REG-15', 'REG-16', 'REG-17', 'REG-18', 'REG-20', 'REG-21', 'REG-23'],
]

/** Of a family that is a finding by the catalogue, or ignored by the page, and refuses nothing. */
const onlyTold = ['REG-07', 'REG-15']

/** Rules that no vector breaks, and where that is shown. */
const rulesWithoutFailure: Readonly<Record<string, string>> = {
  'registration.seal-key-pss': 'no certificate of the vectors has such a key: test/registration/check.test.ts',
}

function octetsOf(id: string): Uint8Array {
  return new Uint8Array(readFileSync(join(folder, `${id}.json`)))
}

function optionsOf({ operation, policy, at, context }: RegistrationIndexEntry): CheckRegistrationOptions {
  const { environment, agent, qwac = 'qwac', registered, accept, path, register, otherSet } = context
  const set = otherSet === true ? createHash('sha256').update(derOf('qsealc')).digest('hex') : ''
  return {
    operation,
    policy,
    at: new Date(at),
    ...(environment === undefined ? {} : { environment }),
    ...(agent === undefined ? {} : { agent }),
    ...(qwac === null ? {} : { qwac: derOf(qwac) }),
    ...(registered === undefined ? {} : { registered }),
    ...(accept === undefined ? {} : { accept }),
    facts: {
      ...(path === undefined ? {} : { path: { verdict: path } }),
      ...(register === undefined ? {} : { register: { verdict: register, evidence: 'test' } }),
      otherSets: new Set([set]),
    },
  }
}

const check = (entry: RegistrationIndexEntry) => checkRegistration(octetsOf(entry.id), optionsOf(entry))

describe('the vectors of registrations', () => {
  it('are those of the tables, each once, of the same octets', () => {
    const ids = registrationVectors.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    // By way of JSON: what is absent there is undefined here.
    expect(index).toEqual(JSON.parse(JSON.stringify(registrationVectors.map(registrationIndexEntry))))
    const files = readdirSync(folder).filter((file) => file.endsWith('.json') && file !== 'index.json')
    expect(files.sort()).toEqual(ids.map((id) => `${id}.json`).sort())
    for (const { id, text } of registrationVectors) {
      expect(Buffer.from(octetsOf(id)).equals(Buffer.from(text)), id).toBe(true)
    }
  })

  it('have one that is refused for every family that a body decides, and controls', () => {
    const refused = new Set(index.filter(({ verdict }) => verdict !== 'pass').map(({ family }) => family))
    const told = new Set(index.filter(({ findings }) => findings.length > 0).map(({ family }) => family))
    expect(families.filter((family) => !refused.has(family))).toEqual(onlyTold)
    expect(onlyTold.filter((family) => !told.has(family))).toEqual([])
    const controls = index.filter(({ family }) => family === 'control')
    expect(controls.length).toBeGreaterThan(20)
    for (const { id, verdict } of controls) expect(verdict, id).toBe('pass')
  })

  it('have one that breaks every rule, and one that keeps it', async () => {
    const broken = new Set(index.flatMap(({ findings }) => findings.map(({ rule }) => rule)))
    const kept = new Set<string>()
    for (const entry of index) {
      const { outcomes } = await check(entry)
      for (const [rule, status] of Object.entries(outcomes)) if (status === 'pass') kept.add(rule)
    }
    const ids = registrationRules.map(({ id }) => id)
    expect(ids.filter((id) => !broken.has(id))).toEqual(Object.keys(rulesWithoutFailure))
    expect(ids.filter((id) => !kept.has(id))).toEqual([])
  })
})

describe.each(index)('$id: $says', (entry) => {
  it('gives the findings of the index and no other', async () => {
    const { verdict, findings, checked } = await check(entry)
    const told = findings.map(({ severity, requirement, rule, path }) => ({ severity, requirement, rule, path }))
    expect(told).toEqual(entry.findings)
    expect(verdict).toBe(entry.verdict)
    expect(checked === undefined).toBe(entry.verdict !== 'pass')
    for (const { message, mend, citation } of findings) {
      for (const text of [message, mend, citation.document, citation.clause]) expect(text).not.toBe('')
    }
  })

  it('throws the first error, or gives what was checked, and shows no secret', async () => {
    const octets = octetsOf(entry.id)
    const [first] = entry.findings
    const outcome = await verifyRegistration(octets, optionsOf(entry)).then(
      () => null,
      (error: { code: string; path: string }) => ({ code: error.code, path: error.path }),
    )
    expect(outcome).toEqual(entry.verdict === 'pass' ? null : { code: first?.rule, path: first?.path })
    expect(JSON.stringify((await check(entry)).findings)).not.toMatch(/U0VDUkVU|169\.254|passwd|Bcc/)
  })
})
