import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { Psd2Error } from 'psd2-toolkit/core'
import type { CryptoProvider } from 'psd2-toolkit/crypto'
import { nodeCrypto } from 'psd2-toolkit/crypto/node'
import {
  findIssuer,
  findService,
  openTrustStore,
  packTrustStore,
  type ServiceStatus,
  type VerifiedList,
} from 'psd2-toolkit/trust'
import { parseCertificate } from 'psd2-toolkit/x509'
import { describe, expect, it } from 'vitest'
import { certificate } from '../../../vectors/trusted-lists/make/material.ts'

const signer = parseCertificate(certificate('qsealc'))
const at = new Date('2026-06-01T00:00:00Z')

const granted: ServiceStatus = {
  from: new Date('2025-01-01T00:00:00Z'),
  status: 'granted',
  type: 'CA/QC',
  uses: ['web'],
  qualifications: [],
  notUnderstood: [],
  takenOver: false,
}

/** A list with a service for each key. Keys are octets that no one imports. */
function listOf(
  territory: string,
  keys: readonly Uint8Array[],
  statuses: readonly ServiceStatus[] = [granted],
): VerifiedList {
  return {
    territory,
    type: 'EUgeneric',
    version: 6,
    sequenceNumber: 7,
    operator: 'Operator',
    issued: new Date('2026-05-01T00:00:00Z'),
    nextUpdate: new Date('2026-11-01T00:00:00Z'),
    informationUris: [],
    pointers: [],
    remarks: [],
    stale: false,
    signer,
    services: keys.map((spki, index) => ({
      provider: `Provider ${index}`,
      name: `${territory} ${index}`,
      statuses,
      keys: [{ spki, subject: Uint8Array.of(index & 255, index >> 8), keyIdentifier: undefined }],
    })),
  }
}

async function codeOf(run: Promise<unknown>): Promise<string> {
  try {
    await run
    return 'opened'
  } catch (error) {
    if (error instanceof Psd2Error) return error.code
    throw error
  }
}

const keys = Array.from({ length: 50 }, (_, index) => Uint8Array.of(index, 1, 2, 3))
const sound = await packTrustStore([listOf('FR', keys.slice(0, 30)), listOf('DE', keys.slice(30))])

/** The store with some octets exchanged and the hash made anew: what only somebody who means to can do. */
function rehashed(change: (view: DataView) => void): Uint8Array {
  const bytes = sound.slice()
  change(new DataView(bytes.buffer))
  bytes.set(createHash('sha256').update(bytes.subarray(48)).digest(), 16)
  return bytes
}

