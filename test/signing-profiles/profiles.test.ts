import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { MemoryReplayStore } from '../../src/http/index.ts'
import { profileOf, type SigningProfile, signingProfiles, verifyRequest } from '../../src/signing/index.ts'
import { type HeaderProfile, rows, type SealName } from './rows.ts'
import {
  at,
  type BodyKind,
  bodies,
  codeOf,
  coveredIn,
  protectedHeader,
  requestFor,
  seals,
  sign,
  unsigned,
  verify,
  withoutSignature,
} from './support.ts'

type Golden = Readonly<Record<HeaderProfile, Readonly<Record<BodyKind, readonly string[]>>>>

const golden = JSON.parse(readFileSync(new URL('golden.json', import.meta.url), 'utf8')) as Golden
const names = signingProfiles
  .filter(({ components }) => !components.withBody.includes('@body'))
  .map(({ name }) => name as HeaderProfile)
const sealsOf = (name: HeaderProfile): SealName[] => Object.keys(rows[name].seals) as SealName[]
const firstSeal = (name: HeaderProfile): SealName => sealsOf(name)[0] as SealName

it('has a row and a golden header for every profile, and for nothing else', () => {
  expect(Object.keys(rows).sort()).toEqual([...names].sort())
  expect(Object.keys(golden).sort()).toEqual([...names].sort())
  expect(new Set(names).size).toBe(names.length)
})

it('takes nothing from memory alone', () => {
  for (const { grounding, source } of signingProfiles) {
    expect(['read', 'inferred']).toContain(grounding)
    expect(source).not.toBe('')
  }
})

describe.each(names)('%s', (name) => {
  const row = rows[name]
  const profile = profileOf(name)

  describe.each(bodies)('%s', (kind) => {
    it.each(sealsOf(name))('verifies what was signed with %s', async (seal) => {
      const { message, headers } = await sign(name, kind, seal)
      const verified = await verify(name, message, seal)
      expect(verified.components.join(' ')).toBe(row[kind].toLowerCase())
      expect(verified.certificate).toBe(seals[seal].certificate)
      expect(coveredIn(headers)).toBe(row[kind])
    })

    it('writes the header as the source shows it', async () => {
      const seal = firstSeal(name)
      const { headers } = await sign(name, kind, seal)
      expect(withoutSignature(headers)).toEqual(golden[name][kind])
      const [field, value] = headers.at(-1) as readonly [string, string]
      expect(field).toBe(row.carrier)
      const keyId = row.keyId(seals[seal].certificate)
      const algorithm = row.seals[seal]
      if (row.carrier === 'x-jws-signature') {
        expect(protectedHeader(value)).toMatchObject({ alg: algorithm, kid: keyId, b64: false })
      } else {
        const { separator = ',' } = row
        const scheme = row.carrier === 'Authorization' ? 'Signature ' : ''
        const parts = [`keyId="${keyId}"`, `algorithm="${algorithm}"`, `headers="${row[kind]}"`, 'signature="']
        expect(value.startsWith(scheme + parts.join(separator))).toBe(true)
      }
    })

    it('sends a digest where the source has one', async () => {
      const { headers } = await sign(name, kind, firstSeal(name))
      const digest = headers.find(([field]) => field === 'Digest')?.[1]
      expect(digest?.split('=')[0]).toBe(row.digest[kind === 'withBody' ? 0 : 1])
    })

    it('refuses a signature that leaves out what must be covered', async () => {
      const seal = firstSeal(name)
      const complete = await sign(name, kind, seal)
      const covered = row[kind].split(' ')
      for (const component of covered) {
        const lower = component.toLowerCase()
        if (lower === row.free) continue
        const rest = covered.filter((other) => other !== component)
        const message = unsigned(complete, row)
        if (rest.length === 0) {
          const other = await sign(name, kind, seal, (own) => covering(own, ['host']), message)
          expect(await codeOf(() => verify(name, other.message, seal)), component).toBe(
            'SIGNATURE_REQUIRED_NOT_COVERED',
          )
          continue
        }
        const careless = await sign(name, kind, seal, (own) => covering(own, rest), message)
        const code = await codeOf(() => verify(name, careless.message, seal))
        const isRequired = profile.policy.required.includes(lower)
        expect(code, component).toBe(isRequired ? 'SIGNATURE_REQUIRED_NOT_COVERED' : 'SIGNATURE_PRESENT_NOT_COVERED')
      }
    })

    it('refuses another body', async () => {
      const seal = firstSeal(name)
      const { message } = await sign(name, kind, seal)
      const changed = { ...message, body: new TextEncoder().encode('{"amount":"99.50"}') }
      const hasDigest = row.digest[kind === 'withBody' ? 0 : 1] !== undefined
      const code = await codeOf(() => verify(name, changed, seal))
      const expected = hasDigest
        ? kind === 'withBody'
          ? ['DIGEST_MISMATCH']
          : ['DIGEST_OF_EMPTY']
        : ['DIGEST_MISSING']
      expect(expected).toContain(code)
    })

    it('refuses a change of anything that is covered', async () => {
      const seal = firstSeal(name)
      const { message } = await sign(name, kind, seal)
      for (const component of row[kind].toLowerCase().split(' ')) {
        const changed =
          component === '(request-target)'
            ? { ...message, target: `${message.target}/` }
            : { ...message, headers: message.headers.map(([field, value]) => spoil(component, field, value)) }
        expect(await codeOf(() => verify(name, changed, seal)), component).not.toBe('accepted')
      }
    })
  })

  it('knows a request that was sent twice', async () => {
    const seal = firstSeal(name)
    const { message } = await sign(name, 'withBody', seal)
    const replay = new MemoryReplayStore({ now: () => at })
    const resolveKey = () => seals[seal].certificate
    await verifyRequest(message, { profile: name, resolveKey, at, replay })
    const again = () => verifyRequest(message, { profile: name, resolveKey, at, replay })
    expect(await codeOf(again)).toBe('SIGNATURE_REPLAYED')
  })

  it('asks for what its signer gives', () => {
    for (const kind of bodies) {
      const covered = profile.components[kind].map((component) => component.toLowerCase())
      const patterns = profile.components.whenPresent ?? []
      for (const component of profile.policy.required)
        expect([...covered, ...patterns, 'x-request-id']).toContain(component)
    }
    expect(profile.policy.algorithms).toEqual(expect.arrayContaining([...profile.algorithms]))
  })
})

