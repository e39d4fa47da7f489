import { auditChunk, type ChunkResult, packChunk } from './chunk.ts'
import type { BatchItem } from './items.ts'
import type { ReadyJob } from './job.ts'

/** Certificates that one call audits. */
const chunkSize = 1000

/** Audits items in chunks. Results come in the order of the items. */
export async function* auditBatch(items: AsyncIterable<BatchItem>, ready: ReadyJob): AsyncGenerator<ChunkResult> {
  for await (const chunk of chunks(items)) yield await auditChunk(ready, packChunk(chunk))
}

async function* chunks(items: AsyncIterable<BatchItem>): AsyncGenerator<BatchItem[]> {
  let chunk: BatchItem[] = []
  for await (const item of items) {
    chunk.push(item)
    if (chunk.length < chunkSize) continue
    yield chunk
    chunk = []
  }
  if (chunk.length > 0) yield chunk
}
