import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  type BuildJwksOptions,
  buildJwks,
  checkJwks,
  type JwkFinding,
  type VerifyJwksOptions,
  verifyJwks,
} from '../../src/jose/index.ts'
import { parseCertificate } from '../../src/x509/index.ts'
import { ecKey, modulus, rsaKey } from '../support/build.ts'
import { errorOf, providers, pssKey, sealOf, vector } from './support.ts'

const qsealc = vector('qsealc')
const sound = await buildJwks(qsealc)
const [jwk] = sound.keys
const text = JSON.stringify(sound)

function codesOf(findings: readonly JwkFinding[]): string[] {
  return findings.map(({ code, severity, path }) => `${severity} ${code} ${path}`)
}

async function found(input: Uint8Array | string | object, options?: VerifyJwksOptions): Promise<string[]> {
  return codesOf((await checkJwks(input, options)).findings)
}

describe('buildJwks', () => {
  it('has one key with the members that the bank names, in their order', () => {
    expect(Object.keys(sound)).toEqual(['keys'])
    expect(sound.keys).toHaveLength(1)
    expect(Object.keys(jwk)).toEqual(['kty', 'use', 'alg', 'key_ops', 'kid', 'n', 'e', 'x5c', 'x5t#S256'])
    expect(jwk).toMatchObject({ kty: 'RSA', use: 'sig', alg: 'RS256', key_ops: ['verify'], e: 'AQAB' })
    expect(jwk.x5c).toEqual([Buffer.from(qsealc).toString('base64')])
    expect(jwk['x5t#S256']).toBe(createHash('sha256').update(qsealc).digest('base64url'))
  })

  it('takes the serial number in decimal as kid', async () => {
    expect(jwk.kid).toBe('98525854498505999636558558855196384804')
    const kidOf = async (id: string): Promise<unknown> => (await buildJwks(vector(id))).keys[0].kid
    expect(await kidOf('qsealc-serial-one')).toBe('1')
    expect(await kidOf('qsealc-serial-zero')).toBe('0')
    expect(await kidOf('qsealc-negative-serial-number')).toBe('-124815641482522388717059628499022570944')
  })

  it('takes a kid that is given', async () => {
    expect((await buildJwks(qsealc, { kid: 'seal-2026' })).keys[0].kid).toBe('seal-2026')
  })

  it('takes a record as well as octets, and reads a tolerant one again', async () => {
    expect(await buildJwks(parseCertificate(qsealc))).toEqual(sound)
    expect(await buildJwks(parseCertificate(qsealc, { mode: 'tolerant' }))).toEqual(sound)
    const untidy = sealOf({ publicKey: rsaKey(modulus(2048), Uint8Array.of(2, 1, 4)) })
    const tolerant = parseCertificate(untidy, { mode: 'tolerant' })
    expect((await errorOf(() => buildJwks(tolerant))).code).toBe('X509_RSA_EXPONENT')
  })

  it.each(providers)('then verifyJwks holds: $name', async (crypto) => {
    const built = await buildJwks(qsealc, { crypto })
    for (const input of [JSON.stringify(built), new TextEncoder().encode(JSON.stringify(built, undefined, 2))]) {
      const { certificate, jwk, notices } = await verifyJwks(input, { crypto, profile: 'bpce' })
      expect(jwk).toEqual(built.keys[0])
      expect(Buffer.from(certificate.bytes).equals(qsealc)).toBe(true)
      expect(notices).toEqual([])
    }
  })

  it('refuses what the bank refuses, unless that code is accepted', async () => {
    const refused: readonly (readonly [
      der: Uint8Array,
      code: NonNullable<BuildJwksOptions['accept']>[number],
      alg: string,
    ])[] = [
      [vector('qwac'), 'JWK_CERTIFICATE_KIND', 'RS256'],
      [vector('ca-seal'), 'JWK_CERTIFICATE_KIND', 'RS256'],
      [vector('qsealc-pss-signature'), 'JWK_CERTIFICATE_PSS', 'RS256'],
      [vector('qsealc-p-256'), 'JWK_KEY_NOT_RSA', 'ES256'],
      [vector('qsealc-p-384'), 'JWK_KEY_NOT_RSA', 'ES384'],
      [vector('qsealc-ed25519'), 'JWK_KEY_NOT_RSA', 'EdDSA'],
      [sealOf({ publicKey: pssKey() }), 'JWK_KEY_PSS', 'PS256'],
      [sealOf({ publicKey: pssKey('2.16.840.1.101.3.4.2.2') }), 'JWK_KEY_PSS', 'PS384'],
      [sealOf({ publicKey: rsaKey(modulus(2047)) }), 'JWK_KEY_SIZE', 'RS256'],
    ]
    for (const [der, code, alg] of refused) {
      expect((await errorOf(() => buildJwks(der))).code).toBe(code)
      const accept = [code]
      const built = await buildJwks(der, { accept })
      expect(built.keys[0].alg).toBe(alg)
      expect((await verifyJwks(JSON.stringify(built), { accept })).jwk).toEqual(built.keys[0])
      expect((await errorOf(() => verifyJwks(JSON.stringify(built)))).code).toBe(code)
    }
  })

  it('refuses a certificate that has several faults until all are accepted', async () => {
    const der = vector('qwac-p-256')
    expect((await errorOf(() => buildJwks(der, { accept: ['JWK_KEY_NOT_RSA'] }))).code).toBe('JWK_CERTIFICATE_KIND')
    await buildJwks(der, { accept: ['JWK_KEY_NOT_RSA', 'JWK_CERTIFICATE_KIND'] })
  })

  it('refuses a key that is bound to a hash without a name in JOSE', async () => {
    const der = sealOf({ publicKey: pssKey('2.16.840.1.101.3.4.2.4') })
    expect((await errorOf(() => buildJwks(der, { accept: ['JWK_KEY_PSS'] }))).code).toBe('JWK_KEY_UNSUPPORTED')
  })

  it('refuses a key for which there is no JWK', async () => {
    const der = sealOf({ publicKey: ecKey('1.3.36.3.3.2.8.1.1.7', 32) })
    const accept = ['JWK_KEY_NOT_RSA'] as const
    expect((await errorOf(() => buildJwks(der, { accept }))).code).toBe('JWK_KEY_UNSUPPORTED')
    const forged = JSON.stringify({ keys: [{ ...jwk, x5c: [Buffer.from(der).toString('base64')] }] })
    expect(await found(forged, { accept })).toContain('error JWK_KEY_UNSUPPORTED /keys/0/x5c/0')
  })

  it('refuses octets that are no certificate', async () => {
    expect((await errorOf(() => buildJwks(new Uint8Array([...qsealc, 0])))).code).toBe('DER_TRAILING_DATA')
  })

  it('looks at validity where a moment is given', async () => {
    const code = async (at: string): Promise<string> =>
      (await errorOf(() => buildJwks(qsealc, { at: new Date(at) }))).code
    expect(await code('2028-01-01T00:00:00Z')).toBe('JWK_CERTIFICATE_EXPIRED')
    expect(await code('2025-12-31T23:59:59Z')).toBe('JWK_CERTIFICATE_NOT_YET_VALID')
    await buildJwks(qsealc, { at: new Date('2027-12-31T23:59:59Z') })
  })

  it('refuses a kid that leaves its place, unless that is accepted', async () => {
    expect((await errorOf(() => buildJwks(qsealc, { kid: '' }))).code).toBe('JWK_KID_LENGTH')
    expect((await errorOf(() => buildJwks(qsealc, { kid: 'a\nb' }))).code).toBe('JWK_KID_CHARACTER')
    const kid = 'https://psp.example/qsealc.pem'
    expect((await errorOf(() => buildJwks(qsealc, { kid }))).code).toBe('JWK_KID_SEPARATOR')
    expect((await buildJwks(qsealc, { kid, accept: ['JWK_KID_SEPARATOR'] })).keys[0].kid).toBe(kid)
  })
})

