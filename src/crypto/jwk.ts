import { decodeBase64url } from '../core/base64.ts'
import { concatBytes } from '../core/bytes.ts'
import { Psd2Error } from '../core/errors.ts'
import { integerValue, write } from '../der/index.ts'
import { algorithmByJose, type SignatureAlgorithm } from './algorithms.ts'
import { cryptoError } from './codes.ts'
import { curveNamed } from './key-algorithm.ts'
import { writePkcs8 } from './pkcs8.ts'
import type { NamedCurve } from './provider.ts'
import { writeSpki } from './spki.ts'

/** A JSON Web Key (RFC 7517) as an object. Only its own members are read. The second type is that of WebCrypto. */
export type JwkLike = Readonly<Record<string, unknown>> | JsonWebKey

type Octets = Uint8Array<ArrayBuffer>

/** The members that must not leave their owner (RFC 7518 6.2.2, 6.3.2, 6.4.1). */
const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']

interface KeyType {
  readonly families: readonly SignatureAlgorithm['family'][]
  spki(jwk: JwkLike): Octets
  pkcs8(jwk: JwkLike): Octets
}

const keyTypes = /* @__PURE__ */ new Map<unknown, KeyType>([
  ['RSA', { families: ['rsa-pkcs1', 'rsa-pss'], spki: rsaSpki, pkcs8: rsaPkcs8 }],
  ['EC', { families: ['ecdsa'], spki: ecSpki, pkcs8: ecPkcs8 }],
  ['OKP', { families: ['eddsa'], spki: okpSpki, pkcs8: okpPkcs8 }],
])

/** SubjectPublicKeyInfo of a public JWK. Private members are refused and never looked at. */
export function spkiOfJwk(jwk: JwkLike): Octets {
  if (privateMembers.some((name) => Object.hasOwn(jwk, name))) throw cryptoError('KEY_PRIVATE_GIVEN')
  return typeOf(jwk, 'verify').spki(jwk)
}

/** PKCS#8 of a private JWK; an RSA key needs its primes. */
export function pkcs8OfJwk(jwk: JwkLike): Octets {
  if (!Object.hasOwn(jwk, 'd'))
    throw cryptoError(keyTypes.has(member(jwk, 'kty')) ? 'KEY_PUBLIC_GIVEN' : 'KEY_JWK_TYPE')
  if (Object.hasOwn(jwk, 'oth')) throw cryptoError('KEY_RSA_PRIMES', 'oth')
  return typeOf(jwk, 'sign').pkcs8(jwk)
}

/** The octets of a JWK with kty `oct`. */
export function secretOfJwk(jwk: JwkLike): Octets {
  if (member(jwk, 'kty') !== 'oct') throw cryptoError('KEY_JWK_TYPE', 'kty')
  requireUse(jwk, ['hmac'])
  return octetsOf(jwk, 'k')
}

function typeOf(jwk: JwkLike, operation: string): KeyType {
  const type = keyTypes.get(member(jwk, 'kty'))
  if (type === undefined) throw cryptoError('KEY_JWK_TYPE', 'kty')
  requireUse(jwk, type.families, operation)
  return type
}

/** What the JWK says it is for, where it says so. */
function requireUse(jwk: JwkLike, families: readonly string[], operation?: string): void {
  const [use, operations, alg] = [member(jwk, 'use'), member(jwk, 'key_ops'), member(jwk, 'alg')]
  if (use !== undefined && use !== 'sig') throw cryptoError('KEY_JWK_USE', 'use')
  if (operations !== undefined && operation !== undefined) {
    if (!Array.isArray(operations) || !operations.includes(operation)) throw cryptoError('KEY_JWK_USE', 'key_ops')
  }
  if (alg === undefined) return
  const family = typeof alg === 'string' ? algorithmByJose(alg)?.family : undefined
  if (family === undefined || !families.includes(family)) throw cryptoError('KEY_JWK_USE', 'alg')
}

function rsaSpki(jwk: JwkLike): Octets {
  return writeSpki({ type: 'rsa' }, write.sequence(integerOf(jwk, 'n'), integerOf(jwk, 'e')))
}

function rsaPkcs8(jwk: JwkLike): Octets {
  const numbers = ['n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi'].map((name) => integerOf(jwk, name))
  return writePkcs8({ type: 'rsa' }, write.sequence(write.integer(0), ...numbers))
}

function ecSpki(jwk: JwkLike): Octets {
  const { name, octets } = curveOf(jwk)
  return writeSpki({ type: 'ec', curve: name }, pointOf(jwk, octets))
}

function ecPkcs8(jwk: JwkLike): Octets {
  const { name, octets } = curveOf(jwk)
  const key = write.sequence(
    write.integer(1),
    write.octetString(octetsOf(jwk, 'd', octets)),
    write.explicit(1, write.bitString(pointOf(jwk, octets))),
  )
  return writePkcs8({ type: 'ec', curve: name }, key)
}

function okpSpki(jwk: JwkLike): Octets {
  requireEd25519(jwk)
  return writeSpki({ type: 'ed25519' }, octetsOf(jwk, 'x', 32))
}

function okpPkcs8(jwk: JwkLike): Octets {
  requireEd25519(jwk)
  octetsOf(jwk, 'x', 32)
  return writePkcs8({ type: 'ed25519' }, write.octetString(octetsOf(jwk, 'd', 32)))
}

function requireEd25519(jwk: JwkLike): void {
  if (member(jwk, 'crv') !== 'Ed25519') throw cryptoError('KEY_JWK_TYPE', 'crv')
}

function curveOf(jwk: JwkLike): { readonly name: NamedCurve; readonly octets: number } {
  const crv = member(jwk, 'crv')
  const curve = typeof crv === 'string' ? curveNamed(crv) : undefined
  if (curve === undefined) throw cryptoError('KEY_JWK_TYPE', 'crv')
  return curve
}

function pointOf(jwk: JwkLike, octets: number): Octets {
  return concatBytes(Uint8Array.of(4), octetsOf(jwk, 'x', octets), octetsOf(jwk, 'y', octets))
}

/** Base64urlUInt (RFC 7518 2): the fewest octets, so that one number has one text. */
function integerOf(jwk: JwkLike, name: string): Octets {
  const octets = octetsOf(jwk, name)
  if (octets.length === 0 || (octets[0] === 0 && octets.length > 1)) throw cryptoError('KEY_JWK_MEMBER', name)
  return write.integer(integerValue(concatBytes(Uint8Array.of(0), octets)))
}

/** More characters than the numbers of the largest key have. */
const maximumText = 4096

function octetsOf(jwk: JwkLike, name: string, length?: number): Octets {
  const text = member(jwk, name)
  if (typeof text !== 'string' || text.length > maximumText) throw cryptoError('KEY_JWK_MEMBER', name)
  let octets: Octets
  try {
    octets = decodeBase64url(text)
  } catch (error) {
    if (!(error instanceof Psd2Error)) throw error
    throw cryptoError('KEY_JWK_MEMBER', name, error.code)
  }
  if (length !== undefined && octets.length !== length)
    throw cryptoError('KEY_JWK_MEMBER', name, `${octets.length} octets`)
  return octets
}

/** An own member: what stands on a prototype is not of this key. */
function member(jwk: JwkLike, name: string): unknown {
  return Object.hasOwn(jwk, name) ? (jwk as Readonly<Record<string, unknown>>)[name] : undefined
}
