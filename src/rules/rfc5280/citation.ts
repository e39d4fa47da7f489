import type { Citation } from '../../core/citation.ts'

/** A section of RFC 5280. */
export function rfc5280Section(clause: string): Citation {
  return { document: 'RFC 5280', clause }
}

/** A clause of ITU-T X.690. */
export function x690Clause(clause: string): Citation {
  return { document: 'ITU-T X.690', clause }
}
