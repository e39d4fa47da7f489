import {
  createPublicKey,
  createSecretKey,
  generateKeyPairSync,
  type RSAPSSKeyPairKeyObjectOptions,
  sign,
  webcrypto,
} from 'node:crypto'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { Psd2Error } from '../../src/core/errors.ts'
import {
  algorithmsFor,
  type CryptoProvider,
  type ExternalKey,
  ecdsaRawFromDer,
  keysMatch,
  type PrivateKeySource,
  type PublicKeySource,
  privateKeyFrom,
  publicKeyFrom,
  type SignatureAlgorithmName,
  type SigningKey,
  secretKeyFrom,
  signerOf,
  verifierOf,
} from '../../src/crypto/index.ts'
import { integerValue, write } from '../../src/der/index.ts'
import {
  codeOf,
  facts,
  type Pair,
  type PairName,
  pairNames,
  pairs,
  pkcs8,
  providers,
  spki,
  subtles,
  text,
} from './support.ts'

const data = text('some data')

const pemOf = (der: Uint8Array, label: string): string =>
  `-----BEGIN ${label}-----\n${Buffer.from(der).toString('base64').replace(/.{64}/g, '$&\n')}\n-----END ${label}-----\n`

const crlf = (pem: string): string => pem.replaceAll('\n', '\r\n')

/** Every form of a public key that the kind of key has. */
function publicForms(name: PairName): Record<string, PublicKeySource> {
  const { publicKey } = pairs[name]
  const pem = publicKey.export({ format: 'pem', type: 'spki' }) as string
  return {
    'SPKI DER': spki(pairs[name]),
    'SPKI DER as a plain Uint8Array': new Uint8Array(spki(pairs[name])),
    'PEM text': pem,
    'PEM with CRLF and text around': `a comment\r\n${crlf(pem)}\r\nanother`,
    'PEM octets': Buffer.from(pem),
    KeyObject: publicKey,
    ...(name === 'rsaPss' ? {} : { JWK: publicKey.export({ format: 'jwk' }) }),
    ...(name.startsWith('rsa') && name !== 'rsaPss'
      ? { 'PKCS#1 PEM': publicKey.export({ format: 'pem', type: 'pkcs1' }) as string }
      : {}),
  }
}

function privateForms(name: PairName): Record<string, PrivateKeySource> {
  const { privateKey } = pairs[name]
  const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }) as string
  const certificate = '-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n'
  return {
    'PKCS#8 DER': pkcs8(pairs[name]),
    'PEM text': pem,
    'PEM with CRLF': crlf(pem),
    'PEM octets': Buffer.from(pem),
    'PEM beside a certificate': certificate + pem,
    KeyObject: privateKey,
    ...(name === 'rsaPss' ? {} : { JWK: privateKey.export({ format: 'jwk' }) }),
    ...(name === 'rsa' ? { 'PKCS#1 PEM': privateKey.export({ format: 'pem', type: 'pkcs1' }) as string } : {}),
    ...(name.startsWith('p') ? { 'SEC1 PEM': privateKey.export({ format: 'pem', type: 'sec1' }) as string } : {}),
  }
}

/** Node's types want the salt length as text, which Node itself refuses. */
function restrictedPair(options: {
  modulusLength: number
  hashAlgorithm: string
  mgf1HashAlgorithm: string
  saltLength: number
}): Pair {
  return generateKeyPairSync('rsa-pss', options as unknown as RSAPSSKeyPairKeyObjectOptions)
}

