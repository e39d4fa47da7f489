import type { Citation } from '../../core/citation.ts'

/** A clause of ETSI EN 319 412-2. */
export function en3194122Clause(clause: string): Citation {
  return { document: 'ETSI EN 319 412-2', edition: '2.4.1', clause }
}
