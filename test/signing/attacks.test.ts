import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type HttpMessage, MemoryReplayStore } from '../../src/http/index.ts'
import {
  type KeyReference,
  parseCertificateHeader,
  profileOf,
  type SigningProfile,
  type VerifyMessageOptions,
} from '../../src/signing/index.ts'
import { all, forged, withDigest } from '../../vectors/http/make/forge.ts'
import {
  always,
  at,
  codeOf,
  later,
  type MainProfile,
  octets,
  post,
  profileNames,
  seals,
  signed,
  verified,
  withHeaders,
} from './support.ts'

// The messages of vectors/http are for the rest: test/vectors-http.test.ts.

const body = octets('{"client_name":"Another TPP"}')
const names = all.split(' ')
const without = (name: string): string => names.filter((one) => one !== name).join(' ')
const date = 'Mon, 01 Jun 2026 12:00:00 GMT'
const dated = (value: string): HttpMessage => ({ ...withDigest, headers: [...withDigest.headers, ['Date', value]] })

describe('SIG-14: a key reference', () => {
  it('is passed to the resolver as it was sent, marked, and is followed by nobody', async () => {
    const { fetch } = globalThis
    const seen: KeyReference[] = []
    globalThis.fetch = () => {
      throw new Error('fetched')
    }
    try {
      for (const keyId of [
        'http://169.254.169.254/latest/meta-data',
        'file:///etc/passwd',
        'https://evil.example/x.pem',
      ]) {
        const resolveKey: VerifyMessageOptions['resolveKey'] = (reference) => {
          seen.push(reference)
          return seals.rsa.certificate
        }
        expect(await codeOf(() => verified(forged({ keyId }), { resolveKey }))).toBe('accepted')
        expect(seen.at(-1)).toEqual({ untrusted: true, value: keyId, form: 'url', url: keyId, fingerprint: undefined })
      }
    } finally {
      globalThis.fetch = fetch
    }
  })
})

describe('SIG-15, SIG-16: the reference and the certificate', () => {
  const own = seals.rsa.certificate
  it('shows the resolver the certificate of the header', async () => {
    const profile = 'berlin-group'
    const shown: (Uint8Array | undefined)[] = []
    await verified(await signed({ profile }), {
      profile,
      resolveKey: (_, { certificate, message }) => {
        shown.push(
          certificate?.bytes,
          parseCertificateHeader(message.fields.get('tpp-signature-certificate')?.[0] ?? '').bytes,
        )
        return certificate
      },
    })
    expect(shown).toEqual([own.bytes, own.bytes])
  })

  it('berlin-group-jades refuses a resolver with another certificate, also of the same key', async () => {
    const profile = 'berlin-group-jades'
    const message = await signed({ profile })
    for (const name of ['otherRsa', 'expired', 'pssSigned', 'web'] as const) {
      const code = await codeOf(() => verified(message, { profile, resolveKey: always(seals[name]) }))
      expect(code, name).not.toBe('accepted')
    }
    const code = await codeOf(() => verified(message, { profile, resolveKey: always(seals.pssSigned) }))
    expect(code).toBe('KEY_REFERENCE_MISMATCH')
  })
})