describe.each(Object.entries(providers))('%s', (providerName, make) => {
  let provider: CryptoProvider
  beforeAll(async () => {
    provider = await make()
  })

  describe.each(pairNames)('%s', (name) => {
    it.each(Object.entries(publicForms(name)))('reads a public key from %s', async (_, source) => {
      const key = await publicKeyFrom(source, provider)
      expect({ ...key }).toEqual({ kind: 'public', provider: providerName, ...facts[name] })
      expect(Buffer.from(key.spki)).toEqual(Buffer.from(spki(pairs[name])))
      expect(await publicKeyFrom(key, provider)).toBe(key)
    })

    it.each(Object.entries(privateForms(name)))('reads a private key from %s', async (_, source) => {
      const key = await privateKeyFrom(source, provider)
      expect({ ...key }).toEqual({ kind: 'private', provider: providerName, ...facts[name] })
      expect(await keysMatch(key, spki(pairs[name]), provider)).toBe(true)
      expect(await privateKeyFrom(key, provider)).toBe(key)
    })

    it('tells that another key does not match', async () => {
      const key = await privateKeyFrom(pairs[name].privateKey, provider)
      for (const other of pairNames) {
        if (other !== name) expect(await keysMatch(key, spki(pairs[other]), provider)).toBe(false)
      }
      const { curve, type } = facts[name]
      const stranger =
        curve !== undefined
          ? generateKeyPairSync('ec', { namedCurve: curve })
          : type === 'ed25519'
            ? generateKeyPairSync('ed25519')
            : generateKeyPairSync('rsa', { modulusLength: 2048 })
      expect(await keysMatch(key, spki(stranger), provider)).toBe(false)
    })
  })

  it('takes an RSASSA-PSS private key for the rsaEncryption certificate of the same modulus', async () => {
    // After the outer header, an AlgorithmIdentifier of 13 octets, and the header of the BIT STRING.
    const key1 = spki(pairs.rsaPss).subarray(4 + 13 + 5)
    const id = write.sequence(write.encodeOid('1.2.840.113549.1.1.1'), write.nullValue())
    const plain = createPublicKey({
      key: write.sequence(id, write.bitString(key1)) as Buffer,
      format: 'der',
      type: 'spki',
    })
    expect(plain.asymmetricKeyType).toBe('rsa')
    const key = await privateKeyFrom(pairs.rsaPss.privateKey, provider)
    expect(await keysMatch(key, plain.export({ format: 'der', type: 'spki' }), provider)).toBe(true)
  })

  it('binds an RSASSA-PSS key to its parameters', async () => {
    const pair = restrictedPair({
      modulusLength: 2048,
      hashAlgorithm: 'sha384',
      mgf1HashAlgorithm: 'sha384',
      saltLength: 48,
    })
    const key = await publicKeyFrom(pair.publicKey, provider)
    expect(key.pss).toEqual({ hash: 'sha-384', saltLength: 48 })
    expect(algorithmsFor(key)).toEqual(['rsa-pss-sha384'])
    const privateKey = await privateKeyFrom(pair.privateKey, provider)
    expect(await keysMatch(privateKey, spki(pair), provider)).toBe(true)
    const mixed = restrictedPair({
      modulusLength: 2048,
      hashAlgorithm: 'sha256',
      mgf1HashAlgorithm: 'sha384',
      saltLength: 32,
    })
    expect(await codeOf(publicKeyFrom(mixed.publicKey, provider))).toBe('KEY_PSS_PARAMETERS')
  })

  it('passes over attributes and the public key in PKCS#8', async () => {
    const inner = pkcs8(pairs.ed25519).subarray(-34)
    const info = write.sequence(
      write.integer(1),
      write.sequence(write.encodeOid('1.3.101.112')),
      write.octetString(inner),
      write.explicit(
        0,
        write.sequence(write.encodeOid('1.2.840.113549.1.9.9.20'), write.setOf(write.utf8String('name'))),
      ),
      write.implicit(1, Buffer.concat([Buffer.of(0), spki(pairs.ed25519).subarray(-32)])),
    )
    expect(await keysMatch(await privateKeyFrom(info, provider), spki(pairs.ed25519), provider)).toBe(true)
  })

  it('reads an RSA key whose AlgorithmIdentifier has no parameters', async () => {
    const { n, e } = pairs.rsa.publicKey.export({ format: 'jwk' })
    const number = (text: unknown): Uint8Array =>
      write.integer(integerValue(Buffer.concat([Buffer.of(0), Buffer.from(text as string, 'base64url')])))
    const der = write.sequence(
      write.sequence(write.encodeOid('1.2.840.113549.1.1.1')),
      write.bitString(write.sequence(number(n), number(e))),
    )
    const key = await publicKeyFrom(der, provider)
    const signature = sign('sha256', data, pairs.rsa.privateKey)
    expect(await provider.verify('rsa-v1_5-sha256', key, signature, data)).toBe(true)
  })

  describe('CryptoKey', () => {
    const subtle = subtles[providerName] as SubtleCrypto
    const algorithms = {
      rsa: [{ name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-384' }, 'rsa-v1_5-sha384'],
      rsaPss: [{ name: 'RSA-PSS', hash: 'SHA-512' }, 'rsa-pss-sha512'],
      p256: [{ name: 'ECDSA', namedCurve: 'P-256' }, 'ecdsa-p256-sha256'],
      p384: [{ name: 'ECDSA', namedCurve: 'P-384' }, 'ecdsa-p384-sha384'],
      p521: [{ name: 'ECDSA', namedCurve: 'P-521' }, 'ecdsa-p521-sha512'],
      ed25519: [{ name: 'Ed25519' }, 'ed25519'],
    } as const
    const generated = async (name: PairName, extractable: boolean): Promise<CryptoKeyPair> => {
      const [algorithm] = algorithms[name]
      const rsa = name.startsWith('rsa') ? { modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1) } : {}
      const made = await subtle.generateKey({ ...algorithm, ...rsa } as EcKeyGenParams, extractable, ['sign', 'verify'])
      return made as CryptoKeyPair
    }

    it.each(pairNames)('%s: is exported where it can be', async (name) => {
      const pair = await generated(name, true)
      const publicKey = await publicKeyFrom(pair.publicKey, provider)
      const privateKey = await privateKeyFrom(pair.privateKey, provider)
      expect(privateKey).not.toHaveProperty('bound')
      expect(await keysMatch(privateKey, publicKey.spki, provider)).toBe(true)
    })

    it.each(pairNames)('%s: signs where it is, if it cannot be exported', async (name) => {
      const pair = await generated(name, false)
      const publicKey = await publicKeyFrom(pair.publicKey, provider)
      const privateKey = await privateKeyFrom(pair.privateKey, provider)
      expect(await keysMatch(privateKey, publicKey.spki, provider)).toBe(true)
      if (privateKey.kind !== 'private') throw new Error('not a private key')
      if (provider.name !== 'node:crypto') expect(algorithmsFor(privateKey)).toEqual([algorithms[name][1]])
      const algorithm = algorithms[name][1]
      const signature = await provider.sign(algorithm, privateKey, data)
      expect(await provider.verify(algorithm, publicKey, signature, data)).toBe(true)
    })

    it('is refused where it is bound to an RSA key that is too small', async () => {
      const algorithm = {
        name: 'RSA-PSS',
        hash: 'SHA-256',
        modulusLength: 1024,
        publicExponent: Uint8Array.of(1, 0, 1),
      }
      const pair = await subtle.generateKey(algorithm, false, ['sign', 'verify'])
      expect(await codeOf(privateKeyFrom(pair.privateKey, provider))).toBe('KEY_RSA_SIZE')
      expect(await codeOf(publicKeyFrom(pair.publicKey, provider))).toBe('KEY_RSA_SIZE')
    })

    it('holds a secret for HMAC, extractable or not', async () => {
      for (const extractable of [true, false]) {
        const algorithm = { name: 'HMAC', hash: 'SHA-256', length: 512 }
        const made = await subtle.generateKey(algorithm, extractable, ['sign', 'verify'])
        const key = await secretKeyFrom(made, provider)
        expect(key).toEqual({ kind: 'secret', type: 'hmac', provider: providerName, size: 512 })
        const mac = await provider.sign('hmac-sha256', key, data)
        expect(await provider.verify('hmac-sha256', key, mac, data)).toBe(true)
        expect(await codeOf(publicKeyFrom(made, provider))).toBe('TypeError')
      }
    })

    it('that is for key agreement is a TypeError', async () => {
      const made = await subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits'])
      const pair = made as CryptoKeyPair
      expect(await codeOf(privateKeyFrom(pair.privateKey, provider))).toBe('TypeError')
      expect(await codeOf(publicKeyFrom(pair.publicKey, provider))).toBe('TypeError')
    })

    it('of another WebCrypto, or for something else, is a TypeError', async () => {
      const other = subtles[
        providerName === '@peculiar/webcrypto' ? 'WebCrypto' : '@peculiar/webcrypto'
      ] as SubtleCrypto
      const foreign = await other.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])
      expect(await codeOf(privateKeyFrom(foreign.privateKey, provider))).toBe('TypeError')
      expect(await codeOf(publicKeyFrom(foreign.publicKey, provider))).toBe('TypeError')
      const pair = await generated('p256', true)
      expect(await codeOf(privateKeyFrom(pair.publicKey, provider))).toBe('TypeError')
      expect(await codeOf(publicKeyFrom(pair.privateKey, provider))).toBe('TypeError')
    })
  })

  describe('a callback', () => {
    const callback = (
      name: PairName,
      algorithm: SignatureAlgorithmName,
      make: (octets: Uint8Array) => Uint8Array,
    ): Promise<SigningKey> =>
      privateKeyFrom({ algorithm, publicKey: spki(pairs[name]), sign: async (octets) => make(octets) }, provider)

    it('signs with a key that is elsewhere', async () => {
      const seen: number[] = []
      const key = (await callback('rsa', 'rsa-v1_5-sha256', (octets) => {
        seen.push(octets.length)
        const signature = sign('sha256', octets, pairs.rsa.privateKey)
        octets.fill(0)
        return signature
      })) as ExternalKey
      expect(key.kind).toBe('external')
      expect(key.algorithm).toBe('rsa-v1_5-sha256')
      expect(Buffer.from(key.spki as Uint8Array)).toEqual(Buffer.from(spki(pairs.rsa)))
      const octets = new Uint8Array(data)
      const publicKey = await publicKeyFrom(pairs.rsa.publicKey, provider)
      expect(await provider.verify('rsa-v1_5-sha256', publicKey, await key.sign(octets), data)).toBe(true)
      expect(octets).toEqual(new Uint8Array(data))
      expect(await keysMatch(key, spki(pairs.rsa), provider)).toBe(true)
      expect(seen.length).toBe(2)
      // Another public key than the one it came with: no signature is asked for.
      expect(await keysMatch(key, spki(pairs.p256), provider)).toBe(false)
      expect(seen.length).toBe(2)
    })

    it('without a public key is asked, whatever the certificate', async () => {
      const key = await privateKeyFrom(
        { algorithm: 'ed25519', sign: async (octets) => sign(null, octets, pairs.ed25519.privateKey) },
        provider,
      )
      expect(await keysMatch(key, spki(pairs.ed25519), provider)).toBe(true)
      expect(await keysMatch(key, spki(generateKeyPairSync('ed25519')), provider)).toBe(false)
      expect(await keysMatch(key, spki(pairs.rsa), provider)).toBe(false)
    })

    it('becomes a signer for its own algorithm only', async () => {
      const key = await callback('ed25519', 'ed25519', (octets) => sign(null, octets, pairs.ed25519.privateKey))
      const signature = await signerOf('ed25519', key, provider).sign(data)
      const verifier = verifierOf('ed25519', await publicKeyFrom(pairs.ed25519.publicKey, provider), provider)
      expect(await verifier.verify(data, signature)).toBe(true)
      const mismatch = expect.objectContaining({ code: 'ALGORITHM_KEY_MISMATCH' })
      expect(() => signerOf('rsa-v1_5-sha256', key, provider)).toThrow(mismatch)
    })

    it('may convert the DER of a KMS', async () => {
      const key = await callback('p384', 'ecdsa-p384-sha384', (octets) =>
        ecdsaRawFromDer(sign('sha384', octets, pairs.p384.privateKey), 'P-384'),
      )
      expect(await keysMatch(key, spki(pairs.p384), provider)).toBe(true)
    })

    it.each([
      ['DER', () => sign('sha256', data, pairs.p256.privateKey)],
      ['nothing', () => new Uint8Array()],
      ['text', () => 'signature' as never],
      ['undefined', () => undefined as never],
    ])('that gives %s is refused', async (_, make) => {
      const key = (await callback('p256', 'ecdsa-p256-sha256', make)) as ExternalKey
      expect(await codeOf(key.sign(data))).toBe('SIGNATURE_CALLBACK')
    })

    it('whose RSA signature is not as long as the modulus is refused', async () => {
      const key = (await callback('rsa', 'rsa-v1_5-sha256', () => new Uint8Array(384))) as ExternalKey
      expect(await codeOf(key.sign(data))).toBe('SIGNATURE_CALLBACK')
    })

    it('is checked as it comes', async () => {
      const make = async (): Promise<Uint8Array> => new Uint8Array(64)
      const publicKey = spki(pairs.rsa)
      expect(await codeOf(privateKeyFrom({ algorithm: 'ed25519', publicKey, sign: make }, provider))).toBe(
        'ALGORITHM_KEY_MISMATCH',
      )
      for (const wrong of [
        { algorithm: 'hmac-sha256', sign: make },
        { algorithm: 'RS256', sign: make },
        { algorithm: 'ed25519', sign: make, publickey: publicKey },
        { algorithm: 'ed25519' },
        {},
        undefined,
        42,
      ]) {
        expect(await codeOf(privateKeyFrom(wrong as never, provider))).toBe('TypeError')
      }
    })

    it('may be a method that needs its object', async () => {
      class Hsm {
        readonly #key = pairs.ed25519.privateKey
        async sign(octets: Uint8Array): Promise<Uint8Array> {
          return sign(null, octets, this.#key)
        }
      }
      const hsm = new Hsm()
      const key = await privateKeyFrom({ algorithm: 'ed25519', sign: (octets) => hsm.sign(octets) }, provider)
      expect(await keysMatch(key, spki(pairs.ed25519), provider)).toBe(true)
    })
  })

  describe('refuses', () => {
    const rsaSpki = (n: bigint, e: bigint): Uint8Array =>
      write.sequence(
        write.sequence(write.encodeOid('1.2.840.113549.1.1.1'), write.nullValue()),
        write.bitString(write.sequence(write.integer(n), write.integer(e))),
      )
    const modulus = (bits: number): bigint => (1n << BigInt(bits - 1)) + 1n
    // A power of 65537 modulo the product of the primes, lifted to 2048 bits: what the fingerprint looks for.
    const product = [11, 13, 17, 19, 37, 53, 61, 71, 73, 79, 97, 103, 107, 109, 127, 151, 157].reduce(
      (all, prime) => all * BigInt(prime),
      1n,
    )
    const lifted = ((1n << 2047n) / product + 1n) * product + (65_537n ** 5n % product)
    const roca = lifted % 2n === 1n ? lifted : lifted + product
    const point = Buffer.from(spki(pairs.p256)).subarray(-65)
    const ec = (parameters: Uint8Array, key: Uint8Array): Uint8Array =>
      write.sequence(write.sequence(write.encodeOid('1.2.840.10045.2.1'), parameters), write.bitString(key))
    const p256 = write.encodeOid('1.2.840.10045.3.1.7')
    const compressed = Buffer.concat([Buffer.of(2 + ((point[64] as number) & 1)), point.subarray(1, 33)])
    const offCurve = Buffer.from(point)
    offCurve[64] = (offCurve[64] as number) ^ 1
    const ed25519 = (parameters: Uint8Array, length: number): Uint8Array =>
      write.sequence(
        write.sequence(write.encodeOid('1.3.101.112'), parameters),
        write.bitString(new Uint8Array(length)),
      )

    const refused: Readonly<Record<string, readonly [Uint8Array, string]>> = {
      'an RSA modulus of 1024 bits': [rsaSpki(modulus(1024), 65_537n), 'KEY_RSA_SIZE'],
      'an RSA modulus of 2047 bits': [rsaSpki(modulus(2047), 65_537n), 'KEY_RSA_SIZE'],
      'an RSA modulus of 16385 bits': [rsaSpki(modulus(16_385), 65_537n), 'KEY_RSA_SIZE'],
      'an RSA modulus of 80000 bits': [rsaSpki(modulus(80_000), 65_537n), 'LIMIT_SIZE'],
      'a modulus that can be factored (ROCA)': [rsaSpki(roca, 65_537n), 'KEY_RSA_WEAK'],
      'an even RSA modulus': [rsaSpki(modulus(2048) + 1n, 65_537n), 'KEY_RSA_MODULUS'],
      'a negative RSA modulus': [rsaSpki(-modulus(2048), 65_537n), 'KEY_RSA_MODULUS'],
      'the exponent 1': [rsaSpki(modulus(2048), 1n), 'KEY_RSA_EXPONENT'],
      'the exponent 0': [rsaSpki(modulus(2048), 0n), 'KEY_RSA_EXPONENT'],
      'an even exponent': [rsaSpki(modulus(2048), 65_536n), 'KEY_RSA_EXPONENT'],
      'a negative exponent': [rsaSpki(modulus(2048), -65_537n), 'KEY_RSA_EXPONENT'],
      'an exponent of 257 bits': [rsaSpki(modulus(2048), modulus(257)), 'KEY_RSA_EXPONENT'],
      'a point off its curve': [ec(p256, offCurve), 'KEY_UNUSABLE'],
      'a compressed point': [ec(p256, compressed), 'KEY_EC_POINT'],
      'a hybrid point': [ec(p256, Buffer.concat([Buffer.of(6), point.subarray(1)])), 'KEY_EC_POINT'],
      'the point at infinity': [ec(p256, Uint8Array.of(0)), 'KEY_EC_POINT'],
      'a point of another curve': [ec(write.encodeOid('1.3.132.0.34'), point), 'KEY_EC_POINT'],
      secp256k1: [ec(write.encodeOid('1.3.132.0.10'), point), 'KEY_CURVE'],
      'explicit curve parameters': [ec(write.sequence(), point), 'KEY_ALGORITHM_PARAMETERS'],
      'an Ed25519 key of 31 octets': [ed25519(new Uint8Array(), 31), 'KEY_LENGTH'],
      'an Ed25519 key with NULL': [ed25519(write.nullValue(), 32), 'KEY_ALGORITHM_PARAMETERS'],
      'an X25519 key': [spki(generateKeyPairSync('x25519')), 'KEY_ALGORITHM'],
      'an Ed448 key': [spki(generateKeyPairSync('ed448')), 'KEY_ALGORITHM'],
      'octets after the key': [Buffer.concat([spki(pairs.rsa), Buffer.of(0)]), 'DER_TRAILING_DATA'],
      'a cut-off key': [spki(pairs.rsa).subarray(0, -1), 'DER_TRUNCATED'],
    }
    it.each(Object.entries(refused))('%s', async (_, [der, code]) => {
      expect(await codeOf(publicKeyFrom(der, provider))).toBe(code)
      expect(await codeOf(provider.importPublicKey(der))).toBe(code)
    })

    it('a small RSA key unless it is asked for', async () => {
      const pair = generateKeyPairSync('rsa', { modulusLength: 1024 })
      expect(await codeOf(privateKeyFrom(pair.privateKey, provider))).toBe('KEY_RSA_SIZE')
      const lenient = await make({ minimumRsaBits: 1024 })
      const key = await privateKeyFrom(pair.privateKey, lenient)
      expect(await keysMatch(key, spki(pair), lenient)).toBe(true)
      const strict = await make({ minimumRsaBits: 3072 })
      expect(await codeOf(publicKeyFrom(pairs.rsa.publicKey, strict))).toBe('KEY_RSA_SIZE')
    })

    it('private keys where public ones belong, and the other way round', async () => {
      for (const name of pairNames) {
        const { privateKey, publicKey } = pairs[name]
        const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }) as string
        expect(await codeOf(publicKeyFrom(pem, provider))).toBe('KEY_PRIVATE_GIVEN')
        expect(await codeOf(publicKeyFrom(privateKey, provider))).toBe('TypeError')
        expect(await codeOf(privateKeyFrom(publicKey, provider))).toBe('TypeError')
        expect(await codeOf(privateKeyFrom(spki(pairs[name]), provider))).toBe('KEY_PUBLIC_GIVEN')
        const publicPem = publicKey.export({ format: 'pem', type: 'spki' }) as string
        expect(await codeOf(privateKeyFrom(publicPem, provider))).toBe('KEY_PUBLIC_GIVEN')
        if (name === 'rsaPss') continue
        expect(await codeOf(publicKeyFrom(privateKey.export({ format: 'jwk' }), provider))).toBe('KEY_PRIVATE_GIVEN')
        expect(await codeOf(privateKeyFrom(publicKey.export({ format: 'jwk' }), provider))).toBe('KEY_PUBLIC_GIVEN')
      }
    })

    it('encrypted keys, and says how to decrypt them', async () => {
      const options = { cipher: 'aes-256-cbc', passphrase: 'secret' } as const
      const { privateKey } = pairs.rsa
      const legacy = privateKey.export({ format: 'pem', type: 'pkcs1', ...options }) as string
      const forms = [
        privateKey.export({ format: 'pem', type: 'pkcs8', ...options }) as string,
        privateKey.export({ format: 'der', type: 'pkcs8', ...options }),
        legacy,
        Buffer.from(legacy),
      ]
      for (const form of forms) {
        const error = await privateKeyFrom(form, provider).catch((thrown) => thrown)
        expect(error).toBeInstanceOf(Psd2Error)
        expect(error.code).toBe('KEY_ENCRYPTED')
        expect(error.mend).toContain('openssl pkcs8')
      }
    })

    const pem = pairs.p256.publicKey.export({ format: 'pem', type: 'spki' }) as string
    const privatePem = pairs.p256.privateKey.export({ format: 'pem', type: 'pkcs8' }) as string
    const noText = 'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE'
    const texts: Readonly<Record<string, readonly [string, string, string]>> = {
      'no PEM': ['hello', 'KEY_PEM', 'KEY_PEM'],
      'an empty text': ['', 'KEY_PEM', 'KEY_PEM'],
      'bare base64': [noText, 'KEY_PEM', 'KEY_PEM'],
      'a block without END': [pem.split('-----END')[0] as string, 'KEY_PEM', 'KEY_PEM'],
      'a block with another END': [pem.replace('END PUBLIC', 'END PRIVATE'), 'KEY_PEM', 'KEY_PEM'],
      'a character that is no base64': [pem.replace('MFkw', 'MF*w'), 'KEY_PEM', 'KEY_PUBLIC_GIVEN'],
      'two public keys': [pem + pem, 'KEY_PEM_SEVERAL', 'KEY_PUBLIC_GIVEN'],
      'two private keys': [privatePem + privatePem, 'KEY_PRIVATE_GIVEN', 'KEY_PEM_SEVERAL'],
      'both halves': [pem + privatePem, 'KEY_PRIVATE_GIVEN', 'no error'],
      'a certificate': [pemOf(Uint8Array.of(0x30, 0), 'CERTIFICATE'), 'KEY_CERTIFICATE_GIVEN', 'KEY_PEM_LABEL'],
      'an OpenSSH key': [pemOf(Uint8Array.of(1), 'OPENSSH PRIVATE KEY'), 'KEY_PRIVATE_GIVEN', 'KEY_PEM_LABEL'],
      'a SEC1 key without its curve': [
        pemOf(write.sequence(write.integer(1), write.octetString(new Uint8Array(32).fill(1))), 'EC PRIVATE KEY'),
        'KEY_PRIVATE_GIVEN',
        'KEY_CURVE',
      ],
      'a SEC1 key that is none': [
        pemOf(Uint8Array.of(0x30, 0), 'EC PRIVATE KEY'),
        'KEY_PRIVATE_GIVEN',
        'KEY_PRIVATE_FORM',
      ],
      'a text of a megabyte': [' '.repeat((1 << 20) + 1), 'KEY_PEM', 'KEY_PEM'],
    }
    it.each(Object.entries(texts))('%s', async (_, [source, asPublic, asPrivate]) => {
      expect(await codeOf(publicKeyFrom(source, provider))).toBe(asPublic)
      expect(await codeOf(privateKeyFrom(source, provider))).toBe(asPrivate)
    })

    const rsaJwk = pairs.rsa.publicKey.export({ format: 'jwk' })
    const rsaPrivate = pairs.rsa.privateKey.export({ format: 'jwk' })
    const ecJwk = pairs.p256.publicKey.export({ format: 'jwk' })
    const { n, ...withoutN } = rsaJwk
    const zeroed = (value: unknown): string =>
      Buffer.concat([Buffer.of(0), Buffer.from(value as string, 'base64url')]).toString('base64url')
    const jwks: Readonly<Record<string, readonly [object, string]>> = {
      'a JWK without n': [withoutN, 'KEY_JWK_MEMBER'],
      'a JWK whose n is inherited': [Object.assign(Object.create({ n }), withoutN), 'KEY_JWK_MEMBER'],
      'a leading zero in n': [{ ...rsaJwk, n: zeroed(n) }, 'KEY_JWK_MEMBER'],
      'a leading zero in e': [{ ...rsaJwk, e: 'AAEAAQ' }, 'KEY_JWK_MEMBER'],
      'an empty e': [{ ...rsaJwk, e: '' }, 'KEY_JWK_MEMBER'],
      'n in standard base64': [
        { ...rsaJwk, n: Buffer.from(n as string, 'base64url').toString('base64') },
        'KEY_JWK_MEMBER',
      ],
      'n with a newline': [{ ...rsaJwk, n: `${n}\n` }, 'KEY_JWK_MEMBER'],
      'n that is no text': [{ ...rsaJwk, n: 5 }, 'KEY_JWK_MEMBER'],
      'n of a megabyte': [{ ...rsaJwk, n: 'A'.repeat(1 << 20) }, 'KEY_JWK_MEMBER'],
      'e of 1': [{ ...rsaJwk, e: 'AQ' }, 'KEY_RSA_EXPONENT'],
      'kty in lower case': [{ ...rsaJwk, kty: 'rsa' }, 'KEY_JWK_TYPE'],
      'kty oct': [{ kty: 'oct' }, 'KEY_JWK_TYPE'],
      'kty __proto__': [{ kty: '__proto__' }, 'KEY_JWK_TYPE'],
      'a short x': [{ ...ecJwk, x: (ecJwk.x as string).slice(4) }, 'KEY_JWK_MEMBER'],
      'a long y': [{ ...ecJwk, y: zeroed(ecJwk.y) }, 'KEY_JWK_MEMBER'],
      'x and y off the curve': [{ ...ecJwk, y: ecJwk.x }, 'KEY_UNUSABLE'],
      'crv secp256k1': [{ ...ecJwk, crv: 'secp256k1' }, 'KEY_JWK_TYPE'],
      'crv missing': [{ kty: 'EC', x: ecJwk.x, y: ecJwk.y }, 'KEY_JWK_TYPE'],
      'crv X25519': [{ kty: 'OKP', crv: 'X25519', x: ecJwk.x }, 'KEY_JWK_TYPE'],
      'use enc': [{ ...rsaJwk, use: 'enc' }, 'KEY_JWK_USE'],
      'key_ops without verify': [{ ...rsaJwk, key_ops: ['sign'] }, 'KEY_JWK_USE'],
      'key_ops as text': [{ ...rsaJwk, key_ops: 'verify' }, 'KEY_JWK_USE'],
      'alg HS256 on an RSA key': [{ ...rsaJwk, alg: 'HS256' }, 'KEY_JWK_USE'],
      'alg none': [{ ...rsaJwk, alg: 'none' }, 'KEY_JWK_USE'],
      'alg that is no text': [{ ...rsaJwk, alg: ['RS256'] }, 'KEY_JWK_USE'],
      ...Object.fromEntries(
        ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'].map((name) => [
          `a public JWK with ${name}`,
          [{ ...rsaJwk, [name]: 'AQ' }, 'KEY_PRIVATE_GIVEN'] as const,
        ]),
      ),
    }
    it.each(Object.entries(jwks))('%s', async (_, [source, code]) => {
      expect(await codeOf(publicKeyFrom(source, provider))).toBe(code)
    })

    const { p, ...withoutP } = rsaPrivate
    const privateJwks: Readonly<Record<string, readonly [object, string]>> = {
      'a private RSA JWK without p': [withoutP, 'KEY_JWK_MEMBER'],
      'a private RSA JWK with more primes': [{ ...rsaPrivate, oth: [] }, 'KEY_RSA_PRIMES'],
      'a private JWK of unknown kty': [{ kty: 'DSA', d: p }, 'KEY_JWK_TYPE'],
      'a private JWK of unknown kty without d': [{ kty: 'DSA' }, 'KEY_JWK_TYPE'],
      'a private JWK that may only verify': [{ ...rsaPrivate, key_ops: ['verify'] }, 'KEY_JWK_USE'],
      'a private Ed25519 JWK of X25519': [{ kty: 'OKP', crv: 'X25519', x: ecJwk.x, d: ecJwk.x }, 'KEY_JWK_TYPE'],
    }
    it.each(Object.entries(privateJwks))('%s', async (_, [source, code]) => {
      expect(await codeOf(privateKeyFrom(source, provider))).toBe(code)
    })

    const integers = (...values: readonly number[]): Uint8Array =>
      write.sequence(...values.map((value) => write.integer(value)))
    const rsaId = write.sequence(write.encodeOid('1.2.840.113549.1.1.1'), write.nullValue())
    const ecId = write.sequence(write.encodeOid('1.2.840.10045.2.1'), p256)
    const ed25519Id = write.sequence(write.encodeOid('1.3.101.112'))
    const info = (id: Uint8Array, key: Uint8Array, version = 0): Uint8Array =>
      write.sequence(write.integer(version), id, write.octetString(key))
    const ders: Readonly<Record<string, readonly [Uint8Array, string]>> = {
      'a private key in PKCS#1 DER': [
        pairs.rsa.privateKey.export({ format: 'der', type: 'pkcs1' }),
        'KEY_PRIVATE_FORM',
      ],
      'PKCS#12': [write.sequence(write.integer(3), write.sequence()), 'KEY_PKCS12'],
      'PKCS#8 of an unknown version': [info(rsaId, integers(0), 2), 'KEY_PRIVATE_FORM'],
      'PKCS#8 of X25519': [
        generateKeyPairSync('x25519').privateKey.export({ format: 'der', type: 'pkcs8' }),
        'KEY_ALGORITHM',
      ],
      'an RSA key of three primes': [info(rsaId, integers(1, 1)), 'KEY_RSA_PRIMES'],
      'an EC key of another curve than its own': [
        info(
          ecId,
          write.sequence(
            write.integer(1),
            write.octetString(new Uint8Array(32).fill(1)),
            write.explicit(0, write.encodeOid('1.3.132.0.34')),
          ),
        ),
        'KEY_CURVE',
      ],
      'an EC key that is too short': [
        info(ecId, write.sequence(write.integer(1), write.octetString(new Uint8Array(31)))),
        'KEY_LENGTH',
      ],
      'an EC key of zero': [
        info(ecId, write.sequence(write.integer(1), write.octetString(new Uint8Array(32)))),
        'KEY_PRIVATE_FORM',
      ],
      'an Ed25519 key that is too long': [info(ed25519Id, write.octetString(new Uint8Array(33))), 'KEY_LENGTH'],
      'octets after PKCS#8': [Buffer.concat([pkcs8(pairs.rsa), Buffer.of(0)]), 'KEY_PRIVATE_FORM'],
      'a cut-off PKCS#8': [pkcs8(pairs.rsa).subarray(0, -1), 'KEY_PRIVATE_FORM'],
    }
    it.each(Object.entries(ders))('%s', async (_, [source, code]) => {
      expect(await codeOf(privateKeyFrom(source, provider))).toBe(code)
    })

    it('what is no key at all as a TypeError', async () => {
      for (const source of [undefined, null, 42, {}, [], { type: 'public' }, new Date(0)]) {
        expect(await codeOf(publicKeyFrom(source as never, provider))).toBe('TypeError')
        expect(await codeOf(privateKeyFrom(source as never, provider))).toBe('TypeError')
        expect(await codeOf(secretKeyFrom(source as never, provider))).toBe('TypeError')
      }
      expect(await codeOf(publicKeyFrom(createSecretKey(new Uint8Array(32)), provider))).toBe('TypeError')
      expect(await codeOf(secretKeyFrom('secret' as never, provider))).toBe('TypeError')
      expect(await codeOf(secretKeyFrom(pairs.rsa.publicKey, provider))).toBe('TypeError')
    })

    it('an object that looks like a KeyObject and is none', async () => {
      const fake = { type: 'public', export: () => 'text' }
      expect(await codeOf(publicKeyFrom(fake, provider))).toBe('KEY_UNUSABLE')
    })

    it('JSON that looks like a CryptoKey', async () => {
      const fake = { type: 'public', algorithm: { name: 'ECDSA' }, extractable: true, usages: [] }
      expect(await codeOf(publicKeyFrom(fake as never, provider))).toBe('TypeError')
      expect(await codeOf(publicKeyFrom({ ...fake, extractable: false } as never, provider))).toBe('TypeError')
    })
  })

  describe('secrets', () => {
    const octets = new Uint8Array(32).fill(7)
    it('come as octets, JWK or KeyObject', async () => {
      const forms = [
        octets,
        { kty: 'oct', k: Buffer.from(octets).toString('base64url'), alg: 'HS256' },
        createSecretKey(octets),
      ]
      const macs = new Set<string>()
      for (const form of forms) {
        const key = await secretKeyFrom(form, provider)
        expect(await secretKeyFrom(key, provider)).toBe(key)
        macs.add(Buffer.from(await provider.sign('hmac-sha256', key, data)).toString('hex'))
      }
      expect(macs.size).toBe(1)
    })

    it('are refused where they are for something else, or something else', async () => {
      const k = Buffer.from(octets).toString('base64url')
      expect(await codeOf(secretKeyFrom({ kty: 'oct', k, alg: 'A128GCM' } as never, provider))).toBe('KEY_JWK_USE')
      expect(await codeOf(secretKeyFrom({ kty: 'oct', k, use: 'enc' } as never, provider))).toBe('KEY_JWK_USE')
      expect(await codeOf(secretKeyFrom({ kty: 'oct' }, provider))).toBe('KEY_JWK_MEMBER')
      expect(await codeOf(secretKeyFrom(pairs.rsa.publicKey.export({ format: 'jwk' }), provider))).toBe('KEY_JWK_TYPE')
      const certificate = write.sequence(write.sequence(), write.sequence(), write.bitString(new Uint8Array(64)))
      expect(await codeOf(secretKeyFrom(certificate, provider))).toBe('KEY_SECRET_IS_KEY')
      expect(await codeOf(secretKeyFrom(text(privatePem), provider))).toBe('KEY_SECRET_IS_KEY')
    })

    const privatePem = pairs.rsa.privateKey.export({ format: 'pem', type: 'pkcs8' }) as string

    it('may begin like DER', async () => {
      const key = await secretKeyFrom(Uint8Array.of(0x30, ...octets), provider)
      expect(key.size).toBe(264)
    })
  })

  describe('the cache of public keys', () => {
    it('is keyed by content, and never by the array', async () => {
      const fresh = await make()
      const mutable = new Uint8Array(spki(pairs.p256))
      const first = await fresh.importPublicKey(mutable)
      expect(await fresh.importPublicKey(spki(pairs.p256))).toBe(first)
      mutable.set(spki(generateKeyPairSync('ec', { namedCurve: 'P-256' })))
      const second = await fresh.importPublicKey(mutable)
      expect(second).not.toBe(first)
      expect(second.spki).toEqual(mutable)
      expect(Buffer.from(first.spki)).toEqual(Buffer.from(spki(pairs.p256)))
    })

    it('lets the oldest go', async () => {
      const fresh = await make({ cachedKeys: 2 })
      const [a, b, c] = [pairs.p256, pairs.p384, pairs.p521].map(spki) as [Uint8Array, Uint8Array, Uint8Array]
      const first = await fresh.importPublicKey(a)
      const second = await fresh.importPublicKey(b)
      expect(await fresh.importPublicKey(a)).toBe(first)
      const third = await fresh.importPublicKey(c)
      expect(await fresh.importPublicKey(b)).toBe(second)
      expect(await fresh.importPublicKey(c)).toBe(third)
      expect(await fresh.importPublicKey(a)).not.toBe(first)
      // A key that the cache has let go is still good in the hands of who has it.
      const signature = sign('sha256', data, { key: pairs.p256.privateKey, dsaEncoding: 'ieee-p1363' })
      expect(await fresh.verify('ecdsa-p256-sha256', first, signature, data)).toBe(true)
    })

    it('can be switched off', async () => {
      const fresh = await make({ cachedKeys: 0 })
      expect(await fresh.importPublicKey(spki(pairs.p256))).not.toBe(await fresh.importPublicKey(spki(pairs.p256)))
    })

    it('keeps no failure', async () => {
      const fresh = await make()
      const wrong = spki(pairs.p256).subarray(0, -1)
      expect(await codeOf(fresh.importPublicKey(wrong))).toBe('DER_TRUNCATED')
      expect(await codeOf(fresh.importPublicKey(wrong))).toBe('DER_TRUNCATED')
    })

    it('gives keys that nobody can change', async () => {
      const key = await provider.importPublicKey(spki(pairs.rsa))
      key.spki.fill(0)
      expect(Buffer.from(key.spki)).toEqual(Buffer.from(spki(pairs.rsa)))
      expect(Object.isFrozen(key)).toBe(true)
      expect(Object.isFrozen(await provider.importPrivateKey(pkcs8(pairs.rsa)))).toBe(true)
      expect(Object.isFrozen(provider)).toBe(true)
    })
  })
})

