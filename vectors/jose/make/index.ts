import { certificateVectors } from './certificates.ts'
import { controlVectors } from './controls.ts'
import { keyVectors } from './keys.ts'
import { memberVectors } from './members.ts'
import type { JoseVector } from './vector.ts'

export type { JoseVector } from './vector.ts'

/** Every JWK Set that is a vector, always of the same octets. */
export const joseVectors: readonly JoseVector[] = [
  ...controlVectors,
  ...keyVectors,
  ...certificateVectors,
  ...memberVectors,
]

/** One entry of `index.json`. */
export interface JoseIndexEntry {
  readonly id: string
  readonly family: string
  readonly says: string
  /** The moment that verification is for; none where there is none. */
  readonly at?: string
  /** Codes that the caller accepts. */
  readonly accept?: readonly string[]
  /** What verification throws, or null where it accepts. */
  readonly error: { readonly code: string; readonly path: string } | null
  /** Everything that is to be said, in order. */
  readonly findings: readonly { readonly severity: string; readonly code: string; readonly path: string }[]
}

/** What the index says of a vector. */
export function joseIndexEntry({ id, family, says, at, accept, findings }: JoseVector): JoseIndexEntry {
  const listed = findings.map(([code, path, severity = 'error']) => ({ severity, code, path }))
  const first = listed.find(({ severity }) => severity === 'error')
  return {
    id,
    family,
    says,
    ...(at === undefined ? {} : { at }),
    ...(accept === undefined ? {} : { accept }),
    error: first === undefined ? null : { code: first.code, path: first.path },
    findings: listed,
  }
}
