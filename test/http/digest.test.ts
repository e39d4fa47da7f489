import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { nodeCrypto } from '../../src/crypto/node.ts'
import {
  createDigest,
  createDigestOfStream,
  type DigestField,
  type HashingProvider,
  type MessageDigestOptions,
  parseWantDigest,
  verifyDigest,
  verifyDigestOfStream,
  verifyMessageDigest,
} from '../../src/http/digest/index.ts'
import { readMessage } from '../../src/http/index.ts'
import { codeOf, octets, post, withHeaders } from './support.ts'

const text = '{"a": 1}\n'
const body = octets(text)
const sha256 = (data: Uint8Array | string): Buffer => createHash('sha256').update(data).digest()
const sha512 = (data: Uint8Array | string): Buffer => createHash('sha512').update(data).digest()
const b64 = sha256(body).toString('base64')
const b64of512 = sha512(body).toString('base64')
const hex = sha256(body).toString('hex')

/** What the header Digest may say, and what becomes of it. */
const legacy: readonly (readonly [what: string, value: string, outcome: string])[] = [
  ['the digest', `SHA-256=${b64}`, 'accepted'],
  ['a name in lower case (DIG-08)', `sha-256=${b64}`, 'accepted'],
  ['a name in mixed case (DIG-08)', `Sha-256=${b64}`, 'accepted'],
  ['SHA-512', `SHA-512=${b64of512}`, 'accepted'],
  ['two, both right', `SHA-256=${b64}, SHA-512=${b64of512}`, 'accepted'],
  ['an unknown one beside', `id-sha-256=${b64},SHA-256=${b64}`, 'accepted'],
  ['another body (DIG-01)', `SHA-256=${sha256('{"a": 2}\n').toString('base64')}`, 'DIGEST_MISMATCH'],
  ['JSON without white space (DIG-02)', `SHA-256=${sha256('{"a":1}').toString('base64')}`, 'DIGEST_RESERIALISED'],
  ['MD5 (DIG-03)', 'MD5=1B2M2Y8AsgTpgAmY7PhCfg==', 'DIGEST_ALGORITHM_WEAK'],
  ['SHA (DIG-03)', 'SHA=2jmj7l5rSw0yVb/vlWAYkK/YBwk=', 'DIGEST_ALGORITHM_WEAK'],
  ['sha-1 (DIG-03)', 'sha-1=2jmj7l5rSw0yVb/vlWAYkK/YBwk=', 'DIGEST_ALGORITHM_WEAK'],
  ['UNIXsum (DIG-03)', 'UNIXsum=30637', 'DIGEST_ALGORITHM_WEAK'],
  ['a weak one beside a sound one', `SHA-256=${b64},MD5=1B2M2Y8AsgTpgAmY7PhCfg==`, 'DIGEST_ALGORITHM_WEAK'],
  ['an unknown one alone', `sha-384=${b64}`, 'DIGEST_ALGORITHM_UNKNOWN'],
  ['a wrong second (DIG-04)', `SHA-256=${b64},SHA-512=${sha512('x').toString('base64')}`, 'DIGEST_MISMATCH'],
  ['a wrong first (DIG-04)', `SHA-512=${sha512('x').toString('base64')},SHA-256=${b64}`, 'DIGEST_MISMATCH'],
  ['SHA-256 twice (DIG-05)', `SHA-256=${b64},sha-256=${b64}`, 'DIGEST_ALGORITHM_TWICE'],
  ['hexadecimal (DIG-06)', `SHA-256=${hex}`, 'DIGEST_HEX'],
  ['hexadecimal in upper case', `SHA-256=${hex.toUpperCase()}`, 'DIGEST_HEX'],
  ['base64url (DIG-06)', `SHA-256=${'-'.repeat(43)}=`, 'DIGEST_BASE64URL'],
  ['no padding (DIG-06)', `SHA-256=${b64.slice(0, -1)}`, 'DIGEST_PADDING'],
  ['too much padding', `SHA-256=${b64}=`, 'DIGEST_PADDING'],
  ['quoted (DIG-06)', `SHA-256="${b64}"`, 'DIGEST_QUOTED'],
  ['between colons (DIG-06)', `SHA-256=:${b64}:`, 'DIGEST_COLONS'],
  ['no algorithm', b64, 'DIGEST_BARE'],
  ['no algorithm, 512 bits', b64of512, 'DIGEST_BARE'],
  ['base64 of hexadecimal (DIG-07)', `SHA-256=${Buffer.from(hex).toString('base64')}`, 'DIGEST_BASE64_OF_HEX'],
  ['base64 with spaces', `SHA-256=${b64.slice(0, 20)} ${b64.slice(20)}`, 'DIGEST_BASE64'],
  ['unused bits set', `SHA-256=${b64.slice(0, -2)}${b64.at(-2) === 'g' ? 'h' : 'R'}=`, 'DIGEST_BASE64'],
  ['a digest of SHA-1 under SHA-256', 'SHA-256=2jmj7l5rSw0yVb/vlWAYkK/YBwk=', 'DIGEST_LENGTH'],
  ['the digest of nothing (DIG-10)', `SHA-256=${sha256('').toString('base64')}`, 'DIGEST_OF_EMPTY'],
  ['the body without its line break', `SHA-256=${sha256('{"a": 1}').toString('base64')}`, 'DIGEST_NEWLINE'],
  ['the body with one more line break', `SHA-256=${sha256(`${text}\n`).toString('base64')}`, 'DIGEST_NEWLINE'],
  ['the body with CRLF (DIG-12)', `SHA-256=${sha256('{"a": 1}\r\n').toString('base64')}`, 'DIGEST_LINE_ENDS'],
  [
    'a byte order mark before (DIG-12)',
    `SHA-256=${sha256(`\ufeff${text}`).toString('base64')}`,
    'DIGEST_BYTE_ORDER_MARK',
  ],
  ['no value', 'SHA-256=', 'DIGEST_SYNTAX'],
  ['nothing', '', 'DIGEST_SYNTAX'],
  ['a comma too many', `SHA-256=${b64},`, 'DIGEST_SYNTAX'],
  ['many members', `${'x-1=AAAA,'.repeat(40)}SHA-256=${b64}`, 'DIGEST_SYNTAX'],
]