describe('SIG-20: a replay', () => {
  const store = (): MemoryReplayStore => new MemoryReplayStore({ now: () => at })

  it.each(profileNames)('%s accepts a request once', async (profile) => {
    const replay = store()
    const message = await signed({ profile })
    expect((await verified(message, { profile, replay })).replayChecked).toBe(true)
    expect(await codeOf(() => verified(message, { profile, replay }))).toBe('SIGNATURE_REPLAYED')
    const next = await signed({ profile, message: withHeaders(post, { 'X-Request-ID': 'another' }) })
    expect(await codeOf(() => verified(next, { profile, replay }))).toBe('accepted')
  })

  // STET does not have x-request-id signed: there an id may come again, and only the same signed text is a replay.
  it.each(['bpce', 'berlin-group', 'berlin-group-jades'] as const)(
    '%s refuses an id with another body',
    async (profile) => {
      const replay = store()
      await verified(await signed({ profile }), { profile, replay })
      const again = await signed({ profile, message: { ...post, body } })
      expect(await codeOf(() => verified(again, { profile, replay }))).toBe('SIGNATURE_REPLAYED')
    },
  )

  it('cannot be made of another address, where berlin-group does not sign it', async () => {
    const profile = 'berlin-group'
    const replay = store()
    const message = await signed({ profile })
    await verified(message, { profile, replay })
    const moved = { ...message, method: 'DELETE', target: '/v1/consents/1' }
    expect(await codeOf(() => verified(moved, { profile }))).toBe('accepted')
    expect(await codeOf(() => verified(moved, { profile, replay }))).toBe('SIGNATURE_REPLAYED')
  })

  it('uses up no id where the signature is not right', async () => {
    const replay = store()
    const message = forged()
    expect(await codeOf(() => verified(forged({ key: seals.otherRsa.key }), { replay }))).toBe('SIGNATURE_INVALID')
    expect(replay.size).toBe(0)
    expect(await codeOf(() => verified(message, { replay }))).toBe('accepted')
  })

  it('tells senders apart', async () => {
    const profile = 'stet'
    const replay = store()
    await verified(await signed({ profile }), { profile, replay })
    const other = await signed({ profile, seal: seals.otherRsa })
    const resolveKey = always(seals.otherRsa)
    expect(await codeOf(() => verified(other, { profile, replay, resolveKey }))).toBe('accepted')
  })

  const closing: Readonly<Record<string, () => Promise<boolean>>> = {
    'a store that throws': () => Promise.reject(new Error('no connection')),
    'a store that answers nothing': async () => undefined as unknown as boolean,
    'a store that answers a truthy thing': async () => 1 as unknown as boolean,
  }

  it.each(Object.entries(closing))('%s closes', async (_, remember) => {
    const replay = { remember }
    expect(await codeOf(() => verified(forged(), { replay }))).toBe('SIGNATURE_REPLAY_STORE')
  })

  it('is a mistake of the caller where the profile does not say what one is', async () => {
    const { replay: _, ...policy } = profileOf('bpce').policy
    const profile: SigningProfile = { ...profileOf('bpce'), policy }
    await expect(verified(forged(), { profile, replay: store() })).rejects.toThrow(TypeError)
  })

  it('is refused by its age where Date is signed', async () => {
    const message = await signed({ message: dated(date) })
    expect(await codeOf(() => verified(message, { at: later(329) }))).toBe('accepted')
    expect(await codeOf(() => verified(message, { at: later(331) }))).toBe('SIGNATURE_TOO_OLD')
    const jades = await signed({ profile: 'berlin-group-jades' })
    expect(await codeOf(() => verified(jades, { profile: 'berlin-group-jades', at: later(331) }))).toBe(
      'SIGNATURE_TOO_OLD',
    )
    expect(await codeOf(() => verified(jades, { profile: 'berlin-group-jades', at: later(-31) }))).toBe(
      'SIGNATURE_CREATED_IN_FUTURE',
    )
  })
})

