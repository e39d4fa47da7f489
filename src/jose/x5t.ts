import { defaultCrypto } from '#crypto'
import { encodeBase64url } from '../core/base64.ts'
import type { Digester } from '../crypto/provider.ts'
import { requireCertificateShape } from '../x509/shape.ts'

/** What {@link x5tS256} may be given. */
export interface ThumbprintOptions {
  readonly crypto?: Digester
}

/**
 * `x5t#S256` of a certificate (RFC 7517 4.9): base64url of the SHA-256 of its DER octets, 43 characters, no padding. The
 * octets are hashed as they are; that they are one certificate is shown first: one SEQUENCE of three elements and
 * nothing after it, so that one certificate cannot have two thumbprints.
 *
 * @param der - octets of the certificate, neither PEM nor base64
 * @throws Psd2Error `DER_...` where the octets are not that
 * @throws TypeError where `der` is no `Uint8Array`
 *
 * @example
 * ```ts
 * import { readFile } from 'node:fs/promises'
 * import { x5tS256 } from 'psd2-toolkit/jwks'
 *
 * console.log(await x5tS256(await readFile('qsealc.der')))
 * ```
 */
export async function x5tS256(der: Uint8Array, options: ThumbprintOptions = {}): Promise<string> {
  if (!(der instanceof Uint8Array)) throw new TypeError('x5tS256 takes DER as a Uint8Array; decodePem reads PEM text')
  for (const name in options) if (name !== 'crypto') throw new TypeError(`unknown option '${name}'`)
  requireCertificateShape(der)
  return encodeBase64url(await (options.crypto ?? defaultCrypto).digest('sha-256', der))
}
