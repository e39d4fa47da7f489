import { readdirSync, readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { readyProfile } from '../../src/audit/index.ts'
import type { RuleStatus } from '../../src/core/audit-report.ts'
import { certificateRules, profiles } from '../../src/rules/index.ts'
import { certificateVectors } from '../../vectors/certificates.ts'
import { type CertificateOutcome, entryOf, type RuleVectorEntry, rulesFolder } from '../../vectors/rules/make/file.ts'
import { ruleVectors } from '../../vectors/rules/make/index.ts'
import { mintRuleVector, storedCertificate } from '../../vectors/rules/make/mint.ts'
import { auditVector, outcomeIn } from '../../vectors/rules/make/outcome.ts'
import { withoutVector } from '../../vectors/rules/make/without.ts'

function stored<Entry>(name: string): readonly Entry[] {
  return JSON.parse(readFileSync(new URL(`${name}.json`, rulesFolder), 'utf8'))
}

const vectors = Object.values(ruleVectors).flat()
const entries = new Map(
  Object.keys(ruleVectors)
    .flatMap((folder) => stored<RuleVectorEntry>(folder))
    .map((entry) => [entry.id, entry]),
)
const ofCertificates = new Map(stored<CertificateOutcome>('certificates').map((entry) => [entry.id, entry]))
const idsOf = new Map(
  Object.keys(profiles).map((name) => [name, readyProfile(name).set.rules.map(({ rule }) => rule.id)]),
)

/** Which vectors show a status of a rule. */
const shown = new Map<string, string[]>()

function show(rule: string, status: RuleStatus, id: string): void {
  const key = `${rule} ${status}`
  const list = shown.get(key)
  if (list === undefined) shown.set(key, [id])
  else list.push(id)
}

beforeAll(async () => {
  for (const { id } of certificateVectors) {
    const { outcomes } = await auditVector(storedCertificate(id), {})
    for (const [index, rule] of (idsOf.get('auto') ?? []).entries()) show(rule, outcomes[index] ?? 'pass', id)
  }
  for (const entry of entries.values()) {
    const { outcomes, profile } = await auditVector(Buffer.from(entry.der, 'base64'), entry)
    for (const [index, rule] of (idsOf.get(profile) ?? []).entries()) show(rule, outcomes[index] ?? 'pass', entry.id)
  }
})

describe('the vectors of rules', () => {
  it('are those of the tables, in their order, each once, and no file is left over', () => {
    const ids = vectors.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect([...entries.keys()]).toEqual(ids)
    expect([...ofCertificates.keys()]).toEqual(certificateVectors.map(({ id }) => id))
    const files = readdirSync(rulesFolder).filter((file) => file.endsWith('.json'))
    expect(files.sort()).toEqual(['certificates', ...Object.keys(ruleVectors)].map((name) => `${name}.json`).sort())
  })

  it('are minted again to the same octets and the same outcome, and nothing more is found', async () => {
    for (const vector of vectors) {
      const entry = await entryOf(vector, mintRuleVector(vector))
      expect(JSON.parse(JSON.stringify(entry)), vector.id).toStrictEqual(entries.get(vector.id))
    }
  })

  it('show of their rule what they say', () => {
    const wrong = vectors.filter(({ id, rule, status }) => !shown.get(`${rule} ${status}`)?.includes(id))
    expect(wrong.map(({ id, rule, status }) => `${id}: ${rule} ${status}`)).toEqual([])
  })

  it('have exactly the expected findings in every certificate of vectors/certificates', async () => {
    for (const { id } of certificateVectors) {
      const outcome = { id, ...outcomeIn(await auditVector(storedCertificate(id), {})) }
      expect(outcome, id).toStrictEqual(ofCertificates.get(id))
    }
  })
})

describe('every rule', () => {
  const excused = new Map(withoutVector.map(({ rule, status, reason }) => [`${rule} ${status}`, reason]))

  it('has a vector that passes, one that fails, and one for each other end that it can come to', () => {
    const missing = certificateRules.flatMap(({ id, applies, effective }) => {
      const statuses: RuleStatus[] = ['pass', 'finding']
      if (applies !== undefined) statuses.push('not-applicable')
      if (effective !== undefined) statuses.push('not-effective')
      return statuses.map((status) => `${id} ${status}`)
    })
    expect(missing.filter((key) => !shown.has(key) && !excused.has(key))).toEqual([])
  })

  it('is excused from a vector only where there is none, with a reason', () => {
    const ids = new Set(certificateRules.map(({ id }) => id))
    for (const { rule, status, reason } of withoutVector) {
      expect(ids.has(rule), rule).toBe(true)
      expect(shown.get(`${rule} ${status}`), `${rule} ${status}`).toBeUndefined()
      expect(reason.length, rule).toBeGreaterThan(20)
    }
  })
})