const dictionary: readonly (readonly [what: string, value: string, outcome: string])[] = [
  ['the digest', `sha-256=:${b64}:`, 'accepted'],
  ['two, both right', `sha-512=:${b64of512}:, sha-256=:${b64}:`, 'accepted'],
  ['an unknown one beside', `sha-384=:${b64}:, sha-256=:${b64}:`, 'accepted'],
  ['upper case', `SHA-256=:${b64}:`, 'DIGEST_KEY_CASE'],
  ['no colons', `sha-256=${b64}`, 'DIGEST_NOT_BYTES'],
  ['a string', `sha-256="${b64}"`, 'DIGEST_NOT_BYTES'],
  ['a token', 'sha-256=abc', 'DIGEST_NOT_BYTES'],
  ['an inner list', `sha-256=(:${b64}:)`, 'DIGEST_NOT_BYTES'],
  ['hexadecimal', `sha-256=:${hex}:`, 'DIGEST_LENGTH'],
  ['base64 of hexadecimal', `sha-256=:${Buffer.from(hex).toString('base64')}:`, 'DIGEST_BASE64_OF_HEX'],
  ['base64url', `sha-256=:${'_'.repeat(43)}=:`, 'DIGEST_BASE64URL'],
  ['no padding', `sha-256=:${b64.slice(0, -1)}:`, 'DIGEST_PADDING'],
  ['twice', `sha-256=:${b64}:, sha-256=:${b64}:`, 'DIGEST_ALGORITHM_TWICE'],
  ['md5', 'md5=:1B2M2Y8AsgTpgAmY7PhCfg==:', 'DIGEST_ALGORITHM_WEAK'],
  ['an unknown one alone', `sha-384=:${b64}:`, 'DIGEST_ALGORITHM_UNKNOWN'],
  ['one that is not right', `sha-256=:${b64}:, sha-512=:${sha512('x').toString('base64')}:`, 'DIGEST_MISMATCH'],
  ['no dictionary', ';', 'STRUCTURED_FIELD_SYNTAX'],
]

