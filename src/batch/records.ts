import { decodeBase64 } from '../core/base64.ts'
import { Psd2Error } from '../core/errors.ts'
import { type JsonValue, parseJson } from '../core/json.ts'
import { defaultLimits } from '../core/limits.ts'
import type { BatchItem } from './items.ts'

/** Octets of one line: the largest certificate in base64, and its name. */
const longestLine = 2 << 20
const newline = 0x0a

/** A certificate as an engine hands it over. */
export interface RecordContent {
  readonly id: string
  readonly der: Uint8Array
}

/** Whether a text begins with a line `{ "id", "der" }`: other JSON is a JWK or a JWKS. */
export function beginsWithRecord(head: Uint8Array): boolean {
  const end = head.indexOf(newline)
  const line = end < 0 ? head : head.subarray(0, end)
  try {
    readRecord(line)
    return true
  } catch {
    // A line that is cut off or broken still shows what it means to be.
    return /^\s*\{\s*"(?:id|der)"\s*:/.test(new TextDecoder().decode(line.subarray(0, 256)))
  }
}

/**
 * Every line of a stream of records, not read yet. A line that is longer than any certificate is an item with an error,
 * and hides no other.
 */
export async function* recordItems(source: string, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<BatchItem> {
  let index = 0
  let line = 0
  for await (const record of splitLines(chunks)) {
    line++
    const head = { source, index, place: `line ${line}` }
    if (record === undefined)
      yield { ...head, error: recordError('RECORD_TOO_LONG', `a line has over ${longestLine} octets`) }
    else if (record.every((octet) => octet === 0x20 || octet === 0x0d || octet === 0x09)) continue
    else yield { ...head, record }
    index++
  }
}

/** Lines without their end; undefined for one that is too long, of which nothing is kept. */
async function* splitLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array | undefined> {
  let parts: Uint8Array[] = []
  let length = 0
  for await (const chunk of chunks) {
    let start = 0
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, start)) {
      length += end - start
      yield length > longestLine ? undefined : joined(parts, chunk.subarray(start, end))
      parts = []
      length = 0
      start = end + 1
    }
    length += chunk.length - start
    if (length > longestLine) parts = []
    else if (start < chunk.length) parts.push(chunk.subarray(start))
  }
  if (length > 0) yield length > longestLine ? undefined : joined(parts, new Uint8Array())
}

function joined(parts: readonly Uint8Array[], last: Uint8Array): Uint8Array {
  return parts.length === 0 ? last : Buffer.concat([...parts, last])
}

/**
 * Reads `{ "id": "...", "der": "base64" }`. Other members are the engine's own and are passed over.
 *
 * @throws Psd2Error `JSON_...`, `BASE64_...`, `RECORD_...`
 */
export function readRecord(line: Uint8Array): RecordContent {
  const value = parseJson(line, { size: longestLine, depth: 8 })
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw recordError('RECORD_SHAPE', 'a record is an object')
  const { id, der } = value as { readonly [name: string]: JsonValue }
  if (typeof id !== 'string' && typeof id !== 'number') throw recordError('RECORD_ID', 'a record has an id', '/id')
  if (typeof der !== 'string') throw recordError('RECORD_DER', 'a record has der, in base64', '/der')
  if (der.length > Math.ceil(defaultLimits.size / 3) * 4)
    throw recordError('RECORD_TOO_LONG', 'der is too long', '/der')
  return { id: String(id), der: decodeBase64(der) }
}

function recordError(code: string, message: string, path = ''): Psd2Error {
  return new Psd2Error(code, message, {
    path,
    mend: 'write { "id": "name", "der": "base64 of the certificate" }, one a line',
  })
}
