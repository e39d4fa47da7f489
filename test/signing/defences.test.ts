import { describe, expect, it } from 'vitest'
import { decodeBase64url, encodeBase64url } from '../../src/core/base64.ts'
import { MemoryReplayStore } from '../../src/http/index.ts'
import { isSameName } from '../../src/signing/distinguished-name.ts'
import {
  parseCertificateHeader,
  profileOf,
  type SigningProfile,
  signingProfiles,
  signResponse,
  verifyRequest,
  verifyResponse,
} from '../../src/signing/index.ts'
import { all, forged, withDigest } from '../../vectors/http/make/forge.ts'
import {
  always,
  at,
  base64,
  certificate,
  codeOf,
  get,
  header,
  octets,
  post,
  seals,
  signed,
  verified,
  withHeaders,
} from './support.ts'

const store = (): MemoryReplayStore => new MemoryReplayStore({ now: () => at })

describe('replay', () => {
  it('stet: an uncovered x-request-id cannot be exchanged to replay', async () => {
    const keyId = (await import('./support.ts')).keyIds.stet(seals.rsa.certificate)
    const message = forged({
      keyId,
      message: withDigest,
      list: '(request-target) digest content-type psu-ip-address psu-id',
    })
    const replay = store()
    await verified(message, { profile: 'stet', replay })
    const again = withHeaders(message, { 'X-Request-ID': 'another' })
    expect(await codeOf(() => verified(again, { profile: 'stet', replay }))).not.toBe('accepted')
  })
  it('every profile: a header that is the replay key is required to be covered', () => {
    for (const { name, policy } of signingProfiles) {
      const key = policy.replay?.key
      if (typeof key === 'object')
        expect([...policy.required, ...(policy.whenPresent ?? [])], name).toContain(key.header)
    }
  })
  it('oots: (r, n - s) is the same signature', async () => {
    const n = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n
    const message = await signed({
      profile: 'oots',
      seal: seals.p256,
      keyId: 'kid',
      certificate: seals.p256.certificate,
    })
    const replay = store()
    const options = { profile: 'oots', resolveKey: always(seals.p256), replay } as const
    await verified(message, options)
    const [head, , value] = header(message, 'x-jws-signature').split('.') as [string, string, string]
    const raw = decodeBase64url(value)
    const s = BigInt(`0x${Buffer.from(raw.subarray(32)).toString('hex')}`)
    raw.set(Buffer.from((n - s).toString(16).padStart(64, '0'), 'hex'), 32)
    const again = withHeaders(message, { 'x-jws-signature': `${head}..${encodeBase64url(raw)}` })
    expect(await codeOf(() => verified(again, options))).toBe('SIGNATURE_REPLAYED')
  })
})
describe('names', () => {
  it('#hex values (RFC 4514 2.4; what Java X500Principal RFC2253 prints for 2.5.4.97)', () => {
    const { issuer } = seals.rsa.certificate
    const hex = `#0c0f${Buffer.from('NTRFR-000000000').toString('hex')}`
    expect(isSameName(`CN=TEST ONLY Seal CA,2.5.4.97=${hex},O=Test QTSP (for test only),C=FR`, issuer)).toBe(true)
  })
  it('an escaped space at the end', () => {
    const { subject } = certificate('qsealc-name-special-characters')
    expect(isSameName(String(subject), subject)).toBe(true)
  })
})
describe('header', () => {
  const pem = (end: string) =>
    `-----BEGIN CERTIFICATE-----${end}${base64(seals.rsa.certificate.bytes)
      .match(/.{1,64}/g)
      ?.join(end)}${end}-----END CERTIFICATE-----${end}`
  it('literal \\n at the end', () => expect(parseCertificateHeader(pem('\\n')).bytes.length).toBeGreaterThan(0))
  it('literal \\r\\n', () => expect(parseCertificateHeader(pem('\\r\\n')).bytes.length).toBeGreaterThan(0))
  it('B5c form encoding', () =>
    expect(
      parseCertificateHeader(new URLSearchParams({ a: pem('\n') }).toString().slice(2)).bytes.length,
    ).toBeGreaterThan(0))
  it('B5d an empty header is CERTIFICATE_HEADER', async () =>
    expect(await codeOf(() => parseCertificateHeader(''))).toBe('CERTIFICATE_HEADER'))
})
describe('jades', () => {
  it('header with another certificate', async () => {
    const message = await signed({ profile: 'berlin-group-jades' })
    const other = withHeaders(message, { 'TPP-Signature-Certificate': base64(seals.otherRsa.certificate.bytes) })
    expect(await codeOf(() => verified(other, { profile: 'berlin-group-jades' }))).toBe('KEY_REFERENCE_MISMATCH')
  })
  it('kid of digits', async () => {
    expect(
      await codeOf(async () =>
        verified(await signed({ profile: 'berlin-group-jades', keyId: '5448667811' }), {
          profile: 'berlin-group-jades',
        }),
      ),
    ).toBe('accepted')
  })
})
describe('bpce', () => {
  it.each(['12345678', 'deadbeef', '99391c7ead8849eca2ad99ddcb1f7721'])('client_id %s is a hint', async (keyId) => {
    expect(await codeOf(() => verified(forged({ keyId })))).toBe('accepted')
  })
})
describe('kinds of message', () => {
  it('verifyResponse of a request', async () => {
    await expect(
      verifyResponse((await signed()) as never, { profile: 'bpce', resolveKey: always(seals.rsa), at }),
    ).rejects.toThrow(TypeError)
  })
  it('verifyRequest of a response', async () => {
    const m = {
      status: 200,
      headers: [
        ['X-Request-ID', 'abc'],
        ['TPP-Signature-Certificate', base64(seals.rsa.certificate.bytes)],
      ] as [string, string][],
      body: octets('{}'),
    }
    const keyId = (await import('./support.ts')).keyIds['berlin-group'](seals.rsa.certificate)
    const r = await signResponse(m, { profile: 'berlin-group', key: seals.rsa.key, keyId, at })
    await expect(
      verifyRequest({ ...m, headers: [...m.headers, ...r.headers] } as never, {
        profile: 'berlin-group',
        resolveKey: always(seals.rsa),
        at,
      }),
    ).rejects.toThrow(TypeError)
  })
  it.each(signingProfiles.map((p) => [p.name, p] as const))(
    'response under %s without request headers',
    async (_, profile) => {
      const m = {
        status: 200,
        headers: [
          ['X-Request-ID', 'abc'],
          ['Date', 'Mon, 01 Jun 2026 12:00:00 GMT'],
          ['Content-Type', 'a/b'],
        ] as [string, string][],
        body: octets('{}'),
      }
      const seal = profile.name === 'oots' ? seals.p256 : seals.rsa
      const { certificate, key } = seal
      const form = profile.keyReferences[0]
      const k =
        form === 'url'
          ? (await import('./support.ts')).keyIds.stet(certificate)
          : form === 'issuer-serial'
            ? (await import('./support.ts')).keyIds['berlin-group'](certificate)
            : form === 'serial'
              ? String(certificate.serialNumber)
              : 'kid of it'
      const r = await signResponse(m, { profile, key, keyId: k, at, certificate, issuer: 'TPP' })
      expect(
        await codeOf(() =>
          verifyResponse({ ...m, headers: [...m.headers, ...r.headers] }, { profile, resolveKey: always(seal), at }),
        ),
      ).toBe('accepted')
    },
  )
})
describe('sign', () => {
  it('a wrong digest of the caller is not signed', async () => {
    const message = withHeaders(post, { Digest: `SHA-256=${'A'.repeat(43)}=` })
    expect(await codeOf(() => signed({ message }))).toBe('DIGEST_MISMATCH')
  })
  it('profile of caller: nested unknown members', () => {
    const bpce = profileOf('bpce')
    for (const change of [
      { certificate: { ...bpce.certificate, qsealC: true } },
      { components: { withBody: [], withoutBody: [], whenpresent: [] } },
      { certificate: {} },
      { certificate: { required: true } },
      { digest: {} },
      { keyReferences: ['bogus'] },
      { dialect: 'bogus' },
      { algorithms: ['bogus'] },
      { policy: {} },
      { carrier: 'bogus' },
    ])
      expect(() => profileOf({ ...bpce, ...change } as unknown as SigningProfile), JSON.stringify(change)).toThrow(
        TypeError,
      )
  })
  it('profiles are frozen', () => {
    for (const p of signingProfiles) expect(Object.isFrozen(p), p.name).toBe(true)
  })
})
void [all, get]
