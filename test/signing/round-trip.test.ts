import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { HttpMessage, HttpResponse } from '../../src/http/index.ts'
import { signRequest, signResponse, verifyRequest, verifyResponse } from '../../src/signing/index.ts'
import { parseCertificate } from '../../src/x509/index.ts'
import { providers } from '../crypto/support.ts'
import {
  always,
  at,
  certificateHeader,
  codeOf,
  get,
  header,
  keyIds,
  type MainProfile,
  octets,
  post,
  profileNames,
  type Seal,
  seals,
  signed,
  verified,
  withHeaders,
} from './support.ts'

const messages: Readonly<Record<string, HttpMessage>> = { 'a GET': get, 'a POST': post }

/** The algorithm that each profile signs with, for each seal; undefined where it takes no such key. */
const algorithms: Readonly<Record<MainProfile, Readonly<Record<'rsa' | 'p256' | 'ed25519', string | undefined>>>> = {
  bpce: { rsa: 'rsa-v1_5-sha256', p256: undefined, ed25519: undefined },
  stet: { rsa: 'rsa-v1_5-sha256', p256: undefined, ed25519: undefined },
  'berlin-group': { rsa: 'rsa-v1_5-sha256', p256: 'ecdsa-p256-sha256', ed25519: undefined },
  'berlin-group-jades': { rsa: 'rsa-pss-sha256', p256: 'ecdsa-p256-sha256', ed25519: undefined },
}

const covered: Readonly<Record<MainProfile, readonly [withoutBody: string, withBody: string]>> = {
  bpce: [
    '(request-target) x-request-id psu-ip-address psu-id',
    '(request-target) digest x-request-id psu-ip-address psu-id',
  ],
  stet: [
    '(request-target) x-request-id psu-ip-address psu-id',
    '(request-target) digest x-request-id psu-ip-address psu-id content-type',
  ],
  'berlin-group': ['digest x-request-id psu-id', 'digest x-request-id psu-id'],
  'berlin-group-jades': [
    '(request-target) digest x-request-id psu-ip-address psu-id',
    '(request-target) digest content-type x-request-id psu-ip-address psu-id',
  ],
}

describe.each(Object.entries(providers))('with %s', (_, make) => {
  for (const profile of profileNames) {
    for (const [says, message] of Object.entries(messages)) {
      for (const name of ['rsa', 'p256', 'ed25519'] as const) {
        const algorithm = algorithms[profile][name]
        const seal: Seal = seals[name]
        it(`${profile} ${algorithm === undefined ? 'refuses' : 'signs'} ${says} with ${name}`, async () => {
          const crypto = await make()
          const signing = signed({ profile, message, seal, crypto })
          if (algorithm === undefined) {
            expect(await codeOf(() => signing)).toBe('SIGNING_ALGORITHM')
            return
          }
          const sent = await signing
          const shown = await verified(sent, { profile, resolveKey: always(seal), crypto })
          expect(shown).toMatchObject({
            profile,
            algorithm,
            certificate: seal.certificate,
            requestId: '99391c7e-ad88-49ec-a2ad-99ddcb1f7721',
            replayChecked: false,
          })
          expect(shown.components.join(' ')).toBe(covered[profile][message === get ? 0 : 1])
          expect(shown.keyReference.value).toBe(keyIds[profile](seal.certificate))
          // Another provider sees the same.
          expect((await verified(sent, { profile, resolveKey: always(seal) })).base.text).toBe(shown.base.text)
        })
      }
    }
  }
})

