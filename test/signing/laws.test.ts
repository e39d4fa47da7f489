import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { HttpMessage } from '../../src/http/index.ts'
import type { KeyResolver } from '../../src/signing/index.ts'
import {
  codeOf,
  get,
  header,
  keyIds,
  type MainProfile,
  post,
  profileNames,
  seals,
  signed,
  verified,
  withHeaders,
} from './support.ts'

const seal = seals.otherRsa

/** A resolver that knows the key by its exact name and no other: as a store of registrations does. */
const known =
  (profile: MainProfile): KeyResolver =>
  (reference) =>
    reference.value === keyIds[profile](seal.certificate) ? seal.certificate : undefined

const check = (profile: MainProfile, message: HttpMessage): Promise<string> =>
  codeOf(() => verified(message, { profile, resolveKey: known(profile) }))

const carrierOf = (profile: MainProfile): string => (profile === 'berlin-group-jades' ? 'x-jws-signature' : 'Signature')

/** Texts that may stand in a header, without white space at their ends. */
const value = fc
  .string({
    unit: fc
      .integer({ min: 0x20, max: 0xff })
      .filter((code) => code < 0x7f || code > 0x9f)
      .map((code) => String.fromCharCode(code)),
    minLength: 1,
    maxLength: 30,
  })
  .filter((text) => !/^[ \t]|[ \t]$/.test(text))
const target = fc
  .string({ unit: fc.constantFrom(..."abcXYZ019/?&=%.~;:@!$'()*+,_-"), maxLength: 40 })
  .map((text) => `/${text}`)
const method = fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH')
const requestId = fc.string({
  unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
  minLength: 1,
  maxLength: 128,
})
const extra = fc.constantFrom('PSU-ID', 'PSU-IP-Address', 'Content-Type', 'TPP-Redirect-URI', 'X-Other', 'Accept')
const message: fc.Arbitrary<HttpMessage> = fc
  .record({
    method,
    target,
    id: requestId,
    extras: fc.uniqueArray(fc.tuple(extra, value), { selector: ([name]) => name, maxLength: 4 }),
    body: fc.uint8Array({ maxLength: 60 }),
  })
  .map(({ method, target, id, extras, body }) => {
    // berlin-group-jades signs Content-Type with every body.
    const type: [string, string][] = extras.some(([name]) => name === 'Content-Type') ? [] : [['Content-Type', 'a/b']]
    return { method, target, headers: [['X-Request-ID', id], ...extras, ...type], body }
  })

/** Another character, that may stand where the first stood, and not only its other case. */
function changed(text: string, at: number, by: number): string {
  const from = text.charCodeAt(at)
  let to = 0x21 + ((from - 0x21 + 1 + (by % 93) + 94) % 94)
  if (String.fromCharCode(to).toLowerCase() === text.charAt(at).toLowerCase()) to = to === 0x30 ? 0x31 : 0x30
  return `${text.slice(0, at)}${String.fromCharCode(to)}${text.slice(at + 1)}`
}

describe.each(profileNames)('%s', (profile) => {
  it('verifies whatever it signed', async () => {
    await fc.assert(
      fc.asyncProperty(message, async (one) => {
        const sent = await signed({ profile, seal, message: one })
        expect(await check(profile, sent)).toBe('accepted')
      }),
      { numRuns: 60 },
    )
  })

  it('refuses a change of any octet of the body, and of its length', async () => {
    await fc.assert(
      fc.asyncProperty(message, fc.nat(), fc.integer({ min: 1, max: 255 }), async (one, place, bits) => {
        const sent = await signed({ profile, seal, message: one })
        const body = new Uint8Array(sent.body as Uint8Array)
        const longer = new Uint8Array([...body, bits])
        expect(await check(profile, { ...sent, body: longer })).not.toBe('accepted')
        if (body.length === 0) return
        body[place % body.length] = (body[place % body.length] as number) ^ bits
        expect(await check(profile, { ...sent, body })).not.toBe('accepted')
        expect(await check(profile, { ...sent, body: body.subarray(1) })).not.toBe('accepted')
      }),
      { numRuns: 30 },
    )
  })

  it('refuses a change of any character of a covered header', async () => {
    for (const one of [get, post]) {
      const sent = await signed({ profile, seal, message: one })
      const { components } = await verified(sent, { profile, resolveKey: known(profile) })
      for (const name of components.filter((id) => !id.startsWith('('))) {
        const text = header(sent, name)
        for (let at = 0; at < text.length; at++) {
          const code = await check(profile, withHeaders(sent, { [name]: changed(text, at, at) }))
          expect(code, `${name} ${at}`).not.toBe('accepted')
        }
        expect(await check(profile, withHeaders(sent, { [name]: `${text}x` })), name).not.toBe('accepted')
        expect(await check(profile, withHeaders(sent, { [name]: undefined })), name).not.toBe('accepted')
      }
    }
  })

  it('refuses a change of any character of the signature and its parameters', async () => {
    const sent = await signed({ profile, seal })
    const name = carrierOf(profile)
    const text = header(sent, name)
    for (let at = 0; at < text.length; at++) {
      const codes = await Promise.all([
        check(profile, withHeaders(sent, { [name]: changed(text, at, at) })),
        check(profile, withHeaders(sent, { [name]: text.slice(0, at) })),
        check(profile, withHeaders(sent, { [name]: `${text.slice(0, at)}${text.slice(at + 1)}` })),
      ])
      expect(codes, `${at}: ${text.slice(at, at + 12)}`).not.toContain('accepted')
    }
  })

  it('does not mind headers that are not covered, their order, and the case of names', async () => {
    const sent = await signed({ profile, seal })
    const other = { ...sent, headers: [...sent.headers, ['X-Forwarded-For', '192.0.2.7'], ['Via', '1.1 a']] as const }
    expect(await check(profile, other)).toBe('accepted')
    expect(await check(profile, { ...sent, headers: [...sent.headers].reverse() })).toBe('accepted')
    const upper = sent.headers.map(([name, text]): [string, string] => [name.toUpperCase(), text])
    expect(await check(profile, { ...sent, headers: upper })).toBe('accepted')
    expect(await check(profile, withHeaders(sent, { Accept: 'text/html' }))).toBe('accepted')
  })
})

describe.each(['bpce', 'stet', 'berlin-group-jades'] as const)('%s covers the address', (profile) => {
  it('and refuses a change of any character of method and target', async () => {
    for (const one of [get, post]) {
      const sent = await signed({ profile, seal, message: one })
      for (let at = 0; at < sent.target.length; at++) {
        expect(await check(profile, { ...sent, target: changed(sent.target, at, at) }), `${at}`).not.toBe('accepted')
      }
      for (let at = 0; at < sent.method.length; at++) {
        expect(await check(profile, { ...sent, method: changed(sent.method, at, at) }), `${at}`).not.toBe('accepted')
      }
    }
  })
})
