import { createHash, webcrypto } from 'node:crypto'
import { Crypto as PeculiarCrypto } from '@peculiar/webcrypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CryptoProvider, HashName } from '../../src/crypto/index.ts'
import { nodeCrypto, defaultCrypto as nodeDefault } from '../../src/crypto/node.ts'
import { webCrypto, defaultCrypto as webDefault } from '../../src/crypto/webcrypto.ts'

const providers: Readonly<Record<string, CryptoProvider>> = {
  'node:crypto': nodeCrypto(),
  'node:crypto as the default': nodeDefault,
  WebCrypto: webCrypto(webcrypto as unknown as Crypto),
  'WebCrypto of the runtime': webCrypto(),
  'WebCrypto as the default': webDefault,
  '@peculiar/webcrypto': webCrypto(new PeculiarCrypto() as unknown as Crypto),
}

const hashes: Readonly<Record<HashName, string>> = {
  'sha-1': 'a9993e364706816aba3e25717850c26c9cd0d89d',
  'sha-256': 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  'sha-384': 'cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7',
  'sha-512':
    'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f',
}
const names = Object.keys(hashes) as HashName[]
const hex = (octets: Uint8Array): string => Buffer.from(octets).toString('hex')

describe.each(Object.entries(providers))('%s', (_, provider) => {
  it('gives the digests of FIPS 180-4 for abc', async () => {
    const abc = new TextEncoder().encode('abc')
    for (const name of names) expect(hex(await provider.digest(name, abc)), name).toBe(hashes[name])
  })

  it('gives an octet string of its own', async () => {
    const first = await provider.digest('sha-256', Uint8Array.of(1))
    const second = await provider.digest('sha-256', Uint8Array.of(2))
    expect(first).toBeInstanceOf(Uint8Array)
    expect(first.length).toBe(32)
    expect(hex(first)).not.toBe(hex(second))
    first.fill(0)
    expect(hex(await provider.digest('sha-256', Uint8Array.of(2)))).toBe(hex(second))
  })

  it('reads a view with an offset of its own, and leaves it as it is', async () => {
    const whole = Uint8Array.of(9, 9, 97, 98, 99, 9)
    expect(hex(await provider.digest('sha-256', whole.subarray(2, 5)))).toBe(hashes['sha-256'])
    expect([...whole]).toEqual([9, 9, 97, 98, 99, 9])
  })

  it('has a name for messages', () => {
    expect(provider.name).not.toBe('')
  })

  it('rejects a hash that nobody has', async () => {
    await expect(provider.digest('md5' as HashName, Uint8Array.of(1))).rejects.toThrow()
  })
})

describe('providers', () => {
  it('agree on any octets', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.constantFrom(...names), async (octets, name) => {
        const expected = createHash(name.replace('-', '')).update(octets).digest('hex')
        for (const provider of Object.values(providers)) expect(hex(await provider.digest(name, octets))).toBe(expected)
      }),
    )
  })
})
