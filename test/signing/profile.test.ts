import { describe, expect, it } from 'vitest'
import { profileOf, type SigningProfile, signingProfiles, signRequest } from '../../src/signing/index.ts'
import {
  always,
  at,
  base64,
  codeOf,
  get,
  header,
  octets,
  post,
  profileNames,
  seals,
  sha256,
  signed,
  verified,
  withHeaders,
} from './support.ts'

const bpce = profileOf('bpce')
/** A profile that is none: what a caller may give who does not read types. */
const wrong = (change: object): SigningProfile => ({ ...bpce, ...change }) as SigningProfile

describe('profileOf', () => {
  it('finds every profile by its name, once', () => {
    const names = signingProfiles.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    for (const name of profileNames) expect(names).toContain(name)
    for (const profile of signingProfiles) expect(profileOf(profile.name as 'bpce')).toBe(profile)
  })

  it.each(['', 'BPCE', 'bpce ', '__proto__', 'constructor'])('knows no profile %s', (name) => {
    expect(() => profileOf(name as 'bpce')).toThrow(/^unknown profile/)
    expect(() => profileOf(name as 'bpce')).toThrow(TypeError)
  })

  it('takes a profile of the caller', () => {
    expect(profileOf(wrong({ name: 'mine' })).name).toBe('mine')
  })

  it('copies a profile of the caller, once: what is changed later changes nothing', () => {
    const algorithms = [...bpce.policy.algorithms]
    const mine = profileOf(wrong({ policy: { ...bpce.policy, algorithms } }))
    algorithms.push('hmac-sha256' as never)
    expect(mine.policy.algorithms).toEqual(bpce.policy.algorithms)
    expect(() => (mine.policy.algorithms as string[]).push('hmac-sha256')).toThrow(TypeError)
    expect(profileOf(mine)).toBe(mine)
  })

  it('takes no inherited member for one', () => {
    const { requestId: _, ...rest } = bpce
    expect(() => profileOf(Object.assign(Object.create({ requestId: true }), rest))).toThrow("lacks 'requestId'")
  })

  it.each(['requiredHeaders', 'alg', 'allowAll'])('refuses the unknown member %s', (name) => {
    expect(() => profileOf(wrong({ [name]: [] }))).toThrow(`unknown member '${name}'`)
  })

  const needed = [
    'name',
    'source',
    'grounding',
    'dialect',
    'algorithms',
    'digest',
    'components',
    'requestId',
    'keyReferences',
    'certificate',
    'policy',
  ]

  it.each(needed)('refuses a profile without %s', (name) => {
    expect(() => profileOf(wrong({ [name]: undefined }))).toThrow(`lacks '${name}'`)
  })

  it('refuses lists that are empty, which must not mean all', () => {
    expect(() => profileOf(wrong({ algorithms: [] }))).toThrow(TypeError)
    expect(() => profileOf(wrong({ keyReferences: [] }))).toThrow(TypeError)
  })

  it.each([undefined, null, 1, true])('refuses %s', async (value) => {
    expect(() => profileOf(value as unknown as 'bpce')).toThrow(TypeError)
    await expect(verified(post, { profile: value as unknown as 'bpce' })).rejects.toThrow(TypeError)
  })
})

describe.each(signingProfiles.map((profile) => [profile.name, profile] as const))('%s', (_, profile) => {
  const { components, policy } = profile
  const matches = (name: string): boolean =>
    (components.whenPresent ?? []).some((one) => (one.endsWith('*') ? name.startsWith(one.slice(0, -1)) : one === name))

  const lower = (list: readonly string[]): string[] => list.map((name) => name.toLowerCase())

  it('signs what it requires', () => {
    for (const name of policy.required) {
      const isPresent = policy.headers?.includes(name) === true && matches(name)
      expect(lower(components.withBody).includes(name) || isPresent, name).toBe(true)
      expect(lower(components.withoutBody).includes(name) || isPresent, name).toBe(true)
    }
    const digest = profile.digest.field.toLowerCase()
    expect(policy.digest.fields).toContain(profile.digest.field)
    expect(policy.digest.algorithms ?? [profile.digest.algorithm]).toContain(profile.digest.algorithm)
    if (policy.digest.required !== 'never') expect(components.withBody).toContain(digest)
    expect(components.withoutBody.includes(digest)).toBe(policy.digest.required === 'always')
    expect(profile.digest.ofEmptyBody).toBe(policy.digest.required === 'always')
  })

  it('signs every header that it wants signed where it is present', () => {
    for (const name of policy.whenPresent ?? []) {
      const isSigned = components.withBody.includes(name) || (components.whenPresent ?? []).includes(name)
      expect(isSigned || matches(name), name).toBe(true)
    }
  })

  it('takes no other algorithms than it signs with, and none that is keyed with a shared secret', () => {
    expect(policy.algorithms).toEqual(profile.algorithms)
    expect(policy.algorithms).not.toContain('hmac-sha256')
  })

  it('wants a certificate, and knows what a replay is', () => {
    expect(profile.certificate.required).toBe(true)
    // OOTS is no payment service.
    expect(profile.certificate.qsealc).toBe(profile.name !== 'oots')
    expect(policy.headers?.includes('x-request-id') === true).toBe(profile.requestId)
    expect(policy.replay?.window).toBeGreaterThanOrEqual(86_400)
    // A certificate in a header must be there, once.
    const carrier = profile.certificate.header
    if (carrier !== undefined) expect(policy.headers).toContain(carrier)
  })

  it('says where it comes from', () => {
    expect(profile.source).not.toBe('')
    expect(['read', 'inferred', 'remembered']).toContain(profile.grounding)
  })
})

