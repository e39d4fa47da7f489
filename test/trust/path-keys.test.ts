import { createPrivateKey, sign } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Psd2Error } from 'psd2-toolkit/core'
import { write } from 'psd2-toolkit/der'
import { type PathWork, type ValidatePathOptions, validatePath } from 'psd2-toolkit/trust'
import { parseCertificate } from 'psd2-toolkit/x509'
import { describe, expect, it } from 'vitest'
import { certificateFile } from '../../vectors/trust/make/files.ts'
import { authority, type Key, keyFrom, leaf, type Minted } from '../../vectors/trust/make/mint.ts'

const root = authority('root')
const base = { anchors: [root.der], at: new Date('2026-06-01T00:00:00Z'), purpose: 'any' } as const

async function codeOf(options: ValidatePathOptions): Promise<string> {
  const error = await validatePath(options).catch((caught: unknown) => caught)
  if (error instanceof Psd2Error) return error.code
  if (error instanceof Error) throw error
  return 'accepted'
}

const file = (name: string) => {
  const pem = readFileSync(new URL(`../../vectors/certificates/keys/${name}.key`, import.meta.url), 'utf8')
  return createPrivateKey(pem.slice(pem.indexOf('-----BEGIN')))
}

function under(key: Key, plan: Parameters<typeof leaf>[1] = {}): ValidatePathOptions {
  const issuing: Minted = authority('issuing', root, { key })
  return { ...base, certificate: leaf(issuing, plan), intermediates: [issuing.der] }
}

const ecdsa = { sha256: '1.2.840.10045.4.3.2', sha384: '1.2.840.10045.4.3.3', sha512: '1.2.840.10045.4.3.4' } as const
type Hash = keyof typeof ecdsa

function curveKey(name: string, hash: Hash): Key {
  const key = file(name)
  return keyFrom(key, write.sequence(write.encodeOid(ecdsa[hash])), (octets) => new Uint8Array(sign(hash, octets, key)))
}

const hashes = {
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
  sha1: '1.3.14.3.2.26',
} as const

function pss(hash: keyof typeof hashes, mgf: keyof typeof hashes, salt: number): Uint8Array {
  const identifier = (name: keyof typeof hashes) => write.sequence(write.encodeOid(hashes[name]), write.nullValue())
  const mask = write.sequence(write.encodeOid('1.2.840.113549.1.1.8'), identifier(mgf))
  const fields = [
    ...(hash === 'sha1' ? [] : [write.explicit(0, identifier(hash))]),
    ...(mgf === 'sha1' ? [] : [write.explicit(1, mask)]),
    ...(salt === 20 ? [] : [write.explicit(2, write.integer(salt))]),
  ]
  return write.sequence(write.encodeOid('1.2.840.113549.1.1.10'), write.sequence(...fields))
}

function pssKey(hash: Hash, salt: number): Key {
  const key = file('leaf-rsa-2048')
  const options = { key, padding: 6, saltLength: salt }
  return keyFrom(key, pss(hash, hash, salt), (octets) => new Uint8Array(sign(hash, octets, options)))
}

describe('algorithms of certificates', () => {
  for (const name of ['leaf-p-256', 'leaf-p-384', 'leaf-p-521']) {
    for (const hash of ['sha256', 'sha384', 'sha512'] as const) {
      it(`${name} with ${hash} is verified`, async () => {
        const options = under(curveKey(name, hash))
        expect(await codeOf(options)).toBe('accepted')
        const another = hash === 'sha256' ? 'sha384' : 'sha256'
        const wrong = under(curveKey(name, hash), { algorithm: write.sequence(write.encodeOid(ecdsa[another])) })
        expect(await codeOf(wrong)).toBe('PATH_SIGNATURE_INVALID')
      })
    }
  }

  it.each([
    ['sha256', 32],
    ['sha384', 48],
    ['sha512', 64],
  ] as const)('RSASSA-PSS with %s and a salt of %i octets is verified', async (hash, salt) => {
    expect(await codeOf(under(pssKey(hash, salt)))).toBe('accepted')
  })

  it('RSASSA-PSS with two hashes, another salt or SHA-1 is refused', async () => {
    const key = pssKey('sha256', 32)
    expect(await codeOf(under(key, { algorithm: pss('sha256', 'sha512', 32) }))).toBe('PATH_PSS_PARAMETERS')
    expect(await codeOf(under(key, { algorithm: pss('sha256', 'sha256', 64) }))).toBe('PATH_PSS_PARAMETERS')
    expect(await codeOf(under(key, { algorithm: pss('sha1', 'sha1', 20) }))).toBe('PATH_ALGORITHM_WEAK')
  })

  it('a signature of one family under a key of another is wrong', async () => {
    const rsa = pssKey('sha256', 32)
    const curve = curveKey('leaf-p-256', 'sha256')
    const ed25519 = write.sequence(write.encodeOid('1.3.101.112'))
    expect(await codeOf(under(curve, { algorithm: rsa.algorithm }))).toBe('PATH_SIGNATURE_INVALID')
    expect(await codeOf(under(curve, { algorithm: ed25519 }))).toBe('PATH_SIGNATURE_INVALID')
    expect(await codeOf(under(root.key, { algorithm: rsa.algorithm }))).toBe('PATH_SIGNATURE_INVALID')
  })

  it('a key that is bound to RSASSA-PSS with one hash makes no signature with another, nor of another kind', async () => {
    const bound = (key: Key): Key => {
      const { publicKey } = parseCertificate(leaf(root, { key }))
      return { ...key, spki: write.sequence(pss('sha256', 'sha256', 32), write.bitString(publicKey.key.value)) }
    }
    expect(await codeOf(under(bound(pssKey('sha256', 32))))).toBe('accepted')
    expect(await codeOf(under(bound(pssKey('sha512', 64))))).toBe('PATH_SIGNATURE_INVALID')
    const plain = write.sequence(write.encodeOid('1.2.840.113549.1.1.11'), write.nullValue())
    expect(await codeOf(under(bound(pssKey('sha256', 32)), { algorithm: plain }))).toBe('PATH_SIGNATURE_INVALID')
  })
})

