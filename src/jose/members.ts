import type { JsonObject, JsonValue } from '../core/json.ts'
import type { JoseCode } from './codes.ts'
import type { Findings } from './findings.ts'

/** A member that was found: its value, and where it stands, under whatever spelling. */
export interface Member {
  readonly value: JsonValue
  readonly path: string
}

/** By their right names. */
export type Members = ReadonlyMap<string, Member>

/** Names that are never right. Their values are not looked at. */
const secretNames: ReadonlyMap<string, JoseCode> = new Map([
  ...['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth'].map((name) => [name, 'JWK_PRIVATE_KEY'] as const),
  ['k', 'JWK_SYMMETRIC_KEY'],
])

/** Spellings that were met or are easily made, in small letters and digits alone. */
const spellings: ReadonlyMap<string, string> = new Map(
  Object.entries({
    keys: ['key', 'keys'],
    kty: ['kty', 'keytype'],
    use: ['use', 'keyuse'],
    alg: ['alg', 'algorithm'],
    key_ops: ['keyop', 'keyops', 'keysop', 'keysops', 'keyoperations'],
    kid: ['kid', 'keyid'],
    n: ['n', 'modulus'],
    e: ['e', 'exponent'],
    x5c: ['x5c'],
    x5u: ['x5u'],
    x5t: ['x5t'],
    'x5t#S256': ['x5ts256', 'x5tsha256', 'x5t256', 'x5t23s256'],
  }).flatMap(([right, wrong]) => wrong.map((spelling) => [spelling, right] as const)),
)

/** Findings for names that nobody knows: an attacker could send a hundred thousand. */
const mostUnknown = 16

/**
 * The members of an object by their right names. Names that must not be there, that are misspelt and that nobody knows
 * become findings. A value under a misspelt name is read as if the name were right, unless the right one is there too.
 */
export function sortMembers(object: JsonObject, path: string, known: readonly string[], findings: Findings): Members {
  const names = Object.keys(object)
  const members = new Map<string, Member>()
  for (const name of names) refuseSecret(name, path, findings)
  for (const name of names) {
    if (known.includes(name)) members.set(name, memberOf(object, name, path))
  }
  const unknown: string[] = []
  for (const name of names) {
    if (known.includes(name) || secretNames.has(name)) continue
    const right = rightName(name, known)
    if (isDangerous(name)) findings.add('JWK_MEMBER_DANGEROUS', pointer(path, name))
    else if (right === undefined) unknown.push(name)
    else {
      findings.add('JWK_MEMBER_MISSPELT', pointer(path, name), `meant is ${right}`, `write "${right}"`)
      if (!members.has(right)) members.set(right, memberOf(object, name, path))
    }
  }
  noteUnknown(unknown, path, findings)
  return members
}

/** One more finding for each secret member, and nothing of its value. */
export function refuseSecrets(object: JsonObject, path: string, findings: Findings): void {
  for (const name of Object.keys(object)) refuseSecret(name, path, findings)
}

function refuseSecret(name: string, path: string, findings: Findings): void {
  const code = secretNames.get(name)
  if (code !== undefined) findings.add(code, pointer(path, name))
}

function rightName(name: string, known: readonly string[]): string | undefined {
  if (name.length > 32) return undefined
  const right = spellings.get(name.toLowerCase().replace(/[^a-z0-9]/g, ''))
  return right !== undefined && known.includes(right) ? right : undefined
}

/** Names that objects have of themselves: `__proto__`, `constructor`, `toString` and the like. */
function isDangerous(name: string): boolean {
  return name === 'prototype' || Object.hasOwn(Object.prototype, name)
}

function noteUnknown(names: readonly string[], path: string, findings: Findings): void {
  for (const name of names.slice(0, mostUnknown)) findings.add('JWK_MEMBER_UNKNOWN', pointer(path, name))
  const more = names.length - mostUnknown
  if (more > 0) findings.add('JWK_MEMBER_UNKNOWN', path, `and ${more} more`)
}

function memberOf(object: JsonObject, name: string, path: string): Member {
  return { value: object[name] as JsonValue, path: pointer(path, name) }
}

/** A step of a JSON Pointer (RFC 6901 clause 3). A name longer than any that is defined is cut. */
function pointer(path: string, name: string): string {
  const step = name.length > 64 ? `${name.slice(0, 64)}...` : name
  return `${path}/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`
}
