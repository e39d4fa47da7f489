import { createHash, X509Certificate } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { buildJwks, checkJwks, type JwkFinding } from '../../src/jose/index.ts'
import { parseCertificate } from '../../src/x509/index.ts'
import { providers, vector } from './support.ts'

/** A certificate whose hash tells the alphabets of base64 apart. */
const der = Buffer.from(vector('qsealc-any-extended-key-usage'))
const jwks = await buildJwks(der)
const [jwk] = jwks.keys
const right = jwk['x5t#S256'] as string
const { tbs, publicKey, signature } = parseCertificate(der)
const x509 = new X509Certificate(der)

const sha = (data: Uint8Array | string, hash = 'sha256'): Buffer => createHash(hash).update(data).digest()
const lines = (width: number): string =>
  (der.toString('base64').match(new RegExp(`.{1,${width}}`, 'g')) ?? []).join('\n')
const pem = (body: string): string => `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----`

async function diagnose(value: unknown, crypto = providers[0]): Promise<JwkFinding | undefined> {
  const text = JSON.stringify({ keys: [{ ...jwk, 'x5t#S256': value }] })
  const { findings } = await checkJwks(text, crypto === undefined ? {} : { crypto })
  expect(findings.length).toBeLessThan(2)
  return findings[0]
}

/** What people hash, what is said of it, and the code. */
const inputs: readonly (readonly [says: string, octets: Buffer, code: string])[] = [
  ['the SHA-256 of the PEM text', sha(x509.toString()), 'JWK_X5T_S256_INPUT'],
  ['the SHA-256 of the PEM text', sha(pem(lines(64))), 'JWK_X5T_S256_INPUT'],
  ['the SHA-256 of the PEM text', sha(pem(lines(76))), 'JWK_X5T_S256_INPUT'],
  ['the SHA-256 of the PEM text', sha(pem(der.toString('base64'))), 'JWK_X5T_S256_INPUT'],
  ['the SHA-256 of the PEM text', sha(`${pem(lines(64))}\n`.replaceAll('\n', '\r\n')), 'JWK_X5T_S256_INPUT'],
  ['the SHA-256 of the base64 text', sha(der.toString('base64')), 'JWK_X5T_S256_INPUT'],
  ['the SHA-256 of the base64 text', sha(`${lines(64)}\n`), 'JWK_X5T_S256_INPUT'],
  ['the SHA-256 of the base64 text', sha(der.toString('base64url')), 'JWK_X5T_S256_INPUT'],
  ['the SHA-256 of the hexadecimal text', sha(der.toString('hex').toUpperCase()), 'JWK_X5T_S256_INPUT'],
  ['the SHA-256 of SubjectPublicKeyInfo', sha(publicKey.value), 'JWK_X5T_S256_INPUT'],
  ['the SHA-256 of the key without its algorithm', sha(publicKey.key.value), 'JWK_X5T_S256_INPUT'],
  ['the SHA-256 of the modulus', sha(publicKey.modulus?.value ?? ''), 'JWK_X5T_S256_INPUT'],
  ['the SHA-256 of TBSCertificate', sha(tbs.value), 'JWK_X5T_S256_INPUT'],
  ['the SHA-256 of the signature', sha(signature.value), 'JWK_X5T_S256_INPUT'],
  ['the SHA-256 of nothing', sha(''), 'JWK_X5T_S256_INPUT'],
  ['the SHA-1 of the certificate', sha(der, 'sha1'), 'JWK_X5T_S256_HASH'],
  ['the SHA-384 of the certificate', sha(der, 'sha384'), 'JWK_X5T_S256_HASH'],
  ['the SHA-512 of the certificate', sha(der, 'sha512'), 'JWK_X5T_S256_HASH'],
  ['the SHA-256 of the certificate', sha(der), 'JWK_X5T_S256_ENCODING'],
]

const colons = (octets: Buffer): string => (octets.toString('hex').match(/../g) ?? []).join(':')
const ofText = (text: string): Buffer => Buffer.from(text)

