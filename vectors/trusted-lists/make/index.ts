import { contentVectors } from './content.ts'
import { pointerVectors } from './pointers.ts'
import { serviceVectors } from './services.ts'
import { signatureVectors } from './signature.ts'
import type { ListVector } from './vector.ts'

/** Every list that is a vector, always of the same octets. */
export const listVectors: readonly ListVector[] = [
  ...signatureVectors,
  ...contentVectors,
  ...serviceVectors,
  ...pointerVectors,
]

/** One entry of `index.json`: everything about the vector but its text. */
export type ListIndexEntry = Omit<ListVector, 'text'>

export function listIndexEntry({ text: _, ...entry }: ListVector): ListIndexEntry {
  return entry
}
