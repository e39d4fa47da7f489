import type { Citation } from '../../core/citation.ts'

/** A clause of ETSI EN 319 412-1, as V1.7.1 numbers it. */
export function en3194121Clause(clause: string): Citation {
  return { document: 'ETSI EN 319 412-1', edition: '1.7.1', clause }
}

/** Semantics identifiers of clause 5. */
export const semanticsId = {
  natural: '0.4.0.194121.1.1',
  legal: '0.4.0.194121.1.2',
  eidasNatural: '0.4.0.194121.1.3',
  eidasLegal: '0.4.0.194121.1.4',
} as const
