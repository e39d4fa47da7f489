import type { Citation } from './citation.ts'

/**
 * What reading does when it meets a breach:
 * - `refuse`: always an error, because two readers could see two different certificates;
 * - `strict`: an error in strict mode, recorded and stepped over in tolerant mode;
 * - `note`: recorded in both modes; the bytes are sound, the content is not what the clause wants.
 */
export type Leniency = 'refuse' | 'strict' | 'note'

/** Everything that is to be said about one error or deviation code. */
export interface CodeInfo {
  readonly leniency: Leniency
  readonly document: string
  readonly clause: string
  /** What is wrong, as a sentence part. */
  readonly says: string
  /** How to put it right. */
  readonly mend: string
}

/** A breach that reading recorded and stepped over. */
export interface Deviation {
  readonly code: string
  /** Dotted field names with list indexes. */
  readonly path: string
  /** Octet offset in the DER. */
  readonly offset: number
  /** The value that was met, where it helps. Untrusted text. */
  readonly detail?: string
}

export function citationOf(info: CodeInfo): Citation {
  return { document: info.document, clause: info.clause }
}
