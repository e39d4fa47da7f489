import { createPublicKey } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { encodeBase64, encodeBase64url } from '../../src/core/base64.ts'
import { Psd2Error } from '../../src/core/errors.ts'
import type { HttpMessage } from '../../src/http/index.ts'
import { type KeyReference, profileOf, signRequest, verifyRequest } from '../../src/signing/index.ts'
import { always, at, post, seals, signed, verified } from './support.ts'

const jades = 'berlin-group-jades'

/** The same message with another protected header; whatever is refused here is refused before the signature is looked at. */
async function withHeader(change: (header: Record<string, unknown>) => Record<string, unknown>): Promise<HttpMessage> {
  const message = await signed({ profile: jades })
  const headers = message.headers.map(([name, value]): [string, string] => {
    if (name.toLowerCase() !== 'x-jws-signature') return [name, value]
    const [first = '', , signature = ''] = value.split('.')
    const header = change(JSON.parse(Buffer.from(first, 'base64url').toString()))
    return [name, `${encodeBase64url(new TextEncoder().encode(JSON.stringify(header)))}..${signature}`]
  })
  return { ...message, headers }
}

/** Code and path of the refusal. */
async function refusalOf(run: Promise<unknown>): Promise<unknown> {
  const error = await run.then(
    () => undefined,
    (thrown) => thrown,
  )
  if (!(error instanceof Psd2Error)) return error ?? 'accepted'
  return { code: error.code, path: error.path }
}

const verifyJades = (message: HttpMessage) => verified(message, { profile: jades })

describe('a JWS names its certificate', () => {
  it('by its hash or by itself, or is refused', async () => {
    const bare = await withHeader(({ 'x5t#S256': _, x5c: __, ...rest }) => rest)
    expect(await refusalOf(verifyJades(bare))).toEqual({ code: 'KEY_REFERENCE_FORM', path: 'x5t#S256' })
  })

  it('by a hash that must be that of the certificate', async () => {
    const other = await withHeader((header) => ({ ...header, 'x5t#S256': 'A'.repeat(43) }))
    expect(await refusalOf(verifyJades(other))).toMatchObject({ code: 'KEY_REFERENCE_MISMATCH', path: 'x5t#S256' })
  })

  it('by itself, the first of the list, which must be the one that is known', async () => {
    const own = encodeBase64(seals.rsa.certificate.bytes)
    const other = encodeBase64(seals.otherRsa.certificate.bytes)
    // The header was changed, so that one that names the right certificate gets as far as the signature.
    for (const x5c of [[own], [own, other]]) {
      const named = await withHeader(({ 'x5t#S256': _, ...rest }) => ({ ...rest, x5c }))
      expect(await refusalOf(verifyJades(named))).toMatchObject({ code: 'SIGNATURE_INVALID' })
    }
    for (const x5c of [[other], [other, own]]) {
      const named = await withHeader(({ 'x5t#S256': _, ...rest }) => ({ ...rest, x5c }))
      expect(await refusalOf(verifyJades(named))).toEqual({ code: 'KEY_REFERENCE_MISMATCH', path: 'x5c' })
    }
  })
})

describe('a key alone', () => {
  const open = profileOf({
    ...profileOf('bpce'),
    name: 'keys',
    certificate: { required: false, qsealc: false, allowPss: false },
  })
  const key = createPublicKey(seals.rsa.key as Parameters<typeof createPublicKey>[0])

  it('is taken where the profile does not want a certificate', async () => {
    const message = await signed({ profile: open, keyId: 'client' })
    const shown = await verifyRequest(message, { profile: open, resolveKey: () => key, at })
    expect(shown).toMatchObject({
      certificate: undefined,
      algorithm: 'rsa-v1_5-sha256',
      keyReference: { value: 'client' },
    })
  })

  it('is no answer where the profile wants one', async () => {
    const message = await signed()
    expect(await refusalOf(verified(message, { resolveKey: () => key }))).toMatchObject({
      name: 'TypeError',
      message: 'bpce needs a certificate from resolveKey, not a key alone',
    })
  })

  it('must make an algorithm of the profile', async () => {
    const message = await signed({ profile: open, keyId: 'client' })
    const resolveKey = () => createPublicKey(seals.p256.key as Parameters<typeof createPublicKey>[0])
    expect(await refusalOf(verifyRequest(message, { profile: open, resolveKey, at }))).toEqual({
      code: 'SIGNING_ALGORITHM',
      path: 'certificate',
    })
  })
})

describe('a reference', () => {
  it.each([
    ['nobody knows', 'client', undefined, 'SIGNING_KEY_UNKNOWN'],
    ['is too long', 'k'.repeat(8193), seals.rsa.certificate, 'KEY_REFERENCE_FORM'],
  ] as const)('that %s is refused at the keyId', async (_, keyId, certificate, code) => {
    const message = await signed({ keyId })
    expect(await refusalOf(verified(message, { resolveKey: () => certificate }))).toEqual({ code, path: 'keyId' })
  })

  it('of the longest size is taken', async () => {
    const message = await signed({ keyId: 'k'.repeat(8192) })
    expect((await verified(message)).keyReference.value).toHaveLength(8192)
  })

  it('of digits is an identifier where the profile takes no serial numbers, and stays untrusted', async () => {
    const seen: KeyReference[] = []
    const message = await signed({ keyId: '1234567890' })
    const resolveKey: Parameters<typeof verifyRequest>[1]['resolveKey'] = (reference) => {
      seen.push(reference)
      return seals.rsa.certificate
    }
    await verified(message, { resolveKey })
    expect(seen).toEqual([{ untrusted: true, value: '1234567890', form: 'identifier' }])
  })

  it('in a form that the profile does not take is refused at the keyId', async () => {
    const profile = profileOf({ ...profileOf('bpce'), name: 'urls', keyReferences: ['url'], fingerprintRequired: true })
    const of = async (keyId: string) => {
      const headers: [string, string][] = [...post.headers.map(([name, value]): [string, string] => [name, value])]
      const message = { ...post, headers }
      const { headers: added } = await signRequest(message, { profile, key: seals.rsa.key, keyId, at })
      const signedMessage = { ...message, headers: [...headers, ...added] }
      return refusalOf(verifyRequest(signedMessage, { profile, resolveKey: always(seals.rsa), at }))
    }
    expect(await of('client')).toEqual({ code: 'KEY_REFERENCE_FORM', path: 'keyId' })
    expect(await of('https://tpp.example/qsealc.pem')).toEqual({ code: 'KEY_REFERENCE_URL', path: 'keyId' })
  })
})
