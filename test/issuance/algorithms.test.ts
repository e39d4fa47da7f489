import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { ecdsaSignatureValue } from '../../src/issuance/algorithms.ts'
import {
  createCertificateRequest,
  createTestAuthority,
  type KeyAlgorithm,
  keyAlgorithmNames,
  type SignatureAlgorithm,
  signatureAlgorithmNames,
} from '../../src/issuance/index.ts'
import { generateKeys } from '../../src/issuance/keys.ts'
import { decode, decodeCertificate, opensslRequest, opensslText, opensslVerify } from './support.ts'

const at = new Date('2026-01-15T10:20:30Z')
const keys = new Map<KeyAlgorithm, CryptoKeyPair>()
const keyOf = (name: KeyAlgorithm): CryptoKeyPair => keys.get(name) as CryptoKeyPair

beforeAll(async () => {
  const pairs = await Promise.all(keyAlgorithmNames.map((name) => generateKeys(name, crypto)))
  for (const [index, name] of keyAlgorithmNames.entries()) keys.set(name, pairs[index] as CryptoKeyPair)
}, 30_000)

const keyShown: { readonly [Name in KeyAlgorithm]: RegExp } = {
  'RSA-2048': /rsaEncryption\n +Public-Key: \(2048 bit\)/,
  'RSA-3072': /rsaEncryption\n +Public-Key: \(3072 bit\)/,
  'RSA-4096': /rsaEncryption\n +Public-Key: \(4096 bit\)/,
  'P-256': /ASN1 OID: prime256v1/,
  'P-384': /ASN1 OID: secp384r1/,
  'P-521': /ASN1 OID: secp521r1/,
  Ed25519: /Public Key Algorithm: ED25519/,
}

const pss = (hash: string, length: number): unknown[] => {
  const identifier = [`OID:2.16.840.1.101.3.4.2.${hash}`, 'NULL']
  return ['OID:1.2.840.113549.1.1.10', [[identifier], [['OID:1.2.840.113549.1.1.8', identifier]], [`INT:${length}`]]]
}

/** The AlgorithmIdentifier of each, and a key that can make it. */
const schemes: { readonly [Name in SignatureAlgorithm]: readonly [key: KeyAlgorithm, identifier: unknown[]] } = {
  RS256: ['RSA-2048', ['OID:1.2.840.113549.1.1.11', 'NULL']],
  RS384: ['RSA-3072', ['OID:1.2.840.113549.1.1.12', 'NULL']],
  RS512: ['RSA-4096', ['OID:1.2.840.113549.1.1.13', 'NULL']],
  PS256: ['RSA-2048', pss('1', 32)],
  PS384: ['RSA-2048', pss('2', 48)],
  PS512: ['RSA-3072', pss('3', 64)],
  ES256: ['P-256', ['OID:1.2.840.10045.4.3.2']],
  ES384: ['P-384', ['OID:1.2.840.10045.4.3.3']],
  ES512: ['P-521', ['OID:1.2.840.10045.4.3.4']],
  EdDSA: ['Ed25519', ['OID:1.3.101.112']],
}

describe('keys', () => {
  it.each(keyAlgorithmNames)('%s in a certificate and a request', async (name) => {
    const issuer = keyOf('P-256')
    const authority = await createTestAuthority({ at, keys: { root: issuer, web: issuer, seal: issuer } })
    const leaf = await authority.issueQSealC({ keys: keyOf(name) })
    expect(opensslText(leaf.certificate)).toMatch(keyShown[name])
    expect(opensslVerify(leaf, at, '-x509_strict')).toContain(': OK')
    const certified = new X509Certificate(leaf.certificate).publicKey.export({ type: 'spki', format: 'der' })
    const own = createPublicKey(createPrivateKey(await leaf.privateKeyPem())).export({ type: 'spki', format: 'der' })
    expect(certified.equals(own)).toBe(true)
  })

  it('are generated as asked', async () => {
    const issuer = keyOf('P-256')
    const authority = await createTestAuthority({ at, keys: { root: issuer, web: issuer, seal: issuer } })
    for (const keyAlgorithm of ['P-256', 'P-384', 'P-521', 'Ed25519', 'RSA-2048'] as const) {
      const { certificate } = await authority.issueQwac({ keyAlgorithm })
      expect(opensslText(certificate)).toMatch(keyShown[keyAlgorithm])
    }
    expect(opensslText((await authority.issueQwac()).certificate)).toMatch(keyShown['RSA-3072'])
  }, 30_000)

  it('of the authorities are generated as asked', async () => {
    const { root, webCa, sealCa } = await createTestAuthority({ keyAlgorithm: 'P-384' })
    const texts = [root, webCa, sealCa].map(({ certificate }) => opensslText(certificate))
    for (const text of texts) expect(text).toMatch(keyShown['P-384'])
    expect(new Set(texts.map((text) => /pub:([\s\S]*?)ASN1/.exec(text)?.[1])).size).toBe(3)
  })
})

