import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { Psd2Error } from '../../src/core/errors.ts'
import { validatePath } from '../../src/trust/index.ts'
import { parseCertificate } from '../../src/x509/index.ts'
import { type AttackEnd, profileAttacks } from '../../vectors/attacks.ts'
import { type RuleVectorEntry, rulesFolder } from '../../vectors/rules/make/file.ts'
import { ruleVectors } from '../../vectors/rules/make/index.ts'
import { storedCertificate } from '../../vectors/rules/make/mint.ts'
import { type AuditInput, auditVector } from '../../vectors/rules/make/outcome.ts'

const entries = new Map(
  Object.keys(ruleVectors)
    .flatMap((folder): RuleVectorEntry[] => JSON.parse(readFileSync(new URL(`${folder}.json`, rulesFolder), 'utf8')))
    .map((entry) => [entry.id, entry]),
)

/** The octets of a vector, and how it is to be audited. */
function vector({ place, profile }: AttackEnd, id: string): { der: Uint8Array; input: AuditInput } {
  if (place === 'certificates') return { der: storedCertificate(id), input: profile === undefined ? {} : { profile } }
  if (place === 'der') return { der: readFileSync(new URL(`../../vectors/der/${id}.der`, import.meta.url)), input: {} }
  const entry = entries.get(id)
  if (entry === undefined) throw new TypeError(`no vector is called ${id}`)
  return { der: Buffer.from(entry.der, 'base64'), input: entry }
}

async function codeOf(work: () => unknown): Promise<string> {
  try {
    await work()
    return 'accepted'
  } catch (error) {
    return error instanceof Psd2Error ? error.code : error instanceof Error ? error.name : String(error)
  }
}

const at = new Date('2026-01-02T00:00:00Z')
const anchors = { ours: storedCertificate('ca-root'), others: storedCertificate('ca-ec-root') }
const intermediates = [storedCertificate('ca-seal'), storedCertificate('ca-web')]

/** Verifications by how they are refused: the same certificates with the anchors of the one, of the other, and with none. */
const verifications: Readonly<Record<string, (certificate: Uint8Array) => Promise<unknown>>> = {
  PATH_EXTENSION_CRITICAL_UNKNOWN: (certificate) =>
    validatePath({ certificate, intermediates, anchors: [anchors.ours], at, purpose: 'any' }),
  PATH_SIGNATURE_INVALID: (certificate) =>
    validatePath({ certificate, intermediates, anchors: [anchors.others], at, purpose: 'any' }),
  TypeError: (certificate) => validatePath({ certificate, intermediates, anchors: [], at, purpose: 'any' }),
}

const checks: Readonly<Record<AttackEnd['ends'], (end: AttackEnd, id: string) => Promise<void>>> = {
  refusal: async (end, id) => {
    const { der, input } = vector(end, id)
    expect(await codeOf(() => parseCertificate(der)), `${id}, strict`).toBe(end.by)
    expect(await codeOf(() => parseCertificate(der, { mode: 'tolerant' })), `${id}, tolerant`).toBe(end.by)
    expect((await auditVector(der, input)).verdict, id).toBe('unreadable')
  },
  finding: async (end, id) => {
    const { der, input } = vector(end, id)
    const { findings, verdict } = await auditVector(der, input)
    expect(verdict, id).not.toBe('unreadable')
    expect(
      findings.map(({ rule }) => rule),
      id,
    ).toContain(end.by)
  },
  verification: async (end, id) => {
    const { der } = vector(end, id)
    expect(await codeOf(() => verifications[end.by]?.(der)), id).toBe(end.by)
  },
}

describe('attacks on the profile of a certificate', () => {
  it('are all of the catalogue', () => {
    const families = Array.from({ length: 39 }, (_, index) => `PRO-${String(index + 1).padStart(2, '0')}`)
    expect(profileAttacks.map(({ family }) => family)).toEqual(families)
    for (const { ends } of profileAttacks) expect(ends.length).toBeGreaterThan(0)
  })

  it.each(profileAttacks.map(({ family, says, ends }) => [family, says, ends] as const))(
    '%s: %s',
    async (_, __, ends) => {
      for (const end of ends) for (const id of end.vectors) await checks[end.ends](end, id)
    },
  )

  it('leave the sound certificates alone', async () => {
    for (const [id, profile] of [
      ['qwac', 'bpce'],
      ['qsealc', 'bpce'],
      ['qsealc', 'auto'],
    ] as const) {
      expect((await auditVector(storedCertificate(id), { profile })).findings, id).toEqual([])
    }
    const path = {
      certificate: storedCertificate('qsealc'),
      intermediates,
      anchors: [anchors.ours],
      at,
      purpose: 'any',
    } as const
    expect((await validatePath(path)).path).toHaveLength(3)
  })
})
