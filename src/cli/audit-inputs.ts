import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import type { BatchItem } from '../batch/items.ts'
import { beginsWithRecord, recordItems } from '../batch/records.ts'
import { Psd2Error } from '../core/errors.ts'
import { findCertificates } from '../x509/index.ts'
import { expand, limited, readLimited, unreadable } from './inputs.ts'
import { PemLineFinder } from './pem-lines.ts'
import type { Terminal } from './terminal.ts'

/** The inputs of an audit. */
export interface AuditInputs {
  /** Every item, for a look before the audit. Records are left out: a stream can be read once only. */
  readonly preview: () => AsyncGenerator<BatchItem>
  /** Every item, in order. */
  readonly items: () => AsyncGenerator<BatchItem>
  /** Whether there are streams, whose length nobody knows. */
  readonly hasRecords: boolean
}

type Source = (
  | { readonly error: Psd2Error }
  | { readonly bytes: () => Promise<Uint8Array> }
  | { readonly records: () => AsyncIterable<Uint8Array> }
) & { readonly name: string }

/** Octets that decide what a stream is. */
const headSize = 4096

/** Finds what the arguments name. No certificate is read yet. */
export async function openAuditInputs(args: readonly string[], terminal: Terminal): Promise<AuditInputs> {
  const sources: Source[] = []
  for (const arg of args) {
    if (arg === '-') sources.push(await openStdin(terminal))
    else for (const file of await expand(arg)) sources.push(await openFile(arg, file))
  }
  const read = async function* (withRecords: boolean): AsyncGenerator<BatchItem> {
    for (const source of sources) {
      if (!('records' in source)) yield* readSource(source)
      else if (withRecords) yield* recordItems(source.name, source.records())
    }
  }
  return {
    preview: () => read(false),
    items: () => read(true),
    hasRecords: sources.some((source) => 'records' in source),
  }
}

async function openFile(arg: string, file: string | Psd2Error): Promise<Source> {
  if (file instanceof Psd2Error) return { name: arg, error: file }
  const isRecords = /\.(?:ndjson|jsonl)$/i.test(file) && beginsWithRecord(await headOf(file))
  return isRecords
    ? { name: file, records: () => createReadStream(file) }
    : { name: file, bytes: () => readLimited(file) }
}

/** Empty where the file cannot be read: reading it all says why. */
async function headOf(file: string): Promise<Uint8Array> {
  const handle = await open(file).catch(() => undefined)
  if (handle === undefined) return new Uint8Array()
  try {
    const { buffer, bytesRead } = await handle.read(new Uint8Array(headSize), 0, headSize, 0)
    return buffer.subarray(0, bytesRead)
  } catch {
    return new Uint8Array()
  } finally {
    await handle.close()
  }
}

async function openStdin(terminal: Terminal): Promise<Source> {
  const chunks = terminal.stdinChunks?.() ?? once(await terminal.stdin())
  const iterator = chunks[Symbol.asyncIterator]()
  const head: Uint8Array[] = []
  let size = 0
  while (size < headSize && !head.at(-1)?.includes(0x0a)) {
    const { value, done } = await iterator.next()
    if (done === true) break
    head.push(value)
    size += value.length
  }
  const all = () => continued(head, iterator)
  if (beginsWithRecord(Buffer.concat(head))) return { name: '-', records: all }
  const bytes = await collect(all())
  return { name: '-', bytes: async () => bytes }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

async function* continued(head: Uint8Array[], rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* head
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value
}

/** No more than what is refused as too large. */
async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const chunk of chunks) {
    parts.push(chunk)
    size += chunk.length
    if (size > 128 << 20) break
  }
  return Buffer.concat(parts)
}

async function* readSource(source: Exclude<Source, { records: unknown }>): AsyncGenerator<BatchItem> {
  const { name } = source
  try {
    if ('error' in source) throw source.error
    const bytes = limited(name, await source.bytes())
    if (bytes instanceof Psd2Error) throw bytes
    yield* found(name, bytes)
  } catch (error) {
    yield { source: name, index: 0, place: '', error: error instanceof Psd2Error ? error : unreadable(name, error) }
  }
}

function* found(source: string, bytes: Uint8Array): Generator<BatchItem> {
  const entries = findCertificates(bytes)
  const hasKey = entries.some((entry) => 'error' in entry && entry.error.code === 'INPUT_PRIVATE_KEY')
  const finder = new PemLineFinder(bytes)
  for (const [index, entry] of entries.entries()) {
    if ('error' in entry) {
      yield { ...entry, source, index }
      continue
    }
    const lines = finder.linesAt(entry.place)
    yield {
      ...entry,
      source,
      index,
      privateKeyBeside: hasKey,
      ...(lines === undefined ? {} : { lines }),
    }
  }
}