describe('what single profiles ask beyond', () => {
  it('credit-mutuel refuses a signature over Authorization', async () => {
    const { message } = await sign('credit-mutuel', 'withoutBody', 'rsa', (own) => ({
      ...own,
      components: { ...own.components, whenPresent: ['authorization'] },
    }))
    expect(await codeOf(() => verify('credit-mutuel', message, 'rsa'))).toBe('SIGNATURE_FORBIDDEN_COVERED')
  })

  it.each(['credit-mutuel', 'boursorama', 'rabobank', 'icard', 'worldline'] as const)(
    '%s holds Date to the clock',
    async (name) => {
      const { message } = await sign(name, 'withoutBody', 'rsa')
      const resolveKey = () => seals.rsa.certificate
      const late = new Date(at.getTime() + 331_000)
      const code = await codeOf(() => verifyRequest(message, { profile: name, resolveKey, at: late }))
      expect(code).toBe('SIGNATURE_TOO_OLD')
    },
  )

  it('oots refuses a signature over more than the digest', async () => {
    const { message } = await sign('oots', 'withBody', 'p256', (own) => covering(own, ['digest', 'host']))
    expect(await codeOf(() => verify('oots', message, 'p256'))).toBe('SIGNATURE_FORBIDDEN_COVERED')
  })

  it.each(['rabobank', 'icard', 'credit-agricole'] as const)(
    '%s refuses the serial number of another certificate',
    async (name) => {
      const { message } = await sign(name, 'withoutBody', 'rsa')
      const own = seals.rsa.certificate.serialNumber
      const headers = message.headers.map(([field, value]) => [field, value.replace(`${own}`, `${own + 1n}`)] as const)
      expect(await codeOf(() => verify(name, { ...message, headers }, 'rsa'))).toBe('KEY_REFERENCE_MISMATCH')
    },
  )

  it.each(['credit-mutuel', 'boursorama', 'qonto'] as const)('%s refuses a keyId that is no address', async (name) => {
    const { message } = await sign(name, 'withoutBody', 'rsa')
    const headers = message.headers.map(
      ([field, value]) => [field, value.replace(/keyId="[^"]*"/, 'keyId="4711"')] as const,
    )
    expect(await codeOf(() => verify(name, { ...message, headers }, 'rsa'))).toBe('KEY_REFERENCE_FORM')
  })

  it('rabobank refuses two certificates in its header', async () => {
    const { message } = await sign('rabobank', 'withoutBody', 'rsa')
    const header = message.headers.find(([field]) => field === 'Signature-Certificate') as readonly [string, string]
    const twice = { ...message, headers: [...message.headers, header] }
    expect(await codeOf(() => verify('rabobank', twice, 'rsa'))).toBe('SIGNATURE_HEADER_TWICE')
  })

  it('qonto does not sign a body whose length is not known', async () => {
    const request = requestFor('qonto', 'withBody', seals.rsa)
    const headers = request.headers.filter(([field]) => field !== 'Content-Length')
    const run = () => sign('qonto', 'withBody', 'rsa', undefined, { ...request, headers })
    expect(await codeOf(run)).toBe('SIGNATURE_HEADER_ABSENT')
  })

  it('credit-agricole reads a list of names in any case', async () => {
    const { message } = await sign('credit-agricole', 'withoutBody', 'rsa')
    const headers = message.headers.map(
      ([field, value]) =>
        [field, value.replace('headers="authorization x-request-id', 'headers="Authorization X-Request-ID')] as const,
    )
    expect((await verify('credit-agricole', { ...message, headers }, 'rsa')).components).toContain('authorization')
  })

  it('worldline reads the usual name of the algorithm as well', async () => {
    const { message } = await sign('worldline', 'withoutBody', 'rsa', ({ algorithmName: _, ...own }) => own)
    expect((await verify('worldline', message, 'rsa')).algorithm).toBe('rsa-v1_5-sha256')
  })
})

/** A profile by which these components are covered and no others. */
function covering(profile: SigningProfile, components: readonly string[]): SigningProfile {
  const { whenPresent: _, ...policy } = profile.policy
  return { ...profile, components: { withBody: components, withoutBody: components }, policy }
}

/** A header with its last visible character changed, where it is the one that is meant. */
function spoil(component: string, field: string, value: string): readonly [string, string] {
  return field.toLowerCase() === component ? [field, `${value}x`] : [field, value]
}
