import { defaultCrypto } from '#crypto'
import { encodeBase64url } from '../core/base64.ts'
import { joseError } from './findings.ts'
import { keyMemberProblem } from './integers.ts'
import { type Jwk, keyMembers } from './jwk.ts'
import { checkOptions } from './options.ts'
import type { ThumbprintOptions } from './x5t.ts'

const encoder = /* @__PURE__ */ new TextEncoder()

/**
 * The thumbprint of a key (RFC 7638): base64url of the SHA-256 of its necessary members, 43 characters. It is that of the
 * key and not of a certificate; {@link x5tS256} is another. Other members, `kid` and private ones too, change nothing.
 *
 * @throws Psd2Error `JWK_...` with the JSON Pointer of the member: the members of the key must be there, in the one form
 * that they are defined with, since another spelling would give the same key another thumbprint
 * @throws TypeError where `jwk` is no object or an option is not known
 *
 * @example
 * ```ts
 * import { jwkThumbprint } from 'psd2-toolkit/jwks'
 *
 * const x = '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo'
 * console.log(await jwkThumbprint({ kty: 'OKP', crv: 'Ed25519', x })) // kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k
 * ```
 */
export async function jwkThumbprint(jwk: Jwk, options: ThumbprintOptions = {}): Promise<string> {
  if (typeof jwk !== 'object' || jwk === null) throw new TypeError('jwkThumbprint takes a JWK as an object')
  checkOptions(options, ['crypto'])
  const digest = await (options.crypto ?? defaultCrypto).digest('sha-256', encoder.encode(necessaryMembers(jwk)))
  return encodeBase64url(digest)
}

/** The JSON text that is hashed: necessary members in the order of their names, no white space (RFC 7638 3.3). */
function necessaryMembers(jwk: Jwk): string {
  const kty = memberOf(jwk, 'kty')
  if (kty === 'oct') throw joseError('JWK_SYMMETRIC_KEY', '/kty')
  if (!Object.hasOwn(keyMembers, kty)) throw joseError('JWK_KEY_UNSUPPORTED', '/kty')
  const names = keyMembers[kty as Jwk['kty']]
  const values = new Map<string, string>([['kty', kty]])
  for (const name of names) values.set(name, memberOf(jwk, name))
  for (const name of names) {
    const problem = keyMemberProblem(name, values.get(name) ?? '', values.get('crv'))
    if (problem !== undefined) throw joseError(problem.code, `/${name}`, problem.detail)
  }
  const sorted = [...values].sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${sorted.map(([name, value]) => `"${name}":"${value}"`).join(',')}}`
}

function memberOf(jwk: Jwk, name: keyof Jwk): string {
  if (!Object.hasOwn(jwk, name)) throw joseError('JWK_MEMBER_MISSING', `/${name}`)
  const value: unknown = jwk[name]
  if (typeof value !== 'string') throw joseError('JWK_MEMBER_TYPE', `/${name}`, 'not a string')
  return value
}
