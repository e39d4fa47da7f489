import { type AnyJwk, seal } from './material.ts'

/** A finding that is expected, an error where nothing else is said. */
export type Expected = readonly [code: string, path: string, severity?: 'notice']

/** A JWK Set and the whole outcome of checking it. */
export interface JoseVector {
  readonly id: string
  /** Row of the attack catalogue, or `control`. */
  readonly family: string
  readonly says: string
  /** The octets of the file, as UTF-8. */
  readonly text: string
  readonly at?: string
  readonly accept?: readonly string[]
  /** Every finding, in order. The first error is what verification throws. */
  readonly findings: readonly Expected[]
}

export const qsealc = seal('qsealc')

/** The text of a set with one key. */
export function setOf(...keys: readonly AnyJwk[]): string {
  return `${JSON.stringify({ keys }, undefined, 1)}\n`
}

/** A vector that changes some members of the sound key; undefined takes a member away. */
export function changed(
  id: string,
  family: string,
  says: string,
  members: AnyJwk,
  ...findings: readonly Expected[]
): JoseVector {
  return { id, family, says, text: setOf({ ...qsealc.jwk, ...members }), findings }
}

/** The path of a member of the first key. */
export function at(member: string): string {
  return `/keys/0/${member}`
}
