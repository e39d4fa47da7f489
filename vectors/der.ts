import { createHash } from 'node:crypto'
import { certificate } from './support/base-certificate.ts'
import type { Definition } from './support/definition.ts'
import { extensionValueVectors } from './support/der-extension-values.ts'
import { extensionVectors } from './support/der-extensions.ts'
import { keyVectors } from './support/der-keys.ts'
import { lengthVectors } from './support/der-lengths.ts'
import { nameVectors } from './support/der-names.ts'
import { sizeVectors } from './support/der-sizes.ts'
import { stringVectors } from './support/der-strings.ts'
import { structureVectors } from './support/der-structure.ts'
import { timeVectors } from './support/der-times.ts'
import { valueVectors } from './support/der-values.ts'
import { type Outcome, resolve } from './support/expectation.ts'

/** A certificate, sound or not, and the whole outcome of reading it in each mode. */
export interface DerVector {
  readonly id: string
  /** Row of the attack catalogue, or the document whose structure the vector breaks. */
  readonly family: string
  readonly says: string
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly strict: Outcome
  readonly tolerant: Outcome
  /** True where the octets have a file of their own. */
  readonly stored: boolean
  /** What the reader does instead, where it does not yet do what is expected. */
  readonly disputed: string | undefined
}

/** One entry of `index.json`. */
export interface DerIndexEntry {
  readonly id: string
  readonly family: string
  readonly says: string
  readonly length: number
  readonly sha256: string
  readonly stored?: false
  readonly strict: Outcome
  readonly tolerant: Outcome
}

const definitions: readonly Definition[] = [
  ...lengthVectors,
  ...structureVectors,
  ...valueVectors,
  ...stringVectors,
  ...nameVectors,
  ...timeVectors,
  ...extensionVectors,
  ...extensionValueVectors,
  ...sizeVectors,
  ...keyVectors,
]

/** Makes every vector, always of the same octets. */
export function derVectors(): DerVector[] {
  return definitions.map(build)
}

function build(definition: Definition): DerVector {
  const { id, family, says, edits, afterSigning, finish, expect, stored, disputed } = definition
  const encoded = certificate(edits, afterSigning)
  return {
    id,
    family,
    says,
    bytes: finish === undefined ? encoded.bytes : finish(encoded.bytes),
    strict: resolve(expect.strict, encoded),
    tolerant: resolve(expect.tolerant, encoded),
    stored: stored ?? true,
    disputed,
  }
}

/** What the index says of a vector. */
export function derIndexEntry({ id, family, says, bytes, strict, tolerant, stored }: DerVector): DerIndexEntry {
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return { id, family, says, length: bytes.length, sha256, ...(stored ? {} : { stored }), strict, tolerant }
}
