import type { Expectation } from './expectation.ts'
import type { Edit } from './part.ts'

/** One vector as a difference to the base certificate. */
export interface Definition {
  readonly id: string
  /** Row of the attack catalogue, or the document whose structure the vector breaks. */
  readonly family: string
  /** What is wrong with it, or why it is sound. */
  readonly says: string
  /** Changes before signing. */
  readonly edits?: readonly Edit[]
  /** Changes after signing: of the signature itself. */
  readonly afterSigning?: readonly Edit[]
  /** Changes of the encoded octets. */
  readonly finish?: (octets: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>
  readonly expect: Expectation
  /** False where the octets are too many for a file. */
  readonly stored?: false
  /** What the reader does instead, where it does not yet do what is expected. Such a vector is not in the index. */
  readonly disputed?: string
}
