import { nodeCrypto } from 'psd2-toolkit/crypto/node'
import { readTrustedList } from 'psd2-toolkit/lists'
import {
  answerText,
  type FindServiceOptions,
  findIssuer,
  findService,
  openTrustStore,
  packTrustStore,
} from 'psd2-toolkit/trust'
import { parseCertificate } from 'psd2-toolkit/x509'
import { beforeAll, describe, expect, it } from 'vitest'
import { isTerritory, type TrustStore, territoryOfCountry } from '../../../src/trust/index.ts'
import type { ListPlan } from '../../../vectors/trusted-lists/make/list.ts'
import { certificate, signers } from '../../../vectors/trusted-lists/make/material.ts'
import { seal, signed, web } from '../../../vectors/trusted-lists/make/vector.ts'

const at = new Date('2026-06-01T00:00:00Z')
const operator = [certificate(signers.national.certificate)]
const read = (plan: ListPlan = {}) =>
  readTrustedList(new TextEncoder().encode(signed(plan)), { signers: operator, at, acceptStale: true })
const storeOf = async (...plans: readonly ListPlan[]): Promise<TrustStore> =>
  openTrustStore(await packTrustStore(await Promise.all(plans.map(read))))

const qwac = parseCertificate(certificate('qwac'))
const qsealc = parseCertificate(certificate('qsealc'))
const webAuthority = parseCertificate(certificate('ca-web'))

let store: TrustStore
beforeAll(async () => {
  store = await storeOf({})
})

describe('findService', () => {
  it('gives the list that the answer rests on', async () => {
    const { status, reason, evidence } = await findService(store, { issuer: webAuthority, use: 'web', at })
    expect([status, reason, evidence.length]).toEqual(['granted', undefined, 1])
    expect(evidence[0]).toMatchObject({
      stale: false,
      reason: undefined,
      list: {
        territory: 'FR',
        version: 5,
        sequenceNumber: 7,
        operator: 'Test operator & Co',
        issued: new Date('2026-05-01T00:00:00Z'),
        nextUpdate: new Date('2026-11-01T00:00:00Z'),
        signer: String(parseCertificate(operator[0] as Uint8Array).subject),
      },
      service: { provider: 'Test QTSP', name: 'Web sites', list: 0 },
      status: { status: 'granted', from: new Date('2025-01-01T00:00:00Z') },
    })
  })

  it('looks at the key: a certificate of the same name with another key is unknown', async () => {
    // The P-256 authority for web sites has the name of the RSA one.
    const other = parseCertificate(certificate('ca-ec-web'))
    expect(String(other.subject)).toBe(String(webAuthority.subject))
    const { status, reason } = await findService(store, { issuer: other, use: 'web', at })
    expect([status, reason]).toEqual(['unknown', 'no-such-service'])
  })

  it('answers unknown from a list that is out of date, unless that is accepted', async () => {
    const later = new Date('2027-01-01T00:00:00Z')
    const ask = (options: Partial<FindServiceOptions>) =>
      findService(store, { issuer: webAuthority, use: 'web', at: later, ...options })
    const { status, reason, evidence } = await ask({})
    expect([status, reason, evidence[0]?.stale, evidence[0]?.reason]).toEqual(['unknown', 'stale', true, undefined])
    expect((await ask({ acceptStale: true })).status).toBe('granted')
    expect((await ask({ acceptStale: true, use: 'eseal' })).status).toBe('not-granted')
  })

  it('asks every list that has the key', async () => {
    const withdrawn = { ...web, status: 'withdrawn', from: '2026-02-01T00:00:00Z' }
    const both = await storeOf({ services: [web] }, { territory: 'BE', services: [withdrawn] })
    const { status, reason, evidence } = await findService(both, { issuer: webAuthority, use: 'web', at })
    expect([status, reason]).toEqual(['not-granted', 'conflict'])
    expect(evidence.map(({ list, reason: one }) => [list.territory, one])).toEqual([
      ['FR', undefined],
      ['BE', 'withdrawn'],
    ])
    const before = await findService(both, { issuer: webAuthority, use: 'web', at: new Date('2026-01-01T00:00:00Z') })
    expect(before.status).toBe('granted')
  })

  it('takes the SubjectPublicKeyInfo, and another provider', async () => {
    const crypto = nodeCrypto()
    const { status } = await findService(store, { issuer: webAuthority.publicKey.value, use: 'web', at, crypto })
    expect(status).toBe('granted')
  })

  const wrong: Readonly<Record<string, object>> = {
    'an unknown option': { usage: 'web' },
    'an unknown use': { use: 'QWAC' },
    'a use of a prototype': { use: 'constructor' },
    'no issuer': { issuer: undefined },
    'an issuer as text': { issuer: 'MII' },
    'no moment': { at: new Date(Number.NaN) },
    'a moment as a number': { at: 0 },
  }
  it.each(Object.entries(wrong))('tells the caller of %s', async (_, options) => {
    const all = { issuer: webAuthority, use: 'web', at, ...options } as unknown as FindServiceOptions
    await expect(findService(store, all)).rejects.toThrow(TypeError)
  })
})

