import { X509Certificate } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { Psd2Error } from '../../src/core/errors.ts'
import {
  createTestAuthority,
  loadTestAuthority,
  type StoredAuthority,
  type TestAuthority,
} from '../../src/issuance/index.ts'
import { generateKeys } from '../../src/issuance/keys.ts'
import { encodePem } from '../../src/issuance/pem.ts'
import { attributes, decodeCertificate, extension, opensslText, opensslVerify } from './support.ts'

const at = new Date('2026-01-15T10:20:30.987Z')
let rsa: CryptoKeyPair
let ec: CryptoKeyPair
let authority: TestAuthority

beforeAll(async () => {
  rsa = await generateKeys('RSA-2048', crypto)
  ec = await generateKeys('P-256', crypto)
  authority = await createTestAuthority({ at, keys: { root: rsa, web: ec, seal: ec } })
})

async function stored(of: TestAuthority): Promise<StoredAuthority> {
  const pair = async (issued: TestAuthority['root']): Promise<{ certificate: string; privateKey: string }> => ({
    certificate: issued.certificatePem(),
    privateKey: await issued.privateKeyPem(),
  })
  return { root: await pair(of.root), web: await pair(of.webCa), seal: await pair(of.sealCa) }
}

describe('the authorities', () => {
  it('say in their names that they are for tests', () => {
    for (const { certificate } of [authority.root, authority.webCa, authority.sealCa]) {
      const commonName = attributes(decodeCertificate(certificate).subject).at(-1)
      expect(commonName).toEqual(['2.5.4.3', expect.stringContaining('TEST ONLY')])
    }
  })

  it('say so whatever the organization is called', async () => {
    const named = await createTestAuthority({
      at,
      organizationName: 'Real Bank',
      keys: { root: ec, web: ec, seal: ec },
    })
    expect(opensslText(named.webCa.certificate)).toContain('commonName=TEST ONLY Web CA')
  })

  it('take names, URLs, dates and serial numbers from the options', async () => {
    const made = await createTestAuthority({
      organizationName: 'Prüf-QTSP',
      countryName: 'DE',
      organizationIdentifier: 'NTRDE-HRB1',
      notBefore: new Date('2020-02-03T04:05:06Z'),
      notAfter: new Date('2060-01-01T00:00:00Z'),
      baseUrl: 'http://ca.example.net/x/',
      serialNumbers: { root: 1n, web: 2n, seal: 3n },
      keys: { root: ec, web: ec, seal: ec },
    })
    expect(attributes(decodeCertificate(made.sealCa.certificate).subject)).toEqual([
      ['2.5.4.6', 'PrintableString:DE'],
      ['2.5.4.10', 'UTF8String:Prüf-QTSP'],
      ['2.5.4.97', 'UTF8String:NTRDE-HRB1'],
      ['2.5.4.3', 'UTF8String:TEST ONLY Seal CA'],
    ])
    const certificates = [made.root, made.webCa, made.sealCa].map(({ certificate }) => decodeCertificate(certificate))
    expect(certificates.map(({ serial }) => serial)).toEqual(['1', '2', '3'])
    expect(certificates[1]?.validity).toEqual([
      'UTCTime:2020-02-03T04:05:06.000Z',
      'GeneralizedTime:2060-01-01T00:00:00.000Z',
    ])
    const text = opensslText(made.webCa.certificate)
    expect(text).toContain('URI:http://ca.example.net/x/root.crl')
    expect(text).toContain('CA Issuers - URI:http://ca.example.net/x/root.cer')
    const leaf = await made.issueQwac({ keys: ec })
    expect(decodeCertificate(leaf.certificate).validity[0]).toBe('UTCTime:2020-02-03T04:05:06.000Z')
    expect(opensslText(leaf.certificate)).toContain('OCSP - URI:http://ca.example.net/x/ocsp')
  })

  it('have the extensions of authorities', () => {
    const root = opensslText(authority.root.certificate)
    expect(root).toMatch(/Basic Constraints: critical\n +CA:TRUE\n/)
    expect(root).toMatch(/Key Usage: critical\n +Certificate Sign, CRL Sign\n/)
    expect(root).not.toContain('Authority Key Identifier')
    const web = opensslText(authority.webCa.certificate)
    expect(web).toMatch(/Basic Constraints: critical\n +CA:TRUE, pathlen:0\n/)
    expect(web).toContain('TLS Web Server Authentication, TLS Web Client Authentication')
    expect(opensslText(authority.sealCa.certificate)).not.toContain('Extended Key Usage')
  })
})

