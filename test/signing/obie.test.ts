import { constants, createPublicKey, verify } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  explainSignature,
  type HttpMessage,
  type ParsedSignature,
  parseSignatures,
  readMessage,
} from '../../src/http/index.ts'
import { type ProfileName, signRequest, signResponse, verifyRequest, verifyResponse } from '../../src/signing/index.ts'
import { always, at, codeOf, octets, seals, withHeaders } from './support.ts'

const message: HttpMessage = {
  method: 'POST',
  target: '/open-banking/v3.1/pisp/domestic-payments',
  headers: [['Content-Type', 'application/json']],
  body: octets('{"Data":{}}'),
}
const profiles: readonly ProfileName[] = ['obie', 'obie-3.1.3']
const resolveKey = always(seals.rsa)
const signing = { key: seals.rsa.key, keyId: 'client', issuer: 'PSDGB-FCA-123456', at }

async function signed(profile: ProfileName, sent: HttpMessage = message): Promise<HttpMessage> {
  const { headers } = await signRequest(sent, { ...signing, profile })
  return { ...sent, headers: [...sent.headers, ...headers] }
}
const outcome = (sent: HttpMessage, profile: ProfileName): Promise<string> =>
  codeOf(() => verifyRequest(sent, { profile, resolveKey, at }))

describe.each(profiles)('%s', (profile) => {
  it('verifies what it signed, and tells who signed', async () => {
    const verified = await verifyRequest(await signed(profile), { profile, resolveKey, at })
    expect(verified.components).toEqual(['@body'])
    expect(verified.algorithm).toBe('rsa-pss-sha256')
    expect([...verified.parameters]).toEqual([
      ['alg', 'PS256'],
      ['kid', 'client'],
      ['iss', 'PSDGB-FCA-123456'],
      ['tan', 'openbanking.org.uk'],
    ])
  })

  it('signs what RFC 7515 and RFC 7797 say, by the word of node:crypto', async () => {
    const value = (await signed(profile)).headers.at(-1)?.[1] ?? ''
    const [serialised = '', , signature = ''] = value.split('.')
    const header = JSON.parse(Buffer.from(serialised, 'base64url').toString()) as Record<string, unknown>
    expect(header.b64).toBe(profile === 'obie' ? undefined : false)
    const body = Buffer.from(message.body ?? [])
    const payload = profile === 'obie' ? body.toString('base64url') : body.toString('latin1')
    const key = { key: createPublicKey(seals.rsa.key), padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }
    const input = Buffer.from(`${serialised}.${payload}`, 'latin1')
    expect(verify('sha256', input, key, Buffer.from(signature, 'base64url'))).toBe(true)
  })

  it('explains its one line as it is signed', async () => {
    const view = readMessage(await signed(profile))
    const dialect = profile === 'obie' ? 'obie-jws' : 'obie-jws-raw'
    const [signature] = parseSignatures(view, { dialect })
    const body = Buffer.from(message.body ?? [])
    const text = profile === 'obie' ? body.toString('base64url') : body.toString('latin1')
    expect(explainSignature(view, signature as ParsedSignature)).toEqual([
      { component: '@body', received: [], text, error: undefined },
    ])
  })

  it('signs bodies of any octets, and refuses any other body', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 200 }), fc.nat(), async (body, place) => {
        const sent = await signed(profile, { ...message, body })
        expect(await outcome(sent, profile)).toBe('accepted')
        const other = body.slice()
        const at = place % body.length
        other[at] = (other[at] as number) ^ 1
        expect(await outcome({ ...sent, body: other }, profile)).toBe('SIGNATURE_INVALID')
      }),
      { numRuns: 15 },
    )
  })

  it('is not the other one', async () => {
    const other = profile === 'obie' ? 'obie-3.1.3' : 'obie'
    expect(await outcome(await signed(other), profile)).toBe('JWS_B64')
  })

  it('signs nothing where there is no body, and nothing for nobody', async () => {
    expect(await codeOf(() => signed(profile, { ...message, body: new Uint8Array(0) }))).toBe(
      'SIGNATURE_COMPONENT_VALUE',
    )
    await expect(signRequest(message, { ...signing, profile, issuer: '' })).rejects.toThrow(/needs issuer/)
    await expect(signRequest(message, { ...signing, profile, keyId: '' })).rejects.toThrow(/needs kid/)
  })

  it('covers no header, as the scheme has it', async () => {
    const sent = await signed(profile)
    expect(await outcome({ ...withHeaders(sent, { 'Content-Type': 'text/plain' }), target: '/other' }, profile)).toBe(
      'accepted',
    )
  })

  it('signs and verifies answers, which must have the signature too', async () => {
    const response = {
      status: 201,
      headers: [['Content-Type', 'application/json']] as [string, string][],
      body: octets('{}'),
    }
    const { headers } = await signResponse(response, { ...signing, profile })
    const sent = { ...response, headers: [...response.headers, ...headers] }
    expect((await verifyResponse(sent, { profile, resolveKey, at })).components).toEqual(['@body'])
    expect(await codeOf(() => verifyResponse(response, { profile, resolveKey, at }))).toBe('SIGNATURE_MISSING')
  })
})
