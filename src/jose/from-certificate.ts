import type { Certificate } from '../x509/certificate.ts'
import { joseError } from './findings.ts'
import type { Jwk } from './jwk.ts'
import { keyAsJwk, RSA_PSS } from './key-shapes.ts'

/** Where the key stands in a certificate. */
const place = 'tbsCertificate.subjectPublicKeyInfo'

/**
 * The public key of a certificate as a JWK with the members of the key and no other (RFC 7517, RFC 7518 clause 6,
 * RFC 8037 clause 2). The octets are those of the certificate; nothing is imported.
 *
 * @throws Psd2Error `JWK_KEY_UNSUPPORTED` where the key is not RSA, on P-256, P-384 or P-521, or Ed25519, and
 * `JWK_KEY_PSS` where it is bound to RSASSA-PSS, which a JWK cannot say
 *
 * @example
 * ```ts
 * import { jwkFromCertificate } from 'psd2-toolkit/jwks'
 * import { parseCertificate } from 'psd2-toolkit/x509'
 *
 * declare const der: Uint8Array
 * const { kty, n, e } = jwkFromCertificate(parseCertificate(der))
 * console.log(kty, n, e)
 * ```
 */
export function jwkFromCertificate({ publicKey }: Certificate): Jwk {
  if (publicKey.algorithm.oid === RSA_PSS) throw joseError('JWK_KEY_PSS', place)
  const jwk = keyAsJwk(publicKey)
  if (jwk === undefined) throw joseError('JWK_KEY_UNSUPPORTED', place, publicKey.curve ?? publicKey.algorithm.name)
  return jwk
}