describe('what a caller can get wrong', () => {
  const mistakes: Readonly<Record<string, object>> = {
    'TIM-07 an option that is none': { requiredHeaders: ['digest'] },
    'TIM-07 an option in other case': { resolvekey: always(seals.rsa) },
    'TIM-08 a profile that is none': { profile: 'none' },
    'TIM-08 no profile': { profile: undefined },
    'TIM-08 no algorithm': { profile: { ...profileOf('bpce'), algorithms: [] } },
    'TIM-08 no algorithm in the policy': {
      profile: { ...profileOf('bpce'), policy: { ...profileOf('bpce').policy, algorithms: [] } },
    },
    'no time': { at: undefined },
    'a time that is none': { at: new Date(Number.NaN) },
    'no resolver': { resolveKey: undefined },
    'a resolver that gives a key where a certificate is needed': {
      resolveKey: () => seals.rsa.certificate.publicKey.value,
    },
    'a resolver that gives the DER of the certificate': { resolveKey: () => seals.rsa.certificate.bytes },
  }

  it.each(Object.entries(mistakes))('%s', async (_, options) => {
    await expect(verified(forged(), options)).rejects.toThrow(TypeError)
  })

  it('TIM-08: a resolver that gives null gives nothing', async () => {
    const resolveKey = (() => null) as unknown as VerifyMessageOptions['resolveKey']
    expect(await codeOf(() => verified(forged(), { resolveKey }))).toBe('SIGNING_KEY_UNKNOWN')
  })

  it('what a resolver throws comes through', async () => {
    const failing = () => Promise.reject(new Error('no database'))
    await expect(verified(forged(), { resolveKey: failing })).rejects.toThrow('no database')
  })

  it('TIM-06: nothing on Object.prototype turns a check off', async () => {
    const before = Object.getOwnPropertyNames(Object.prototype)
    const inherited = {
      algorithms: ['rsa-v1_5-sha256', 'hmac-sha256'],
      required: [],
      bare: true,
      deprecatedAlgorithms: true,
    }
    const weak = forged({ list: without('x-request-id') })
    for (const [name, value] of Object.entries(inherited)) {
      Object.defineProperty(Object.prototype, name, { value, configurable: true, enumerable: false, writable: true })
      try {
        expect(await codeOf(() => verified(weak)), name).toBe('SIGNATURE_REQUIRED_NOT_COVERED')
        expect(await codeOf(() => verified(forged({ algorithm: 'rsa-sha1', hash: 'sha1' }))), name).toBe(
          'SIGNATURE_ALGORITHM_WEAK',
        )
      } finally {
        delete (Object.prototype as Record<string, unknown>)[name]
      }
    }
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before)
  })

  it('TIM-11: what is changed while the resolver is asked does not matter', async () => {
    const message = forged()
    const octetsOfBody = new Uint8Array(post.body as Uint8Array)
    const headers = message.headers.map(([name, value]): [string, string] => [name, value])
    const own = { ...message, target: message.target, headers, body: octetsOfBody }
    const shown = await verified(own, {
      resolveKey: () => {
        octetsOfBody.fill(0)
        headers.length = 0
        own.target = '/other'
        return seals.rsa.certificate
      },
    })
    expect(shown.base.text).toContain('post /stet/setting/v1/register?id=42')
    expect(await codeOf(() => verified(own))).toBe('REQUEST_ID_MISSING')
  })
})

describe('text of an attacker', () => {
  const carriers: readonly (readonly [MainProfile, string])[] = [
    ['bpce', 'Signature'],
    ['bpce', 'Authorization'],
    ['bpce', 'Digest'],
    ['berlin-group', 'TPP-Signature-Certificate'],
    ['berlin-group', 'Signature'],
    ['berlin-group-jades', 'x-jws-signature'],
    ['stet', 'Date'],
  ]
  const text = fc.oneof(
    fc.uint8Array({ maxLength: 80 }).map((codes) => String.fromCharCode(...codes)),
    fc.string({
      unit: fc.constantFrom('"', '\\', ',', '=', ' ', '.', ':', 'k', 'A', '(', ')', '\t', '%'),
      maxLength: 80,
    }),
    fc.string({ maxLength: 40 }).map((value) => `keyId="${value}",headers="(request-target) digest",signature="AAAA"`),
    fc.string({ maxLength: 40 }).map((value) => `keyId="k",headers="${value}",signature="AAAA"`),
    fc.jsonValue({ maxDepth: 2 }).map((value) => `${Buffer.from(JSON.stringify(value)).toString('base64url')}..AAAA`),
  )

  it.each(carriers)('%s: in %s ends in a Psd2Error', async (profile, name) => {
    const message = await signed({ profile })
    await fc.assert(
      fc.asyncProperty(text, async (value) => {
        // codeOf lets everything through that is no Psd2Error.
        const code = await codeOf(() => verified(withHeaders(message, { [name]: value }), { profile }))
        if (name !== 'Authorization' && name !== 'Date') expect(code).not.toBe('accepted')
      }),
      { numRuns: 150 },
    )
  })
})
