import { createHash, webcrypto } from 'node:crypto'
import { Crypto as PeculiarCrypto } from '@peculiar/webcrypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Psd2Error } from '../../src/core/errors.ts'
import { nodeCrypto } from '../../src/crypto/node.ts'
import { webCrypto } from '../../src/crypto/webcrypto.ts'
import { bitString, integer, sequence, setOf } from '../../src/der/writer.ts'
import { type ThumbprintOptions, x5tS256 } from '../../src/jose/index.ts'
import { certificate, filler, seeds } from '../support/build.ts'

const sha256 = (octets: Uint8Array): string => createHash('sha256').update(octets).digest('base64url')
const providers = [
  nodeCrypto(),
  webCrypto(webcrypto as unknown as Crypto),
  webCrypto(new PeculiarCrypto() as unknown as Crypto),
]
const qwac = certificate()

async function refusal(octets: Uint8Array): Promise<Psd2Error> {
  const error = await x5tS256(octets).then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(Psd2Error)
  return error as Psd2Error
}

describe('x5tS256', () => {
  it.each(Object.entries(seeds))('is base64url of the SHA-256, 43 characters: %s', async (_, der) => {
    for (const crypto of providers) expect(await x5tS256(der, { crypto })).toBe(sha256(der))
    const thumbprint = await x5tS256(der)
    expect(thumbprint).toBe(sha256(der))
    expect(thumbprint).toMatch(/^[A-Za-z0-9_-]{43}$/)
  })

  it('takes a Buffer and a view with an offset of its own', async () => {
    expect(await x5tS256(Buffer.from(qwac))).toBe(sha256(qwac))
    const whole = new Uint8Array([1, 2, ...qwac, 3])
    expect(await x5tS256(whole.subarray(2, 2 + qwac.length))).toBe(sha256(qwac))
  })

  it('hashes the octets as they are', async () => {
    const other = certificate({ serialNumber: integer(2) })
    expect(await x5tS256(other)).not.toBe(await x5tS256(qwac))
  })

  it('asks the provider that is given', async () => {
    const crypto = { ...nodeCrypto(), digest: async () => new Uint8Array(32) }
    expect(await x5tS256(qwac, { crypto })).toBe('A'.repeat(43))
  })
})

describe('x5tS256 refuses', () => {
  const tbs = sequence(integer(1))
  const algorithm = sequence()
  const signature = bitString(filler(8))
  const refused: Readonly<Record<string, [octets: Uint8Array, code: string | RegExp]>> = {
    'no octets': [new Uint8Array(), /^DER_/],
    'one octet': [Uint8Array.of(0x30), /^DER_/],
    'zeros after the certificate': [new Uint8Array([...qwac, 0]), 'DER_TRAILING_DATA'],
    'a line break after the certificate': [new Uint8Array([...qwac, 10]), 'DER_TRAILING_DATA'],
    'two certificates': [new Uint8Array([...qwac, ...qwac]), 'DER_TRAILING_DATA'],
    'a certificate cut off': [qwac.subarray(0, -1), /^DER_/],
    'an empty sequence': [sequence(), 'DER_VALUE_MISSING'],
    'one element': [sequence(tbs), 'DER_VALUE_MISSING'],
    'two elements': [sequence(tbs, algorithm), 'DER_VALUE_MISSING'],
    'four elements': [sequence(tbs, algorithm, signature, signature), 'DER_TRAILING_DATA'],
    'elements in another order': [sequence(tbs, signature, algorithm), 'DER_TAG_UNEXPECTED'],
    'a set': [setOf(tbs, algorithm, signature), 'DER_TAG_UNEXPECTED'],
    'a length that is longer than needed': [new Uint8Array([0x30, 0x83, 0, ...qwac.subarray(2)]), /^DER_LENGTH/],
    'a length without end': [new Uint8Array([0x30, 0x80, ...qwac.subarray(4), 0, 0]), 'DER_LENGTH_INDEFINITE'],
    PEM: [new TextEncoder().encode('-----BEGIN CERTIFICATE-----'), /^DER_/],
    base64: [new TextEncoder().encode(Buffer.from(qwac).toString('base64')), /^DER_/],
  }
  it.each(Object.entries(refused))('%s', async (_, [octets, code]) => {
    const error = await refusal(octets)
    if (typeof code === 'string') expect(error.code).toBe(code)
    else expect(error.code).toMatch(code)
    expect(error.offset).toBeGreaterThanOrEqual(0)
    expect(error.mend).toBeTruthy()
  })

  it('what is no octets, with a TypeError', async () => {
    for (const value of ['', Buffer.from(qwac).toString('base64'), null, undefined, [...qwac], qwac.buffer, {}]) {
      await expect(x5tS256(value as unknown as Uint8Array)).rejects.toThrow(TypeError)
    }
  })

  it('an unknown option, with a TypeError', async () => {
    await expect(x5tS256(qwac, { algorithm: 'sha-1' } as ThumbprintOptions)).rejects.toThrow(TypeError)
  })

  it('any other octets, with a Psd2Error', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 60 }), fc.nat(qwac.length - 2), async (octets, at) => {
        await refusal(octets)
        expect((await refusal(new Uint8Array([...qwac.subarray(0, at), ...octets.subarray(0, 1)]))).code).toMatch(
          /^DER_/,
        )
      }),
    )
  })
})
