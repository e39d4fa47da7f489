import type { SignatureAlgorithmName } from '../crypto/algorithms.ts'
import { signatureBaseOf } from './base.ts'
import type { MessageView } from './message.ts'
import { httpError } from './refuse.ts'
import type { MessageContext } from './rfc9421/context.ts'
import type { ParsedSignature, SignatureBase, Verifier } from './signature.ts'

/**
 * Verifies one signature with the key of a verifier. The key decides the algorithm; the name in the message, where there is
 * one, must agree with it. This alone is not enough: see `checkPolicy`, `verifyMessageDigest` and `checkReplay`.
 *
 * @returns what was signed
 * @throws Psd2Error `SIGNATURE_ALGORITHM_MISMATCH`, `SIGNATURE_INVALID`, and those of `signatureBaseOf`
 */
export async function verifySignatureOf(
  message: MessageView,
  signature: ParsedSignature,
  verifier: Verifier,
  context: MessageContext = {},
): Promise<SignatureBase> {
  const base = signatureBaseOf(message, signature, context)
  requireAlgorithmOf(signature, verifier.algorithm)
  requireRight(await verifier.verify(base.octets, signature.signature), signature)
  return base
}

/** The algorithm of the key must fit what the message names. */
export function requireAlgorithmOf(signature: ParsedSignature, algorithm: SignatureAlgorithmName): void {
  if (signature.algorithms === undefined || signature.algorithms.includes(algorithm)) return
  throw httpError('SIGNATURE_ALGORITHM_MISMATCH', `${signature.algorithm}, the key is for ${algorithm}`, {
    path: 'algorithm',
  })
}

/** Only true counts: a provider that answers anything else must not let a signature pass. */
export function requireRight(isRight: unknown, signature: ParsedSignature): void {
  if (isRight === true) return
  throw httpError('SIGNATURE_INVALID', signature.components.map(({ id }) => id).join(' '), { path: signature.label })
}