describe('findIssuer', () => {
  it('finds the key that signed a certificate, without the certificate of the CA', async () => {
    const found = await findIssuer(store, qwac, { use: 'web', at })
    expect([found.status, found.evidence[0]?.service.name]).toEqual(['granted', 'Web sites'])
    expect(found.issuerKey).toEqual(webAuthority.publicKey.value)
    expect((await findIssuer(store, qsealc, { use: 'web', at })).reason).toBe('other-use')
    expect((await findIssuer(store, qsealc, { use: 'eseal', at })).status).toBe('granted')
  })

  it('does not believe names and key identifiers', async () => {
    const forged = qwac.bytes.slice()
    // The last octet of the signature.
    forged[forged.length - 1] = (forged[forged.length - 1] as number) ^ 1
    const { status, reason, issuerKey } = await findIssuer(store, parseCertificate(forged), { use: 'web', at })
    expect([status, reason, issuerKey]).toEqual(['unknown', 'no-such-service', undefined])
  })

  it('finds by name where there is no key identifier, and tries every key of a name', async () => {
    const both = await storeOf({ services: [{ ...web, identities: ['ca-ec-web', 'ca-web', 'ca-ec-seal', 'ca-seal'] }] })
    const bare = parseCertificate(certificate('qsealc-missing-aki'))
    expect(bare.extension('authorityKeyIdentifier')).toBeUndefined()
    expect((await findIssuer(both, bare, { use: 'web', at })).status).toBe('granted')
    const elliptic = parseCertificate(certificate('qwac-ecdsa-issuer'))
    expect((await findIssuer(both, elliptic, { use: 'web', at })).status).toBe('granted')
    expect((await findIssuer(store, elliptic, { use: 'web', at })).status).toBe('unknown')
  })

  it('applies the qualifiers of the list to the certificate', async () => {
    const extensions = signedQualifier('0.4.0.194112.1.1')
    const excluded = await storeOf({ services: [{ ...seal, extensions }] })
    expect((await findIssuer(excluded, qsealc, { use: 'eseal', at })).reason).toBe('qualifier')
    // Without the certificate nothing is known of its policies.
    expect(
      (await findService(excluded, { issuer: parseCertificate(certificate('ca-seal')), use: 'eseal', at })).status,
    ).toBe('granted')
  })

  it('finds nobody for an algorithm that is not verified', async () => {
    const weak = parseCertificate(certificate('qsealc-sha1-signature'), { mode: 'tolerant' })
    expect((await findIssuer(store, weak, { use: 'web', at })).status).toBe('unknown')
  })

  it('tells the caller of an unknown option', async () => {
    await expect(findIssuer(store, qwac, { use: 'web', at, issuer: qwac } as never)).rejects.toThrow(TypeError)
    await expect(findIssuer(store, qwac, { use: 'web', at, stale: true } as never)).rejects.toThrow(TypeError)
  })
})

describe('answerText', () => {
  const saying = async (plans: readonly ListPlan[], options: Partial<FindServiceOptions> = {}) =>
    answerText(await findService(await storeOf(...plans), { issuer: webAuthority, use: 'web', at, ...options }))

  it('names list, dates, provider, service and status', async () => {
    const listed = 'FR list 7 of 2026-05-01, next update 2026-11-01'
    expect(await saying([{}])).toBe(`granted; ${listed}: Test QTSP, Web sites, CA/QC granted since 2025-01-01 for web`)
    expect(await saying([{ services: [{ ...web, uses: [] }] }])).toBe(
      `not-granted: the service is for another use; ${listed}: Test QTSP, Web sites, CA/QC granted since 2025-01-01`,
    )
    expect(await saying([{}], { at: new Date('2024-01-01T00:00:00Z') })).toBe(
      `not-granted: the service began later; ${listed}: Test QTSP, Web sites, no status yet`,
    )
    expect(await saying([{}], { at: new Date('2026-12-01T00:00:00Z') })).toBe(
      `unknown: the list is out of date; ${listed}, out of date: Test QTSP, Web sites, CA/QC granted since 2025-01-01 for web`,
    )
    expect(await saying([{ nextUpdate: '' }])).toMatch(
      /^unknown: the list is out of date; FR list 7 of 2026-05-01, closed, out of date: /,
    )
    expect(await saying([{ services: [] }])).toBe('unknown: no list has the key of the issuer')
  })
})

describe('territories', () => {
  it('are those of the lists, which write two of them otherwise than ISO 3166-1', () => {
    expect(['FR', 'EL', 'UK', 'IS'].every(isTerritory)).toBe(true)
    expect(['GR', 'GB', 'EU', 'US', 'fr', '', 'constructor'].some(isTerritory)).toBe(false)
    expect(['FR', 'GR', 'GB', 'EL', 'UK', 'US', '__proto__'].map(territoryOfCountry)).toEqual([
      'FR',
      'EL',
      'UK',
      undefined,
      undefined,
      undefined,
      undefined,
    ])
  })
})

function signedQualifier(policy: string): string {
  const uri = 'http://uri.etsi.org/TrstSvc/TrustedList/SvcInfoExt/NotQualified'
  return `<Extension Critical="true"><ecc:Qualifications><ecc:QualificationElement><ecc:Qualifiers><ecc:Qualifier uri="${uri}"/></ecc:Qualifiers><ecc:CriteriaList assert="all"><ecc:PolicySet><ecc:PolicyIdentifier><xades:Identifier>${policy}</xades:Identifier></ecc:PolicyIdentifier></ecc:PolicySet></ecc:CriteriaList></ecc:QualificationElement></ecc:Qualifications></Extension>`
}
