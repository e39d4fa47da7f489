import type { SignatureAlgorithmName } from '../../crypto/algorithms.ts'
import type { DigestAlgorithm } from '../digest/algorithms.ts'
import type { DigestField } from '../digest/fields.ts'
import type { DigestRequirement } from '../digest/message.ts'

/** How old a signature may be. */
export interface ClockPolicy {
  /** Seconds between signing and receiving. */
  readonly maxAge: number
  /** Seconds by which the clocks may differ. Default 30. */
  readonly skew?: number | undefined
  /** A time that is signed must be there: `created`, or Date where it is covered. Default true. */
  readonly required?: boolean | undefined
}

/** What of the body must be signed. */
export interface DigestPolicy {
  /** When a digest must be there and covered. */
  readonly required: DigestRequirement
  /** Fields of which one satisfies it. */
  readonly fields: readonly DigestField[]
  readonly algorithms?: readonly DigestAlgorithm[] | undefined
  /** See `VerifyDigestOptions`. */
  readonly bare?: boolean | undefined
}

/** What makes two requests the same. */
export interface ReplayPolicy {
  /** Header with the id of the request, or `nonce` of RFC 9421, or the signature itself. */
  readonly key: { readonly header: string } | 'nonce' | 'signature'
  /** Seconds for which ids are remembered where nothing signed limits the age of the request. */
  readonly window: number
}

/** Names of parameters that a signature can have, in the words of {@link ParsedSignature}. */
export type RequiredParameter = 'created' | 'expires' | 'keyId' | 'algorithm' | 'nonce' | 'tag'

/** What a verifier wants of a signature, the same for every dialect. Components are named as in `CoveredComponent.id`. */
export interface SignaturePolicy {
  /** Covered by every signature. */
  readonly required: readonly string[]
  /** Headers that are covered where the message has them: names, or beginnings of names with `*`, such as `psu-*`. */
  readonly whenPresent?: readonly string[] | undefined
  /** Never covered. */
  readonly forbidden?: readonly string[] | undefined
  /** Where given, nothing else may be covered. Names or beginnings with `*`. */
  readonly only?: readonly string[] | undefined
  /** Headers that the message must have, covered or not. */
  readonly headers?: readonly string[] | undefined
  /** Further headers that occur once at most. */
  readonly singletons?: readonly string[] | undefined
  /** Algorithms that keys may be for; never empty. */
  readonly algorithms: readonly SignatureAlgorithmName[]
  readonly parameters?: readonly RequiredParameter[] | undefined
  readonly tag?: string | undefined
  /** Host of the receiver; Host of the message must be the same. */
  readonly authority?: string | undefined
  readonly clock?: ClockPolicy | undefined
  readonly digest: DigestPolicy
  readonly replay?: ReplayPolicy | undefined
}

const policyNames: readonly (keyof SignaturePolicy)[] = [
  'required',
  'whenPresent',
  'forbidden',
  'only',
  'headers',
  'singletons',
  'algorithms',
  'parameters',
  'tag',
  'authority',
  'clock',
  'digest',
  'replay',
]

const partNames: Readonly<Record<'clock' | 'digest' | 'replay', readonly string[]>> = {
  clock: ['maxAge', 'skew', 'required'],
  digest: ['required', 'fields', 'algorithms', 'bare'],
  replay: ['key', 'window'],
}

/**
 * Checks a policy once and copies it without anything inherited. An unknown name, an empty list of algorithms or a window
 * that is no number is a `TypeError`: nothing may mean "accept all".
 */
export function readPolicy(policy: SignaturePolicy): SignaturePolicy {
  requireNames(policy, policyNames, 'policy')
  const read = Object.assign(Object.create(null) as SignaturePolicy, policy)
  if (!Array.isArray(read.required)) throw new TypeError('policy.required is a list of components')
  if (!Array.isArray(read.algorithms) || read.algorithms.length === 0) {
    throw new TypeError('policy.algorithms is a list that is not empty')
  }
  for (const part of ['clock', 'digest', 'replay'] as const) {
    const value = read[part]
    if (value !== undefined) requireNames(value, partNames[part], `policy.${part}`)
  }
  if (read.digest === undefined) throw new TypeError('policy.digest says when a digest is needed')
  if (!Array.isArray(read.digest.fields) || read.digest.fields.length === 0) {
    throw new TypeError('policy.digest.fields is a list that is not empty')
  }
  requireSeconds(read.clock?.maxAge, 'policy.clock.maxAge')
  requireSeconds(read.clock?.skew, 'policy.clock.skew')
  requireSeconds(read.replay?.window, 'policy.replay.window')
  return Object.freeze(read)
}

function requireNames(value: object, names: readonly string[], what: string): void {
  if (typeof value !== 'object' || value === null) throw new TypeError(`${what} is an object`)
  for (const name in value) if (!names.includes(name)) throw new TypeError(`unknown member '${name}' of ${what}`)
}

function requireSeconds(value: number | undefined, what: string): void {
  if (value !== undefined && !(Number.isFinite(value) && value >= 0))
    throw new TypeError(`${what} is a number of seconds`)
}
