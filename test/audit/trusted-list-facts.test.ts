import { auditCertificate, trustedListFacts } from 'psd2-toolkit/audit'
import { nodeCrypto } from 'psd2-toolkit/crypto/node'
import { readTrustedList } from 'psd2-toolkit/lists'
import { openTrustStore, packTrustStore, type TrustStore } from 'psd2-toolkit/trust'
import { parseCertificate } from 'psd2-toolkit/x509'
import { describe, expect, it } from 'vitest'
import type { ServicePlan } from '../../vectors/trusted-lists/make/list.ts'
import { certificate, signers } from '../../vectors/trusted-lists/make/material.ts'
import { seal, signed, web } from '../../vectors/trusted-lists/make/vector.ts'

const at = new Date('2026-06-01T00:00:00Z')

async function storeOf(...services: readonly ServicePlan[]): Promise<TrustStore> {
  const bytes = new TextEncoder().encode(signed({ services }))
  const list = await readTrustedList(bytes, { signers: [certificate(signers.national.certificate)], at })
  return openTrustStore(await packTrustStore([list]))
}

describe('trustedListFacts', () => {
  it('turn the verdict of an audit on trust', async () => {
    const withdrawn = { ...seal, status: 'withdrawn', from: '2026-03-01T00:00:00Z', history: [seal] }
    const rows = [
      [[web, seal], 'granted', 'granted', 'trusted'],
      [[withdrawn], 'granted', 'not-granted', 'untrusted'],
      [[web], 'unknown', 'unknown', 'indeterminate'],
    ] as const
    for (const [services, before, now, trust] of rows) {
      const der = certificate('qsealc')
      const facts = await trustedListFacts(parseCertificate(der), { store: await storeOf(...services), at })
      expect([facts.serviceAtIssuance?.verdict, facts.serviceNow?.verdict]).toEqual([before, now])
      expect((await auditCertificate(der, { at, facts })).trust).toBe(trust)
    }
  })

  it('are for the use that the certificate is for, or for the one that is given', async () => {
    const store = await storeOf(web, seal)
    const of = (id: string, use?: 'web' | 'eseal') =>
      trustedListFacts(parseCertificate(certificate(id)), { store, at, crypto: nodeCrypto(), ...(use && { use }) })
    expect((await of('qwac')).serviceNow?.evidence).toBe(
      'granted; FR list 7 of 2026-05-01, next update 2026-11-01: Test QTSP, Web sites, CA/QC granted since 2025-01-01 for web',
    )
    expect((await of('qwac', 'eseal')).serviceNow?.verdict).toBe('not-granted')
    expect(await of('ca-web')).toEqual({})
  })
})
