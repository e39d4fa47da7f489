import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Psd2Error } from '../../src/core/errors.ts'
import { buildJwks, checkJwks, joseCodes, verifyJwks } from '../../src/jose/index.ts'
import { certificateVectors } from '../../vectors/certificates.ts'
import { vector } from './support.ts'

const [jwk] = (await buildJwks(vector('qsealc'))).keys
const other = (await buildJwks(vector('qsealc-rsa-2048'))).keys[0]
const text = JSON.stringify({ keys: [jwk] })

/** What is verified, as text; undefined where it is refused. Anything thrown that is no Psd2Error goes through. */
async function verified(input: Uint8Array | string): Promise<string | undefined> {
  try {
    return JSON.stringify((await verifyJwks(input)).jwk)
  } catch (error) {
    if (!(error instanceof Psd2Error)) throw error
    return undefined
  }
}

describe('every certificate of the vectors', () => {
  it('gives a JWK Set that verifies, or is refused', async () => {
    let built = 0
    for (const { id } of certificateVectors) {
      let jwks: Awaited<ReturnType<typeof buildJwks>>
      try {
        jwks = await buildJwks(vector(id))
      } catch (error) {
        if (!(error instanceof Psd2Error)) throw error
        continue
      }
      built++
      expect(await verified(JSON.stringify(jwks)), id).toBe(JSON.stringify(jwks.keys[0]))
    }
    expect(built).toBeGreaterThan(80)
  })
})

describe('a change', () => {
  const names = Object.keys(jwk)

  it('of any member but kid fails, and taking one away', async () => {
    for (const name of names) {
      const values = [null, 0, '', 'x', [], {}, true, ['x']]
      for (const value of values) {
        const changed = JSON.stringify({ keys: [{ ...jwk, [name]: value }] })
        if (name === 'kid' && value === 'x') continue
        expect(await verified(changed), `${name} ${JSON.stringify(value)}`).toBeUndefined()
      }
      const { [name as 'n']: _, ...rest } = jwk
      expect(await verified(JSON.stringify({ keys: [rest] })), name).toBeUndefined()
    }
  })

  it('to the member of another sound JWK fails, but for what both have and for kid', async () => {
    for (const name of names) {
      const theirs = other[name as keyof typeof other]
      const changed = await verified(JSON.stringify({ keys: [{ ...jwk, [name]: theirs }] }))
      const same = JSON.stringify(theirs) === JSON.stringify(jwk[name as keyof typeof jwk])
      expect(changed !== undefined, name).toBe(same || name === 'kid')
    }
  })

  it('of any character fails, or changes nothing but kid', async () => {
    const withoutKid = JSON.stringify({ ...jwk, kid: '' })
    await fc.assert(
      fc.asyncProperty(
        fc.nat(text.length - 1),
        fc.oneof(fc.constantFrom('', ' ', '"', '=', '-', '_', '0', 'A', '\\n', '\u0000'), fc.string({ maxLength: 2 })),
        async (at, put) => {
          const changed = text.slice(0, at) + put + text.slice(at + 1)
          const result = await verified(changed)
          if (result === undefined) return
          // A blank between two signs, or a kid, which anyone may choose.
          expect(JSON.stringify({ ...JSON.parse(result), kid: '' })).toBe(withoutKid)
        },
      ),
      { numRuns: 3000 },
    )
  })

  it('of any octet at all fails, or changes nothing but kid: every place once', async () => {
    const octets = new TextEncoder().encode(text)
    const kidAt = text.indexOf(`"${jwk.kid}"`)
    const passed: number[] = []
    for (let at = 0; at < octets.length; at++) {
      const changed = Uint8Array.from(octets)
      changed[at] = (changed[at] as number) ^ 1
      if ((await verified(changed)) !== undefined) passed.push(at)
    }
    const inKid = (at: number): boolean => at > kidAt && at <= kidAt + (jwk.kid?.length ?? 0)
    expect(passed.filter((at) => !inKid(at))).toEqual([])
    expect(passed.length).toBeGreaterThan(30)
  }, 60_000)
})

describe('any input', () => {
  const names = fc.constantFrom(
    ...Object.keys(jwk),
    'keys',
    'd',
    'k',
    'x5u',
    'x5t',
    'keys_ops',
    '__proto__',
    'crv',
    'toString',
  )
  const leaf = fc.oneof(
    fc.constantFrom<unknown>(...Object.values(jwk), 'RSA', 'verify', 'AQAB', '', null),
    fc.jsonValue({ maxDepth: 1 }),
  )
  const key = fc.dictionary(fc.oneof(names, fc.string()), leaf, { maxKeys: 12 })
  const set = fc.oneof(
    fc.jsonValue(),
    fc.record({
      keys: fc.array(
        fc.oneof(
          key,
          key.map((members) => ({ ...jwk, ...members })),
          leaf,
        ),
        { maxLength: 3 },
      ),
    }),
  )

  it('that is JSON gives a result or a Psd2Error, and checkJwks says the same', async () => {
    await fc.assert(
      fc.asyncProperty(set, async (value) => {
        const input = JSON.stringify(value)
        const { findings, verified: key } = await checkJwks(input)
        expect(key === undefined ? undefined : JSON.stringify(key.jwk)).toBe(await verified(input))
        expect(key === undefined).toBe(findings.some(({ severity }) => severity === 'error'))
        for (const { code } of findings)
          expect(Object.hasOwn(joseCodes, code) || /^(?:JSON|DER|X509)_/.test(code)).toBe(true)
      }),
      { numRuns: 1500 },
    )
  })

  it('that is octets or text gives a result or a Psd2Error', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.uint8Array(), fc.string({ unit: 'binary' })), async (input) => {
        expect(await verified(input)).toBeUndefined()
      }),
    )
  })
})
