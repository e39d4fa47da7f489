import { createPrivateKey, sign } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { nodeCrypto } from '../../src/crypto/node.ts'
import { createDigest } from '../../src/http/digest/index.ts'
import { createSigner, type SignerOptions, signRequest } from '../../src/signing/index.ts'
import { at, codeOf, get, post, seals, verified } from './support.ts'

const seal: SignerOptions = { profile: 'bpce', key: seals.rsa.key, keyId: 'first', certificate: seals.rsa.certificate }

/** A key in an HSM: what it signs is counted. */
function hsm() {
  const held = createPrivateKey(seals.rsa.key.slice(seals.rsa.key.indexOf('-----BEGIN')))
  let signatures = 0
  const key: SignerOptions['key'] = {
    algorithm: 'rsa-v1_5-sha256',
    sign: async (data: Uint8Array) => {
      signatures++
      return new Uint8Array(sign('sha256', data, held))
    },
  }
  return { key, signatures: () => signatures }
}

describe('createSigner', () => {
  it('signs what signRequest signs', async () => {
    const signer = await createSigner(seal)
    for (const message of [get, post]) {
      const call = { at }
      expect(await signer.signRequest(message, call)).toEqual(await signRequest(message, { ...seal, ...call }))
    }
  })

  it('has the key prove itself once, before the first message', async () => {
    const { key, signatures } = hsm()
    const signer = await createSigner({ ...seal, key })
    expect(signatures()).toBe(1)
    for (let i = 0; i < 3; i++) {
      const { headers } = await signer.signRequest(post, { at })
      await verified({ ...post, headers: [...post.headers, ...headers] })
    }
    expect(signatures()).toBe(4)
    const alone = hsm()
    await createSigner({ profile: 'bpce', key: alone.key, keyId: 'first' })
    expect(alone.signatures()).toBe(0)
  })

  it('takes another keyId with a call', async () => {
    const signer = await createSigner(seal)
    const first = await signer.signRequest(get, { at })
    const second = await signer.signRequest(get, { at, keyId: 'second' })
    expect(Object.fromEntries(first.headers).Signature).toContain('keyId="first"')
    expect(Object.fromEntries(second.headers).Signature).toContain('keyId="second"')
  })

  it.each(['bpce', 'berlin-group'] as const)(
    'keeps the names of a key apart, however many there are: %s',
    async (profile) => {
      const signer = await createSigner({ ...seal, profile })
      const names = Array.from({ length: 12 }, (_, i) => `SN=${i},CA=CN=Test`)
      for (const keyId of [...names, ...names]) {
        const signed = await signer.signRequest(get, { at, keyId })
        expect(signed).toEqual(await signRequest(get, { ...seal, profile, keyId, at }))
        expect(Object.fromEntries(signed.headers).Signature).toContain(`keyId="${keyId}"`)
      }
    },
  )

  it('adds nothing to the message of the caller', async () => {
    const signer = await createSigner({ ...seal, profile: 'berlin-group' })
    const before = structuredClone(post)
    const signed = await signer.signRequest(post, { at })
    expect(post).toEqual(before)
    expect(await signer.signRequest(post, { at })).toEqual(signed)
  })

  it('looks at the period of the certificate for every message', async () => {
    const signer = await createSigner(seal)
    expect(await codeOf(() => signer.signRequest(get, { at }))).toBe('accepted')
    for (const other of ['2020-01-01', '2040-01-01']) {
      expect(await codeOf(() => signer.signRequest(get, { at: new Date(other) }))).toBe('SIGNING_CERTIFICATE_EXPIRED')
    }
  })

  it('is not made of a key and a certificate that do not belong together, or that the bank does not take', async () => {
    const { certificate } = seals.otherRsa
    expect(await codeOf(() => createSigner({ ...seal, certificate }))).toBe('SIGNING_KEY_MISMATCH')
    const { pssSigned, web } = seals
    expect(await codeOf(() => createSigner({ ...seal, certificate: pssSigned.certificate }))).toBe(
      'SIGNING_CERTIFICATE_PSS',
    )
    expect(await codeOf(() => createSigner({ ...seal, ...web }))).toBe('SIGNING_CERTIFICATE_KIND')
    expect(await codeOf(() => createSigner({ profile: 'bpce', key: seals.p256.key, keyId: 'k' }))).toBe(
      'SIGNING_ALGORITHM',
    )
  })

  it('signs answers, and not one for the other', async () => {
    const signer = await createSigner(seal)
    const request = { ...get, headers: [] }
    const answer = { status: 204, headers: [['x-request-id', 'one']] as [string, string][], request }
    const { base } = await signer.signResponse(answer, { at })
    expect(base.text).toContain('x-request-id: one')
    await expect(signer.signRequest(answer as never, { at })).rejects.toThrow(/this is a response/)
    await expect(signer.signResponse(get as never, { at })).rejects.toThrow(/this is a request/)
  })

  it('signs the message as it was when it was called', async () => {
    const body = new TextEncoder().encode('{}')
    const unchanged = { ...post, body: body.slice() }
    const atOnce = await createSigner(seal)
    const signingAtOnce = atOnce.signRequest({ ...post, body }, { at })
    body.fill(0)
    expect((await signingAtOnce).headers).toEqual((await atOnce.signRequest(unchanged, { at })).headers)
    body.set(unchanged.body)
    const held = nodeCrypto()
    // One that looks at the octets later, as a module on the network does.
    const digest: typeof held.digest = async (hash, octets) => {
      await new Promise((resolve) => setTimeout(resolve, 1))
      return held.digest(hash, octets)
    }
    const signer = await createSigner({ ...seal, crypto: { ...held, digest } })
    const signing = signer.signRequest({ ...post, body }, { at })
    body.fill(0)
    expect((await signing).headers).toEqual((await signer.signRequest(unchanged, { at })).headers)
  })

  it('holds a digest of the caller to the body, also where it adds another', async () => {
    const signer = await createSigner(seal)
    const withDigest = (value: string) => ({ ...post, headers: [...post.headers, ['Content-Digest', value] as const] })
    const right = await createDigest(post.body as Uint8Array, { field: 'Content-Digest' })
    const { headers } = await signer.signRequest(withDigest(right), { at })
    expect(headers.map(([name]) => name)).toEqual(['Digest', 'Signature'])
    const wrong = await createDigest(new Uint8Array(1), { field: 'Content-Digest' })
    expect(await codeOf(() => signer.signRequest(withDigest(wrong), { at }))).toBe('DIGEST_MISMATCH')
  })

  it('fails as one where the provider cannot hash', async () => {
    const failing = { ...nodeCrypto(), digest: () => Promise.reject(new Error('no hash')) }
    const signer = await createSigner({ profile: 'bpce', key: seals.rsa.key, keyId: 'k', crypto: failing })
    const message = { ...post, headers: [...post.headers, ['Content-Digest', `sha-256=:${'A'.repeat(43)}=:`] as const] }
    // Two hashes are begun; a rejection that nobody waits for would end the process.
    await expect(signer.signRequest(message, { at })).rejects.toThrow('no hash')
  })

  it('keeps to what it was made for', async () => {
    await expect(createSigner({ ...seal, at } as never)).rejects.toThrow(/unknown option 'at'/)
    await expect(createSigner({ ...seal, profile: 'nobody' as never })).rejects.toThrow(/unknown profile/)
    const signer = await createSigner(seal)
    const call = { at, key: seals.otherRsa.key }
    await expect(signer.signRequest(get, call)).rejects.toThrow(/unknown option 'key'/)
    for (const other of [new Date(Number.NaN), '2026-06-01', undefined] as Date[]) {
      await expect(signer.signRequest(get, { at: other })).rejects.toThrow(/at is not a moment/)
    }
  })
})
