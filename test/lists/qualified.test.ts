import { X509Certificate } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { readTrustedList } from 'psd2-toolkit/lists'
import { findIssuer, findService, openTrustStore, packTrustStore, type TrustStore } from 'psd2-toolkit/trust'
import { parseCertificate } from 'psd2-toolkit/x509'
import { beforeAll, expect, it } from 'vitest'
import { certificate, signers } from '../../vectors/trusted-lists/make/material.ts'
import { signed } from '../../vectors/trusted-lists/make/vector.ts'
import { pemFile } from '../corpus/pem-file.ts'
import { describeCorpus } from '../support/corpus.ts'

/** Leaves that node:crypto shows to be issued by a CA of the folder, and that are not found; with one reason each. */
const notFound: Readonly<Record<string, string>> = {}

const spring = new Date('2026-06-01T00:00:00Z')

describeCorpus('certificates of real qualified issuers', ['certificates', 'tl-ca'], (folder) => {
  const pemsOf = (name: string) => readdirSync(join(folder, '..', name)).filter((file) => file.endsWith('.pem'))
  const authorities = pemsOf('tl-ca').map((file) => ({ territory: file.slice(0, 2), der: pemFile(join(folder, file)) }))
  let store: TrustStore

  // Lists of our own with the real CAs in them: those that are published today are not all at hand.
  beforeAll(async () => {
    const lists = []
    for (const territory of new Set(authorities.map((one) => one.territory))) {
      const services = authorities
        .filter((one) => one.territory === territory)
        .map(({ der }, index) => ({
          name: `CA ${index}`,
          identities: [
            `<DigitalId><X509Certificate>${Buffer.from(der).toString('base64')}</X509Certificate></DigitalId>`,
          ],
          status: 'granted',
          from: '2010-01-01T00:00:00Z',
          uses: ['ForWebSiteAuthentication', 'ForeSeals', 'ForeSignatures'] as const,
        }))
      const text = signed({ territory, services })
      const operator = [certificate(signers.national.certificate)]
      lists.push(await readTrustedList(new TextEncoder().encode(text), { signers: operator, at: spring }))
    }
    expect(lists.flatMap(({ remarks }) => remarks)).toEqual([])
    store = await openTrustStore(await packTrustStore(lists))
  }, 30_000)

  it('finds every CA by its key', async () => {
    for (const { der, territory } of authorities) {
      const issuer = parseCertificate(der, { mode: 'tolerant' })
      const { status, evidence } = await findService(store, { issuer, use: 'web', at: spring })
      expect([status, evidence.some(({ list }) => list.territory === territory)]).toEqual(['granted', true])
    }
  })

  it.each(['qualified', 'psd2'])(
    'finds the issuer of every leaf of %s that one of them signed',
    async (name) => {
      const keys = authorities.map(({ der }) => new X509Certificate(der))
      let found = 0
      let others = 0
      const differences: string[] = []
      for (const file of pemsOf(name)) {
        const der = pemFile(join(folder, '..', name, file))
        const leaf = new X509Certificate(der)
        const expected = keys.some((ca) => ca.subject === leaf.issuer && leaf.verify(ca.publicKey))
        const parsed = parseCertificate(der, { mode: 'tolerant' })
        const { status, issuerKey } = await findIssuer(store, parsed, { use: 'eseal', at: spring })
        if ((status === 'granted') !== expected || (issuerKey !== undefined) !== expected) differences.push(file)
        else if (expected) found++
        else others++
      }
      process.stderr.write(`${name}: ${found} leaves of listed issuers found, ${others} of other issuers unknown\n`)
      expect(differences.sort()).toEqual(name === 'qualified' ? Object.keys(notFound).sort() : [])
      expect(found).toBeGreaterThan(name === 'qualified' ? 50 : 0)
    },
    30_000,
  )
})
