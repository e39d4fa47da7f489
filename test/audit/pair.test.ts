import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { auditPair, readyProfile } from '../../src/audit/index.ts'
import { pairRulesOf } from '../../src/audit/rule-info.ts'
import type { RuleStatus } from '../../src/core/audit-report.ts'
import { pairRules } from '../../src/rules/index.ts'
import { pairEntry, pairsFile, pairVectors } from '../../vectors/pairs.ts'
import { storedCertificate } from '../../vectors/rules/make/mint.ts'

const at = new Date('2026-01-02T00:00:00Z')
const qwac = storedCertificate('qwac')
const qsealc = storedCertificate('qsealc')

describe('the vectors of pairs', () => {
  it('end as they say, with exactly the findings that are laid down', async () => {
    const entries = []
    for (const vector of pairVectors) {
      const { entry, status } = await pairEntry(vector)
      expect(status, vector.id).toBe(vector.status)
      entries.push(JSON.parse(JSON.stringify(entry)))
    }
    expect(entries).toEqual(JSON.parse(readFileSync(pairsFile, 'utf8')))
  })

  it('show each end of every rule on pairs', () => {
    const shown = new Set(pairVectors.map(({ rule, status }) => `${rule} ${status}`))
    const missing = pairRules.flatMap(({ id, applies, needs }) => {
      const ends: RuleStatus[] = ['pass', 'finding']
      if (applies !== undefined) ends.push('not-applicable')
      if (needs !== undefined) ends.push('not-checked')
      return ends.map((end) => `${id} ${end}`).filter((key) => !shown.has(key))
    })
    expect(missing).toEqual([])
  })
})

describe('auditPair', () => {
  it('gives one report: members, outcomes in the order of the rules, counts that add up', async () => {
    const places = { qwac: { source: 'a.pem', index: 0, place: '' }, qsealc: { source: 'b.pem', index: 2, place: '' } }
    const report = await auditPair({ qwac, qsealc }, { at, places })
    expect(report).toMatchObject({ source: 'a.pem + b.pem', kind: 'pair', verdict: 'pass', profile: 'bpce' })
    expect(report.members?.map(({ member, kind, source, index }) => [member, kind, source, index])).toEqual([
      ['qwac', 'QWAC', 'a.pem', 0],
      ['qsealc', 'QSealC', 'b.pem', 2],
    ])
    expect(report.outcomes).toHaveLength(pairRulesOf(readyProfile('bpce')).length)
    expect(Object.values(report.counts.rules).reduce((sum, count) => sum + count, 0)).toBe(report.outcomes.length)
    expect(report.notChecked.map(({ rule }) => rule)).toContain('pair.key-fits')
    expect(report.trust).toBe('not-checked')
    expect(new Set(report.notChecked.map(({ rule }) => rule)).size).toBe(report.notChecked.length)
  })

  it('takes facts of both and of one', async () => {
    const granted = { verdict: 'granted', evidence: 'list' } as const
    const report = await auditPair(
      { qwac, qsealc },
      {
        at,
        facts: {
          both: { serviceNow: granted, request: { providerLegalId: 'PSDFR-ACPR-54321' } },
          qsealc: { serviceNow: { verdict: 'not-granted', evidence: 'withdrawn' } },
        },
      },
    )
    expect(report.findings.map(({ rule, path }) => [rule, path.split('.')[0]])).toEqual(
      [
        ['bpce.provider-legal-id', 'qwac'],
        ['bpce.provider-legal-id', 'qsealc'],
        ['bpce.qualified-issuer', 'qsealc'],
      ].sort(([, a], [, b]) => (a === b ? 0 : a === 'qwac' ? -1 : 1)),
    )
    expect(report.trust).toBe('untrusted')
  })

  it('verifies the signatures of the issuers that are given', async () => {
    const issuers = { qwac: storedCertificate('ca-web'), qsealc: storedCertificate('ca-web') }
    const { findings } = await auditPair({ qwac, qsealc }, { at, issuers })
    expect(findings.map(({ rule, path }) => [rule, path.split('.')[0]])).toEqual([
      ['issuer.name', 'qsealc'],
      ['issuer.key-identifier', 'qsealc'],
      ['issuer.signature', 'qsealc'],
    ])
  })

  it('tells of a key that cannot be read, and nothing of it', async () => {
    const key = '-----BEGIN PRIVATE KEY-----\nAAECAwQFBgcICQoLDA0ODw==\n-----END PRIVATE KEY-----\n'
    const report = await auditPair({ qwac, qsealc, key }, { at })
    expect(report.findings.map(({ rule, message }) => [rule, message])).toEqual([
      ['pair.key-fits', 'the private key cannot be read'],
    ])
    expect(JSON.stringify(report)).not.toContain('AAECAwQ')
  })

  it('refuses what the caller mistyped', async () => {
    await expect(auditPair({ qwac, qsealc, kei: '' } as never, { at })).rejects.toThrow(TypeError)
    await expect(auditPair({ qwac, qsealc }, { at, profil: 'bpce' } as never)).rejects.toThrow(TypeError)
    await expect(auditPair({ qwac, qsealc }, { at: new Date(Number.NaN) })).rejects.toThrow(TypeError)
    await expect(auditPair({ qwac, qsealc, keyFor: 'both' } as never, { at })).rejects.toThrow(TypeError)
    await expect(auditPair({ qwac, qsealc }, { at, profile: 'bcpe' })).rejects.toThrow('nearest: bpce')
  })
})