describe('a path', () => {
  it('verifies by openssl, strictly, and by node', async () => {
    for (const leaf of [await authority.issueQwac({ keys: ec }), await authority.issueQSealC({ keys: ec })]) {
      expect(opensslVerify(leaf, at, '-x509_strict')).toContain(': OK')
      const [own, issuer, root] = leaf.chain.map((der) => new X509Certificate(der))
      expect(leaf.chain).toHaveLength(3)
      expect(own?.checkIssued(issuer as X509Certificate)).toBe(true)
      expect(own?.verify((issuer as X509Certificate).publicKey)).toBe(true)
      expect(issuer?.verify((root as X509Certificate).publicKey)).toBe(true)
      expect(leaf.chainPem().match(/BEGIN CERTIFICATE/g)).toHaveLength(2)
      expect(leaf.certificatePem()).toBe(own?.toString())
    }
  })

  it('passes as TLS server and client where it should', async () => {
    const qwac = await authority.issueQwac({ keys: ec })
    expect(opensslVerify(qwac, at, '-purpose', 'sslserver')).toContain(': OK')
    expect(opensslVerify(qwac, at, '-purpose', 'sslclient')).toContain(': OK')
  })
})

describe('dates and serial numbers', () => {
  it.each([
    ['2018-06-01', 824],
    ['2020-09-01', 397],
    ['2026-03-14', 397],
    ['2026-03-15', 199],
    ['2027-03-15', 99],
    ['2029-03-15', 46],
  ])('a QWAC from %s lives %i days, the last second counted in', async (from, days) => {
    const { certificate } = await authority.issueQwac({ keys: ec, notBefore: new Date(from) })
    const { validFrom, validTo } = new X509Certificate(certificate)
    expect((Date.parse(validTo) - Date.parse(validFrom) + 1000) / 86_400_000).toBe(days)
  })

  it('does not outlive its authority by default', async () => {
    const { certificate } = await authority.issueQSealC({ keys: ec, notBefore: new Date('2034-06-01') })
    const [, end] = decodeCertificate(authority.sealCa.certificate).validity
    expect(decodeCertificate(certificate).validity[1]).toBe(end)
  })

  it('begins now, in whole seconds', async () => {
    const { certificate } = await authority.issueQwac({ keys: ec })
    expect(decodeCertificate(certificate).validity[0]).toBe('UTCTime:2026-01-15T10:20:30.000Z')
  })

  it('changes the type of time with the year 2050', async () => {
    const { certificate } = await authority.issueQSealC({
      keys: ec,
      notBefore: new Date('2049-12-31T23:59:59Z'),
      notAfter: new Date('2050-01-01T00:00:00.500Z'),
    })
    expect(decodeCertificate(certificate).validity).toEqual([
      'UTCTime:2049-12-31T23:59:59.000Z',
      'GeneralizedTime:2050-01-01T00:00:00.000Z',
    ])
    const text = Buffer.from(certificate).toString('latin1')
    expect(text).toContain('\x17\x0d491231235959Z\x18\x0f20500101000000Z')
  })

  it('gives random serial numbers of 16 octets that are positive', async () => {
    const serials = new Set<string>()
    for (let i = 0; i < 20; i++) {
      const { serial } = decodeCertificate((await authority.issueQSealC({ keys: ec })).certificate)
      expect(BigInt(serial).toString(16)).toMatch(/^[4-7][0-9a-f]{31}$/)
      serials.add(serial)
    }
    expect(serials.size).toBe(20)
  })

  it('gives the same octets for the same options where the signature is deterministic', async () => {
    const make = async (): Promise<Uint8Array[]> => {
      const keys = { root: rsa, web: rsa, seal: rsa }
      const same = await createTestAuthority({ at, keys, serialNumbers: { root: 1n, web: 2n, seal: 3n } })
      return (await same.issueQwac({ keys: rsa, serialNumber: 4n })).chain
    }
    expect(await make()).toEqual(await make())
  })
})