describe("a caller's mistake is a TypeError:", () => {
  const mistakes: Readonly<Record<string, () => unknown>> = {
    'PEM to buildJwks': () => buildJwks('-----BEGIN CERTIFICATE-----' as unknown as Uint8Array),
    'nothing to buildJwks': () => buildJwks(undefined as unknown as Uint8Array),
    'an unknown option to buildJwks': () => buildJwks(qsealc, { keyId: '1' } as BuildJwksOptions),
    'a kid that is no text': () => buildJwks(qsealc, { kid: 5 } as unknown as BuildJwksOptions),
    'null for options': () => buildJwks(qsealc, null as unknown as BuildJwksOptions),
    'no moment': () => buildJwks(qsealc, { at: new Date(Number.NaN) }),
    'a moment as text': () => verifyJwks(text, { at: '2026-06-01' } as unknown as VerifyJwksOptions),
    'an unknown profile': () => verifyJwks(text, { profile: 'stet' } as unknown as VerifyJwksOptions),
    'an unknown option': () => checkJwks(text, { strict: false } as VerifyJwksOptions),
    'accepting a code that never passes': () => verifyJwks(text, { accept: ['JWK_PRIVATE_KEY'] }),
    'accepting what is no code': () => verifyJwks(text, { accept: ['*'] as unknown as readonly 'JWK_X5U'[] }),
    'accepting as text': () => verifyJwks(text, { accept: 'JWK_X5U' as unknown as readonly 'JWK_X5U'[] }),
    'null for a JWK Set': () => verifyJwks(null as unknown as object),
    'a number for a JWK Set': () => checkJwks(5 as unknown as object),
    'an object with a function': () => checkJwks({ keys: [() => undefined] }),
    'an object with undefined in an array': () => checkJwks({ keys: [undefined] }),
  }
  it.each(Object.entries(mistakes))('%s', async (_, call) => {
    await expect((async () => call())()).rejects.toThrow(TypeError)
  })
})

