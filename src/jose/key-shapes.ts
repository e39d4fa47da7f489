import { encodeBase64url } from '../core/base64.ts'
import type { PublicKeyInfo } from '../x509/public-key.ts'
import type { Jwk } from './jwk.ts'

/** What a JWK says of keys of one kind. */
export interface KeyShape {
  readonly kty: Jwk['kty']
  readonly crv?: string
  /** Octets of a coordinate. */
  readonly octets?: number
  /** The algorithm that such a key signs with. */
  readonly alg: string
}

export const RSA = '1.2.840.113549.1.1.1'
export const RSA_PSS = '1.2.840.113549.1.1.10'

/** By object identifier: of the algorithm, or of the named curve (RFC 7518 6.2, RFC 8037). */
const shapes: Readonly<Record<string, KeyShape | undefined>> = {
  [RSA]: { kty: 'RSA', alg: 'RS256' },
  [RSA_PSS]: { kty: 'RSA', alg: 'PS256' },
  '1.2.840.10045.3.1.7': { kty: 'EC', crv: 'P-256', octets: 32, alg: 'ES256' },
  '1.3.132.0.34': { kty: 'EC', crv: 'P-384', octets: 48, alg: 'ES384' },
  '1.3.132.0.35': { kty: 'EC', crv: 'P-521', octets: 66, alg: 'ES512' },
  '1.3.101.112': { kty: 'OKP', crv: 'Ed25519', octets: 32, alg: 'EdDSA' },
}

/** Hashes of a key that is bound to RSASSA-PSS with parameters. */
const pssAlgorithms: Readonly<Record<string, string | undefined>> = {
  '2.16.840.1.101.3.4.2.1': 'PS256',
  '2.16.840.1.101.3.4.2.2': 'PS384',
  '2.16.840.1.101.3.4.2.3': 'PS512',
}

/** Octets of a coordinate, by the name of its curve; undefined where the curve is not known. */
export function coordinateOctets(crv: string): number | undefined {
  return Object.values(shapes).find((shape) => shape?.crv === crv)?.octets
}

/** The kind of a key; undefined where no JWK is defined for it. */
export function keyShape({ algorithm }: PublicKeyInfo): KeyShape | undefined {
  const shape = shapes[algorithm.curve ?? algorithm.oid]
  if (algorithm.pss === undefined || shape === undefined) return shape
  const alg = pssAlgorithms[algorithm.pss.hash]
  return alg === undefined ? undefined : { ...shape, alg }
}

/** The key as members of a JWK; undefined where it has not the form of its kind. */
export function keyAsJwk(publicKey: PublicKeyInfo): Jwk | undefined {
  const shape = keyShape(publicKey)
  if (shape === undefined) return undefined
  const { modulus, exponent, key } = publicKey
  const { kty, crv = '', octets = 0 } = shape
  if (kty === 'RSA') {
    if (modulus === undefined || exponent === undefined) return undefined
    return { kty, n: encodeBase64url(modulus.value), e: encodeBase64url(exponent.value) }
  }
  const point = key.value
  if (kty === 'OKP') return point.length === octets ? { kty, crv, x: encodeBase64url(point) } : undefined
  if (point.length !== 1 + 2 * octets || point[0] !== 4) return undefined
  const [x, y] = [point.subarray(1, 1 + octets), point.subarray(1 + octets)]
  return { kty, crv, x: encodeBase64url(x), y: encodeBase64url(y) }
}
