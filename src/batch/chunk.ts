import { auditCertificate, auditFailure } from '../audit/audit-certificate.ts'
import { acceptFindings } from '../audit/baseline.ts'
import type { AuditPlace, AuditReport } from '../core/audit-report.ts'
import type { AuditTally, PemLines } from '../core/audit-run.ts'
import { Psd2Error, type Psd2ErrorDetails } from '../core/errors.ts'
import { given } from '../core/given.ts'
import { worstPages } from '../report/audit/html/collect.ts'
import { type HtmlPage, htmlPage } from '../report/audit/html/section.ts'
import { countReport, emptyTally } from '../report/audit/tally.ts'
import type { Facts } from '../rules/facts.ts'
import { factsFrom } from './issuers.ts'
import type { BatchKnowledge, KnownItem } from './items.ts'
import type { ReadyJob } from './job.ts'
import { readRecord } from './records.ts'

/** An item on its way to a worker: its octets stand with those of others in one store. */
export type PackedItem = AuditPlace &
  BatchKnowledge & { readonly lines?: PemLines; readonly privateKeyBeside?: boolean } & (
    | { readonly start: number; readonly end: number; readonly isRecord: boolean }
    | { readonly code: string; readonly message: string; readonly details: Psd2ErrorDetails }
  )

/** Items that one call audits. One certificate a call would cost more in messages than it saves. */
export interface Chunk {
  /** Number of the first item among the reports of the run, from 1. */
  readonly first: number
  readonly items: readonly PackedItem[]
  /** DER or records of all, end to end. Its whole store belongs to the chunk, so that it can be handed over. */
  readonly store: Uint8Array<ArrayBuffer>
}

/** What became of a chunk. */
export interface ChunkResult {
  /** Text of the format, empty where it has nothing to say. */
  readonly text: string
  /** Pages of HTML, which has no text before the last report. */
  readonly pages: readonly HtmlPage[]
  readonly tally: AuditTally
  /** Numbers of baseline entries that were met. */
  readonly used: readonly number[]
}

export function packChunk(items: readonly KnownItem[], first: number): Chunk {
  let size = 0
  for (const item of items) size += octetsOf(item)?.length ?? 0
  const store = new Uint8Array(size)
  let end = 0
  const packed = items.map((item): PackedItem => {
    const { source, index, place, lines, privateKeyBeside, duplicates, keyUse } = item
    const about = { source, index, place, ...given({ lines, privateKeyBeside, duplicates, keyUse }) }
    if ('error' in item) {
      const { code, message, path, offset, citation, mend } = item.error
      return { ...about, code, message, details: { path, offset, citation, mend } }
    }
    const octets = octetsOf(item) as Uint8Array
    const start = end
    store.set(octets, start)
    end += octets.length
    return { ...about, start, end, isRecord: 'record' in item }
  })
  return { items: packed, store, first }
}

function octetsOf(item: KnownItem): Uint8Array | undefined {
  if ('der' in item) return item.der
  return 'record' in item ? item.record : undefined
}

/** Audits the items of a chunk in order. */
export async function auditChunk(ready: ReadyJob, { items, store, first }: Chunk): Promise<ChunkResult> {
  const { job, writer } = ready
  const pages: HtmlPage[] = []
  const tally = emptyTally()
  const used = new Set<number>()
  const parts: string[] = []
  for (const [index, packed] of items.entries()) {
    const item = unpack(packed, store)
    const report = acceptFindings(await reportOf(item, ready), ready.baseline, job.at, used)
    countReport(tally, report, job.at.getTime())
    const der = 'der' in item ? item.der : undefined
    const entry = { number: first + index, report, evidence: given({ der, lines: item.lines }) }
    if (writer === undefined) pages.push(htmlPage(entry))
    const part = writer?.entry(entry) ?? ''
    if (part !== '') parts.push(part)
  }
  return { text: parts.join(writer?.between), pages: worstPages(pages), tally, used: [...used] }
}

/** An item with its octets, and a record read. */
function unpack(packed: PackedItem, store: Uint8Array): Exclude<KnownItem, { record: Uint8Array }> {
  const { source, index, place, lines, privateKeyBeside, duplicates, keyUse } = packed
  const about = { source, index, place, ...given({ lines, privateKeyBeside, duplicates, keyUse }) }
  if (!('start' in packed)) return { ...about, error: new Psd2Error(packed.code, packed.message, packed.details) }
  const octets = store.subarray(packed.start, packed.end)
  if (!packed.isRecord) return { ...about, der: octets }
  try {
    const { id, der } = readRecord(octets)
    return { ...about, source: id, index: 0, place: '', der }
  } catch (error) {
    if (!(error instanceof Psd2Error)) throw error
    return { ...about, error }
  }
}

async function reportOf(item: Exclude<KnownItem, { record: Uint8Array }>, ready: ReadyJob): Promise<AuditReport> {
  const { source, index, place, duplicates, privateKeyBeside, keyUse } = item
  const { job, profile } = ready
  const more = given({ duplicates })
  if ('error' in item) return { ...auditFailure(item.error, profile, { source, index, place }), ...more }
  const facts: Omit<Facts, 'at' | 'sha256'> = {
    ...(await factsFrom(item.der, ready.issuers)),
    ...given({ privateKeyBeside, keyUse }),
  }
  const findFacts = await ready.findFacts
  const options = { at: job.at, profile, facts, source, index, place, ...given({ findFacts }) }
  return { ...(await auditCertificate(item.der, options)), ...more }
}
