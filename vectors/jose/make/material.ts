import { createHash, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'

/** A JWK that may be anything: vectors are made to be wrong. */
export type AnyJwk = Record<string, unknown>

/** What vectors are made from, by node:crypto and not by the toolkit. */
export interface Seal {
  readonly der: Buffer
  readonly pem: string
  readonly spki: Buffer
  /** The key alone, as a JWK. */
  readonly key: AnyJwk
  readonly jwk: AnyJwk
}

const folder = new URL('../../certificates/', import.meta.url)

/** A certificate of `vectors/certificates` and the JWK that belongs to it. */
export function seal(id: string): Seal {
  const pem = readFileSync(new URL(`${id}.pem`, folder), 'utf8')
  const certificate = new X509Certificate(pem)
  const { kty, ...key } = certificate.publicKey.export({ format: 'jwk' })
  const der = certificate.raw
  const jwk: AnyJwk = {
    kty,
    use: 'sig',
    alg: 'RS256',
    key_ops: ['verify'],
    kid: BigInt(`0x${certificate.serialNumber}`).toString(),
    ...key,
    x5c: [der.toString('base64')],
    'x5t#S256': sha256(der).toString('base64url'),
  }
  const spki = certificate.publicKey.export({ format: 'der', type: 'spki' })
  return { der, pem, spki, key: { kty, ...key }, jwk }
}

export function sha256(data: Uint8Array | string): Buffer {
  return createHash('sha256').update(data).digest()
}

/** The octets between the header of Certificate and the outer AlgorithmIdentifier: what the issuer signed. */
export function toBeSigned(der: Buffer): Buffer {
  const start = 4
  if (der[0] !== 0x30 || der[1] !== 0x82 || der[start] !== 0x30 || der[start + 1] !== 0x82) {
    throw new TypeError('the certificate has not the lengths that are expected here')
  }
  return der.subarray(start, start + 4 + der.readUInt16BE(start + 2))
}