describe('loadTestAuthority', () => {
  it('issues more from what was stored', async () => {
    const again = await loadTestAuthority(await stored(authority), { at })
    expect(again.webCa.certificate).toEqual(authority.webCa.certificate)
    const leaf = await again.issueQwac({ keys: ec })
    expect(opensslVerify(leaf, at, '-x509_strict')).toContain(': OK')
    const before = decodeCertificate((await authority.issueQwac({ keys: ec })).certificate)
    const after = decodeCertificate(leaf.certificate)
    expect(after.issuer).toEqual(before.issuer)
    expect(extension(after, '2.5.29.35')).toEqual(extension(before, '2.5.29.35'))
  })

  it('takes DER and keys that cannot be extracted', async () => {
    const pkcs8 = await crypto.subtle.exportKey('pkcs8', ec.privateKey)
    const fixed = await crypto.subtle.importKey('pkcs8', pkcs8, ec.privateKey.algorithm, false, ['sign'])
    const { root, ...others } = await stored(authority)
    const again = await loadTestAuthority(
      { root, ...others, seal: { certificate: authority.sealCa.certificate, privateKey: fixed } },
      { at },
    )
    expect(opensslVerify(await again.issueQSealC({ keys: ec }), at)).toContain(': OK')
    await expect(again.sealCa.privateKeyPem()).rejects.toThrow(TypeError)
  })

  const broken: [string, (good: StoredAuthority) => StoredAuthority, string][] = [
    [
      'a key of another certificate',
      (good) => ({ ...good, web: { ...good.web, privateKey: good.root.privateKey } }),
      'ISSUANCE_KEY_MISMATCH',
    ],
    ['text without PEM', (good) => ({ ...good, root: { ...good.root, certificate: 'nothing' } }), 'ISSUANCE_PEM'],
    [
      'no base64',
      (good) => ({
        ...good,
        root: { ...good.root, certificate: '-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----' },
      }),
      'ISSUANCE_PEM_BASE64',
    ],
    [
      'another structure',
      (good) => ({ ...good, seal: { ...good.seal, certificate: Uint8Array.of(0x30, 0) } }),
      'ISSUANCE_CERTIFICATE',
    ],
    [
      'a certificate with an octet after it',
      (good) => ({ ...good, seal: { ...good.seal, certificate: Uint8Array.of(...authority.sealCa.certificate, 0) } }),
      'ISSUANCE_CERTIFICATE',
    ],
    [
      'an older form of key',
      (good) => ({
        ...good,
        seal: { ...good.seal, privateKey: String(good.seal.privateKey).replaceAll('PRIVATE', 'EC PRIVATE') },
      }),
      'ISSUANCE_KEY_FORMAT',
    ],
    [
      'an encrypted key',
      (good) => ({
        ...good,
        seal: { ...good.seal, privateKey: String(good.seal.privateKey).replaceAll('PRIVATE', 'ENCRYPTED PRIVATE') },
      }),
      'ISSUANCE_KEY_ENCRYPTED',
    ],
    [
      'a key cut short',
      (good) => ({
        ...good,
        seal: { ...good.seal, privateKey: '-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----' },
      }),
      'ISSUANCE_KEY_FORMAT',
    ],
  ]
  it.each(broken)('refuses %s', async (_, spoil, code) => {
    const outcome = loadTestAuthority(spoil(await stored(authority)), { at })
    await expect(outcome).rejects.toBeInstanceOf(Psd2Error)
    await expect(outcome).rejects.toMatchObject({ code })
  })

  it('refuses a key of an algorithm that it does not sign with', async () => {
    const pkcs8 = encodePem('PRIVATE KEY', Buffer.from(`302e020100300506032b656e04220420${'17'.repeat(32)}`, 'hex'))
    const good = await stored(authority)
    const outcome = loadTestAuthority({ ...good, root: { ...good.root, privateKey: pkcs8 } })
    await expect(outcome).rejects.toMatchObject({ code: 'ISSUANCE_KEY_ALGORITHM', path: 'root.privateKey' })
  })
})

