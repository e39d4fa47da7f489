import { describe, expect, it } from 'vitest'
import {
  checkKeyAlgorithm,
  checkPolicy,
  checkReplay,
  formatHttpDate,
  type HttpMessage,
  MemoryReplayStore,
  parseHttpDate,
  parseSignatures,
  readMessage,
  type SignaturePolicy,
  type SignOptions,
} from '../../src/http/index.ts'
import { at, codeOf, ed25519, post, rsa, rsaSigner, signed, signerOf, withHeaders } from './support.ts'

const base: SignaturePolicy = {
  required: ['(request-target)', 'x-request-id'],
  whenPresent: ['psu-*', 'date', 'content-type'],
  algorithms: ['rsa-v1_5-sha256'],
  clock: { maxAge: 300, skew: 30 },
  digest: { required: 'with-body', fields: ['Digest'] },
  replay: { key: { header: 'X-Request-ID' }, window: 3600 },
}
const all = ['(request-target)', 'host', 'date', 'digest', 'content-type', 'x-request-id', 'psu-ip-address']
const ten = (components: readonly string[] = all): SignOptions => ({ dialect: 'cavage-10', keyId: 'k', components })

interface Trial {
  readonly policy?: Partial<SignaturePolicy>
  readonly message?: HttpMessage
  readonly options?: SignOptions
  readonly at?: Date
  readonly change?: Readonly<Record<string, string | undefined>>
}

const signers = {
  'cavage-10': rsaSigner,
  'cavage-12': signerOf('rsa-pss-sha512', rsa.privateKey),
  rfc9421: signerOf('ed25519', ed25519.privateKey),
}

async function outcome({
  policy,
  message = post,
  options = ten(),
  at: time = at,
  change = {},
}: Trial): Promise<string> {
  const sent = await signed(message, options, signers[options.dialect as keyof typeof signers])
  const view = readMessage(withHeaders(sent, change))
  return codeOf(() => {
    for (const one of parseSignatures(view, { dialect: options.dialect })) {
      checkPolicy(view, one, { ...base, ...policy }, { at: time })
    }
  })
}

const without = (name: string): readonly string[] => all.filter((one) => one !== name)
const seconds = (count: number): Date => new Date(at.getTime() + count * 1000)

