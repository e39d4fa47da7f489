import { describe, expect, it } from 'vitest'
import { nodeCrypto } from '../../src/crypto/node.ts'
import type { HttpResponse } from '../../src/http/index.ts'
import {
  createSigner,
  profileOf,
  type SignedMessage,
  type SignerOptions,
  signRequest,
  signResponse,
} from '../../src/signing/index.ts'
import { at, codeOf, get, post, seals, verified, withHeaders } from './support.ts'

const seal = { key: seals.rsa.key, certificate: seals.rsa.certificate, keyId: 'SN=1,CA=CN=Test' }
const named = ({ headers }: SignedMessage, name: string): string | undefined =>
  headers.find(([own]) => own.toLowerCase() === name)?.[1]
const covers = (signed: SignedMessage): string => /headers="([^"]*)"/.exec(named(signed, 'signature') ?? '')?.[1] ?? ''
const base64 = Buffer.from(seals.rsa.certificate.bytes).toString('base64')
const header = 'tpp-signature-certificate'

describe('the certificate in a header', () => {
  const profile = 'berlin-group'

  it('is added to a request that lacks it, where it is given', async () => {
    const signed = await signRequest(post, { ...seal, profile, at })
    expect(named(signed, header)).toBe(base64)
    const alone = await signRequest(post, { profile, key: seal.key, keyId: seal.keyId, at })
    expect(named(alone, header)).toBeUndefined()
  })

  it('is there to be covered', async () => {
    const berlin = profileOf(profile)
    const components = { ...berlin.components, whenPresent: [header] }
    const signed = await signRequest(post, { ...seal, profile: { ...berlin, name: 'covering', components }, at })
    expect(covers(signed)).toBe(`digest x-request-id psu-id ${header}`)
    expect(signed.base.text).toContain(`\n${header}: ${base64}`)
  })

  it('is found in whatever case a profile names its header', async () => {
    const berlin = profileOf(profile)
    const components = { ...berlin.components, whenPresent: [header] }
    const certificate = { ...berlin.certificate, header: 'TPP-Signature-Certificate' }
    const own = { ...berlin, name: 'upper', components, certificate }
    const signed = await signRequest(post, { ...seal, profile: own, at })
    expect(signed.base.text).toContain(`\n${header}: ${base64}`)
    const message = withHeaders(post, { [header]: 'AAAA' })
    expect(named(await signRequest(message, { ...seal, profile: own, at }), header)).toBeUndefined()
  })

  it('is left as the request has it', async () => {
    const message = withHeaders(post, { 'TPP-Signature-Certificate': 'AAAA' })
    expect(named(await signRequest(message, { ...seal, profile, at }), header)).toBeUndefined()
  })

  it('is no header of an answer', async () => {
    const answer: HttpResponse = { status: 200, headers: [['X-Request-ID', '42']] }
    expect(named(await signResponse(answer, { ...seal, profile, at }), header)).toBeUndefined()
  })
})

describe('the digest', () => {
  const berlin = profileOf('berlin-group')
  const under = (ofEmptyBody: boolean, withoutBody: readonly string[]) => ({
    ...berlin,
    name: 'changed',
    digest: { ...berlin.digest, ofEmptyBody },
    components: { ...berlin.components, withoutBody },
  })

  it.each([
    [true, ['digest', 'x-request-id'], true],
    [true, ['x-request-id'], false],
    [false, ['x-request-id'], false],
  ] as const)('of no octets is made where the profile has it and covers it: %s, %j', async (of, covered, expected) => {
    const signed = await signRequest(get, { ...seal, profile: under(of, covered), at })
    expect(named(signed, 'digest') !== undefined).toBe(expected)
  })

  it('of no octets is not made up where the profile has none but covers it', async () => {
    const profile = under(false, ['digest', 'x-request-id'])
    expect(await codeOf(() => signRequest(get, { ...seal, profile, at }))).toBe('SIGNATURE_HEADER_ABSENT')
  })

  it('and everything else is hashed by the provider that is given', async () => {
    const hashed: number[] = []
    const own = nodeCrypto()
    const crypto = Object.freeze({
      ...own,
      digest: (hash: 'sha-256', octets: Uint8Array) => {
        hashed.push(octets.length)
        return own.digest(hash, octets)
      },
    })
    await signRequest(post, { ...seal, profile: 'bpce', at, crypto })
    expect(hashed).toEqual([post.body?.length])
    hashed.length = 0
    await signRequest(post, { ...seal, profile: 'berlin-group-jades', at, crypto })
    expect(hashed).toEqual([seals.rsa.certificate.bytes.length, post.body?.length])
  })
})

describe('an answer', () => {
  const answer: HttpResponse = { status: 200, headers: [['X-Request-ID', '42']], request: post }
  const profile = 'bpce'

  it('covers the target of the request that it comes with, and the headers that it has', async () => {
    expect(covers(await signResponse(answer, { ...seal, profile, at }))).toBe('(request-target) x-request-id')
    const { request: _, ...alone } = answer
    expect(covers(await signResponse(alone, { ...seal, profile, at }))).toBe('x-request-id')
  })
})

describe('the hash of the certificate', () => {
  it('is needed where it is signed', async () => {
    const { certificate: _, ...alone } = seal
    const made = createSigner({ ...alone, profile: 'berlin-group-jades' })
    await expect(made).rejects.toThrow(/berlin-group-jades needs the certificate, whose hash is signed/)
  })
})

describe('what the caller changes while it is signed', () => {
  it.each(['bpce', 'obie'] as const)('does not matter: %s', async (profile) => {
    const options: SignerOptions = { ...seal, profile, ...(profile === 'obie' ? { issuer: 'TPP' } : {}) }
    const algorithm = profileOf(profile).algorithms[0] as string
    const key = { algorithm, sign: async (data: Uint8Array) => new Uint8Array(await later(data)) }
    const later = async (data: Uint8Array) => {
      await new Promise((resolve) => setTimeout(resolve, 1))
      return data
    }
    const { certificate: _, ...rest } = options
    const signer = await createSigner({ ...rest, key: key as SignerOptions['key'] })
    const fresh = () => ({ ...post, body: new Uint8Array(post.body ?? []) })
    const expected = await signer.signRequest(fresh(), { at })
    const message = fresh()
    const signing = signer.signRequest(message, { at })
    message.body.fill(0)
    expect(await signing).toEqual(expected)
  })

  it('of a request under bpce is verified as it was', async () => {
    const signer = await createSigner({ ...seal, profile: 'bpce', keyId: 'client' })
    const body = new Uint8Array(post.body ?? [])
    const signing = signer.signRequest({ ...post, body }, { at })
    body.fill(0)
    const { headers } = await signing
    await verified({ ...post, headers: [...post.headers, ...headers] })
  })
})
