import { createPrivateKey, createPublicKey } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { type CertificateRequestOptions, createCertificateRequest } from '../../src/issuance/index.ts'
import { generateKeys } from '../../src/issuance/keys.ts'
import { attributes, decode, decodeExtensions, list, type Node, openssl, opensslRequest, temporary } from './support.ts'

const psp = {
  organizationIdentifier: 'PSDFR-ACPR-12345',
  organizationName: 'Société Exemple',
  countryName: 'FR',
  ncaName: 'Autorité de contrôle prudentiel et de résolution',
  roles: ['PSP_AI', 'PSP_PI'],
} as const
let keys: CryptoKeyPair

beforeAll(async () => {
  keys = await generateKeys('P-256', crypto)
})

const qsealc = (
  options: object = {},
): Promise<{ request: Uint8Array; pem(): string; privateKeyPem(): Promise<string> }> =>
  createCertificateRequest({ kind: 'QSealC', key: keys, ...psp, ...options } as CertificateRequestOptions)

function info(request: Uint8Array): Node[] {
  return list(list(decode(request))[0])
}

function requested(request: Uint8Array): Map<string, Node> {
  const [attribute, ...others] = list(info(request)[3])
  expect(others).toEqual([])
  const [type, values] = list(attribute)
  expect(type).toBe('OID:1.2.840.113549.1.9.14')
  expect(list(values)).toHaveLength(1)
  return new Map(
    decodeExtensions(list(values)[0]).map(({ oid, critical, value }) => [
      `${oid}${critical ? ' critical' : ''}`,
      value,
    ]),
  )
}

const psd2 = [
  'OID:0.4.0.19495.2',
  [
    [
      ['OID:0.4.0.19495.1.3', 'UTF8String:PSP_AI'],
      ['OID:0.4.0.19495.1.2', 'UTF8String:PSP_PI'],
    ],
    'UTF8String:Autorité de contrôle prudentiel et de résolution',
    'UTF8String:FR-ACPR',
  ],
]

describe('a request for a QSealC', () => {
  it('holds the subject and asks for usage, type and PSD2 statement', async () => {
    const { request } = await qsealc()
    const [version, subject] = info(request)
    expect(version).toBe('INT:0')
    expect(attributes(list(subject))).toEqual([
      ['2.5.4.6', 'PrintableString:FR'],
      ['2.5.4.10', 'UTF8String:Société Exemple'],
      ['2.5.4.97', 'UTF8String:PSDFR-ACPR-12345'],
      ['2.5.4.3', 'UTF8String:Société Exemple'],
    ])
    expect([...requested(request)]).toEqual([
      ['2.5.29.15 critical', 'BITS:40'],
      ['1.3.6.1.5.5.7.1.3', [['OID:0.4.0.1862.1.6', ['OID:0.4.0.1862.1.6.2']], psd2]],
    ])
  })

  it('asks for other statements that are named', async () => {
    const { request } = await qsealc({ qcCompliance: true, qcSscd: true, semanticsIdentifier: 'SemanticsId-Legal' })
    expect(requested(request).get('1.3.6.1.5.5.7.1.3')).toEqual([
      ['OID:0.4.0.1862.1.1'],
      ['OID:0.4.0.1862.1.4'],
      ['OID:0.4.0.1862.1.6', ['OID:0.4.0.1862.1.6.2']],
      ['OID:1.3.6.1.5.5.7.11.2', ['OID:0.4.0.194121.1.2']],
      psd2,
    ])
  })
})