/** How people write a hash. */
const encodings: Readonly<Record<string, (octets: Buffer) => string>> = {
  base64url: (octets) => octets.toString('base64url'),
  hexadecimal: (octets) => octets.toString('hex'),
  'upper-case hexadecimal': (octets) => octets.toString('hex').toUpperCase(),
  'hexadecimal with colons': colons,
  'hexadecimal with colons ': (octets) => colons(octets).toUpperCase(),
  'hexadecimal with blanks': (octets) => colons(octets).replaceAll(':', ' '),
  'base64url with padding': (octets) => octets.toString('base64').replaceAll('+', '-').replaceAll('/', '_'),
  'base64url of the hexadecimal text': (octets) => ofText(octets.toString('hex')).toString('base64url'),
  'base64url of the hexadecimal text ': (octets) => ofText(colons(octets).toUpperCase()).toString('base64url'),
  'base64 of the hexadecimal text': (octets) => ofText(octets.toString('hex')).toString('base64'),
}

describe.each(inputs)('%s', (says, octets, code) => {
  it.each(Object.entries(encodings))('in %s', async (encoding, encode) => {
    const value = encode(octets)
    if (value === right) return expect(await diagnose(value)).toBeUndefined()
    const finding = await diagnose(value)
    expect(finding?.code).toBe(code)
    expect(finding?.path).toBe('/keys/0/x5t#S256')
    expect(finding?.message).toContain(`(it is ${says} in `)
    expect(finding?.mend).toBe(`send "${right}"`)
    // A hash without + and / is alike in both alphabets, and one of 48 octets has no padding.
    const tellsApart = /[+/].*=$/.test(octets.toString('base64')) || encoding.includes('hexadecimal')
    if (tellsApart && octets.length !== 48) expect(finding?.message).toContain(` in ${encoding.trim()})`)
  })
})

describe('x5t#S256', () => {
  it('in standard base64, with and without padding', async () => {
    const standard = sha(der).toString('base64')
    expect(standard).toMatch(/[+/].*=$/)
    expect((await diagnose(standard))?.message).toContain('the SHA-256 of the certificate in standard base64)')
    expect((await diagnose(standard.replace('=', '')))?.message).toContain('in standard base64 without padding)')
  })

  it('with bits that belong to no octet', async () => {
    const last = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    const at = last.indexOf(right.slice(-1))
    for (let bits = 1; bits < 4; bits++) {
      const finding = await diagnose(right.slice(0, -1) + last[at + bits])
      expect([finding?.code, finding?.message]).toEqual([
        'JWK_X5T_S256_ENCODING',
        expect.stringContaining('base64url with unused bits set'),
      ])
    }
  })

  it('with white space around it', async () => {
    for (const value of [` ${right}`, `${right}\n`, `\t${sha(der).toString('hex')} `]) {
      const finding = await diagnose(value)
      expect([finding?.code, finding?.message]).toEqual([
        'JWK_X5T_S256_ENCODING',
        expect.stringContaining('with white space around it'),
      ])
    }
  })

  it('that is the thumbprint of the key', async () => {
    const necessary = `{"e":"${jwk.e}","kty":"RSA","n":"${jwk.n}"}`
    const finding = await diagnose(sha(necessary).toString('base64url'))
    expect(finding?.code).toBe('JWK_X5T_S256_THUMBPRINT')
  })

  const unexplained: Readonly<Record<string, [value: string, says: string]>> = {
    'of another certificate': [sha(vector('qwac')).toString('base64url'), 'that of another certificate'],
    'of another, in hexadecimal': [
      sha(vector('qwac')).toString('hex'),
      'SHA-256 in hexadecimal, of another certificate',
    ],
    'of another, padded': [sha(vector('qwac')).toString('base64'), 'padded base64, of another certificate'],
    'of another, SHA-1': [sha(vector('qwac'), 'sha1').toString('base64url'), 'length of SHA-1'],
    'of another, SHA-1 in hexadecimal': [colons(sha(vector('qwac'), 'sha1')), 'length of SHA-1'],
    'that is empty': ['', 'it is empty'],
    'that is something else': ['sha256:abc', 'it has not the form of one'],
    'that is long': ['A'.repeat(500_000), 'it has not the form of one'],
  }
  it.each(Object.entries(unexplained))('%s', async (_, [value, says]) => {
    const finding = await diagnose(value)
    expect(finding?.code).toBe('JWK_X5T_S256_MISMATCH')
    expect(finding?.message).toContain(says)
    expect(finding?.message.length).toBeLessThan(250)
  })

  it('is diagnosed alike by every provider', async () => {
    for (const value of [
      sha(der).toString('hex'),
      sha(der, 'sha1').toString('hex'),
      sha(tbs.value).toString('base64'),
    ]) {
      const all = await Promise.all(providers.map((crypto) => diagnose(value, crypto)))
      expect(all[0]).toBeDefined()
      expect(all).toEqual(all.map(() => all[0]))
    }
  })
})
