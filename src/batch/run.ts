import { createRequire } from 'node:module'
import { availableParallelism } from 'node:os'
import { Piscina } from 'piscina'
import { auditChunk, type Chunk, type ChunkResult, packChunk } from './chunk.ts'
import type { KnownItem } from './items.ts'
import type { ReadyJob } from './job.ts'
import type { WorkerResult } from './worker.ts'

/** Certificates that one message to a worker holds. */
const chunkSize = 1000

/** The first chunk is small, so that the first reports are there at once. */
const firstChunk = 20

/** Certificates that are audited before workers are started: below, starting them takes longer than the work. */
const alone = 2000

/** A source that is slow must not hold back what it has given. */
const longestWait = 1000

/** How {@link auditBatch} runs. */
export interface BatchOptions {
  /** Threads; 0 or 1 audits on the calling one. Default: one a processor, at most 8. */
  readonly workers?: number
  /** Items that will come, where that is known: many of them start the workers at once. */
  readonly expected?: number
  /** Ends the run after what has been begun. */
  readonly signal?: AbortSignal
}

/** A part of the output, in the order of the input. */
export type BatchPart = Omit<ChunkResult, 'text'> & {
  readonly text: string | Uint8Array
  /** Items that went in. */
  readonly items: number
}

/**
 * Audits items in chunks, many at once, and gives the results in the order of the items. No more chunks are in memory than
 * the workers can use.
 */
export async function* auditBatch(
  items: AsyncIterable<KnownItem>,
  ready: ReadyJob,
  options: BatchOptions = {},
): AsyncGenerator<BatchPart> {
  const { workers = Math.min(availableParallelism(), 8), expected = 0, signal } = options
  const pending: Promise<BatchPart>[] = []
  let pool: Piscina | undefined
  let done = 0
  try {
    for await (const chunk of chunks(items, signal)) {
      if (pool === undefined && workers > 1 && (done >= alone || expected > alone)) pool = startPool(ready, workers)
      const packed = packChunk(chunk, done + 1)
      done += chunk.length
      if (pool === undefined) {
        yield { ...(await auditChunk(ready, packed)), items: chunk.length }
        continue
      }
      pending.push(onThread(pool, packed))
      if (pending.length > workers + 1) yield (await pending.shift()) as BatchPart
    }
    for (const part of pending.splice(0)) yield await part
  } finally {
    // What is still pending is nobody's any more.
    for (const part of pending) part.catch(() => undefined)
    await pool?.destroy()
  }
}

function startPool({ job }: ReadyJob, workers: number): Piscina {
  return new Piscina({
    filename: createRequire(import.meta.url).resolve('#audit-worker'),
    name: 'auditOnThread',
    minThreads: workers,
    maxThreads: workers,
    workerData: job,
    // A thread that waits for work must not keep a processor from the others.
    atomics: 'disabled',
    recordTiming: false,
  })
}

async function onThread(pool: Piscina, chunk: Chunk): Promise<BatchPart> {
  const items = chunk.items.length
  const result = (await pool.run(chunk, { transferList: [chunk.store.buffer] })) as WorkerResult
  return { ...result, items }
}

/** Chunks that grow to their full size. */
async function* chunks(items: AsyncIterable<KnownItem>, signal: AbortSignal | undefined): AsyncGenerator<KnownItem[]> {
  let chunk: KnownItem[] = []
  let size = firstChunk
  let since = performance.now()
  for await (const item of items) {
    if (signal?.aborted === true) break
    chunk.push(item)
    if (chunk.length < size && performance.now() - since < longestWait) continue
    yield chunk
    chunk = []
    size = Math.min(size * 2, chunkSize)
    since = performance.now()
  }
  if (chunk.length > 0) yield chunk
}
