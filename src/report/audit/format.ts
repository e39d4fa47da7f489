import type { AuditClosing, AuditEntry, AuditRun } from '../../core/audit-run.ts'

/** How a format is written. */
export interface FormatOptions {
  /** Emphasis for a terminal. */
  readonly colour: boolean
}

/**
 * A format for one run, in three steps. What a step gives hangs on its arguments only, so that the middle one can run on
 * any thread, and a run of any length needs no more memory than one of its parts.
 */
export interface FormatWriter {
  /** Before the first report. */
  readonly head: () => string
  /** One report; empty where the format has nothing to say of it. */
  readonly entry: (entry: AuditEntry) => string
  /** Between two entries that are not empty. */
  readonly between: string
  /** After the last. */
  readonly tail: (closing: AuditClosing) => string
}

export type AuditFormat = (run: AuditRun, options: FormatOptions) => FormatWriter