describe('a request for a QWAC', () => {
  it('also asks for purposes and host names', async () => {
    const { request } = await qsealc({
      kind: 'QWAC',
      dnsNames: ['a.example.com', 'b.example.com'],
      localityName: 'Paris',
      businessCategory: 'Private Organization',
      jurisdictionCountryName: 'FR',
      subjectSerialNumber: '784608416',
    })
    expect(attributes(list(info(request)[1])).at(-1)).toEqual(['2.5.4.3', 'UTF8String:a.example.com'])
    expect([...requested(request)].slice(0, 3)).toEqual([
      ['2.5.29.15 critical', 'BITS:80'],
      ['2.5.29.37', ['OID:1.3.6.1.5.5.7.3.1', 'OID:1.3.6.1.5.5.7.3.2']],
      ['2.5.29.17', ['[2]:a.example.com', '[2]:b.example.com']],
    ])
    const text = opensslRequest(request)
    expect(text).toContain('verify OK')
    expect(text).toContain('organizationIdentifier=PSDFR-ACPR-12345')
    expect(text).toContain('jurisdictionCountryName=FR')
    expect(text).toContain('DNS:a.example.com, DNS:b.example.com')
  })
})

describe('the key of a request', () => {
  const spki = (request: Uint8Array): string => openssl(['req', '-noout', '-pubkey', '-inform', 'DER'], request)

  it('may be PKCS#8 PEM of each algorithm, as openssl writes it', async () => {
    for (const args of [
      ['RSA', '-pkeyopt', 'rsa_keygen_bits:2048'],
      ['EC', '-pkeyopt', 'ec_paramgen_curve:P-384'],
      ['EC', '-pkeyopt', 'ec_paramgen_curve:P-521'],
      ['ED25519'],
    ]) {
      const key = openssl(['genpkey', '-quiet', '-algorithm', ...args])
      const { request, pem } = await qsealc({ key })
      expect(spki(request)).toBe(createPublicKey(key).export({ type: 'spki', format: 'pem' }))
      expect(opensslRequest(request)).toContain('verify OK')
      expect(openssl(['req', '-outform', 'DER', '-in', temporary(pem())], undefined, 'latin1')).toBe(
        Buffer.from(request).toString('latin1'),
      )
    }
  })

  it('may be new', async () => {
    const made = await qsealc({ key: undefined, keyAlgorithm: 'P-521' })
    const own = createPublicKey(createPrivateKey(await made.privateKeyPem()))
    expect(spki(made.request)).toBe(own.export({ type: 'spki', format: 'pem' }))
    expect(own.asymmetricKeyDetails).toEqual({ namedCurve: 'secp521r1' })
  })

  it('has signed it all: openssl finds out a changed request', async () => {
    const { request } = await qsealc()
    const changed = Uint8Array.from(request)
    const at = Buffer.from(changed).indexOf('12345')
    changed[at] = 0x39
    expect(opensslRequest(request)).toContain('verify OK')
    expect(opensslRequest(changed)).toContain('verify failure')
  })
})

describe('a mistake', () => {
  const mistakes: [string, object, string][] = [
    ['no kind', { kind: undefined }, 'kind'],
    ['no organizationIdentifier', { organizationIdentifier: undefined }, 'organizationIdentifier'],
    ['an empty organizationName', { organizationName: '' }, 'organizationName'],
    ['no countryName', { countryName: undefined }, 'countryName'],
    ['no ncaName', { ncaName: undefined }, 'ncaName'],
    ['no roles', { roles: [] }, 'roles'],
    ['a QWAC without host names', { kind: 'QWAC' }, 'dnsNames'],
    ['an option of certificates only', { notBefore: new Date() }, 'notBefore'],
    ['key and keyAlgorithm', { keyAlgorithm: 'P-256' }, 'keyAlgorithm'],
    ['a signature that the key cannot make', { signatureAlgorithm: 'RS256' }, 'RS256'],
    ['an unknown signature', { signatureAlgorithm: 'RS1' }, 'unknown signatureAlgorithm'],
  ]
  it.each(mistakes)('of the caller is a TypeError: %s', async (_, options, message) => {
    await expect(qsealc(options)).rejects.toThrow(TypeError)
    await expect(qsealc(options)).rejects.toThrow(message)
  })

  it('in the key is a Psd2Error', async () => {
    await expect(qsealc({ key: 'nothing' })).rejects.toMatchObject({
      name: 'Psd2Error',
      code: 'ISSUANCE_PEM',
      path: 'key',
    })
  })
})