describe('a mistake of the caller', () => {
  const made = (options: object): Promise<unknown> =>
    createTestAuthority({ keys: { root: ec, web: ec, seal: ec }, ...options })
  const leaf = (options: object): Promise<unknown> => authority.issueQwac({ keys: ec, ...options })
  const mistakes: [string, () => Promise<unknown>, string][] = [
    ['an unknown option', () => made({ organisationName: 'x' }), 'organizationName'],
    ['an unknown option of a leaf', () => leaf({ organisationIdentifier: 'x' }), 'organizationIdentifier'],
    ['an unknown key role', () => made({ keys: { rot: ec } }), 'root'],
    ['an unknown key algorithm', () => createTestAuthority({ keyAlgorithm: 'RSA-204' as 'RSA-2048' }), 'RSA-2048'],
    ['an unknown signature algorithm', () => leaf({ signatureAlgorithm: 'ES255' }), 'ES256'],
    ['a signature algorithm for another key', () => leaf({ signatureAlgorithm: 'RS256' }), 'RS256'],
    ['SHA-1 asked for by name', () => leaf({ signatureAlgorithm: 'RS1' }), 'unknown signatureAlgorithm'],
    ['SHA-1 for an authority', () => made({ signatureAlgorithm: 'RS1' }), 'unknown signatureAlgorithm'],
    ['no moment', () => leaf({ notBefore: new Date(Number.NaN) }), 'notBefore'],
    ['a time as text', () => made({ at: '2026-01-01' }), 'at'],
    ['a serial number as text', () => leaf({ serialNumber: '1' }), 'bigint'],
    ['an unknown role', () => leaf({ roles: ['PSP_PIS'] }), 'PSP_PI'],
    ['a policy as a role', () => leaf({ roles: ['QCP-l'] }), 'unknown role'],
    ['an unknown policy', () => leaf({ policies: ['QCP-x'] }), 'QCP-l'],
    ['an unknown bit', () => leaf({ keyUsage: ['digitalSignatures'] }), 'digitalSignature'],
    ['no PSD identifier and no nCAId', () => leaf({ organizationIdentifier: 'VATFR-1' }), 'ncaId'],
    [
      'a country that PrintableString cannot hold',
      () => leaf({ countryName: 'É', jurisdictionCountryName: 'FR' }),
      'countryName is PrintableString',
    ],
    ['a host name with accents', () => leaf({ dnsNames: ['é.example.com'] }), 'A-label'],
    ['a base URL of another scheme', () => made({ baseUrl: 'ldap://x' }), 'baseUrl'],
    ['an unknown defect', () => leaf({ defects: ['flattened-role'] }), 'flattened-roles'],
    ['a defect of the other kind', () => leaf({ defects: ['psd2-policy-on-seal'] }), 'QSealC only'],
    [
      'keys that are none',
      () => leaf({ keys: { privateKey: ec.publicKey, publicKey: ec.publicKey } }),
      'CryptoKeyPair',
    ],
  ]
  it.each(mistakes)('is a TypeError: %s', async (_, act, message) => {
    await expect(act()).rejects.toThrow(TypeError)
    await expect(act()).rejects.toThrow(message)
  })

  it('leaves a key that is bound to another padding alone where it cannot be extracted', async () => {
    const pkcs8 = await crypto.subtle.exportKey('pkcs8', rsa.privateKey)
    const privateKey = await crypto.subtle.importKey('pkcs8', pkcs8, rsa.privateKey.algorithm, false, ['sign'])
    const keys = { publicKey: rsa.publicKey, privateKey }
    const bound = await createTestAuthority({ at, keys: { root: keys, web: keys, seal: keys } })
    await expect(bound.issueQwac({ keys: ec, signatureAlgorithm: 'PS256' })).rejects.toThrow('not extractable')
  })
})