describe('checkJwks of an object', () => {
  it('says that members that stood there twice can no longer be seen', async () => {
    expect(await found(JSON.parse(text) as object)).toEqual(['notice JWK_DUPLICATES_UNSEEN '])
    const { jwk: verified, notices } = await verifyJwks(sound)
    expect(verified).toEqual(jwk)
    expect(codesOf(notices)).toEqual(['notice JWK_DUPLICATES_UNSEEN '])
  })

  it('reads own data alone', async () => {
    const inherited = { keys: [Object.create(jwk)] }
    expect(await found(inherited)).toContain('error JWK_MEMBER_MISSING /keys/0/kty')
    const computed = { keys: [Object.defineProperty({ ...jwk }, 'kty', { get: () => 'RSA', enumerable: true })] }
    expect(await found(computed)).toContain('error JWK_MEMBER_MISSING /keys/0/kty')
    const own = JSON.parse(text.replace('{"kty"', '{"__proto__":{"alg":"none"},"kty"')) as object
    expect(await found(own)).toContain('error JWK_MEMBER_DANGEROUS /keys/0/__proto__')
    expect(await found(Object.create(sound) as object)).toContain('error JWK_SET_KEYS_MISSING /keys')
  })

  it('takes a member that is undefined as absent', async () => {
    expect(await found({ keys: [{ ...jwk, x5u: undefined }] })).toEqual(['notice JWK_DUPLICATES_UNSEEN '])
  })

  it('has limits', async () => {
    const circle: { keys: unknown[] } = { keys: [] }
    circle.keys.push(circle)
    expect(await found(circle)).toContain('error LIMIT_JSON_DEPTH ')
    expect(await found({ keys: new Array(4e9 % 2 ** 32) })).toContain('error LIMIT_JSON_DEPTH ')
    let wide: object = {}
    for (let i = 0; i < 20; i++) wide = { a: wide, b: wide, c: wide }
    expect(await found({ keys: [wide] })).toContain('error LIMIT_JSON_DEPTH ')
  })
})

describe('a text', () => {
  it('with half of a surrogate pair is refused before an encoder changes it', async () => {
    expect(await found(text.replace('"1', '"\ud8001').replace(/"kid":"/, '$&\ud800'))).toEqual(['error JSON_TEXT '])
  })

  it('over a mebibyte is refused, whatever it holds', async () => {
    const large = JSON.stringify({ keys: [{ ...jwk, kid: '1'.repeat(1 << 20) }] })
    expect(await found(large)).toEqual([expect.stringContaining('LIMIT_JSON_SIZE')])
    expect(await found(new TextEncoder().encode(large))).toEqual([expect.stringContaining('LIMIT_JSON_SIZE')])
    const kid = JSON.stringify({ keys: [{ ...jwk, kid: '1'.repeat(1_000_000) }] })
    const { findings } = await checkJwks(kid)
    expect(codesOf(findings)).toEqual(['error JWK_KID_LENGTH /keys/0/kid'])
    expect(JSON.stringify(findings).length).toBeLessThan(1000)
  })
})

describe('what an attacker repeats', () => {
  it('gives few findings, and never hides the first error', async () => {
    const many = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`x-${i}`, 0]))
    const unknown = await checkJwks(JSON.stringify({ keys: [{ ...many, ...jwk }] }))
    expect(unknown.verified).toBeDefined()
    expect(unknown.findings.length).toBeLessThan(20)
    expect(unknown.findings.at(-1)?.message).toContain('4984 more')

    const spellings = Array.from({ length: 600 }, (_, i) => `k${'_'.repeat(i % 30)}i${'-'.repeat(Math.trunc(i / 30))}d`)
    const misspelt = Object.fromEntries(spellings.filter((name) => name !== 'kid').map((name) => [name, '1']))
    const keys = JSON.stringify({ keys: [{ ...jwk, ...misspelt, alg: 'none' }] })
    const { findings, verified } = await checkJwks(keys, { accept: ['JWK_MEMBER_MISSPELT'] })
    expect(verified).toBeUndefined()
    expect(codesOf(findings)).toContain('error JWK_ALG /keys/0/alg')
    expect(findings.length).toBeLessThan(300)
    expect((await errorOf(() => verifyJwks(keys, { accept: ['JWK_MEMBER_MISSPELT'] }))).code).toBe('JWK_ALG')
  })

  it('gives short paths', async () => {
    const { findings } = await checkJwks(JSON.stringify({ keys: [{ ...jwk, ['x'.repeat(100_000)]: 1 }] }))
    expect(findings[0]?.path.length).toBeLessThan(100)
  })
})