describe('every profile', () => {
  const { bytes, serial, issuer, serialNumber } = seals.rsa.certificate
  const keyIds = {
    url: `https://tpp.example/seal_${sha256(bytes)}`,
    'issuer-serial': `SN=${serial.hex},CA=${issuer}`,
    serial: String(serialNumber),
    identifier: 'client of the bank',
  } as const
  /** Whatever one of the profiles wants in a request. */
  const headers: readonly (readonly [string, string])[] = [
    ...(post.headers as [string, string][]),
    ['Host', 'api.bank.example'],
    ['Date', 'Mon, 01 Jun 2026 12:00:00 GMT'],
    ['Authorization', 'Bearer 0123'],
    ['Content-Length', '29'],
    ['TPP-Redirect-URI', 'https://tpp.example/back'],
    ['App', 'a'],
    ['Client', 'c'],
    ['Id', 'i'],
    ['TPP-Signature-Certificate', base64(bytes)],
    ['Signature-Certificate', base64(bytes)],
  ]
  const full = { ...post, headers }
  const empty = { ...get, headers: headers.filter(([name]) => !name.startsWith('Content-')) }

  const rows = signingProfiles.flatMap((profile) =>
    profile.keyReferences.map((form) => [profile.name, form, profile] as const),
  )

  it.each(rows)('%s signs and verifies requests with a key reference of the form %s', async (name, form, profile) => {
    const seal = profile.algorithms.some((algorithm) => algorithm.startsWith('rsa')) ? seals.rsa : seals.p256
    const isByAuthorization = profile.carrier === 'authorization'
    const ofBody = profile.components.withoutBody.includes('@body')
    for (const message of ofBody ? [full] : [full, empty]) {
      const bare = isByAuthorization ? withHeaders(message, { Authorization: undefined }) : message
      const own = withHeaders(bare, {
        ...(profile.certificate.header === undefined
          ? {}
          : { [profile.certificate.header]: base64(seal.certificate.bytes) }),
      })
      const { certificate, key } = seal
      const sent = await signRequest(own, { profile, key, keyId: keyIds[form], certificate, at, issuer: 'TPP' })
      const received = { ...own, headers: [...own.headers, ...sent.headers] }
      const options = { profile, resolveKey: always(seal) }
      const shown = await verified(received, options)
      expect(shown.profile).toBe(name)
      for (const component of profile.policy.required) expect(shown.components).toContain(component)
      expect(shown.base.text).toBe(sent.base.text)
      // And what it covers, it covers.
      for (const component of shown.components.filter((id) => !/^[(@]/.test(id))) {
        const text = header(received, component)
        const changed = withHeaders(received, { [component]: `${text}x` })
        expect(await codeOf(() => verified(changed, options)), component).not.toBe('accepted')
      }
      const other = { ...received, body: octets('another body') }
      const wanted = ofBody ? /^SIGNATURE_INVALID$/ : /^DIGEST_(MISMATCH|MISSING|OF_EMPTY)$/
      expect(await codeOf(() => verified(other, options))).toMatch(wanted)
    }
  })
})

describe('a profile of the caller', () => {
  it('by RFC 9421 signs and verifies', async () => {
    const profile: SigningProfile = {
      ...bpce,
      name: 'bpce',
      dialect: 'rfc9421',
      label: 'psd2',
      digest: { field: 'Content-Digest', algorithm: 'sha-512', ofEmptyBody: true },
      components: {
        withBody: ['@method', '@target-uri', 'content-digest', 'x-request-id'],
        withoutBody: ['@method', '@target-uri', 'content-digest', 'x-request-id'],
        whenPresent: ['psu-*'],
      },
      policy: {
        ...bpce.policy,
        required: ['@method', '@target-uri', 'x-request-id'],
        parameters: ['created', 'keyId', 'tag'],
        tag: 'psd2',
        clock: { maxAge: 300 },
        digest: { required: 'always', fields: ['Content-Digest'] },
      },
    }
    const context = { authority: 'api.bank.example', scheme: 'https' } as const
    for (const message of [get, post]) {
      const sent = await signed({ profile, message, context, expiresIn: 60, nonce: 'n-1' })
      const { components, created, expires, algorithm } = await verified(sent, { profile, context })
      expect(components).toContain('content-digest')
      expect(algorithm).toBe('rsa-v1_5-sha256')
      expect(expires?.getTime()).toBe((created?.getTime() as number) + 60_000)
    }
  })
})