describe('the header Digest', () => {
  it.each(legacy)('%s', async (_, value, outcome) => {
    expect(await codeOf(() => verifyDigest(value, body))).toBe(outcome)
  })

  it('takes base64 without a name only where the profile says so', async () => {
    expect(await verifyDigest(b64, body, { bare: true })).toEqual({ algorithms: ['sha-256'] })
    expect(await codeOf(() => verifyDigest(hex, body, { bare: true }))).toBe('DIGEST_HEX')
    expect(await codeOf(() => verifyDigest(`${b64},${b64}`, body, { bare: true }))).toBe('DIGEST_BARE')
  })

  it('counts only the algorithms of the profile, and verifies the others too', async () => {
    const only256 = { algorithms: ['sha-256'] } as const
    expect(await codeOf(() => verifyDigest(`SHA-512=${b64of512}`, body, only256))).toBe('DIGEST_ALGORITHM_NOT_ALLOWED')
    expect(await verifyDigest(`SHA-256=${b64},SHA-512=${b64of512}`, body, only256)).toEqual({
      algorithms: ['sha-256', 'sha-512'],
    })
  })

  it('does not search long bodies for the reason', async () => {
    const long = new Uint8Array(70_000)
    const value = `SHA-256=${sha256('').toString('base64')}`
    expect(await codeOf(() => verifyDigest(value, long))).toBe('DIGEST_MISMATCH')
    expect(await codeOf(() => verifyDigest(value, long.subarray(0, 60_000)))).toBe('DIGEST_OF_EMPTY')
  })
})

describe('the header Content-Digest', () => {
  it.each(dictionary)('%s', async (_, value, outcome) => {
    expect(await codeOf(() => verifyDigest(value, body, { field: 'Content-Digest' }))).toBe(outcome)
  })
})

describe('createDigest', () => {
  it.each([
    ['Digest', 'sha-256', `SHA-256=${b64}`],
    ['Digest', 'sha-512', `SHA-512=${b64of512}`],
    ['Content-Digest', 'sha-256', `sha-256=:${b64}:`],
    ['Repr-Digest', 'sha-512', `sha-512=:${b64of512}:`],
  ] as const)('%s %s is verified by what node:crypto says', async (field, algorithm, value) => {
    expect(await createDigest(body, { field, algorithm })).toBe(value)
    expect(await verifyDigest(value, body, { field })).toEqual({ algorithms: [algorithm] })
  })

  it('refuses what a caller gets wrong', async () => {
    await expect(createDigest(text as never)).rejects.toThrow(TypeError)
    await expect(createDigest(body, { algorithm: 'sha-1' as never })).rejects.toThrow(TypeError)
    await expect(createDigest(body, { field: 'digest' as never })).rejects.toThrow(TypeError)
    await expect(createDigest(body, { algoritm: 'sha-512' } as never)).rejects.toThrow(/algoritm/)
    await expect(verifyDigest(`SHA-256=${b64}`, body, { algorithms: [] })).rejects.toThrow(TypeError)
    await expect(verifyDigest(`SHA-256=${b64}`, body, { algorithms: ['md5' as never] })).rejects.toThrow(TypeError)
    await expect(verifyDigest(undefined as never, body)).rejects.toThrow(TypeError)
    await expect(verifyDigest('', text as never)).rejects.toThrow(TypeError)
  })

  it('takes nothing from Object.prototype (TIM-06)', async () => {
    const prototype = Object.prototype as { bare?: boolean }
    Object.defineProperty(prototype, 'bare', { value: true, configurable: true, enumerable: false })
    try {
      expect(await codeOf(() => verifyDigest(b64, body, {}))).toBe('DIGEST_BARE')
    } finally {
      delete prototype.bare
    }
  })
})