describe('a secret', () => {
  it('is told and never shown', async () => {
    const secret = 'VEhFLVNFQ1JFVC1JVFNFTEY'
    const burned: Record<string, unknown> = { ...jwk, k: secret }
    for (const name of ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth']) burned[name] = secret
    const input = JSON.stringify({ keys: [burned] })
    const { findings } = await checkJwks(input)
    expect(findings).toHaveLength(8)
    expect(findings.find(({ code }) => code === 'JWK_PRIVATE_KEY')?.message).toContain('burned')
    expect(JSON.stringify(findings)).not.toContain(secret)
    const error = await errorOf(() => verifyJwks(input))
    expect(JSON.stringify([error, error.stack, error.message])).not.toContain(secret)
  })

  it('in the place of another value is not shown', async () => {
    const secret = 'VEhFLVNFQ1JFVC1JVFNFTEYtMTIz'
    for (const name of ['kty', 'use', 'alg', 'kid', 'n', 'e', 'x5t#S256', 'x5u', 'x5t', 'more']) {
      const { findings } = await checkJwks(JSON.stringify({ keys: [{ ...jwk, [name]: secret }] }))
      expect(JSON.stringify(findings), name).not.toContain(secret)
    }
    for (const name of ['key_ops', 'x5c']) {
      const { findings } = await checkJwks(JSON.stringify({ keys: [{ ...jwk, [name]: [secret] }] }))
      expect(JSON.stringify(findings), name).not.toContain(secret)
    }
  })
})

describe('what is verified', () => {
  it('is rebuilt: n and e from the certificate, nothing that nobody knows', async () => {
    const { n: _n, e: _e, ...rest } = jwk
    const { jwk: verified } = await verifyJwks(JSON.stringify({ keys: [{ ...rest, more: 1, x5u: null }] }))
    expect(verified).toEqual(jwk)
    expect(Object.keys(verified)).toEqual(Object.keys(jwk))
  })

  it('says in the message what to send, and names the misspelling', async () => {
    const { findings } = await checkJwks(
      JSON.stringify({ keys: [{ ...jwk, key_ops: undefined, keys_ops: ['verify'] }] }),
    )
    expect(findings).toEqual([
      expect.objectContaining({ code: 'JWK_MEMBER_MISSPELT', path: '/keys/0/keys_ops', mend: 'write "key_ops"' }),
    ])
    const wrong = await checkJwks(JSON.stringify({ keys: [{ ...jwk, 'x5t#S256': 'A'.repeat(43) }] }))
    expect(wrong.findings[0]?.mend).toBe(`send "${jwk['x5t#S256']}"`)
  })

  it('errors of the certificate keep their code and offset, with the place in the JSON', async () => {
    const der = Uint8Array.from(qsealc)
    der[4] = 0x31
    const { findings } = await checkJwks(
      JSON.stringify({ keys: [{ ...jwk, x5c: [Buffer.from(der).toString('base64')] }] }),
    )
    expect(findings).toEqual([
      expect.objectContaining({ code: 'DER_TAG_UNEXPECTED', path: '/keys/0/x5c/0', offset: 4, severity: 'error' }),
    ])
  })
})
