import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { auditCertificate, readyProfile } from '../../src/audit/index.ts'
import type { AuditReport } from '../../src/core/audit-report.ts'
import { mutant, runs, timeout } from '../laws/support.ts'
import { describeCorpus } from '../support/corpus.ts'

const profile = readyProfile('auto')
const at = new Date('2026-01-02T00:00:00Z')

/** What holds of the report on any octets. */
function expectSound({ findings, outcomes, counts, verdict }: AuditReport, der: Uint8Array): void {
  expect(findings.filter(({ rule }) => rule.startsWith('engine.'))).toEqual([])
  expect(outcomes).toHaveLength(profile.set.rules.length)
  for (const { rule, message, path, offset, length } of findings) {
    expect(message, rule).not.toBe('')
    expect(
      path === '' || path === 'signatureAlgorithm' || /^(?:tbsCertificate|signatureValue)\b/.test(path),
      path,
    ).toBe(true)
    expect(offset, rule).toBeGreaterThanOrEqual(0)
    expect(offset + length, `${rule} ${path}`).toBeLessThanOrEqual(Math.max(der.length, 0))
  }
  // A rule with a finding says so, and one without says nothing.
  const found = new Set(findings.map(({ rule }) => rule))
  const said = profile.set.rules.filter((_, index) => outcomes[index] === 'finding').map(({ rule }) => rule.id)
  if (verdict !== 'unreadable') expect(said.sort()).toEqual([...found].sort())
  const grave = counts.findings.fatal + counts.findings.error
  expect(verdict).toBe(grave === 0 ? 'pass' : verdict === 'unreadable' ? 'unreadable' : 'fail')
}

describe('an audit of damaged certificates', () => {
  it(
    'never fails by itself, and each finding lies in the octets',
    async () => {
      await fc.assert(
        fc.asyncProperty(mutant, async (der) => {
          expectSound(await auditCertificate(der, { at, profile }), der)
        }),
        runs(1500),
      )
    },
    timeout,
  )
})

describeCorpus('hostile certificates', ['der'], (folder) => {
  it('are audited without a failure of ours, and none that a reader must refuse passes', async () => {
    const cases: { id: string; expect: string }[] = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8'))
    expect(cases).toHaveLength(142)
    for (const { id, expect: wanted } of cases) {
      const der = new Uint8Array(readFileSync(join(folder, `${id}.der`)))
      const report = await auditCertificate(der, { at, profile })
      expectSound(report, der)
      if (wanted === 'R') expect(report.verdict, id).not.toBe('pass')
      // The refusal of a reader is under the rule that it breaks.
      if (report.verdict === 'unreadable') expect(report.findings[0]?.rule, id).not.toBe('engine.unreadable')
    }
  })
})
