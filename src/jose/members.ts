import type { JsonObject, JsonValue } from '../core/json.ts'
import type { JoseCode } from './codes.ts'
import type { Findings } from './findings.ts'

/** A member that was found: its value, and where it stands, under whatever name. */
export interface Member {
  readonly value: JsonValue
  readonly path: string
}

export type Members = ReadonlyMap<string, Member>

/** Names that are said nothing of but that they must not be there. */
const refusedNames: Readonly<Record<string, JoseCode | undefined>> = {
  __proto__: undefined,
  ...Object.fromEntries(['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth'].map((name) => [name, 'JWK_PRIVATE_KEY' as const])),
  k: 'JWK_SYMMETRIC_KEY',
}

/** Members that are no part of what the bank uses: `null` counts as absent, since its own answers have that. */
const unusedNames: Readonly<Record<string, JoseCode | undefined>> = { x5u: 'JWK_X5U', x5t: 'JWK_X5T' }

/** Spellings met or easily made, in lower case and without signs. A value under them is read as if the name were right. */
const misspellings: Readonly<Record<string, string | undefined>> = {
  key: 'keys',
  keys: 'keys',
  jwks: 'keys',
  kty: 'kty',
  keytype: 'kty',
  use: 'use',
  keyuse: 'use',
  alg: 'alg',
  algorithm: 'alg',
  keyop: 'key_ops',
  keyops: 'key_ops',
  keysop: 'key_ops',
  keysops: 'key_ops',
  keyoperations: 'key_ops',
  kid: 'kid',
  keyid: 'kid',
  n: 'n',
  modulus: 'n',
  e: 'e',
  exponent: 'e',
  x5c: 'x5c',
  x5ts256: 'x5t#S256',
  x5tsha256: 'x5t#S256',
  x5t256: 'x5t#S256',
  x5t23s256: 'x5t#S256',
  x5u: 'x5u',
  x5t: 'x5t',
}

/** Findings for names that nobody knows; an attacker could send a hundred thousand. */
const mostUnknown = 16

/**
 * The members of an object by their right names. Names that must not be there, that are misspelt and that nobody knows are
 * findings; so everything that is not returned has been said.
 */
export function sortMembers(object: JsonObject, path: string, known: readonly string[], findings: Findings): Members {
  const members = new Map<string, Member>()
  const names = Object.keys(object)
  for (const name of names) refuseSecret(name, path, findings)
  let unknown = 0
  for (const name of names) {
    const place = `${path}${pointerStep(name)}`
    const value = object[name] as JsonValue
    if (secretCode(name) !== undefined) continue
    if (isDangerous(name)) findings.add('JWK_MEMBER_DANGEROUS', place)
    else if (known.includes(name)) members.set(name, { value, path: place })
    else if (!addMisspelt(name, value, place)) unknown += 1 + noteUnknown(name, place, unknown)
  }
  return members

  function addMisspelt(): boolean
}
