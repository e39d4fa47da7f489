import { describe, expect, it } from 'vitest'
import { encodeBase64url } from '../../src/core/base64.ts'
import {
  checkPolicy,
  parseSignatures,
  readMessage,
  type SignaturePolicy,
  type SignOptions,
  signMessage,
} from '../../src/http/index.ts'
import {
  at,
  codeOf,
  octets,
  post,
  rsa,
  rsaSigner,
  rsaVerifier,
  signed,
  signerOf,
  verified,
  verifierOf,
  withHeaders,
} from './support.ts'

const options: SignOptions = {
  dialect: 'jades-http',
  components: ['(request-target)', 'digest', 'content-type'],
  signedAt: at,
  x5tS256: 'dytPpSkJYzhTdPXSWP7jhXgG4kCOWIWGiesdzkvNLzY',
}
const read = { dialect: 'jades-http' } as const

const header = {
  alg: 'RS256',
  'x5t#S256': 'dytPpSkJYzhTdPXSWP7jhXgG4kCOWIWGiesdzkvNLzY',
  b64: false,
  crit: ['sigT', 'sigD', 'b64'],
  sigT: '2026-11-22T09:00:10Z',
  sigD: { pars: ['(request-target)', 'digest'], mId: 'http://uri.etsi.org/19182/HttpHeaders' },
}
const jws = (value: unknown): string => `${encodeBase64url(octets(JSON.stringify(value)))}..AAAA`
const code = (value: string) =>
  codeOf(() => parseSignatures(readMessage(withHeaders(post, { 'x-jws-signature': value })), read))