describe('coverage', () => {
  it.each([
    ['everything that is asked for', {}, 'accepted'],
    ['digest left out (SIG-01)', { options: ten(without('digest')) }, 'SIGNATURE_REQUIRED_NOT_COVERED'],
    [
      '(request-target) left out (SIG-02)',
      { options: ten(without('(request-target)')) },
      'SIGNATURE_REQUIRED_NOT_COVERED',
    ],
    ['x-request-id left out (SIG-02)', { options: ten(without('x-request-id')) }, 'SIGNATURE_REQUIRED_NOT_COVERED'],
    ['only the default of the draft (SIG-03)', { options: ten(['date']) }, 'SIGNATURE_REQUIRED_NOT_COVERED'],
    ['a psu header left out', { options: ten(without('psu-ip-address')) }, 'SIGNATURE_PRESENT_NOT_COVERED'],
    ['a psu header added on the way', { change: { 'PSU-ID': 'eve' } }, 'SIGNATURE_PRESENT_NOT_COVERED'],
    ['another header added on the way', { change: { 'X-Trace': '1' } }, 'accepted'],
    ['date left out though it is there', { options: ten(without('date')) }, 'SIGNATURE_PRESENT_NOT_COVERED'],
    ['what must not be covered', { policy: { forbidden: ['host'] } }, 'SIGNATURE_FORBIDDEN_COVERED'],
    ['more than may be covered', { policy: { only: without('host') } }, 'SIGNATURE_FORBIDDEN_COVERED'],
    [
      'just what may be covered',
      { policy: { only: ['(request-target)', 'psu-*', ...without('psu-ip-address')] } },
      'accepted',
    ],
    ['a header that must be there', { policy: { headers: ['Consent-ID'] } }, 'SIGNATURE_HEADER_REQUIRED'],
    [
      'a body without a digest (DIG-10)',
      { options: ten(without('digest')), change: { Digest: undefined } },
      'DIGEST_MISSING',
    ],
    [
      'no body and no digest (DIG-10)',
      {
        message: { ...withHeaders(post, { Digest: undefined }), body: new Uint8Array(0) },
        options: ten(without('digest')),
      },
      'accepted',
    ],
    [
      'a digest always',
      {
        message: { ...withHeaders(post, { Digest: undefined }), body: new Uint8Array(0) },
        options: ten(without('digest')),
        policy: { digest: { required: 'always' as const, fields: ['Digest' as const] } },
      },
      'DIGEST_MISSING',
    ],
    [
      'another digest field than asked for',
      { policy: { digest: { required: 'always' as const, fields: ['Content-Digest' as const] } } },
      'DIGEST_MISSING',
    ],
    ['the host of the receiver (SIG-24)', { policy: { authority: 'API.bank.example:443' } }, 'accepted'],
    ['another host (SIG-24)', { policy: { authority: 'api.other.example' } }, 'SIGNATURE_HOST'],
    ['another port (SIG-24)', { policy: { authority: 'api.bank.example:8443' } }, 'SIGNATURE_HOST'],
    [
      'an algorithm that is not allowed',
      { policy: { algorithms: ['ed25519' as const] } },
      'SIGNATURE_ALGORITHM_NOT_ALLOWED',
    ],
  ] as [string, Trial, string][])('%s', async (_, trial, code) => {
    expect(await outcome(trial)).toBe(code)
  })

  it.each(['Date', 'X-Request-ID', 'Content-Type', 'Host', 'TPP-Signature-Certificate'])(
    '%s twice (SIG-06)',
    async (name) => {
      const value = post.headers.find(([one]) => one === name)?.[1] ?? 'x'
      const message = await signed(post, ten())
      const twice = { ...message, headers: [...message.headers, [name, value], [name, value]] as [string, string][] }
      const run = codeOf(() => {
        const view = readMessage(twice)
        for (const one of parseSignatures(view, { dialect: 'cavage-10' })) checkPolicy(view, one, base, { at })
      })
      expect(await run).toBe(name === 'Host' ? 'HTTP_HOST_TWICE' : 'SIGNATURE_HEADER_TWICE')
    },
  )

  it('headers that a profile adds occur once', async () => {
    const headers = [...post.headers, ['PSU-ID', 'a'], ['PSU-ID', 'b']] as [string, string][]
    const trial = { message: { ...post, headers }, options: ten([...all, 'psu-id']) }
    expect(await outcome(trial)).toBe('accepted')
    expect(await outcome({ ...trial, policy: { singletons: ['PSU-ID'] } })).toBe('SIGNATURE_HEADER_TWICE')
  })

  it('the algorithm of the key is held to the policy too (SIG-11)', async () => {
    expect(await codeOf(() => checkKeyAlgorithm('rsa-v1_5-sha256', base))).toBe('accepted')
    expect(await codeOf(() => checkKeyAlgorithm('hmac-sha256', base))).toBe('SIGNATURE_ALGORITHM_NOT_ALLOWED')
  })
})

