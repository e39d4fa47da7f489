import { constants, createHmac, generateKeyPairSync, sign } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  algorithmFits,
  type CryptoProvider,
  type PublicKey,
  type SecretKey,
  type SignatureAlgorithmName,
  signatureAlgorithms,
  signerOf,
  verifierOf,
} from '../../src/crypto/index.ts'
import { asymmetric, codeOf, flipped, imported, pairFor, pairs, pkcs8, providers, spki, text } from './support.ts'

const data = text('(request-target): post /stet/psd2/v1/register\ndigest: SHA-256=...')
const secret = new Uint8Array(64).map((_, index) => index * 7)

const lengths: Readonly<Record<SignatureAlgorithmName, number>> = {
  'rsa-v1_5-sha256': 256,
  'rsa-v1_5-sha384': 256,
  'rsa-v1_5-sha512': 256,
  'rsa-pss-sha256': 256,
  'rsa-pss-sha384': 256,
  'rsa-pss-sha512': 256,
  'ecdsa-p256-sha256': 64,
  'ecdsa-p384-sha384': 96,
  'ecdsa-p521-sha512': 132,
  ed25519: 64,
  'hmac-sha256': 32,
}

describe.each(Object.entries(providers))('%s', (name, make) => {
  let provider: CryptoProvider
  let others: CryptoProvider[]
  beforeAll(async () => {
    provider = await make()
    others = await Promise.all(Object.values(providers).map((other) => other()))
  })

  it.each(asymmetric)('signs $name, and every provider verifies it', async (algorithm) => {
    const [, privateKey] = await imported(provider, pairFor(algorithm))
    const signature = await provider.sign(algorithm.name, privateKey, data)
    expect(signature.length).toBe(lengths[algorithm.name])
    for (const other of others) {
      const key = await other.importPublicKey(spki(pairFor(algorithm)))
      expect(await other.verify(algorithm.name, key, signature, data), other.name).toBe(true)
      expect(await other.verify(algorithm.name, key, signature, text('other')), other.name).toBe(false)
    }
  })

  it.each(asymmetric)('verifies no $name signature with another key or another algorithm', async (algorithm) => {
    const [publicKey, privateKey] = await imported(provider, pairFor(algorithm))
    const signature = await provider.sign(algorithm.name, privateKey, data)
    const stranger = strangers[algorithm.curve ?? algorithm.family]?.()
    expect(stranger).toBeDefined()
    const strangerKey = await provider.importPublicKey(stranger as Uint8Array)
    expect(await provider.verify(algorithm.name, strangerKey, signature, data)).toBe(false)
    for (const other of signatureAlgorithms) {
      if (other.name === algorithm.name) continue
      const outcome = await provider.verify(other.name, publicKey, signature, data).catch((error) => error.code)
      expect([false, 'ALGORITHM_KEY_MISMATCH'], other.name).toContain(outcome)
    }
  })

  it.each(asymmetric)('refuses $name signatures of every other length as false', async (algorithm) => {
    const [publicKey, privateKey] = await imported(provider, pairFor(algorithm))
    const signature = await provider.sign(algorithm.name, privateKey, data)
    const wrong = [
      new Uint8Array(),
      signature.subarray(1),
      signature.subarray(0, -1),
      Uint8Array.of(0, ...signature),
      Uint8Array.of(...signature, 0),
      new Uint8Array(lengths[algorithm.name]),
      new Uint8Array(lengths[algorithm.name]).fill(0xff),
    ]
    for (const octets of wrong) expect(await provider.verify(algorithm.name, publicKey, octets, data)).toBe(false)
  })

  it('takes a leading zero of an RSA signature for what it is', async () => {
    const [publicKey, privateKey] = await imported(provider, pairs.rsa)
    // One in 256 signatures begins with a zero octet; without it, it is none.
    for (let i = 0; ; i++) {
      const signature = await provider.sign('rsa-v1_5-sha256', privateKey, text(String(i)))
      if (signature[0] !== 0) continue
      expect(await provider.verify('rsa-v1_5-sha256', publicKey, signature, text(String(i)))).toBe(true)
      expect(await provider.verify('rsa-v1_5-sha256', publicKey, signature.subarray(1), text(String(i)))).toBe(false)
      return
    }
  })

  it('refuses an RSA signature that is the same number plus the modulus', async () => {
    const [publicKey, privateKey] = await imported(provider, pairs.rsa)
    const { n } = pairs.rsa.publicKey.export({ format: 'jwk' })
    const modulus = BigInt(`0x${Buffer.from(n as string, 'base64url').toString('hex')}`)
    for (let i = 0; ; i++) {
      const message = text(String(i))
      const signature = await provider.sign('rsa-v1_5-sha256', privateKey, message)
      const sum = BigInt(`0x${Buffer.from(signature).toString('hex')}`) + modulus
      if (sum >= 1n << 2048n) continue
      const forged = Buffer.from(sum.toString(16).padStart(512, '0'), 'hex')
      expect(await provider.verify('rsa-v1_5-sha256', publicKey, signature, message)).toBe(true)
      expect(await provider.verify('rsa-v1_5-sha256', publicKey, forged, message)).toBe(false)
      return
    }
  })

  it('verifies no ECDSA signature in DER', async () => {
    const [publicKey] = await imported(provider, pairs.p256)
    const der = sign('sha256', data, pairs.p256.privateKey)
    expect(await provider.verify('ecdsa-p256-sha256', publicKey, der, data)).toBe(false)
  })

  it('takes the PSS salt in exactly its length', async () => {
    const [publicKey] = await imported(provider, pairs.rsa)
    const padding = constants.RSA_PKCS1_PSS_PADDING
    for (const [saltLength, expected] of [
      [32, true],
      [31, false],
      [33, false],
      [0, false],
      [222, false],
    ] as const) {
      const signature = sign('sha256', data, { key: pairs.rsa.privateKey, padding, saltLength })
      expect(await provider.verify('rsa-pss-sha256', publicKey, signature, data), String(saltLength)).toBe(expected)
    }
  })

  it('counts the octets of a modulus whose bits are no multiple of eight', async () => {
    const [publicKey, privateKey] = await imported(provider, odd)
    expect(publicKey.size).toBe(2050)
    for (const algorithm of ['rsa-v1_5-sha256', 'rsa-pss-sha512'] as const) {
      const signature = await provider.sign(algorithm, privateKey, data)
      expect(signature.length).toBe(257)
      expect(await provider.verify(algorithm, publicKey, signature, data)).toBe(true)
      expect(await provider.verify(algorithm, publicKey, signature.subarray(1), data)).toBe(false)
    }
  })

  it.each(asymmetric.map((row) => row.name))(
    '%s: no changed octet of signature or data verifies',
    async (algorithm) => {
      const row = signatureAlgorithms.find((entry) => entry.name === algorithm)
      const [publicKey, privateKey] = await imported(provider, pairFor(row as (typeof asymmetric)[number]))
      const signature = await provider.sign(algorithm, privateKey, data)
      await fc.assert(
        fc.asyncProperty(fc.nat(), fc.integer({ min: 1, max: 255 }), async (place, bits) => {
          const inSignature = flipped(signature, place % signature.length, bits)
          const inData = flipped(data, place % data.length, bits)
          expect(await provider.verify(algorithm, publicKey, inSignature, data)).toBe(false)
          expect(await provider.verify(algorithm, publicKey, signature, inData)).toBe(false)
        }),
        { numRuns: 25 },
      )
    },
  )

  it('verifies what it signs, whatever the data', async () => {
    const [publicKey, privateKey] = await imported(provider, pairs.p256)
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (octets) => {
        const signature = await provider.sign('ecdsa-p256-sha256', privateKey, octets)
        expect(await provider.verify('ecdsa-p256-sha256', publicKey, signature, octets)).toBe(true)
      }),
      { numRuns: 25 },
    )
  })

  it('reads the octets as they were when it was called', async () => {
    const fresh = await make()
    const [publicKey, privateKey] = await imported(fresh, pairs.rsa)
    const mutable = new Uint8Array(data)
    const signing = fresh.sign('rsa-v1_5-sha256', privateKey, mutable)
    mutable.fill(0)
    const signature = await signing
    const claimed = new Uint8Array(signature)
    mutable.set(data)
    const verifying = fresh.verify('rsa-v1_5-sha256', publicKey, claimed, mutable)
    mutable.fill(0)
    claimed.fill(0)
    expect(await verifying).toBe(true)
  })

  it('leaves signature and data as they are, and reads views', async () => {
    const [publicKey, privateKey] = await imported(provider, pairs.ed25519)
    const whole = Uint8Array.of(1, 2, ...data, 3)
    const view = whole.subarray(2, 2 + data.length)
    const signature = await provider.sign('ed25519', privateKey, view)
    expect(await provider.verify('ed25519', publicKey, signature, data)).toBe(true)
    expect([...view]).toEqual([...data])
  })

  describe('the caller', () => {
    it('gets ALGORITHM_KEY_MISMATCH where the key is not for the algorithm', async () => {
      for (const pair of Object.values(pairs)) {
        const [publicKey, privateKey] = await imported(provider, pair)
        for (const algorithm of signatureAlgorithms) {
          if (algorithmFits(algorithm, publicKey)) continue
          expect(await codeOf(provider.verify(algorithm.name, publicKey, new Uint8Array(64), data))).toBe(
            'ALGORITHM_KEY_MISMATCH',
          )
          expect(await codeOf(provider.sign(algorithm.name, privateKey, data))).toBe('ALGORITHM_KEY_MISMATCH')
        }
      }
    })

    it('gets a TypeError on an unknown algorithm, a key of the wrong half, of another provider, or none', async () => {
      const [publicKey, privateKey] = await imported(provider, pairs.rsa)
      const [foreignPublic, foreignPrivate] = await imported(await make(), pairs.rsa)
      const algorithm = 'rsa-v1_5-sha256'
      const signature = new Uint8Array(256)
      const calls = [
        provider.verify('RS256' as SignatureAlgorithmName, publicKey, signature, data),
        provider.verify('constructor' as SignatureAlgorithmName, publicKey, signature, data),
        provider.verify(algorithm, privateKey as unknown as PublicKey, signature, data),
        provider.sign(algorithm, publicKey as never, data),
        provider.verify(algorithm, foreignPublic, signature, data),
        provider.sign(algorithm, foreignPrivate, data),
        provider.verify(algorithm, { ...publicKey, spki: spki(pairs.rsa) }, signature, data),
        provider.verify(algorithm, undefined as never, signature, data),
        provider.verify(algorithm, publicKey, 'text' as never, data),
        provider.verify(algorithm, publicKey, signature, 'text' as never),
        provider.sign(algorithm, privateKey, 'text' as never),
        provider.importPublicKey('text' as never),
        provider.importPrivateKey(undefined as never),
      ]
      for (const call of calls) await expect(call).rejects.toThrow(TypeError)
    })

    it('gets a TypeError on an unknown option or a value out of range', async () => {
      const wrong = [{ minimumRsaBit: 2048 }, { minimumRsaBits: 1 }, { minimumRsaBits: 2048.5 }, { cachedKeys: -1 }]
      for (const options of wrong) await expect((async () => make(options as object))()).rejects.toThrow(TypeError)
    })
  })

  describe('HMAC', () => {
    it('is that of FIPS 198-1', async () => {
      const key = await provider.importSecretKey(secret)
      expect(key).toEqual({ kind: 'secret', type: 'hmac', provider: provider.name, size: 512 })
      const mac = await provider.sign('hmac-sha256', key, data)
      expect(Buffer.from(mac)).toEqual(createHmac('sha256', secret).update(data).digest())
      expect(await provider.verify('hmac-sha256', key, mac, data)).toBe(true)
      for (let i = 0; i < mac.length; i++) {
        expect(await provider.verify('hmac-sha256', key, flipped(mac, i), data)).toBe(false)
      }
      expect(await provider.verify('hmac-sha256', key, mac.subarray(0, 16), data)).toBe(false)
      expect(await provider.verify('hmac-sha256', key, mac, text('other'))).toBe(false)
    })

    it('is never keyed by a public key', async () => {
      const [publicKey] = await imported(provider, pairs.rsa)
      const der = spki(pairs.rsa)
      const pem = pairs.rsa.publicKey.export({ format: 'pem', type: 'spki' })
      for (const key of [der, text(pem as string)]) {
        const forged = createHmac('sha256', key).update(data).digest()
        expect(await codeOf(provider.verify('hmac-sha256', publicKey, forged, data))).toBe('ALGORITHM_KEY_MISMATCH')
        expect(await codeOf(provider.importSecretKey(key))).toBe('KEY_SECRET_IS_KEY')
      }
    })

    it('takes no secret for a key of another family', async () => {
      const key = await provider.importSecretKey(secret)
      for (const { name: algorithm } of asymmetric) {
        expect(await codeOf(provider.verify(algorithm, key, new Uint8Array(64), data))).toBe('ALGORITHM_KEY_MISMATCH')
        expect(await codeOf(provider.sign(algorithm, key, data))).toBe('ALGORITHM_KEY_MISMATCH')
      }
      expect(() => signerOf('ed25519', key, provider)).toThrow(
        expect.objectContaining({ code: 'ALGORITHM_KEY_MISMATCH' }),
      )
    })

    it('refuses a short secret', async () => {
      expect(await codeOf(provider.importSecretKey(secret.subarray(0, 31)))).toBe('KEY_SECRET_SIZE')
    })
  })

  it('binds key and algorithm in a signer and a verifier', async () => {
    const [publicKey, privateKey] = await imported(provider, pairs.p384)
    const signer = signerOf('ecdsa-p384-sha384', privateKey, provider)
    const verifier = verifierOf('ecdsa-p384-sha384', publicKey, provider)
    expect([signer.algorithm, verifier.algorithm]).toEqual(['ecdsa-p384-sha384', 'ecdsa-p384-sha384'])
    const signature = await signer.sign(data)
    expect(await verifier.verify(data, signature)).toBe(true)
    expect(await verifier.verify(text('x'), signature)).toBe(false)
    const mismatch = expect.objectContaining({ code: 'ALGORITHM_KEY_MISMATCH' })
    expect(() => signerOf('rsa-v1_5-sha256', privateKey, provider)).toThrow(mismatch)
    expect(() => verifierOf('hmac-sha256', publicKey as PublicKey | SecretKey, provider)).toThrow(mismatch)
  })

  it('has its own name', () => {
    expect(provider.name).toBe(name)
  })
})

