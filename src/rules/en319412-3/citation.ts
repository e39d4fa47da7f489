import type { Citation } from '../../core/citation.ts'

/** A clause of ETSI EN 319 412-3. */
export function en3194123Clause(clause: string): Citation {
  return { document: 'ETSI EN 319 412-3', edition: '1.4.1', clause }
}