describe('coverage under RFC 9421', () => {
  const policy: Partial<SignaturePolicy> = {
    required: ['@method', '@query-param;name="id"'],
    whenPresent: ['psu-*'],
    algorithms: ['ed25519'],
    digest: { required: 'with-body', fields: ['Digest', 'Content-Digest'] },
  }
  const options = (components: readonly string[], more = {}): SignOptions => ({
    dialect: 'rfc9421',
    components,
    created: at,
    ...more,
  })
  const full = ['@method', '@query-param;name="id"', 'digest', 'psu-ip-address']

  it.each([
    ['everything', full, {}, {}, 'accepted'],
    [
      'whole fields as byte sequences',
      ['@method', '@query-param;name="id"', 'digest;bs', 'psu-ip-address;bs'],
      {},
      {},
      'accepted',
    ],
    [
      'another parameter of the query',
      ['@method', '@query-param;name="x"', 'digest', 'psu-ip-address'],
      {},
      {},
      'SIGNATURE_REQUIRED_NOT_COVERED',
    ],
    ['the empty set', [], {}, {}, 'SIGNATURE_REQUIRED_NOT_COVERED'],
    ['the tag', full, { tag: 'app' }, { tag: 'app' }, 'accepted'],
    ['no tag (SIG-33)', full, {}, { tag: 'app' }, 'SIGNATURE_TAG'],
    ['another tag (SIG-33)', full, { tag: 'other' }, { tag: 'app' }, 'SIGNATURE_TAG'],
    ['a nonce', full, { nonce: 'n' }, { parameters: ['nonce', 'created'] }, 'accepted'],
    ['no nonce (SIG-33)', full, {}, { parameters: ['nonce'] }, 'SIGNATURE_PARAMETER_MISSING'],
    ['no alg (SIG-31)', full, {}, { parameters: ['algorithm'] }, 'SIGNATURE_PARAMETER_MISSING'],
    ['no keyid', full, {}, { parameters: ['keyId'] }, 'SIGNATURE_PARAMETER_MISSING'],
    ['no created', full, { created: undefined }, {}, 'SIGNATURE_TIME_MISSING'],
  ] as [string, string[], object, Partial<SignaturePolicy>, string][])(
    '%s',
    async (_, components, more, extra, code) => {
      expect(await outcome({ policy: { ...policy, ...extra }, options: options(components, more) })).toBe(code)
    },
  )

  it('a member of the digest is not the digest', async () => {
    const message = withHeaders(post, {
      Digest: undefined,
      'Content-Digest': 'sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:',
    })
    const rest = ['@method', '@query-param;name="id"', 'psu-ip-address']
    const trial = (component: string) => outcome({ policy, message, options: options([...rest, component]) })
    expect(await trial('content-digest;key="sha-256"')).toBe('SIGNATURE_REQUIRED_NOT_COVERED')
    expect(await trial('content-digest;sf')).toBe('accepted')
  })
})

