import type { Citation } from '../../core/citation.ts'

/** A clause of ETSI EN 319 412-5, as V2.5.1 numbers it. */
export function en3194125Clause(clause: string, edition = '2.5.1'): Citation {
  return { document: 'ETSI EN 319 412-5', edition, clause }
}
