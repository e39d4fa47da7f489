import { httpError } from '../refuse.ts'
import { weakDigestAlgorithms } from './algorithms.ts'

/** Refuses an algorithm, in lower case, that an attacker can work with, even beside a sound one. */
export function requireNotWeak(algorithm: string, path: string): void {
  if (weakDigestAlgorithms.includes(algorithm)) throw httpError('DIGEST_ALGORITHM_WEAK', algorithm, { path })
}

/** Refuses a field in which no algorithm is known. Unknown ones beside a known one are stepped over. */
export function requireKnown(members: readonly unknown[], unknown: readonly string[], path: string): void {
  if (members.length === 0) throw httpError('DIGEST_ALGORITHM_UNKNOWN', unknown.join(', '), { path })
}