describe('the clock', () => {
  it.each([
    ['as old as may be', { at: new Date(Date.UTC(2026, 10, 22, 9, 5, 30)) }, 'accepted'],
    ['a second older', { at: new Date(Date.UTC(2026, 10, 22, 9, 5, 31)) }, 'SIGNATURE_TOO_OLD'],
    ['ten years old', { at: new Date('2036-11-22T09:00:00Z') }, 'SIGNATURE_TOO_OLD'],
    ['as far ahead as may be', { at: new Date(Date.UTC(2026, 10, 22, 8, 59, 30)) }, 'accepted'],
    ['a second further', { at: new Date(Date.UTC(2026, 10, 22, 8, 59, 29)) }, 'SIGNATURE_CREATED_IN_FUTURE'],
    ['a date that is none (SIG-19)', { message: withHeaders(post, { Date: 'never' }) }, 'SIGNATURE_DATE'],
    [
      'a year of two digits (SIG-19)',
      { message: withHeaders(post, { Date: 'Sunday, 22-Nov-26 09:00:00 GMT' }) },
      'SIGNATURE_DATE',
    ],
    ['another zone', { message: withHeaders(post, { Date: 'Sun, 22 Nov 2026 09:00:00 +0100' }) }, 'SIGNATURE_DATE'],
    ['another weekday', { message: withHeaders(post, { Date: 'Mon, 22 Nov 2026 09:00:00 GMT' }) }, 'SIGNATURE_DATE'],
    [
      'no day of the calendar',
      { message: withHeaders(post, { Date: 'Tue, 31 Nov 2026 09:00:00 GMT' }) },
      'SIGNATURE_DATE',
    ],
    [
      'no time at all',
      { message: withHeaders(post, { Date: undefined }), options: ten(without('date')) },
      'SIGNATURE_TIME_MISSING',
    ],
    [
      'no time where none is needed',
      {
        message: withHeaders(post, { Date: undefined }),
        options: ten(without('date')),
        policy: { clock: { maxAge: 300, required: false } },
      },
      'accepted',
    ],
    ['old, without a window', { at: new Date('2036-11-22T09:00:00Z'), policy: { clock: undefined } }, 'accepted'],
  ] as [string, Trial, string][])('Date: %s', async (_, trial, code) => {
    expect(await outcome(trial)).toBe(code)
  })

  const twelve = (times: object, components: readonly string[] = ['(created)', '(expires)']): SignOptions => ({
    dialect: 'cavage-12',
    keyId: 'k',
    components: [...without('date'), ...components],
    created: at,
    expires: seconds(60),
    ...times,
  })
  const noDate = withHeaders(post, { Date: undefined })
  const policy: Partial<SignaturePolicy> = { algorithms: ['rsa-pss-sha512'] }

  it.each([
    ['now', twelve({}), {}, 'accepted'],
    ['in the future (SIG-17)', twelve({ created: seconds(31) }), {}, 'SIGNATURE_CREATED_IN_FUTURE'],
    ['too old (SIG-17)', twelve({ created: seconds(-331) }), {}, 'SIGNATURE_TOO_OLD'],
    ['expired (SIG-18)', twelve({ created: seconds(-100), expires: seconds(-31) }), {}, 'SIGNATURE_EXPIRED'],
    ['expired within the skew', twelve({ created: seconds(-100), expires: seconds(-30) }), {}, 'accepted'],
    ['expires before created (SIG-18)', twelve({ expires: seconds(-1) }), {}, 'SIGNATURE_EXPIRES_BEFORE_CREATED'],
    ['a time that is not signed proves nothing', twelve({}, []), {}, 'SIGNATURE_TIME_MISSING'],
    [
      'a time that is not signed is believed when it says no',
      twelve({ created: seconds(31) }, []),
      { clock: { maxAge: 1, required: false } },
      'SIGNATURE_CREATED_IN_FUTURE',
    ],
    [
      'created asked for and not signed',
      twelve({}, []),
      { clock: undefined, parameters: ['created'] },
      'SIGNATURE_REQUIRED_NOT_COVERED',
    ],
    [
      'expires asked for and not there',
      twelve({ expires: undefined }, ['(created)']),
      { parameters: ['expires'] },
      'SIGNATURE_PARAMETER_MISSING',
    ],
  ] as [string, SignOptions, Partial<SignaturePolicy>, string][])('created: %s', async (_, options, more, code) => {
    expect(await outcome({ policy: { ...policy, ...more }, message: noDate, options })).toBe(code)
  })

  it('the older of two signed times counts', async () => {
    const options: SignOptions = {
      dialect: 'cavage-12',
      keyId: 'k',
      components: [...all, '(created)'],
      created: seconds(-340),
    }
    expect(await outcome({ policy, options })).toBe('SIGNATURE_TOO_OLD')
    const old = withHeaders(post, { Date: formatHttpDate(seconds(-340)) })
    expect(await outcome({ policy, message: old, options: { ...options, created: at } })).toBe('SIGNATURE_TOO_OLD')
  })

  it('has no hidden time', async () => {
    await expect(outcome({ at: new Date(Number.NaN) })).rejects.toThrow(TypeError)
    await expect(outcome({ at: 0 as never })).rejects.toThrow(TypeError)
  })

  it('reads and writes dates', () => {
    expect(parseHttpDate('Sun, 06 Nov 1994 08:49:37 GMT')).toBe(784111777)
    expect(formatHttpDate(new Date(784111777_000))).toBe('Sun, 06 Nov 1994 08:49:37 GMT')
    for (const text of [
      '',
      'Sun, 06 Nov 1994 24:00:00 GMT',
      'Sun, 06 Nov 1994 08:49:37 UTC',
      ' Sun, 06 Nov 1994 08:49:37 GMT',
      'Invalid Date',
      'Mon, 06 Nov 1994 08:49:37 GMT',
      'Sun, 31 Apr 1994 08:49:37 GMT',
      'sun, 06 nov 1994 08:49:37 gmt',
      'Sun, 06 Nov 1994 08:49:37 EST',
      'Sunday, 06-Nov-94 08:49:37 GMT',
      'Sun Nov  6 08:49:37 1994',
      '1994-11-06T08:49:37.000+00:00',
      'Sun, 06 Nov 1994 08:49:60 GMT',
      'Sun, 6 Nov 1994 08:49:37 GMT ',
      'Sun,  6 Nov 1994 08:49:37 GMT',
    ]) {
      expect(parseHttpDate(text), text).toBeUndefined()
    }
    for (const time of [0, 951_782_400, 253_402_300_799]) {
      expect(parseHttpDate(formatHttpDate(new Date(time * 1000)))).toBe(time)
    }
    expect(formatHttpDate(new Date(0))).toBe('Thu, 01 Jan 1970 00:00:00 GMT')
  })
})

