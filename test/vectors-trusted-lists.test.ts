import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Psd2Error } from 'psd2-toolkit/core'
import { fetchTrustedLists, readTrustedList } from 'psd2-toolkit/lists'
import { findService, openTrustStore, packTrustStore, trustListCodes, type VerifiedList } from 'psd2-toolkit/trust'
import { parseCertificate } from 'psd2-toolkit/x509'
import { describe, expect, it } from 'vitest'
import { type ListIndexEntry, listIndexEntry, listVectors } from '../vectors/trusted-lists/make/index.ts'
import { certificate, signers } from '../vectors/trusted-lists/make/material.ts'
import { root } from './support/package.ts'

const folder = join(root, 'vectors/trusted-lists')
const index: readonly ListIndexEntry[] = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8'))
const families = Array.from({ length: 10 }, (_, i) => `TSL-${String(i + 1).padStart(2, '0')}`)
const spring = '2026-06-01T00:00:00Z'

/** Codes that no list here brings about, and where they are shown. */
const codesWithoutVector: Readonly<Record<string, string>> = {
  LIMIT_LIST_ATTRIBUTES: 'test/trust/lists/xml.test.ts',
  LIMIT_LIST_CHILDREN: 'test/trust/lists/xml.test.ts',
  LIMIT_LIST_DEPTH: 'test/trust/lists/xml.test.ts',
  LIMIT_LIST_ELEMENTS: 'test/trust/lists/xml.test.ts',
  LIMIT_LIST_SIGNERS: 'test/lists/verify.test.ts',
  LIMIT_LIST_SIZE: 'test/trust/lists/xml.test.ts',
  TSL_FETCH: 'test/lists/fetch.test.ts',
  TSL_NOTICE_DIFFERS: 'test/lists/list-of-lists.test.ts',
  TSL_PIVOT_ORDER: 'test/lists/list-of-lists.test.ts',
  TSL_ROOT: 'test/lists/verify.test.ts',
  TSL_SIGNED_PROPERTIES: 'test/lists/verify.test.ts',
  TSL_STORE_CONTENT: 'test/trust/lists/store.test.ts',
  TSL_STORE_DAMAGED: 'test/trust/lists/store.test.ts',
  TSL_STORE_FORM: 'test/trust/lists/store.test.ts',
  TSL_STORE_TRUNCATED: 'test/trust/lists/store.test.ts',
  TSL_STORE_VERSION: 'test/trust/lists/store.test.ts',
  TSL_TERRITORY_TWICE: 'test/trust/lists/store.test.ts',
  XML_ATTRIBUTE_TWICE: 'test/trust/lists/xml.test.ts',
  XML_ENCODING: 'test/trust/lists/xml.test.ts',
  XML_NOT_XML: 'test/trust/lists/xml.test.ts',
  XML_PREFIX: 'test/trust/lists/xml.test.ts',
  XML_SYNTAX: 'test/trust/lists/xml.test.ts',
  XML_TRUNCATED: 'test/trust/lists/xml.test.ts',
}

const octetsOf = (id: string): Uint8Array => new Uint8Array(readFileSync(join(folder, `${id}.xml`)))

function read({ id, type, at = spring, territory, minimumSequenceNumber }: ListIndexEntry): Promise<VerifiedList> {
  const signer = type === undefined ? signers.national : signers.lists
  return readTrustedList(octetsOf(id), {
    signers: [certificate(signer.certificate)],
    at: new Date(at),
    ...(type === undefined ? {} : { type }),
    ...(territory === undefined ? {} : { territory }),
    ...(minimumSequenceNumber === undefined ? {} : { minimumSequenceNumber }),
  })
}

describe('the vectors of trusted lists', () => {
  it('are those of the tables, each once, of the same octets', () => {
    const ids = listVectors.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(index).toEqual(listVectors.map(listIndexEntry))
    const files = readdirSync(folder).filter((file) => file.endsWith('.xml'))
    expect(files.sort()).toEqual(ids.map((id) => `${id}.xml`).sort())
    for (const { id, text } of listVectors) expect(Buffer.from(octetsOf(id)).toString('utf8'), id).toBe(text)
  })

  it('have one for every family', () => {
    const met = new Set(index.map(({ family }) => family))
    expect(families.filter((family) => !met.has(family))).toEqual([])
    expect([...met].filter((family) => ![...families, 'control'].includes(family))).toEqual([])
  })

  it('have one for every code', () => {
    const met = new Set(index.flatMap(({ error, remarks = [], pointer }) => [error, pointer, ...remarks]))
    const absent = Object.keys(trustListCodes).filter((code) => !met.has(code))
    expect(absent.sort()).toEqual(Object.keys(codesWithoutVector).sort())
  })
})

describe.each(index)('$id: $says', (entry) => {
  const { error, services = [], remarks = [] } = entry

  it(error === null ? 'verifies, and says what the index says' : `is refused: ${error}`, async () => {
    if (error !== null) {
      const met = await read(entry).catch((caught: unknown) => caught)
      expect(met).toBeInstanceOf(Psd2Error)
      expect((met as Psd2Error).code).toBe(error)
      for (const text of [(met as Psd2Error).message, (met as Psd2Error).mend]) expect(text).toMatch(/\w/)
      return
    }
    const list = await read(entry)
    expect(list.services.map(({ name, statuses }) => `${name}: ${statuses[0]?.status}`)).toEqual(services)
    expect(list.remarks.map(({ code }) => code)).toEqual(remarks)
    expect(list.services.every(({ provider }) => provider === 'Test QTSP')).toBe(true)
  })
})

describe.each(index.filter(({ lookups = [] }) => lookups.length > 0))('$id, asked about', (entry) => {
  const { lookups = [] } = entry

  it('gives the answers of the index', async () => {
    const store = await openTrustStore(await packTrustStore([await read(entry)]))
    const met: string[] = []
    for (const { issuer, certificate: leaf, use, at } of lookups) {
      const { status, reason } = await findService(store, {
        issuer: parseCertificate(certificate(issuer)),
        ...(leaf === undefined ? {} : { certificate: parseCertificate(certificate(leaf)) }),
        use,
        at: new Date(at),
      })
      met.push(reason === undefined ? status : `${status} ${reason}`)
    }
    expect(met).toEqual(lookups.map(({ answer }) => answer))
  })
})

describe.each(index.filter(({ pointer }) => pointer !== undefined))('$id, followed', ({ id, pointer }) => {
  it('leads to no address that may not be asked', async () => {
    const asked: string[] = []
    const { lists, failures } = await fetchTrustedLists({
      location: 'https://lists.example.com/eu.xml',
      anchors: { certificates: [certificate(signers.lists.certificate)] },
      at: new Date(spring),
      territories: ['FR'],
      fetch: async ({ href }) => {
        asked.push(href)
        return octetsOf(id)
      },
    })
    expect([lists.length, failures.map(({ error: { code } }) => code)]).toEqual([0, [pointer]])
    expect(asked).toEqual(['https://lists.example.com/eu.xml'])
  })
})
