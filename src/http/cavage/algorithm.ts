import type { SignatureAlgorithmName } from '../../crypto/algorithms.ts'
import { httpError } from '../refuse.ts'
import type { CoveredComponent } from '../signature.ts'
import type { CavageDialect } from './dialects.ts'
import type { CavageQuirks } from './quirks.ts'

const path = 'algorithm'

/**
 * What the key may be for under the name that the sender gives. The name picks nothing: it is compared with the key.
 *
 * @throws Psd2Error `SIGNATURE_ALGORITHM_UNKNOWN`, `SIGNATURE_ALGORITHM_WEAK`, `SIGNATURE_ALGORITHM_DEPRECATED`
 */
export function algorithmsOf(
  name: string,
  dialect: CavageDialect,
  quirks: CavageQuirks,
): readonly SignatureAlgorithmName[] {
  const aliases = quirks.algorithmAliases ?? {}
  if (Object.hasOwn(aliases, name)) return [aliases[name] as SignatureAlgorithmName]
  const algorithm = dialect.algorithms.find((candidate) => candidate.name === name)
  if (algorithm === undefined) throw httpError('SIGNATURE_ALGORITHM_UNKNOWN', name, { path })
  if (algorithm.standing === 'weak') throw httpError('SIGNATURE_ALGORITHM_WEAK', name, { path })
  if (algorithm.standing === 'deprecated' && quirks.deprecatedAlgorithms !== true) {
    throw httpError('SIGNATURE_ALGORITHM_DEPRECATED', name, { path })
  }
  return algorithm.fits
}

/** Draft -12 clause 2.3: times are not covered under the names of the older algorithms. */
export function requireTimesFit(components: readonly CoveredComponent[], algorithm: string | undefined): void {
  if (algorithm === undefined || !/^(?:rsa|hmac|ecdsa)/.test(algorithm)) return
  if (components.some(({ name }) => name === '(created)' || name === '(expires)')) {
    throw httpError('SIGNATURE_CREATED_WITH_ALGORITHM', algorithm, { path })
  }
}
