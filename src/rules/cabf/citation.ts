import type { Citation } from '../../core/citation.ts'

/** A clause of the Baseline Requirements for TLS certificates. */
export function baselineClause(clause: string): Citation {
  return { document: 'CA/Browser Forum BR', clause }
}

/** A clause of the Guidelines for Extended Validation. */
export function evClause(clause: string): Citation {
  return { document: 'CA/Browser Forum EVG', clause }
}

/** From this day on the Baseline Requirements have profiles for certificates, field by field (version 2.0.0). */
export const profilesSince = '2023-09-15'
