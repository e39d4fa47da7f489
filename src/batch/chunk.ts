import { auditCertificate, auditFailure } from '../audit/audit-certificate.ts'
import { acceptFindings } from '../audit/baseline.ts'
import type { AuditPlace, AuditReport } from '../core/audit-report.ts'
import type { AuditTally, PemLines } from '../core/audit-run.ts'
import { Psd2Error, type Psd2ErrorDetails } from '../core/errors.ts'
import { auditFormats } from '../report/audit/formats.ts'
import { countReport, emptyTally } from '../report/audit/tally.ts'
import type { Facts } from '../rules/facts.ts'
import { issuerFacts } from './issuers.ts'
import type { BatchItem, BatchKnowledge } from './items.ts'
import type { ReadyJob } from './job.ts'

/** An item on its way to a worker: its octets stand with those of others in one store. */
export type PackedItem = AuditPlace &
  BatchKnowledge & { readonly lines?: PemLines; readonly privateKeyBeside?: boolean } & (
    | { readonly start: number; readonly end: number }
    | { readonly code: string; readonly message: string; readonly details: Psd2ErrorDetails }
  )

/** Items that one call audits. One certificate a call would cost more in messages than it saves. */
export interface Chunk {
  readonly items: readonly PackedItem[]
  /** DER of all, end to end. Its whole store belongs to the chunk, so that it can be handed over. */
  readonly store: Uint8Array<ArrayBuffer>
}

/** What became of a chunk. */
export interface ChunkResult {
  /** Text of the format, empty where it has nothing to say. */
  readonly text: string
  readonly tally: AuditTally
  /** Numbers of baseline entries that were met. */
  readonly used: readonly number[]
}

export function packChunk(items: readonly (BatchItem & BatchKnowledge)[]): Chunk {
  let size = 0
  for (const item of items) if ('der' in item) size += item.der.length
  const store = new Uint8Array(size)
  let end = 0
  const packed = items.map((item): PackedItem => {
    if ('error' in item) {
      const { error, ...rest } = item
      const { code, message, path, offset, citation, mend } = error
      return { ...rest, code, message, details: { path, offset, citation, mend } }
    }
    const { der, ...rest } = item
    const start = end
    store.set(der, start)
    end += der.length
    return { ...rest, start, end }
  })
  return { items: packed, store }
}

/** Audits the items of a chunk in order. */
export async function auditChunk(ready: ReadyJob, { items, store }: Chunk): Promise<ChunkResult> {
  const { job, run } = ready
  const format = auditFormats[job.format]
  const tally = emptyTally()
  const used = new Set<number>()
  const parts: string[] = []
  for (const item of items) {
    const der = 'start' in item ? store.subarray(item.start, item.end) : undefined
    const report = acceptFindings(await reportOf(item, der, ready), ready.baseline, job.at, used)
    countReport(tally, report, job.at.getTime())
    const { lines } = item
    const evidence = { ...(der === undefined ? {} : { der }), ...(lines === undefined ? {} : { lines }) }
    const part = format.entry({ report, evidence }, run, job)
    if (part !== '') parts.push(part)
  }
  return { text: parts.join(format.between), tally, used: [...used] }
}

async function reportOf(item: PackedItem, der: Uint8Array | undefined, ready: ReadyJob): Promise<AuditReport> {
  const { source, index, place, duplicates } = item
  const { job, profile } = ready
  const more = duplicates === undefined ? {} : { duplicates }
  if (!('start' in item) || der === undefined) {
    const { code, message, details } = item as Exclude<PackedItem, { start: number }>
    return { ...auditFailure(new Psd2Error(code, message, details), profile, { source, index, place }), ...more }
  }
  const facts = { ...issuerFacts(der, ready.issuers), ...knowledge(item) }
  return { ...(await auditCertificate(der, { at: job.at, profile, facts, source, index, place })), ...more }
}

function knowledge({ privateKeyBeside, keyUse }: PackedItem): Pick<Facts, 'privateKeyBeside' | 'keyUse'> {
  return {
    ...(privateKeyBeside === undefined ? {} : { privateKeyBeside }),
    ...(keyUse === undefined ? {} : { keyUse }),
  }
}
