import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Psd2Error } from '../../src/core/errors.ts'
import { checkRevocation } from '../../src/trust/index.ts'
import { parseCrl, parseOcspResponse } from '../../src/x509/index.ts'
import { type Edit, editKinds, mutate, parseTrees } from '../support/mutate.ts'
import { at, authority, crl, entry, later, leaf, ocsp, webCa } from './support.ts'

const invalidityDate = later(-9)
const goodList = await crl({ revoked: [{ serialNumber: 5n, date: later(-3), reason: 'superseded', invalidityDate }] })
const scoped = await crl({ scope: { onlyContainsUserCerts: true }, revoked: [entry] })
const goodResponse = await ocsp({ nonce: new Uint8Array(8) })
const revokedResponse = await ocsp({}, { status: { date: later(-2), reason: 'keyCompromise' } })

function readList(bytes: Uint8Array): void {
  const list = parseCrl(bytes)
  let count = 0
  for (const found of list.entries()) {
    count++
    expect([...list.find(found.serial.value)].length).toBeGreaterThan(0)
  }
  expect(count).toBe(list.size)
}

/** Reading ends in a record or in a Psd2Error with a place and a clause. */
function readOrRefuse(read: () => void): void {
  try {
    read()
  } catch (error) {
    if (!(error instanceof Psd2Error)) throw error
    expect(error.citation).toBeDefined()
    expect(error.offset).toBeGreaterThanOrEqual(0)
  }
}

describe('whatever the octets', () => {
  const edit: fc.Arbitrary<Edit> = fc.record({
    kind: fc.constantFrom(...editKinds),
    at: fc.nat(),
    other: fc.nat(),
    value: fc.nat(0xffff),
  })

  it('reading ends in a list, a response, or a Psd2Error', () => {
    const any = fc.uint8Array({ maxLength: 200 })
    const property = fc.property(any, (bytes) => {
      readOrRefuse(() => readList(bytes))
      readOrRefuse(() => void parseOcspResponse(bytes))
    })
    fc.assert(property, { numRuns: 1000 })
  })

  it('and so after some changes to a sound one', () => {
    const seeds = [goodList, scoped, goodResponse, revokedResponse].filter((seed) => parseTrees(seed) !== undefined)
    expect(seeds).toHaveLength(4)
    const property = fc.property(
      fc.constantFrom(...seeds),
      fc.array(edit, { minLength: 1, maxLength: 3 }),
      (seed, edits) => {
        const bytes = mutate(seed, edits)
        readOrRefuse(() => readList(bytes))
        readOrRefuse(() => void parseOcspResponse(bytes))
      },
    )
    fc.assert(property, { numRuns: 1500 })
  })
})

describe('one changed octet', () => {
  const change = (bytes: Uint8Array) => fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }))

  it('is needed: both say good as they are', async () => {
    const ask = { certificate: leaf, issuer: webCa, at }
    expect((await checkRevocation({ ...ask, crls: [goodList] })).status).toBe('good')
    expect((await checkRevocation({ ...ask, ocspResponses: [goodResponse] })).status).toBe('good')
  })

  it('of a list takes away what it says', async () => {
    const property = fc.asyncProperty(change(goodList), async ([place, mask]) => {
      const bytes = goodList.with(place, (goodList[place] as number) ^ mask)
      const { status } = await checkRevocation({ certificate: leaf, issuer: webCa, at, crls: [bytes] })
      expect(status).toBe('unknown')
    })
    await fc.assert(property, { numRuns: 400 })
  })

  it('of a response takes away what it says', async () => {
    const property = fc.asyncProperty(change(goodResponse), async ([place, mask]) => {
      const bytes = goodResponse.with(place, (goodResponse[place] as number) ^ mask)
      const { status } = await checkRevocation({ certificate: leaf, issuer: webCa, at, ocspResponses: [bytes] })
      expect(status).toBe('unknown')
    })
    await fc.assert(property, { numRuns: 400 })
  })
})

describe('looking up', () => {
  it('finds exactly what is listed', async () => {
    const serial = fc.bigInt({ min: 1n, max: (1n << 80n) - 1n })
    const property = fc.asyncProperty(
      fc.uniqueArray(serial, { minLength: 1, maxLength: 300, size: 'max' }),
      fc.array(serial, { maxLength: 20 }),
      async (serials, others) => {
        const revoked = serials.map((serialNumber) => ({ serialNumber, date: at }))
        const list = parseCrl(await crl({ revoked }))
        const countOf = (number: bigint) => [...list.find(contentOf(number))].length
        for (const number of serials) expect(countOf(number)).toBe(1)
        for (const number of others) expect(countOf(number)).toBe(serials.includes(number) ? 1 : 0)
      },
    )
    await fc.assert(property, { numRuns: 20 })
  })

  it('finds where one serial number stands many times, which no index bears', async () => {
    const same = Array.from({ length: 200 }, () => ({ serialNumber: 7n, date: at }))
    const list = parseCrl(await crl({ revoked: [...same, { serialNumber: 8n, date: at }] }))
    expect([...list.find(Uint8Array.of(7))]).toHaveLength(200)
    expect([...list.find(Uint8Array.of(8))]).toHaveLength(1)
    expect([...list.find(Uint8Array.of(9))]).toHaveLength(0)
  })

  it('keeps to the caps of the caller', async () => {
    const bytes = await crl({ revoked: [entry, { serialNumber: 8n, date: at }] })
    expect(() => parseCrl(bytes, { limits: { entries: 1 } })).toThrow(
      expect.objectContaining({ code: 'LIMIT_CRL_ENTRIES' }),
    )
    expect(() => parseCrl(bytes, { limits: { size: 20 } })).toThrow(expect.objectContaining({ code: 'LIMIT_SIZE' }))
    expect(parseCrl(bytes, { limits: { entries: 2 } }).size).toBe(2)
    expect(() => parseCrl(bytes, { limits: { entry: 2 } } as never)).toThrow(TypeError)
    expect(() => parseCrl(bytes, { limits: { entries: 0 } })).toThrow(TypeError)
    expect(() => parseCrl(bytes, { mode: 'strict' } as never)).toThrow(TypeError)
    expect(() => parseCrl('x' as never)).toThrow(TypeError)
    expect(() => parseOcspResponse('x' as never)).toThrow(TypeError)
    expect(authority.webCa.certificate.length).toBeGreaterThan(0)
  })
})

/** Content of the INTEGER. */
function contentOf(number: bigint): Uint8Array {
  const hex = number.toString(16)
  const even = hex.length % 2 === 0 ? hex : `0${hex}`
  return Uint8Array.from(Buffer.from(Number.parseInt(even.slice(0, 2), 16) > 127 ? `00${even}` : even, 'hex'))
}
