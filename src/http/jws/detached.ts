import { decodeBase64url } from '../../core/base64.ts'
import { algorithmByJose, algorithmNamed, type SignatureAlgorithmName } from '../../crypto/algorithms.ts'
import type { HttpLimits } from '../limits.ts'
import type { MessageView } from '../message.ts'
import { httpError } from '../refuse.ts'
import type { Signer } from '../signature.ts'

/** The header that carries a detached JWS. */
export const carrier = 'x-jws-signature'

/** A detached JWS (RFC 7515 appendix F) in its parts. */
export interface DetachedJws {
  /** The protected header as it was sent. */
  readonly serialised: string
  /** The octets of the protected header. */
  readonly header: Uint8Array
  readonly signature: Uint8Array
}

type SyntaxCode = 'JADES_SYNTAX' | 'JWS_SYNTAX'

/**
 * The only detached JWS of a message: three parts with nothing in the middle.
 *
 * @param code - what a breach of the syntax is called
 * @throws Psd2Error `SIGNATURE_MISSING`, `SIGNATURE_HEADER_TWICE`, `LIMIT_SIGNATURE_FIELD`, `SIGNATURE_BASE64`, or the code
 */
export function splitDetached(message: MessageView, limits: HttpLimits, code: SyntaxCode): DetachedJws {
  const values = message.fields.get(carrier)
  const value = values?.[0]
  if (value === undefined) throw httpError('SIGNATURE_MISSING', undefined, { path: carrier })
  if (values !== undefined && values.length > 1) throw httpError('SIGNATURE_HEADER_TWICE', carrier, { path: carrier })
  if (value.length > limits.signatureField) throw httpError('LIMIT_SIGNATURE_FIELD', undefined, { path: carrier })
  const [serialised, payload, signature, ...others] = value.split('.', 4)
  if (!serialised || payload !== '' || !signature || others.length > 0) {
    throw httpError(code, undefined, { path: carrier })
  }
  return { serialised, header: octets(serialised, code), signature: octets(signature, 'SIGNATURE_BASE64') }
}

function octets(text: string, code: SyntaxCode | 'SIGNATURE_BASE64'): Uint8Array {
  try {
    return decodeBase64url(text)
  } catch (cause) {
    throw httpError(code, undefined, { path: carrier, cause })
  }
}

/** Never `none`, and never a shared secret: a seal is by a key of its own. */
export function algorithmsOfJose(alg: string): readonly SignatureAlgorithmName[] {
  const algorithm = algorithmByJose(alg)
  if (alg === 'none' || algorithm?.family === 'hmac') {
    throw httpError('SIGNATURE_ALGORITHM_NOT_ALLOWED', alg, { path: 'alg' })
  }
  if (algorithm === undefined) throw httpError('SIGNATURE_ALGORITHM_UNKNOWN', alg, { path: 'alg' })
  return [algorithm.name]
}

/** The name that JOSE has for what a signer makes, within the same bounds. */
export function joseName(signer: Signer): string {
  const algorithm = algorithmNamed(signer.algorithm)
  if (algorithm === undefined || algorithm.family === 'hmac') {
    throw httpError('SIGNATURE_ALGORITHM_NOT_ALLOWED', signer.algorithm)
  }
  return algorithm.jose
}

/** A signature as the third part of a JWS. */
export function writeDetached(serialised: string, base64: string): [string, string] {
  return [carrier, `${serialised}..${base64.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')}`]
}
