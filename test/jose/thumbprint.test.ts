import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Jwk, jwkFromCertificate, jwkThumbprint, type ThumbprintOptions } from '../../src/jose/index.ts'
import { parseCertificate } from '../../src/x509/index.ts'
import { errorOf, providers, vector } from './support.ts'

const rsa: Jwk = jwkFromCertificate(parseCertificate(vector('qsealc')))
const ec: Jwk = jwkFromCertificate(parseCertificate(vector('qwac-p-521')))
const okp: Jwk = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' }

const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64url')

describe('jwkThumbprint', () => {
  it('is that of RFC 8037 A.3', async () => {
    for (const crypto of providers) {
      expect(await jwkThumbprint(okp, { crypto })).toBe('kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k')
    }
  })

  it('hashes the necessary members in the order of their names', async () => {
    expect(await jwkThumbprint(rsa)).toBe(sha256(`{"e":"${rsa.e}","kty":"RSA","n":"${rsa.n}"}`))
    expect(await jwkThumbprint(ec)).toBe(sha256(`{"crv":"P-521","kty":"EC","x":"${ec.x}","y":"${ec.y}"}`))
  })

  it('does not change with other members, or with the order of the members', async () => {
    const more = { kid: '1', use: 'sig', alg: 'RS256', d: 'AQ', ...rsa } as const
    expect(await jwkThumbprint(more)).toBe(await jwkThumbprint(rsa))
    expect(await jwkThumbprint(Object.fromEntries(Object.entries(rsa).reverse()) as Jwk)).toBe(await jwkThumbprint(rsa))
  })

  it('takes a curve that is not known here', async () => {
    expect(await jwkThumbprint({ kty: 'EC', crv: 'secp256k1', x: 'AQ', y: 'Ag' })).toBe(
      sha256('{"crv":"secp256k1","kty":"EC","x":"AQ","y":"Ag"}'),
    )
  })
})

describe('jwkThumbprint refuses', () => {
  const refused: Readonly<Record<string, [jwk: object, code: string, path: string]>> = {
    'a symmetric key': [{ kty: 'oct', k: 'AQ' }, 'JWK_SYMMETRIC_KEY', '/kty'],
    'an unknown kty': [{ ...rsa, kty: 'rsa' }, 'JWK_KEY_UNSUPPORTED', '/kty'],
    'a kty that objects have of themselves': [{ ...rsa, kty: 'constructor' }, 'JWK_KEY_UNSUPPORTED', '/kty'],
    'no kty': [{}, 'JWK_MEMBER_MISSING', '/kty'],
    'a member that is inherited': [Object.create(rsa), 'JWK_MEMBER_MISSING', '/kty'],
    'a kty that is no text': [{ kty: ['RSA'] }, 'JWK_MEMBER_TYPE', '/kty'],
    'no n': [{ kty: 'RSA', e: 'AQAB' }, 'JWK_MEMBER_MISSING', '/n'],
    'n with a leading zero': [{ ...rsa, n: `AA${rsa.n?.slice(2)}` }, 'JWK_INTEGER_LEADING_ZERO', '/n'],
    'e with padding': [{ ...rsa, e: 'AQ==' }, 'JWK_BASE64URL', '/e'],
    'a short coordinate': [{ ...okp, x: 'AQ' }, 'JWK_COORDINATE_LENGTH', '/x'],
    'a long coordinate': [{ ...ec, y: `AAAA${ec.y}` }, 'JWK_COORDINATE_LENGTH', '/y'],
    'a curve that would change the text': [{ ...okp, crv: '","kty":"' }, 'JWK_KEY_UNSUPPORTED', '/crv'],
  }
  it.each(Object.entries(refused))('%s', async (_, [jwk, code, path]) => {
    const error = await errorOf(() => jwkThumbprint(jwk as Jwk))
    expect([error.code, error.path]).toEqual([code, path])
  })

  it('what is no object, and unknown options, with a TypeError', async () => {
    for (const jwk of [null, undefined, 'RSA', 5]) {
      await expect(jwkThumbprint(jwk as unknown as Jwk)).rejects.toThrow(TypeError)
    }
    await expect(jwkThumbprint(rsa, { hash: 'sha-1' } as ThumbprintOptions)).rejects.toThrow(TypeError)
  })

  it('any other spelling of the key, so that one key has one thumbprint', async () => {
    const right = await jwkThumbprint(rsa)
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('n', 'e'), fc.nat(), fc.string({ maxLength: 2 }), async (name, at, put) => {
        const text = rsa[name as 'n' | 'e'] as string
        const place = at % (text.length + 1)
        const other = text.slice(0, place) + put + text.slice(place + 1)
        if (other === text) return
        const thumbprint = await jwkThumbprint({ ...rsa, [name]: other }).catch(() => undefined)
        expect(thumbprint).not.toBe(right)
      }),
    )
  })
})