describe('JAdES HttpHeaders', () => {
  it('is signed over the header, a point, and the lines', async () => {
    const { headers, base } = await signMessage(readMessage(post), options, rsaSigner)
    const [serialised] = (headers[0]?.[1] ?? '').split('..') as [string]
    expect(base.text).toBe(
      `${serialised}.(request-target): post /v1/payments?id=42&x=%2F\ndigest: SHA-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=\ncontent-type: application/json`,
    )
    const json = JSON.parse(Buffer.from(serialised, 'base64url').toString()) as Record<string, unknown>
    expect(json).toEqual({ ...header, sigD: { ...header.sigD, pars: options.components } })
  })

  it('verifies, with a line feed at the end only by a quirk', async () => {
    const message = await signed(post, options)
    await verified(message, read)
    const quirks = { trailingNewline: true }
    expect(await codeOf(() => verified(message, { ...read, quirks }))).toBe('SIGNATURE_INVALID')
    await verified(await signed(post, { ...options, trailingNewline: true }), { ...read, quirks })
  })

  it('holds to the algorithm of the key', async () => {
    const pss = signerOf('rsa-pss-sha256', rsa.privateKey)
    const message = await signed(post, { ...options, x5c: ['MII='], kid: 'k' }, pss)
    await verified(message, read, verifierOf('rsa-pss-sha256', rsa.publicKey))
    expect(await codeOf(() => verified(message, read, rsaVerifier))).toBe('SIGNATURE_ALGORITHM_MISMATCH')
    const [signature] = parseSignatures(readMessage(message), read)
    expect([...(signature?.parameters ?? [])]).toEqual([
      ['alg', 'PS256'],
      ['kid', 'k'],
      ['x5t#S256', header['x5t#S256']],
      ['x5c', 'MII='],
    ])
  })

  it('is held to the same policy', async () => {
    const policy: SignaturePolicy = {
      required: ['(request-target)'],
      algorithms: ['rsa-v1_5-sha256'],
      clock: { maxAge: 60 },
      digest: { required: 'with-body', fields: ['Digest'] },
    }
    const run = async (signing: SignOptions, time: Date) => {
      const view = readMessage(await signed(post, signing))
      return codeOf(() => {
        for (const one of parseSignatures(view, read)) checkPolicy(view, one, policy, { at: time })
      })
    }
    expect(await run(options, at)).toBe('accepted')
    expect(await run(options, new Date(at.getTime() + 91_000))).toBe('SIGNATURE_TOO_OLD')
    expect(await run({ ...options, components: ['(request-target)'] }, at)).toBe('SIGNATURE_REQUIRED_NOT_COVERED')
  })

  it.each([
    ['as it should be', header, 'accepted'],
    ['iat in the place of sigT', { ...header, sigT: undefined, iat: 1, crit: ['iat', 'sigD', 'b64'] }, 'accepted'],
    ['sigT and iat that differ', { ...header, iat: 1 }, 'SIGNATURE_TIME'],
    ['no alg', { ...header, alg: undefined }, 'JADES_HEADER'],
    ['none', { ...header, alg: 'none' }, 'SIGNATURE_ALGORITHM_NOT_ALLOWED'],
    ['HS256', { ...header, alg: 'HS256' }, 'SIGNATURE_ALGORITHM_NOT_ALLOWED'],
    ['an unknown algorithm', { ...header, alg: 'XX1' }, 'SIGNATURE_ALGORITHM_UNKNOWN'],
    ['b64 true', { ...header, b64: true }, 'JADES_B64'],
    ['b64 not critical', { ...header, crit: ['sigT', 'sigD'] }, 'JADES_B64'],
    ['sigD not critical', { ...header, crit: ['sigT', 'b64'] }, 'JADES_CRITICAL'],
    ['crit empty', { ...header, crit: [] }, 'JADES_CRITICAL'],
    ['crit missing', { ...header, crit: undefined }, 'JADES_CRITICAL'],
    ['crit twice the same', { ...header, crit: ['b64', 'sigD', 'b64'] }, 'JADES_CRITICAL'],
    ['crit with an unknown name', { ...header, crit: ['b64', 'sigD', 'x'], x: 1 }, 'JADES_CRITICAL'],
    ['crit with what is absent', { ...header, crit: ['b64', 'sigD', 'iat'] }, 'JADES_CRITICAL'],
    [
      'another mechanism',
      { ...header, sigD: { ...header.sigD, mId: 'http://uri.etsi.org/19182/ObjectIdByURI' } },
      'JADES_MECHANISM',
    ],
    ['more in sigD', { ...header, sigD: { ...header.sigD, hashM: 'S256' } }, 'JADES_HEADER'],
    ['no pars', { ...header, sigD: { mId: header.sigD.mId } }, 'JADES_HEADER'],
    ['pars empty', { ...header, sigD: { ...header.sigD, pars: [] } }, 'SIGNATURE_HEADERS_EMPTY'],
    ['pars in upper case', { ...header, sigD: { ...header.sigD, pars: ['Digest'] } }, 'SIGNATURE_HEADERS_CASE'],
    ['pars twice', { ...header, sigD: { ...header.sigD, pars: ['digest', 'digest'] } }, 'SIGNATURE_COMPONENT_TWICE'],
    ['pars with numbers', { ...header, sigD: { ...header.sigD, pars: [1] } }, 'JADES_HEADER'],
    [
      'pars with (created)',
      { ...header, sigD: { ...header.sigD, pars: ['(created)'] } },
      'SIGNATURE_COMPONENT_UNKNOWN',
    ],
    [
      'too many pars',
      { ...header, sigD: { ...header.sigD, pars: Array.from({ length: 65 }, (_, i) => `h${i}`) } },
      'LIMIT_COMPONENTS',
    ],
    ['a time with a zone', { ...header, sigT: '2026-11-22T09:00:10+01:00' }, 'SIGNATURE_TIME'],
    ['no day of the calendar', { ...header, sigT: '2026-11-31T09:00:10Z' }, 'SIGNATURE_TIME'],
    ['a time that is a number', { ...header, sigT: 1 }, 'SIGNATURE_TIME'],
    ['jwk', { ...header, jwk: {} }, 'JADES_KEY_SOURCE'],
    ['jku', { ...header, jku: 'https://evil.example/' }, 'JADES_KEY_SOURCE'],
    ['x5u', { ...header, x5u: 'https://evil.example/' }, 'JADES_KEY_SOURCE'],
    ['x5c that is no list', { ...header, x5c: 'MII=' }, 'JADES_HEADER'],
    ['kid that is a number', { ...header, kid: 1 }, 'JADES_HEADER'],
    ['no object', [], 'JADES_HEADER'],
  ])('a header with %s', async (_, value, expected) => {
    expect(await code(jws(value))).toBe(expected)
  })

  it.each([
    ['a payload', jws(header).replace('..', '.AAAA.'), 'JADES_SYNTAX'],
    ['two points alone', '..', 'JADES_SYNTAX'],
    ['a fourth part', `${jws(header)}.AAAA`, 'JADES_SYNTAX'],
    ['a header that is no base64url', `+${jws(header)}`, 'JADES_SYNTAX'],
    ['a signature that is no base64url', jws(header).replace('AAAA', 'AA+/'), 'SIGNATURE_BASE64'],
    ['a member twice', `${encodeBase64url(octets('{"alg":"RS256","alg":"none"}'))}..AAAA`, 'JSON_MEMBER_TWICE'],
    ['too long', 'A'.repeat(40_000), 'LIMIT_SIGNATURE_FIELD'],
  ])('%s', async (_, value, expected) => {
    expect(await code(value)).toBe(expected)
  })

  it('is there once', async () => {
    expect(await codeOf(() => parseSignatures(readMessage(post), read))).toBe('SIGNATURE_MISSING')
    const headers = [...post.headers, ['x-jws-signature', jws(header)], ['X-JWS-Signature', jws(header)]] as [
      string,
      string,
    ][]
    expect(await codeOf(() => parseSignatures(readMessage({ ...post, headers }), read))).toBe('SIGNATURE_HEADER_TWICE')
  })

  it('names a certificate, and is not by a secret', async () => {
    await expect(signed(post, { ...options, x5tS256: undefined })).rejects.toThrow(TypeError)
    for (const signedAt of [new Date(Number.NaN), undefined] as Date[]) {
      await expect(signed(post, { ...options, signedAt })).rejects.toThrow(TypeError)
      const jws = { dialect: 'obie-jws', components: ['@body'], kid: 'k', issuer: 'i', signedAt } as const
      await expect(signed(post, jws)).rejects.toThrow(TypeError)
      const sound = { ...jws, signedAt: at }
      for (const components of [['digest'], ['@body', 'digest'], []]) {
        await expect(signed(post, { ...sound, components })).rejects.toThrow(/covers \['@body'\]/)
      }
      await expect(signed(post, { ...sound, kid: 7 as never })).rejects.toThrow(/needs kid/)
    }
    const { headers } = await signed(post, { ...options, x5tS256: undefined, x5c: ['AAAA'] })
    const [protectedHeader = ''] = (headers.at(-1)?.[1] ?? '').split('.')
    const members = JSON.parse(Buffer.from(protectedHeader, 'base64url').toString())
    expect(members).toMatchObject({ x5c: ['AAAA'] })
    expect(Object.keys(members)).not.toContain('x5t#S256')
    const mac = { algorithm: 'hmac-sha256' as const, sign: async () => octets('x') }
    expect(await codeOf(() => signed(post, options, mac))).toBe('SIGNATURE_ALGORITHM_NOT_ALLOWED')
  })
})
