import type { AuditPlace } from '../core/audit-report.ts'
import type { PemLines } from '../core/audit-run.ts'
import type { Psd2Error } from '../core/errors.ts'
import type { KeyUseFact } from '../rules/facts.ts'

/** One certificate of a batch, one line of records, or why there is neither. */
export type BatchItem = AuditPlace & {
  /** Where the octets stand in a PEM file. */
  readonly lines?: PemLines
  /** The file held a private key beside the certificate. */
  readonly privateKeyBeside?: boolean
} & (
    | { readonly der: Uint8Array }
    /** `{ "id", "der" }` as it was read: each worker reads its own. */
    | { readonly record: Uint8Array }
    | { readonly error: Psd2Error }
  )

/** What the batch knows of an item besides. */
export interface BatchKnowledge {
  readonly duplicates?: readonly AuditPlace[]
  readonly keyUse?: KeyUseFact
}

export type KnownItem = BatchItem & BatchKnowledge