describe('keys', () => {
  const spki = (oid: string, key: Uint8Array, ...parameters: readonly Uint8Array[]): Key => ({
    ...root.key,
    spki: write.sequence(write.sequence(write.encodeOid(oid), ...parameters), write.bitString(key)),
  })
  const leafWith = (key: Key): ValidatePathOptions => ({ ...base, certificate: leaf(root, { key }) })
  const rsa = (bits: number) => write.sequence(write.integer((1n << BigInt(bits - 1)) + 1n), write.integer(65_537))

  it.each([
    ['RSA of 2047 bits', spki('1.2.840.113549.1.1.1', rsa(2047), write.nullValue()), 'PATH_KEY_WEAK'],
    ['RSA of 16,384 bits', spki('1.2.840.113549.1.1.1', rsa(16_384), write.nullValue()), 'accepted'],
    ['RSA of 16,385 bits', spki('1.2.840.113549.1.1.1', rsa(16_385), write.nullValue()), 'PATH_KEY_ALGORITHM'],
    ['Ed25519', spki('1.3.101.112', new Uint8Array(32)), 'accepted'],
    ['Ed448', spki('1.3.101.113', new Uint8Array(57)), 'accepted'],
    ['X25519', spki('1.3.101.110', new Uint8Array(32)), 'PATH_KEY_ALGORITHM'],
    ['a key nobody knows', spki('1.3.6.1.4.1.99999.9', new Uint8Array(5000)), 'PATH_KEY_ALGORITHM'],
  ])('%s of an end entity: %s', async (_, key, expected) => {
    expect(await codeOf(leafWith(key))).toBe(expected)
  })

  it('a key of five thousand octets of an authority is refused', async () => {
    expect(await codeOf(under(spki('1.3.6.1.4.1.99999.9', new Uint8Array(5000))))).toBe('PATH_KEY_ALGORITHM')
  })

  it.each([
    ['8193 bits', rsa(8193)],
    ['an exponent of nine octets', write.sequence(write.integer((1n << 2047n) + 1n), write.integer((1n << 64n) + 1n))],
  ])('an RSA key of an authority with %s is refused, and no time spent on it', async (_, key) => {
    let signatures = Number.NaN
    const options = under(spki('1.2.840.113549.1.1.1', key, write.nullValue()), {
      algorithm: write.sequence(write.encodeOid('1.2.840.113549.1.1.11'), write.nullValue()),
    })
    const onWork = (work: PathWork) => {
      signatures = work.signatures
    }
    expect(await codeOf({ ...options, onWork })).toBe('PATH_KEY_ALGORITHM')
    expect(signatures).toBe(0)
  })

  it('a verification under a large RSA key counts as several', async () => {
    let signatures = Number.NaN
    const options = under(spki('1.2.840.113549.1.1.1', rsa(8192), write.nullValue()), {
      algorithm: write.sequence(write.encodeOid('1.2.840.113549.1.1.11'), write.nullValue()),
    })
    const onWork = (work: PathWork) => {
      signatures = work.signatures
    }
    expect(await codeOf({ ...options, onWork })).toBe('PATH_SIGNATURE_INVALID')
    expect(signatures).toBe(4)
  })

  it('explicit curves are refused, read with tolerance too', async () => {
    const parameters = write.sequence(write.integer(1))
    const certificate = parseCertificate(
      leaf(root, { key: spki('1.2.840.10045.2.1', new Uint8Array([4, 1, 2]), parameters) }),
      { mode: 'tolerant' },
    )
    expect(await codeOf({ ...base, certificate })).toBe('PATH_KEY_ALGORITHM')
  })
})

describe('critical qcStatements', () => {
  const chain = { intermediates: [certificateFile('ca-seal')], anchors: [certificateFile('ca-root')] }

  it('are understood where every statement is', async () => {
    const certificate = certificateFile('qsealc-critical-qc-statements')
    expect(await codeOf({ ...base, ...chain, certificate })).toBe('accepted')
  })

  it('are unknown where one of them is, or they cannot be read', async () => {
    const critical = (value: Uint8Array) => ({ '1.3.6.1.5.5.7.1.3': { critical: true, value } })
    const statement = (oid: string) => write.sequence(write.sequence(write.encodeOid(oid)))
    expect(
      await codeOf({ ...base, certificate: leaf(root, { extensions: critical(statement('0.4.0.1862.1.1')) }) }),
    ).toBe('accepted')
    const unknown = leaf(root, { extensions: critical(statement('1.3.6.1.4.1.99999.4')) })
    expect(await codeOf({ ...base, certificate: unknown })).toBe('PATH_EXTENSION_CRITICAL_UNKNOWN')
    const unreadable = leaf(root, { extensions: critical(write.sequence(write.integer(1))) })
    expect(await codeOf({ ...base, certificate: unreadable })).toBe('PATH_EXTENSION_CRITICAL_UNKNOWN')
  })
})
