import type { Citation } from '../../core/citation.ts'

/** A clause of ETSI EN 319 412-4. */
export function en3194124Clause(clause: string): Citation {
  return { document: 'ETSI EN 319 412-4', edition: '1.4.1', clause }
}
