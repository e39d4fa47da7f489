import type { SignatureAlgorithmName } from '../../crypto/algorithms.ts'
import type { DigestAlgorithm } from '../digest/algorithms.ts'
import type { DigestField } from '../digest/fields.ts'
import type { DigestRequirement } from '../digest/message.ts'
import { componentId } from '../rfc9421/components.ts'
import type { DialectName } from '../signature.ts'
import { coverage } from './covered.ts'

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

/** A policy that was checked, with its lists in the form in which they are compared. */
export class PreparedPolicy {
  readonly source: SignaturePolicy
  /** Ids of the components that are covered always, for RFC 9421 and for the other dialects. */
  readonly requiredOf: (dialect: DialectName) => readonly string[]
  readonly whenPresent: NamePatterns
  readonly forbidden: NamePatterns
  readonly only: NamePatterns | undefined
  readonly headers: readonly string[]
  readonly singletons: readonly string[]
  readonly digestFields: readonly string[]
  /** What a list of components covers; remembered for lists that cannot change. */
  readonly coveredBy = coverage()

  constructor(source: SignaturePolicy) {
    const components = requireList(source.required, 'required')
    let ids: readonly string[] | undefined
    const names = components.map(toLower)
    this.source = source
    this.requiredOf = (dialect) => {
      if (dialect !== 'rfc9421') return names
      ids ??= components.map(componentId)
      return ids
    }
    this.whenPresent = new NamePatterns(source.whenPresent ?? [])
    this.forbidden = new NamePatterns(source.forbidden ?? [])
    this.only = source.only === undefined ? undefined : new NamePatterns(source.only)
    this.headers = (source.headers ?? []).map(toLower)
    this.singletons = [...singleHeaders, ...(source.singletons ?? []).map(toLower)]
    this.digestFields = source.digest.fields.map(toLower)
  }
}

const toLower = (name: string): string => name.toLowerCase()

/** Headers that have one value: of two lines, readers take different ones. */
const singleHeaders: readonly string[] = [
  'authorization',
  'content-length',
  'content-type',
  'date',
  'host',
  'tpp-signature-certificate',
  'x-jws-signature',
  'x-request-id',
]

/** Names of headers, and beginnings of names with `*`. */
export class NamePatterns {
  private readonly names: ReadonlySet<string>
  private readonly beginnings: readonly string[]

  constructor(patterns: readonly string[]) {
    const lower = patterns.map(toLower)
    this.names = new Set(lower.filter((pattern) => !pattern.endsWith('*')))
    this.beginnings = lower.filter((pattern) => pattern.endsWith('*')).map((pattern) => pattern.slice(0, -1))
  }

  has(name: string): boolean {
    if (this.names.has(name)) return true
    for (const beginning of this.beginnings) if (name.startsWith(beginning)) return true
    return false
  }
}

/**
 * Checks a policy and copies it without anything inherited; do it once and use the result for every message. An unknown
 * name, an empty list of algorithms or a window that is no number is a `TypeError`: nothing may mean "accept all".
 */
export function preparePolicy(policy: SignaturePolicy | PreparedPolicy): PreparedPolicy {
  if (policy instanceof PreparedPolicy) return policy
  requireNames(policy, policyNames, 'policy')
  const read = ownMembers(policy)
  if (requireList(read.algorithms, 'algorithms').length === 0) throw new TypeError('policy.algorithms is empty')
  for (const part of ['clock', 'digest', 'replay'] as const) {
    const value = read[part]
    if (value !== undefined) requireNames(value, partNames[part], `policy.${part}`)
  }
  if (read.digest === undefined) throw new TypeError('policy.digest says when a digest is needed')
  if (requireList(read.digest.fields, 'digest.fields').length === 0)
    throw new TypeError('policy.digest.fields is empty')
  requireSeconds(read.clock?.maxAge, 'policy.clock.maxAge')
  requireSeconds(read.clock?.skew, 'policy.clock.skew')
  requireSeconds(read.replay?.window, 'policy.replay.window')
  return new PreparedPolicy(Object.freeze(read))
}

/** A copy that has every member itself, so that nothing inherited can stand in for one that is absent. */
function ownMembers(policy: SignaturePolicy): SignaturePolicy {
  const members = policyNames.map((name) => [name, Object.hasOwn(policy, name) ? policy[name] : undefined])
  return Object.fromEntries(members) as SignaturePolicy
}

function requireList<Value>(list: readonly Value[], name: string): readonly Value[] {
  if (!Array.isArray(list)) throw new TypeError(`policy.${name} is a list`)
  return list
}

function requireNames(value: object, names: readonly string[], what: string): void {
  if (typeof value !== 'object' || value === null) throw new TypeError(`${what} is an object`)
  for (const name in value) if (!names.includes(name)) throw new TypeError(`unknown member '${name}' of ${what}`)
}

function requireSeconds(value: number | undefined, what: string): void {
  if (value !== undefined && !(Number.isFinite(value) && value >= 0))
    throw new TypeError(`${what} is a number of seconds`)
}