describe('verifyMessageDigest', () => {
  const view = (changes: Record<string, string | undefined>, content: Uint8Array = body) =>
    readMessage({ ...withHeaders(post, { Digest: undefined, ...changes }), body: content })
  const run = (changes: Record<string, string | undefined>, options: MessageDigestOptions, content?: Uint8Array) =>
    codeOf(() => verifyMessageDigest(view(changes, content), options))
  const always = { required: 'always' } as const
  const withBody = { required: 'with-body' } as const
  const good = { Digest: `SHA-256=${b64}`, 'Content-Digest': `sha-256=:${b64}:` }
  const other = sha256('x').toString('base64')

  it('verifies every field that is there', async () => {
    expect(await verifyMessageDigest(view(good), always)).toEqual([
      { field: 'Digest', algorithms: ['sha-256'] },
      { field: 'Content-Digest', algorithms: ['sha-256'] },
    ])
  })

  it.each([
    [
      'two fields that disagree (DIG-09)',
      { ...good, 'Content-Digest': `sha-256=:${other}:` },
      'DIGEST_FIELDS_DISAGREE',
    ],
    [
      'a wrong one in another algorithm',
      { ...good, 'Repr-Digest': `sha-512=:${b64of512.replace(/^./, '/')}:` },
      /DIGEST_MISM/,
    ],
    ['a wrong one though none is required', { Digest: `SHA-256=${other}` }, 'DIGEST_MISMATCH'],
    [
      'Repr-Digest of a part',
      { 'Repr-Digest': `sha-256=:${b64}:`, 'Content-Range': 'bytes 0-8/100' },
      'DIGEST_REPRESENTATION',
    ],
  ])('%s', async (_, changes, code) => {
    expect(await run(changes, { required: 'never' })).toMatch(code)
  })

  it.each([
    ['a body without a digest (DIG-10)', {}, withBody, body, 'DIGEST_MISSING'],
    ['no body and no digest (DIG-10)', {}, withBody, new Uint8Array(0), 'accepted'],
    ['no body and no digest where one is always needed', {}, always, new Uint8Array(0), 'DIGEST_MISSING'],
    [
      'the digest of nothing',
      { Digest: `SHA-256=${sha256('').toString('base64')}` },
      always,
      new Uint8Array(0),
      'accepted',
    ],
    [
      'another field than the profile wants',
      { Digest: `SHA-256=${b64}` },
      { ...always, fields: ['Content-Digest' as const] },
      body,
      'DIGEST_MISSING',
    ],
  ] as const)('%s', async (_, changes, options, content, code) => {
    expect(await run(changes, options, content)).toBe(code)
  })

  it('joins the lines of a field', async () => {
    const lines = (second: string) => ({
      ...post,
      headers: [
        ['Digest', `SHA-256=${b64}`],
        ['Digest', second],
      ] as [string, string][],
      body,
    })
    const verify = (second: string) => codeOf(() => verifyMessageDigest(readMessage(lines(second)), always))
    expect(await verify(`SHA-512=${b64of512}`)).toBe('accepted')
    expect(await verify(`SHA-256=${b64}`)).toBe('DIGEST_ALGORITHM_TWICE')
  })

  it('keeps the octets that it was given (TIM-11)', async () => {
    const mine = Uint8Array.from(body)
    const message = view(good, mine)
    mine.fill(0)
    expect(await codeOf(() => verifyMessageDigest(message, always))).toBe('accepted')
  })

  it('refuses what a caller gets wrong', async () => {
    for (const options of [
      {},
      { required: 'yes' },
      { ...always, fields: [] },
      { ...always, algorithms: [] },
      { ...always, x: 1 },
    ]) {
      await expect(verifyMessageDigest(view(good), options as never)).rejects.toThrow(TypeError)
    }
    const fields = ['digest' as DigestField]
    await expect(verifyMessageDigest(view(good), { ...always, fields })).rejects.toThrow(TypeError)
  })
})

describe('streams', () => {
  async function* parts(): AsyncIterable<Uint8Array> {
    yield body.subarray(0, 3)
    yield body.subarray(3)
  }
  const hashing: HashingProvider = {
    ...nodeCrypto(),
    hasher: (hash) => {
      const state = createHash(hash.replace('-', ''))
      return { update: (data) => void state.update(data), digest: () => new Uint8Array(state.digest()) }
    },
  }

  it.each([
    ['collected', undefined],
    ['hashed in parts', hashing],
  ])('%s', async (_, crypto) => {
    const options = crypto === undefined ? {} : { crypto }
    expect(await createDigestOfStream(parts(), options)).toBe(`SHA-256=${b64}`)
    expect(await verifyDigestOfStream(`SHA-512=${b64of512}`, parts(), options)).toEqual({ algorithms: ['sha-512'] })
    const wrong = `SHA-256=${sha256('x').toString('base64')}`
    expect(await codeOf(() => verifyDigestOfStream(wrong, parts(), options))).toBe('DIGEST_MISMATCH')
    const limit = (maxSize: number) => codeOf(() => createDigestOfStream(parts(), { ...options, maxSize }))
    expect([await limit(body.length), await limit(body.length - 1)]).toEqual(['accepted', 'LIMIT_BODY'])
  })

  it('refuses what a caller gets wrong', async () => {
    await expect(createDigestOfStream(['text'] as never)).rejects.toThrow(TypeError)
    await expect(createDigestOfStream(parts(), { maxSize: Number.NaN })).rejects.toThrow(TypeError)
    await expect(createDigestOfStream(parts(), { algorithm: 'md5' as never })).rejects.toThrow(TypeError)
  })
})

describe('parseWantDigest', () => {
  it.each(['sha-256=11', 'sha-256=-1', 'sha-256=1.5', 'sha-256', 'sha-256=(1)'])('refuses %s', async (value) => {
    expect(await codeOf(() => parseWantDigest(value))).toBe('DIGEST_SYNTAX')
  })
})