describe('signRequest', () => {
  it('signs what node:crypto verifies over a string put together by hand', async () => {
    const sent = await signed()
    const digest = header(sent, 'digest')
    const string = [
      '(request-target): post /stet/setting/v1/register?id=42',
      `digest: ${digest}`,
      'x-request-id: 99391c7e-ad88-49ec-a2ad-99ddcb1f7721',
      'psu-ip-address: 192.0.2.1',
      'psu-id: PSU-1234',
    ].join('\n')
    const value = /signature="([^"]+)"$/.exec(header(sent, 'signature'))?.[1] as string
    const key = createPublicKey(createPrivateKey(seals.rsa.key))
    expect(verify('sha256', octets(string), key, Buffer.from(value, 'base64'))).toBe(true)
    expect((await verified(sent)).base.text).toBe(string)
  })

  it('gives the digest before the signature, and none where the message has one', async () => {
    const options = { profile: 'bpce', key: seals.rsa.key, keyId: 'client', at } as const
    const first = await signRequest(post, options)
    expect(first.headers.map(([name]) => name)).toEqual(['Digest', 'Signature'])
    const again = await signRequest(
      { ...post, headers: [...post.headers, first.headers[0] as [string, string]] },
      options,
    )
    expect(again.headers).toEqual([first.headers[1]])
    expect((await signRequest(get, options)).headers.map(([name]) => name)).toEqual(['Signature'])
  })

  it('signs through a callback to an HSM', async () => {
    const calls: Uint8Array[] = []
    const key = {
      algorithm: 'rsa-v1_5-sha256',
      sign: async (data: Uint8Array) => {
        calls.push(data)
        return new Uint8Array(sign('sha256', data, seals.rsa.key))
      },
    } as const
    const sent = await signed({ key })
    expect((await verified(sent)).base.octets).toEqual(calls[0])
    expect(calls).toHaveLength(1)
    expect(await codeOf(() => signed({ key: { ...key, algorithm: 'rsa-pss-sha256' } }))).toBe('SIGNING_ALGORITHM')
    expect(await codeOf(() => signed({ key, certificate: seals.otherRsa.certificate }))).toBe('SIGNING_KEY_MISMATCH')
    await expect(
      signed({ key: { ...key, sign: async () => Promise.reject(new Error('no session')) } }),
    ).rejects.toThrow('no session')
  })

  it.each(['rsa', 'otherRsa'] as const)('takes the certificate of the key as octets or parsed: %s', async (name) => {
    const { certificate } = seals[name]
    for (const given of [certificate, certificate.bytes, parseCertificate(certificate.bytes)]) {
      expect(await codeOf(() => signed({ seal: seals[name], certificate: given }))).toBe('accepted')
    }
  })

  const refused: Readonly<Record<string, readonly [Parameters<typeof signed>[0], string]>> = {
    'a key that is not of the certificate': [{ certificate: seals.otherRsa.certificate }, 'SIGNING_KEY_MISMATCH'],
    'a key of another kind than the certificate': [{ certificate: seals.p256.certificate }, 'SIGNING_KEY_MISMATCH'],
    'a QWAC': [{ key: seals.web.key, certificate: seals.web.certificate }, 'SIGNING_CERTIFICATE_KIND'],
    'an expired certificate': [{ certificate: seals.expired.certificate }, 'SIGNING_CERTIFICATE_EXPIRED'],
    'a certificate with RSASSA-PSS': [{ certificate: seals.pssSigned.certificate }, 'SIGNING_CERTIFICATE_PSS'],
    'octets that are no certificate': [{ certificate: new Uint8Array(3) }, 'DER_TAG_UNEXPECTED'],
    'no id of the request': [{ message: withHeaders(post, { 'X-Request-ID': undefined }) }, 'REQUEST_ID_MISSING'],
    'an empty id of the request': [{ message: withHeaders(post, { 'X-Request-ID': ' ' }) }, 'REQUEST_ID_MISSING'],
    'a header with a line break': [{ message: withHeaders(post, { 'PSU-ID': 'a\r\ndigest: x' }) }, 'HTTP_FIELD_VALUE'],
    'a header with NUL': [{ message: withHeaders(post, { 'PSU-ID': 'a\0' }) }, 'HTTP_FIELD_VALUE'],
    'a folded header': [{ message: withHeaders(post, { 'PSU-ID': 'a\r\n b' }) }, 'HTTP_FIELD_FOLDED'],
    'a target with a fragment': [{ message: { ...post, target: '/a#b' } }, 'HTTP_TARGET_FRAGMENT'],
    'a target with a space': [{ message: { ...post, target: '/a b' } }, 'HTTP_TARGET'],
  }

  it.each(Object.entries(refused))('refuses %s', async (_, [options, code]) => {
    expect(await codeOf(() => signed(options))).toBe(code)
  })

  it('holds mistakes of the caller to be TypeErrors', async () => {
    const mistakes: readonly object[] = [
      { keyID: 'x' },
      { requiredHeaders: [] },
      { at: new Date(Number.NaN) },
      { at: undefined },
      { keyId: '' },
      { profile: 'nobody' },
      { key: 42 },
      { message: { ...post, body: 'text' } },
      { message: { ...post, header: [] } },
      { profile: 'berlin-group-jades', certificate: undefined },
    ]
    for (const mistake of mistakes) await expect(signed(mistake), JSON.stringify(mistake)).rejects.toThrow(TypeError)
  })

  it('shows nothing of the key in what it gives and throws', async () => {
    const secret = (createPrivateKey(seals.rsa.key).export({ format: 'jwk' }).d as string).slice(0, 24)
    const body = seals.rsa.key.split('\n')[3] as string
    const failing = [
      { certificate: seals.otherRsa.certificate },
      { keyId: '' },
      { key: `${seals.rsa.key.slice(0, 900)}!` },
    ]
    for (const options of failing) {
      const error = await signed(options).then(
        () => undefined,
        (thrown: Error) => thrown,
      )
      expect(error).toBeInstanceOf(Error)
      const told = `${error?.stack} ${JSON.stringify(error)} ${String(error?.cause)}`
      expect(told).not.toContain(secret)
      expect(told).not.toContain(body)
    }
  })
})

