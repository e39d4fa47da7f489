import { algorithmNamed, type SignatureAlgorithmName } from '../../crypto/algorithms.ts'
import { httpError } from '../refuse.ts'

/** The algorithm that the parameter `alg` names: one of the registry of RFC 9421 clause 6.2. */
export function algorithmOf(alg: string): readonly SignatureAlgorithmName[] {
  const algorithm = algorithmNamed(alg)
  if (algorithm?.rfc9421 !== true) throw httpError('SIGNATURE_ALGORITHM_UNKNOWN', alg, { path: 'alg' })
  return [algorithm.name]
}
