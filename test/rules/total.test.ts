import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { auditCertificate, auditPair, readyProfile } from '../../src/audit/index.ts'
import type { Facts } from '../../src/rules/facts.ts'
import { parseCertificate } from '../../src/x509/index.ts'
import { certificateVectors } from '../../vectors/certificates.ts'
import { storedCertificate } from '../../vectors/rules/make/mint.ts'

const at = new Date('2026-01-02T00:00:00Z')
const ders = certificateVectors.map(({ id }) => storedCertificate(id))
const all = { name: 'everything', title: 'x', rules: ['*'] }
const everything = readyProfile(all)

/** Every fact, so that no rule is spared. */
const facts: Omit<Facts, 'at' | 'sha256'> = {
  issuer: parseCertificate(storedCertificate('ca-web')),
  issuerSignature: 'invalid',
  path: { verdict: 'invalid' },
  serviceAtIssuance: { verdict: 'unknown', evidence: '' },
  serviceNow: { verdict: 'not-granted', evidence: '' },
  revocation: { verdict: 'revoked', evidence: '' },
  register: { verdict: 'no-match', evidence: '' },
  request: { providerLegalId: '', clientLegalId: 'AGT', clientName: '', scopes: ['constructor'], x5c: [], x5t: '' },
  previous: parseCertificate(storedCertificate('ca-root')),
  otherSets: new Set(),
  keyUse: { sameKey: ['a'], sameModulus: ['b'] },
  privateKeyBeside: true,
}

async function crashes(der: Uint8Array, profile: typeof everything): Promise<string[]> {
  const { findings } = await auditCertificate(der, { at, profile, facts })
  return findings.filter(({ rule }) => rule === 'engine.rule-crashed').map(({ message }) => message)
}

describe('an audit', () => {
  it('ends without a crashed rule for every vector, as every type, with all facts', async () => {
    const types = (['QWAC', 'QSealC', 'CA'] as const).map((type) => readyProfile({ ...all, type, psd2: true }))
    for (const der of ders)
      for (const profile of [everything, ...types]) expect(await crashes(der, profile)).toEqual([])
  })

  it('ends without a crashed rule whatever octets are changed', async () => {
    const change = fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 }))
    const input = fc.tuple(fc.constantFrom(...ders), fc.array(change, { minLength: 1, maxLength: 4 }))
    await fc.assert(
      fc.asyncProperty(input, async ([der, changes]) => {
        const octets = Uint8Array.from(der)
        for (const [place, octet] of changes) octets[place % octets.length] = octet
        expect(await crashes(octets, everything)).toEqual([])
      }),
      { numRuns: 1500 },
    )
  })

  it('of a pair ends without a crashed rule for any two vectors', async () => {
    const any = fc.constantFrom(...ders)
    await fc.assert(
      fc.asyncProperty(any, any, async (qwac, qsealc) => {
        const report = await auditPair({ qwac, qsealc }, { at, facts: { both: facts } })
        expect(report.findings.filter(({ rule }) => rule === 'engine.rule-crashed')).toEqual([])
      }),
      { numRuns: 150 },
    )
  })

  it('places every finding inside the octets', async () => {
    for (const der of ders) {
      const { findings } = await auditCertificate(der, { at, profile: everything, facts })
      for (const { offset, length, rule } of findings) {
        expect(offset, rule).toBeGreaterThanOrEqual(0)
        expect(offset + length, rule).toBeLessThanOrEqual(der.length)
      }
    }
  })
})