const odd = generateKeyPairSync('rsa', { modulusLength: 2050 })

/** A public key of the same kind that has nothing to do with the pairs. */
const strangers: Readonly<Record<string, () => Uint8Array>> = {
  'rsa-pkcs1': () => spki(generateKeyPairSync('rsa', { modulusLength: 2048 })),
  'rsa-pss': () => spki(pairs.rsa),
  'P-256': () => spki(generateKeyPairSync('ec', { namedCurve: 'P-256' })),
  'P-384': () => spki(generateKeyPairSync('ec', { namedCurve: 'P-384' })),
  'P-521': () => spki(generateKeyPairSync('ec', { namedCurve: 'P-521' })),
  eddsa: () => spki(generateKeyPairSync('ed25519')),
}

describe('deterministic algorithms', () => {
  it('give the same octets everywhere', async () => {
    for (const algorithm of ['rsa-v1_5-sha256', 'rsa-v1_5-sha512', 'ed25519'] as const) {
      const row = asymmetric.find((entry) => entry.name === algorithm) as (typeof asymmetric)[number]
      const made = await Promise.all(
        Object.values(providers).map(async (make) => {
          const provider = await make()
          const key = await provider.importPrivateKey(pkcs8(pairFor(row)))
          return Buffer.from(await provider.sign(algorithm, key, data)).toString('hex')
        }),
      )
      expect(new Set(made).size).toBe(1)
    }
  })
})
