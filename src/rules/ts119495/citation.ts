import type { Citation } from '../../core/citation.ts'

/** A clause of ETSI TS 119 495. */
export function ts119495Clause(clause: string, edition?: string): Citation {
  return { document: 'ETSI TS 119 495', ...(edition === undefined ? {} : { edition }), clause }
}
