import { move, transferableSymbol, valueSymbol, workerData } from 'piscina'
import { auditChunk, type Chunk, type ChunkResult } from './chunk.ts'
import { type AuditJob, type ReadyJob, readyJob } from './job.ts'

/** What a worker answers: the text as octets, which are handed over and not copied. */
export type WorkerResult = Omit<ChunkResult, 'text'> & { readonly text: Uint8Array }

/** Rules are chosen once a worker, not once a chunk. */
const ready: ReadyJob | undefined = workerData === undefined ? undefined : readyJob(workerData as AuditJob)

/** Audits one chunk on a thread of the pool. */
export async function auditOnThread(chunk: Chunk): Promise<unknown> {
  if (ready === undefined) throw new TypeError('this runs on a thread of the pool only')
  const { text, ...rest } = await auditChunk(ready, chunk)
  const octets = new TextEncoder().encode(text)
  const value: WorkerResult = { ...rest, text: octets }
  return move({ [transferableSymbol]: [octets.buffer], [valueSymbol]: value } as unknown as ArrayBuffer)
}
