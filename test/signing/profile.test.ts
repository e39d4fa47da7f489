import { describe, expect, it } from 'vitest'
import { profileOf, type SigningProfile, signingProfiles } from '../../src/signing/index.ts'
import { get, post, profileNames, signed, verified } from './support.ts'

const bpce = profileOf('bpce')
/** A profile that is none: what a caller may give who does not read types. */
const wrong = (change: object): SigningProfile => ({ ...bpce, ...change }) as SigningProfile

describe('profileOf', () => {
  it('finds every profile by its name, once', () => {
    expect(signingProfiles.map(({ name }) => name)).toEqual(profileNames)
    for (const profile of signingProfiles) expect(profileOf(profile.name as 'bpce')).toBe(profile)
  })

  it.each(['', 'BPCE', 'bpce ', '__proto__', 'constructor'])('knows no profile %s', (name) => {
    expect(() => profileOf(name as 'bpce')).toThrow(/^unknown profile/)
    expect(() => profileOf(name as 'bpce')).toThrow(TypeError)
  })

  it('takes a profile of the caller', () => {
    expect(profileOf(wrong({ name: 'mine' })).name).toBe('mine')
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

  it('signs what it requires', () => {
    for (const name of policy.required) {
      expect(components.withBody).toContain(name)
      expect(components.withoutBody).toContain(name)
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

  it('wants a QSealC, an id of the request, and knows what a replay is', () => {
    expect(profile.certificate).toMatchObject({ required: true, qsealc: true })
    expect(profile.requestId).toBe(true)
    expect(policy.headers).toContain('x-request-id')
    expect(policy.replay).toBeDefined()
  })

  it('says where it comes from', () => {
    expect(profile.source).not.toBe('')
    expect(['read', 'inferred', 'remembered']).toContain(profile.grounding)
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
