import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Psd2Error } from '../../src/core/errors.ts'
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
import { parseLegacyDigest } from '../../src/http/digest/legacy.ts'
import { readMessage } from '../../src/http/index.ts'
import { codeOf, octets, post, withHeaders } from './support.ts'

const text = '{"a": 1}\n'
const body = octets(text)
const sha256 = (data: Uint8Array | string): Buffer => createHash('sha256').update(data).digest()
const sha512 = (data: Uint8Array | string): Buffer => createHash('sha512').update(data).digest()
const b64 = sha256(body).toString('base64')
const b64of512 = sha512(body).toString('base64')
const hex = sha256(body).toString('hex')

// The values of vectors/http are for the rest: test/vectors-http.test.ts.
describe('the header Digest', () => {
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

  it('reads one digest as it reads the first of several', () => {
    const parts = ['SHA-256', 'SHA-512', 'sha-256', '=', ',', ' ', ':', '"', b64, b64of512, hex, 'A', '', 'MD5=AAAA']
    const read = (value: string): unknown => {
      try {
        return parseLegacyDigest(value, { bare: false })
      } catch (error) {
        const { code, path, offset } = error as Psd2Error
        return { code, path, offset }
      }
    }
    const around = fc.array(fc.constantFrom(...parts), { maxLength: 4 }).map((texts) => texts.join(''))
    const usual = fc.constantFrom('', `SHA-256=${b64}`, `SHA-512=${b64of512}`, `SHA-256=${'='.repeat(44)}`)
    fc.assert(
      fc.property(around, usual, around, (before, one, after) => {
        // White space at the end is trimmed, and keeps the value from being of the usual length.
        const value = before + one + after
        expect(read(value)).toEqual(read(`${value} `))
      }),
      { numRuns: 2000 },
    )
    expect(read(`SHA-256=${b64}`)).toEqual([{ algorithm: 'sha-256', value: new Uint8Array(sha256(body)) }])
  })

  it('does not search long bodies for the reason', async () => {
    const long = new Uint8Array(70_000)
    const value = `SHA-256=${sha256('').toString('base64')}`
    expect(await codeOf(() => verifyDigest(value, long))).toBe('DIGEST_MISMATCH')
    expect(await codeOf(() => verifyDigest(value, long.subarray(0, 60_000)))).toBe('DIGEST_OF_EMPTY')
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

  it('takes no Repr-Digest for the digest of a part, and every Content-Digest for that of what was sent', async () => {
    const part = (headers: [string, string][], status: number) =>
      codeOf(() => verifyMessageDigest(readMessage({ status, headers, body }), always))
    const repr: [string, string] = ['Repr-Digest', `sha-256=:${b64}:`]
    const content: [string, string] = ['Content-Digest', `sha-256=:${b64}:`]
    const range: [string, string] = ['Content-Range', 'bytes 0-8/100']
    expect(await part([repr], 200)).toBe('accepted')
    expect(await part([repr], 206)).toBe('DIGEST_REPRESENTATION')
    expect(await part([content], 206)).toBe('accepted')
    expect(await part([content, range], 206)).toBe('accepted')
  })

  it('takes base64 without a name only where it is told to', async () => {
    const bare = { Digest: b64 }
    expect(await run(bare, { ...always, bare: true })).toBe('accepted')
    expect(await run(bare, { ...always, bare: false })).toBe('DIGEST_BARE')
    expect(await run(bare, always)).toBe('DIGEST_BARE')
  })

  it('hashes with the provider that it is given', async () => {
    const crypto = { name: 'none', digest: async () => new Uint8Array(32) }
    expect(await run(good, { ...always, crypto })).toBe('DIGEST_MISMATCH')
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