describe('a saved store', () => {
  it('has every key, and no other', async () => {
    const store = await openTrustStore(sound)
    expect([store.lists.length, store.counts]).toEqual([2, { services: 50, keys: 50 }])
    for (const [index, issuer] of keys.entries()) {
      const { status, evidence } = await findService(store, { issuer, use: 'web', at })
      expect([status, evidence[0]?.list.territory]).toEqual(['granted', index < 30 ? 'FR' : 'DE'])
    }
    const { status, reason } = await findService(store, { issuer: Uint8Array.of(9), use: 'web', at })
    expect([status, reason]).toEqual(['unknown', 'no-such-service'])
  })

  it('is the same octets for the same lists', async () => {
    expect(await packTrustStore([listOf('FR', keys.slice(0, 30)), listOf('DE', keys.slice(30))])).toEqual(sound)
  })

  it('may be empty, and then knows nobody', async () => {
    const store = await openTrustStore(await packTrustStore([]))
    expect((await findService(store, { issuer: Uint8Array.of(1), use: 'web', at })).status).toBe('unknown')
  })

  it('may lie anywhere in a larger buffer', async () => {
    const buffer = new Uint8Array(sound.length + 20)
    buffer.set(sound, 7)
    const store = await openTrustStore(buffer.subarray(7, 7 + sound.length))
    expect((await findService(store, { issuer: keys[3] as Uint8Array, use: 'web', at })).status).toBe('granted')
  })

  it('is not made of two lists of one territory', async () => {
    expect(await codeOf(packTrustStore([listOf('FR', []), listOf('FR', [])]))).toBe('TSL_TERRITORY_TWICE')
  })

  it('keeps statuses with everything they say', async () => {
    const full: ServiceStatus = {
      ...granted,
      qualifications: [
        {
          qualifiers: ['NotQualified', 'QCForWSA'],
          criteria: {
            assert: 'atLeastOne',
            of: [
              {
                kind: 'keyUsage',
                bits: [
                  ['digitalSignature', true],
                  ['keyCertSign', false],
                ],
              },
              { kind: 'policies', oids: ['1.2.3'] },
              { kind: 'purposes', oids: ['1.2.4'] },
              { kind: 'subject', oids: ['2.5.4.3', '2.5.4.97'] },
              { kind: 'unknown', name: 'Moon' },
              { kind: 'criteria', criteria: { assert: 'none', of: [] } },
            ],
          },
        },
      ],
      notUnderstood: ['Limit'],
      takenOver: true,
    }
    const store = await openTrustStore(
      await packTrustStore([{ ...listOf('FR', keys.slice(0, 1), [full]), nextUpdate: undefined }]),
    )
    const { evidence } = await findService(store, { issuer: keys[0] as Uint8Array, use: 'web', at })
    expect(evidence[0]?.service.statuses).toEqual([full])
    expect([evidence[0]?.stale, store.lists[0]?.nextUpdate]).toEqual([true, undefined])
  })

  it('is refused where it is cut off, longer, changed, of another version or something else', async () => {
    for (const length of [8, 40, 67, 68, 100, sound.length - 1]) {
      expect(await codeOf(openTrustStore(sound.subarray(0, length))), String(length)).toBe('TSL_STORE_TRUNCATED')
    }
    expect(await codeOf(openTrustStore(new Uint8Array([...sound, 0])))).toBe('TSL_STORE_DAMAGED')
    expect(await codeOf(openTrustStore(sound.with(11, 2)))).toBe('TSL_STORE_VERSION')
    for (const bytes of [new Uint8Array(), new TextEncoder().encode('<?xml version="1.0"?>'), sound.subarray(1)]) {
      expect(await codeOf(openTrustStore(bytes))).toBe('TSL_STORE_FORM')
    }
    await expect(openTrustStore('PSD2TLST' as never)).rejects.toThrow(TypeError)
    await expect(openTrustStore(sound, { cryto: 1 } as never)).rejects.toThrow(TypeError)
  })

  it('is refused with any octet changed', async () => {
    const anyChange = fc.tuple(fc.nat(sound.length - 1), fc.integer({ min: 1, max: 255 }))
    await fc.assert(
      fc.asyncProperty(anyChange, async ([place, by]) => {
        expect(await codeOf(openTrustStore(sound.with(place, (sound[place] as number) ^ by)))).toMatch(/^TSL_STORE_/)
      }),
      { numRuns: 300 },
    )
  })

  it('never ends in another error, however it is made', async () => {
    const changes = fc.array(fc.tuple(fc.nat((sound.length - 52) >> 2), fc.nat(0xffff_ffff)), {
      minLength: 1,
      maxLength: 4,
    })
    const wanted = fc.nat(keys.length - 1)
    await fc.assert(
      fc.asyncProperty(changes, wanted, async (list, key) => {
        const bytes = rehashed((view) => {
          for (const [place, value] of list) view.setUint32(48 + place * 4, value)
        })
        const run = async () =>
          findService(await openTrustStore(bytes), { issuer: keys[key] as Uint8Array, use: 'web', at })
        expect(await codeOf(run())).toMatch(/^(?:TSL_STORE_CONTENT|opened)$/)
      }),
      { numRuns: 300 },
    )
  })

  const qwac = parseCertificate(certificate('qwac'))
  /** Keys that nobody can import, all with the name of the issuer of a certificate. */
  const named = (list: readonly Uint8Array[]): VerifiedList => {
    const plain = listOf('FR', list)
    const subject = qwac.issuer.value
    return {
      ...plain,
      services: plain.services.map((one) => ({ ...one, keys: one.keys.map((key) => ({ ...key, subject })) })),
    }
  }

  it('leads by a name to a bounded number of keys, and none of them is believed', async () => {
    let imports = 0
    const crypto: CryptoProvider = {
      ...nodeCrypto(),
      importPublicKey: async (spki) => {
        imports++
        return nodeCrypto().importPublicKey(spki)
      },
    }
    const store = await openTrustStore(await packTrustStore([named(keys)]))
    const { status } = await findIssuer(store, qwac, { use: 'web', at, crypto })
    expect([status, imports]).toEqual(['unknown', 32])
  })

  it('is refused where a name leads out of it', async () => {
    const bytes = (await packTrustStore([named(keys.slice(0, 1))])).slice()
    const [services, postings] = [1, 1]
    const hints = 68 + 8 + services * 8 + 48 + postings * 4
    new DataView(bytes.buffer).setUint32(hints + 16, 7)
    bytes.set(createHash('sha256').update(bytes.subarray(48)).digest(), 16)
    const run = async () => findIssuer(await openTrustStore(bytes), qwac, { use: 'web', at })
    expect(await codeOf(run())).toBe('TSL_STORE_CONTENT')
  })

  it('goes through an error of the provider that is none of ours', async () => {
    const crypto: CryptoProvider = { ...nodeCrypto(), importPublicKey: () => Promise.reject(new RangeError('broken')) }
    const store = await openTrustStore(await packTrustStore([named(keys)], { crypto }), { crypto })
    await expect(findIssuer(store, qwac, { use: 'web', at, crypto })).rejects.toThrow(RangeError)
  })

  const records: Readonly<Record<string, readonly [part: string, by: string]>> = {
    'no JSON': ['{"list":0', '["list":0'],
    'another form': ['"statuses":[', '"statusis":['],
    'a list that is not there': ['{"list":0', '{"list":9'],
    'a number as text': ['"name":"FR 0"', '"name":123456'],
    'a negative number': ['{"list":0', '{"list":-'],
    'no moment': ['2025-01-01T00', '2025-13-01T00'],
    'an unknown use': ['"web"', '"wob"'],
    'no truth': ['"takenOver":false', '"takenOver":"fls"'],
  }
  it.each(Object.entries(records))('with a record of %s is not ours', async (_, [part, by]) => {
    const text = Buffer.from(sound).toString('latin1')
    const bytes = Buffer.from(text.replaceAll(part, by.padEnd(part.length)), 'latin1')
    bytes.set(createHash('sha256').update(bytes.subarray(48)).digest(), 16)
    const run = async () => findService(await openTrustStore(bytes), { issuer: keys[0] as Uint8Array, use: 'web', at })
    expect(await codeOf(run())).toBe('TSL_STORE_CONTENT')
  })
})
