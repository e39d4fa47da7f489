import { defaultCrypto } from '#crypto'
import type { Digester } from '../../crypto/provider.ts'
import { ownOption, requireOptions } from '../options.ts'
import { httpError } from '../refuse.ts'
import { type DigestAlgorithm, digestAlgorithmNames, isDigestAlgorithm } from './algorithms.ts'
import { type DigestField, type DigestMember, digestField } from './fields.ts'

export interface VerifyDigestOptions {
  /** Default `Digest`. */
  readonly field?: DigestField | undefined
  /** Algorithms that count; at least one of them must be there. Default: SHA-256 and SHA-512. */
  readonly algorithms?: readonly DigestAlgorithm[] | undefined
  /** Base64 without an algorithm before it counts as SHA-256, in `Digest` only. Default false. */
  readonly bare?: boolean | undefined
  readonly crypto?: Digester | undefined
}

export interface DigestSettings {
  readonly field: DigestField
  readonly algorithms: readonly DigestAlgorithm[]
  readonly bare: boolean
  readonly crypto: Digester
}

export function digestSettings(options: VerifyDigestOptions, more: readonly string[], what: string): DigestSettings {
  requireOptions(options, ['field', 'algorithms', 'bare', 'crypto', ...more], what)
  const field = ownOption(options, 'field') ?? 'Digest'
  digestField(field)
  return {
    field,
    algorithms: requireAlgorithms(ownOption(options, 'algorithms') ?? digestAlgorithmNames),
    bare: ownOption(options, 'bare') === true,
    crypto: ownOption(options, 'crypto') ?? defaultCrypto,
  }
}

export function requireAlgorithms(algorithms: readonly DigestAlgorithm[]): readonly DigestAlgorithm[] {
  if (!Array.isArray(algorithms) || algorithms.length === 0 || !algorithms.every(isDigestAlgorithm)) {
    throw new TypeError('algorithms is a list of sha-256 and sha-512 that is not empty')
  }
  return algorithms
}

/** Reads a digest field. Every digest of a known algorithm is given; at least one must be of those that count. */
export function parseDigestField(
  value: string,
  field: DigestField,
  settings: Pick<DigestSettings, 'algorithms' | 'bare'>,
): readonly DigestMember[] {
  const { algorithms } = settings
  const members = digestField(field).parse(value, settings)
  if (members.some(({ algorithm }) => algorithms.includes(algorithm))) return members
  throw httpError('DIGEST_ALGORITHM_NOT_ALLOWED', members.map(({ algorithm }) => algorithm).join(', '), {
    path: field.toLowerCase(),
  })
}
