import type { Citation } from '../../core/citation.ts'

/** A part of the page of Groupe BPCE on the registration API. */
export function bpceClause(clause: string): Citation {
  return { document: 'BPCE PSD2 Registration API', clause }
}