describe('without a provider', () => {
  it('that of the runtime is taken', async () => {
    const key = await publicKeyFrom(pairs.ed25519.publicKey)
    expect(key.provider).toBe('node:crypto')
    const privateKey = await privateKeyFrom(pairs.ed25519.privateKey)
    expect(await keysMatch(privateKey, key.spki)).toBe(true)
  })
})

describe('node:crypto', () => {
  it('takes a CryptoKey of the runtime whether it can be exported or not', async () => {
    const pair = await webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify'])
    const key = await privateKeyFrom(pair.privateKey as never)
    const exported = await webcrypto.subtle.exportKey('spki', pair.publicKey)
    expect(await keysMatch(key, new Uint8Array(exported))).toBe(true)
  })
})

describe('peculiarCrypto', () => {
  it('says what to install where the package is missing', async () => {
    vi.resetModules()
    vi.doMock('@peculiar/webcrypto', () => {
      throw new Error('Cannot find package')
    })
    const { peculiarCrypto } = await import('../../src/crypto/peculiar.ts')
    const error = await peculiarCrypto().catch((thrown) => thrown)
    vi.doUnmock('@peculiar/webcrypto')
    expect(error).toBeInstanceOf(TypeError)
    expect(error.message).toContain('npm install @peculiar/webcrypto')
  })
})

describe('a runtime without WebCrypto', () => {
  it('is named as such', async () => {
    const { webCrypto } = await import('../../src/crypto/webcrypto.ts')
    const provider = webCrypto({} as Crypto)
    expect(await codeOf(provider.digest('sha-256', data))).toBe('CRYPTO_MISSING')
    expect(await codeOf(provider.importPublicKey(spki(pairs.rsa)))).toBe('CRYPTO_MISSING')
  })
})
