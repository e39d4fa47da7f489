import type { AuditClosing, AuditEntry, AuditRun } from '../../core/audit-run.ts'

/** How a format is written. */
export interface FormatOptions {
  /** Emphasis for a terminal. */
  readonly colour: boolean
}

/**
 * A format in three steps. Each gives text and keeps nothing, so that the middle step can run on any thread, and a run of
 * any length needs no more memory than one of its parts.
 */
export interface AuditFormat {
  /** Before the first report. */
  readonly head: (run: AuditRun, options: FormatOptions) => string
  /** One report; empty where the format has nothing to say of it. */
  readonly entry: (entry: AuditEntry, run: AuditRun, options: FormatOptions) => string
  /** Between two entries that are not empty. */
  readonly between: string
  /** After the last. */
  readonly tail: (closing: AuditClosing, run: AuditRun, options: FormatOptions) => string
}
