import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { inspect } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'
import { type CryptoProvider, type PrivateKeySource, privateKeyFrom, secretKeyFrom } from '../../src/crypto/index.ts'
import { flipped, pairNames, pairs, pkcs8, providers, text } from './support.ts'

/** Every secret number of a key in every text that it could leak as. Eight octets of one are already too much. */
function tracesOf(key: KeyObject): string[] {
  const der = key.export({ format: 'der', type: 'pkcs8' })
  const numbers =
    key.asymmetricKeyType === 'rsa'
      ? Object.entries(key.export({ format: 'jwk' })).flatMap(([name, value]) =>
          ['d', 'p', 'q', 'dp', 'dq', 'qi'].includes(name) ? [Buffer.from(value as string, 'base64url')] : [],
        )
      : // The end of PKCS#8 is secret, but for EC, where the public point stands there.
        [key.asymmetricKeyType === 'ec' ? der.subarray(36, 68) : der.subarray(-32)]
  return [...numbers.flatMap(textsOf), ...textsOf(der)]
}

function textsOf(octets: Uint8Array): string[] {
  const part = Buffer.from(octets.subarray(Math.max(0, octets.length - 33), octets.length - 1))
  const decimals = [...part]
  return [
    part.toString('hex'),
    part.toString('hex').toUpperCase(),
    ...[0, 1, 2].flatMap((shift) => {
      const base64 = part.subarray(shift).toString('base64').slice(0, 12)
      return [base64, base64.replaceAll('+', '-').replaceAll('/', '_')]
    }),
    decimals.slice(0, 8).join(', '),
    decimals.slice(0, 8).join(','),
    part.toString('hex').slice(0, 16).replace(/../g, '$& ').trim(),
    part.toString('latin1').slice(0, 8),
  ]
}

/** Everything that a value shows of itself. */
function shown(value: unknown): string {
  const error = value instanceof Error ? `${value.stack} ${String(value.cause)}` : ''
  const options = { depth: Number.POSITIVE_INFINITY, showHidden: true, maxArrayLength: null, maxStringLength: null }
  const own = typeof value === 'object' && value !== null ? Reflect.ownKeys(value).map(String).join() : ''
  return [inspect(value, options), inspect(value), String(value), JSON.stringify(value), error, own].join('\n')
}

function expectNothing(value: unknown, traces: readonly string[]): void {
  const all = shown(value)
  for (const trace of traces) expect(all.includes(trace), `${trace.length} characters of the key are shown`).toBe(false)
}

describe.each(Object.entries(providers))('%s shows nothing of', (_, make) => {
  let provider: CryptoProvider
  beforeAll(async () => {
    provider = await make()
  })

  it.each(pairNames)('%s keys in handles, and in itself', async (name) => {
    const { privateKey } = pairs[name]
    const traces = tracesOf(privateKey)
    const key = await privateKeyFrom(privateKey, provider)
    const algorithm = name === 'rsa' ? 'rsa-v1_5-sha256' : undefined
    if (algorithm !== undefined && key.kind === 'private') await provider.sign(algorithm, key, text('data'))
    expectNothing(key, traces)
    expectNothing(provider, traces)
    expectNothing({ nested: [key] }, traces)
    expectNothing(structuredClone(key), traces)
  })

  it('secrets in handles', async () => {
    const secret = Uint8Array.from({ length: 48 }, (_, index) => (index * 37 + 11) & 0xff)
    const key = await secretKeyFrom(secret, provider)
    expectNothing(key, textsOf(secret))
    expectNothing(provider, textsOf(secret))
  })

  it.each(pairNames)('%s keys in errors', async (name) => {
    const { privateKey } = pairs[name]
    const traces = tracesOf(privateKey)
    const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }) as string
    const der = new Uint8Array(pkcs8(pairs[name]))
    const broken: PrivateKeySource[] = [
      pem.slice(0, -10),
      pem.replace('\n', '\n*'),
      pem.replaceAll('A', ' '),
      pem + pem,
    ]
    for (let at = 0; at < der.length; at += 3) broken.push(flipped(der, at, 0x21), der.subarray(0, at))
    if (name !== 'rsaPss') {
      const jwk = privateKey.export({ format: 'jwk' }) as Record<string, string>
      for (const member of Object.keys(jwk)) {
        const value = jwk[member] as string
        for (const wrong of [`${value}=`, value.slice(1), `*${value}`, `A${value}`, [value], undefined]) {
          broken.push({ ...jwk, [member]: wrong })
        }
      }
    }
    let refused = 0
    for (const source of broken) {
      const outcome = await privateKeyFrom(source, provider).catch((error) => error)
      if (outcome instanceof Error) refused++
      expectNothing(outcome, traces)
    }
    expect(refused).toBeGreaterThan(broken.length / 3)
  })

  it('damaged keys in errors while signing', async () => {
    const der = new Uint8Array(pkcs8(pairs.rsa))
    const traces = tracesOf(pairs.rsa.privateKey)
    for (let at = 300; at < der.length; at += 40) {
      const outcome = await provider
        .importPrivateKey(flipped(der, at, 0xff))
        .then((key) => provider.sign('rsa-v1_5-sha256', key, text('data')))
        .catch((error) => error)
      if (outcome instanceof Error) expectNothing(outcome, traces)
    }
  })

  it('what a callback closes over', async () => {
    const { privateKey } = generateKeyPairSync('ed25519')
    const key = await privateKeyFrom(
      { algorithm: 'ed25519', sign: async (data) => sign(null, data, privateKey) },
      provider,
    )
    expectNothing(key, tracesOf(privateKey))
  })
})

describe('the search', () => {
  it('finds what is shown', () => {
    for (const name of pairNames) {
      const { privateKey } = pairs[name]
      const traces = tracesOf(privateKey)
      const der = Buffer.from(pkcs8(pairs[name]))
      const leaks = [
        new Uint8Array(der),
        der.toString('hex'),
        der.toString('base64'),
        new Error(der.toString('base64')),
      ]
      for (const leak of leaks) expect(() => expectNothing(leak, traces)).toThrow()
    }
  })
})