describe('responses', () => {
  const response: HttpResponse = {
    status: 201,
    headers: [
      ['X-Request-ID', '99391c7e'],
      ['Content-Type', 'application/json'],
      certificateHeader(seals.rsa.certificate),
    ],
    body: octets('{"client_id":"1"}'),
  }

  async function answered(profile: MainProfile, message: HttpResponse = response): Promise<HttpResponse> {
    const { certificate, key } = seals.rsa
    const { headers } = await signResponse(message, {
      profile,
      key,
      certificate,
      keyId: keyIds[profile](certificate),
      at,
    })
    return { ...message, headers: [...message.headers, ...headers] }
  }

  const check = (profile: MainProfile, message: HttpResponse) =>
    verifyResponse(message, { profile, resolveKey: always(seals.rsa), at })

  it.each(profileNames)('%s signs and verifies them, with and without an id', async (profile) => {
    const shown = await check(profile, await answered(profile))
    expect(shown.components).toContain('digest')
    expect(shown.components).toContain('x-request-id')
    expect(shown.components).not.toContain('(request-target)')
    const bare = { ...response, headers: response.headers.slice(1) }
    expect((await check(profile, await answered(profile, bare))).components).not.toContain('x-request-id')
  })

  it.each(profileNames)('%s refuses one whose body, id or digest was changed', async (profile) => {
    const sent = await answered(profile)
    const body = octets('{"client_id":"2"}')
    expect(await codeOf(() => check(profile, { ...sent, body }))).toBe('DIGEST_MISMATCH')
    const headers = sent.headers.map(([name, value]): [string, string] => [name, name === 'X-Request-ID' ? 'x' : value])
    expect(await codeOf(() => check(profile, { ...sent, headers }))).toBe('SIGNATURE_INVALID')
    const without = sent.headers.filter(([name]) => name !== 'Digest')
    expect(await codeOf(() => check(profile, { ...sent, headers: without }))).toMatch(/^DIGEST_MISSING$/)
  })

  it('verifyRequest takes no response: its policy would be the wrong one', async () => {
    const sent = (await answered('bpce')) as unknown as HttpMessage
    const run = () => verifyRequest(sent, { profile: 'bpce', resolveKey: always(seals.rsa), at })
    await expect(run).rejects.toThrow(TypeError)
  })
})