describe('replay (SIG-20, SIG-21)', () => {
  const store = () => new MemoryReplayStore({ now: () => at })
  async function receive(
    message: HttpMessage,
    into = store(),
    sender = 'PSDFR-ACPR-1',
    policy = base,
  ): Promise<string> {
    const view = readMessage(await signed(message, ten()))
    const [signature] = parseSignatures(view, { dialect: 'cavage-10' })
    return codeOf(() =>
      checkReplay(view, signature as NonNullable<typeof signature>, policy, { at, store: into, sender }),
    )
  }

  it('the same id comes once, whatever the body', async () => {
    const one = store()
    expect(await receive(post, one)).toBe('accepted')
    expect(await receive(post, one)).toBe('SIGNATURE_REPLAYED')
    expect(await receive({ ...post, body: new Uint8Array(3) }, one)).toBe('SIGNATURE_REPLAYED')
    expect(await receive(post, one, 'PSDFR-ACPR-2')).toBe('accepted')
    expect(await receive(withHeaders(post, { 'X-Request-ID': 'b' }), one)).toBe('accepted')
  })

  it.each([
    ['empty', '', 'SIGNATURE_REQUEST_ID'],
    ['with a space', 'a b', 'SIGNATURE_REQUEST_ID'],
    ['of 129 characters', 'a'.repeat(129), 'SIGNATURE_REQUEST_ID'],
    ['of 10 KB', 'a'.repeat(10_240), 'SIGNATURE_REQUEST_ID'],
    ['with CRLF', 'a\r\nb', 'HTTP_FIELD_VALUE'],
    ['of 128 characters', 'a'.repeat(128), 'accepted'],
  ])('an id %s', async (_, id, code) => {
    const message = withHeaders(post, { 'X-Request-ID': id })
    expect(await receive(message).catch((error: { code: string }) => error.code)).toBe(code)
  })

  it('a store that fails or does not answer closes', async () => {
    const failing = {
      remember: async () => {
        throw new Error('down')
      },
    }
    expect(await receive(post, failing as never)).toBe('SIGNATURE_REPLAY_STORE')
    expect(await receive(post, { remember: async () => undefined } as never)).toBe('SIGNATURE_REPLAY_STORE')
    expect(await receive(post, { remember: async () => 'yes' } as never)).toBe('SIGNATURE_REPLAY_STORE')
    expect(await receive(post, new MemoryReplayStore({ now: () => at, capacity: 1 }))).toBe('accepted')
  })

  it('remembers for as long as the request could be accepted', async () => {
    const until: Date[] = []
    const noting = { remember: async (_: string, end: Date) => until.push(end) > 0 } as never
    await receive(post, noting)
    await receive(post, noting, 'x', { ...base, clock: undefined } as SignaturePolicy)
    expect(until).toEqual([new Date('2026-11-22T09:05:30Z'), new Date('2026-11-22T10:00:10Z')])
  })

  it('can go by nonce or by the signature', async () => {
    const one = store()
    const go = async (key: 'nonce' | 'signature', nonce?: string) => {
      const options: SignOptions = {
        dialect: 'rfc9421',
        components: ['date'],
        created: at,
        expires: seconds(10),
        nonce,
      }
      const view = readMessage(await signed(post, options, signers.rfc9421))
      const [signature] = parseSignatures(view, { dialect: 'rfc9421' })
      const policy = { ...base, replay: { key, window: 60 } }
      return codeOf(() =>
        checkReplay(view, signature as NonNullable<typeof signature>, policy, { at, store: one, sender: 's' }),
      )
    }
    expect([await go('nonce', 'n'), await go('nonce', 'n')]).toEqual(['accepted', 'SIGNATURE_REPLAYED'])
    expect(await go('nonce')).toBe('SIGNATURE_REQUEST_ID')
    expect([await go('signature'), await go('signature')]).toEqual(['accepted', 'SIGNATURE_REPLAYED'])
  })

  it('needs a policy that says what is the same', async () => {
    await expect(receive(post, store(), 's', { ...base, replay: undefined } as SignaturePolicy)).rejects.toThrow(
      TypeError,
    )
  })
})

