/**
 * A public key as JSON (RFC 7517), with the members that the toolkit writes and reads. An alias and not an interface, so
 * that it fits the types of WebCrypto and node:crypto.
 */
export type Jwk = {
  kty: 'RSA' | 'EC' | 'OKP'
  use?: 'sig'
  /** Algorithm of signatures, for example `RS256`. */
  alg?: string
  key_ops?: string[]
  kid?: string
  /** RSA: modulus and exponent. */
  n?: string
  e?: string
  /** EC and OKP: curve and coordinates. */
  crv?: string
  x?: string
  y?: string
  /** Certificates, the first one that of the key: standard base64 of the DER. */
  x5c?: string[]
  'x5t#S256'?: string
}

/** Members that are the key itself (RFC 7638 3.2, RFC 8037 clause 2), without `kty`. */
export const keyMembers = {
  RSA: ['n', 'e'],
  EC: ['crv', 'x', 'y'],
  OKP: ['crv', 'x'],
} as const satisfies Record<Jwk['kty'], readonly (keyof Jwk)[]>

export type KeyMember = (typeof keyMembers)[Jwk['kty']][number]