describe('signatures', () => {
  it.each(signatureAlgorithmNames)('%s on all three certificates of a path', async (name) => {
    const [key, identifier] = schemes[name]
    const pair = keyOf(key)
    const authority = await createTestAuthority({
      at,
      signatureAlgorithm: name,
      keys: { root: pair, web: pair, seal: pair },
    })
    const leaf = await authority.issueQwac({ keys: keyOf('P-256') })
    for (const der of leaf.chain) {
      expect(decodeCertificate(der).tbs[2]).toEqual(identifier)
      expect((decode(der) as unknown[])[1]).toEqual(identifier)
    }
    const [own, issuer] = leaf.chain.map((der) => new X509Certificate(der))
    expect(own?.verify((issuer as X509Certificate).publicKey)).toBe(true)
    expect(opensslVerify(leaf, at, '-x509_strict')).toContain(': OK')
  })

  it.each(signatureAlgorithmNames)('%s on a request', async (name) => {
    const request = await createCertificateRequest({
      kind: 'QSealC',
      organizationIdentifier: 'PSDFR-ACPR-12345',
      organizationName: 'Example',
      countryName: 'FR',
      ncaName: 'ACPR',
      roles: ['PSP_AI'],
      key: keyOf(schemes[name][0]),
      signatureAlgorithm: name,
    })
    expect((decode(request.request) as unknown[])[1]).toEqual(schemes[name][1])
    expect(opensslRequest(request.request)).toContain('verify OK')
  })

  it('follow the key where nothing is asked for', async () => {
    const usual: readonly (readonly [KeyAlgorithm, SignatureAlgorithm])[] = [
      ['RSA-2048', 'RS256'],
      ['P-256', 'ES256'],
      ['P-384', 'ES384'],
      ['P-521', 'ES512'],
      ['Ed25519', 'EdDSA'],
    ]
    for (const [key, name] of usual) {
      const pair = keyOf(key)
      const authority = await createTestAuthority({ at, keys: { root: pair, web: pair, seal: pair } })
      expect(decodeCertificate(authority.root.certificate).tbs[2]).toEqual(schemes[name][1])
    }
  })

  it('follow an RSA key that is bound to PSS', async () => {
    const params = { name: 'RSA-PSS', modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1), hash: 'SHA-256' }
    const pair = (await crypto.subtle.generateKey(params, false, ['sign', 'verify'])) as CryptoKeyPair
    const authority = await createTestAuthority({ at, keys: { root: pair, web: pair, seal: pair } })
    expect(decodeCertificate(authority.root.certificate).tbs[2]).toEqual(schemes.PS256[1])
    expect(opensslText(authority.root.certificate)).toContain('Public Key Algorithm: rsaEncryption')
  })
})

describe('ecdsaSignatureValue', () => {
  const cases: readonly (readonly [raw: string, der: string])[] = [
    ['0102', '3006020101020102'],
    ['ff7f', '3007020200ff02017f'],
    ['00010080', '300702010102020080'],
    ['00000000', '3006020100020100'],
    ['00800000', '300702020080020100'],
  ]
  it.each(cases)('%s', (raw, der) => {
    expect(Buffer.from(ecdsaSignatureValue(Buffer.from(raw, 'hex'))).toString('hex')).toBe(der)
  })
})