describe('MemoryReplayStore', () => {
  it('forgets what could not be accepted any more, and never what could', async () => {
    let now = at
    const store = new MemoryReplayStore({ now: () => now, capacity: 2 })
    expect(await store.remember('a', seconds(30))).toBe(true)
    expect(await store.remember('b', seconds(300))).toBe(true)
    await expect(store.remember('c', seconds(300))).rejects.toThrow(/full/)
    now = seconds(120)
    expect(await store.remember('b', seconds(300))).toBe(false)
    expect(store.size).toBe(1)
    expect(await store.remember('c', seconds(300))).toBe(true)
    expect(store.size).toBe(2)
  })

  it('takes no nonsense', async () => {
    expect(() => new MemoryReplayStore({ now: 1 } as never)).toThrow(TypeError)
    expect(() => new MemoryReplayStore({ now: () => at, capacity: 0 })).toThrow(TypeError)
    await expect(new MemoryReplayStore({ now: () => at }).remember('a', new Date(Number.NaN))).rejects.toThrow(
      TypeError,
    )
  })
})

describe('a policy', () => {
  it.each([
    { algorithms: [] },
    { algorithms: undefined },
    { required: undefined },
    { digest: undefined },
    { digest: { required: 'always', fields: [] } },
    { digest: { required: 'always', fields: ['Digest'], algorithm: [] } },
    { clock: { maxAge: Number.NaN } },
    { clock: { maxAge: -1 } },
    { clock: { maxage: 1 } },
    { clock: 300 },
    { replay: { key: 'nonce', window: Number.POSITIVE_INFINITY } },
    { requiredHeaders: ['digest'] },
  ])('that is none is the caller’s mistake (TIM-07, TIM-08): %j', async (part) => {
    await expect(outcome({ policy: part as never })).rejects.toThrow(TypeError)
  })

  it('takes nothing from Object.prototype (TIM-06)', async () => {
    const prototype = Object.prototype as { forbidden?: string[] }
    Object.defineProperty(prototype, 'forbidden', { value: ['host'], configurable: true })
    try {
      expect(await outcome({})).toBe('accepted')
    } finally {
      delete prototype.forbidden
    }
  })
})
