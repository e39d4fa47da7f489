import type { SignatureAlgorithmName } from '../../crypto/algorithms.ts'
import type { MessageView } from '../message.ts'
import { httpError } from '../refuse.ts'
import type { ParsedSignature } from '../signature.ts'
import { checkClock } from './clock.ts'
import { checkCoverage, checkHeaders } from './coverage.ts'
import { type PreparedPolicy, preparePolicy, type RequiredParameter, type SignaturePolicy } from './policy.ts'

export interface PolicyOptions {
  /** Time of validation. */
  readonly at: Date
}

/**
 * Holds a signature to a policy, before any key is looked for: what it covers, its parameters, its age, its algorithm. One
 * code for all dialects.
 *
 * @throws Psd2Error `SIGNATURE_...`, `DIGEST_MISSING`
 * @throws TypeError where the policy is not one, or `at` no date
 *
 * @example
 * ```ts
 * import { checkPolicy, parseSignatures, readMessage, type SignaturePolicy } from 'psd2-toolkit/http'
 *
 * const policy: SignaturePolicy = {
 *   required: ['(request-target)', 'x-request-id'],
 *   whenPresent: ['psu-*'],
 *   algorithms: ['rsa-v1_5-sha256'],
 *   digest: { required: 'with-body', fields: ['Digest'] },
 * }
 * const message = readMessage({
 *   method: 'GET',
 *   target: '/accounts',
 *   headers: [
 *     ['X-Request-ID', '42'],
 *     ['Signature', 'keyId="k",headers="(request-target) x-request-id",signature="AAAA"'],
 *   ],
 * })
 * for (const signature of parseSignatures(message, { dialect: 'cavage-10' })) {
 *   checkPolicy(message, signature, policy, { at: new Date('2026-01-01T00:00:00Z') })
 * }
 * ```
 */
export function checkPolicy(
  message: MessageView,
  signature: ParsedSignature,
  policy: SignaturePolicy | PreparedPolicy,
  { at }: PolicyOptions,
): void {
  const prepared = preparePolicy(policy)
  const { source } = prepared
  checkHeaders(message, prepared)
  checkParameters(signature, source)
  if (signature.algorithms !== undefined) requireAllowed(signature.algorithms, source)
  const covered = prepared.coveredBy(signature.components)
  checkCoverage(message, signature, covered, prepared)
  checkClock(message, signature, covered, source.clock, at)
}

/** The algorithm of the key that was found must be one of the policy, whatever the message names. */
export function checkKeyAlgorithm(algorithm: SignatureAlgorithmName, policy: SignaturePolicy | PreparedPolicy): void {
  requireAllowed([algorithm], preparePolicy(policy).source)
}

function requireAllowed(algorithms: readonly SignatureAlgorithmName[], policy: SignaturePolicy): void {
  for (const algorithm of algorithms) if (policy.algorithms.includes(algorithm)) return
  throw httpError('SIGNATURE_ALGORITHM_NOT_ALLOWED', algorithms.join(', '), { path: 'algorithm' })
}

const covers: Readonly<Partial<Record<RequiredParameter, (signature: ParsedSignature) => boolean>>> = {
  created: ({ createdCovered }) => createdCovered,
  expires: ({ expiresCovered }) => expiresCovered,
}

function checkParameters(signature: ParsedSignature, policy: SignaturePolicy): void {
  for (const name of policy.parameters ?? []) {
    if (signature[name] === undefined) throw httpError('SIGNATURE_PARAMETER_MISSING', name, { path: name })
    if (covers[name]?.(signature) === false)
      throw httpError('SIGNATURE_REQUIRED_NOT_COVERED', `(${name})`, { path: name })
  }
  if (policy.tag !== undefined && signature.tag !== policy.tag)
    throw httpError('SIGNATURE_TAG', signature.tag, { path: 'tag' })
}
