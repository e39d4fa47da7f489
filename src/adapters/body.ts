import { concatBytes } from '../core/bytes.ts'
import { httpError } from '../http/refuse.ts'

/** Octets of a body that are taken where the caller names no other number: 1 MiB. */
export const defaultMaxBody = 1_048_576

/** Throws `TypeError` where it is no number of octets. */
export function readMaxBody(maxBody: number = defaultMaxBody): number {
  if (Number.isSafeInteger(maxBody) && maxBody >= 0) return maxBody
  throw new TypeError('maxBody is a number of octets')
}

/**
 * Collects a body, and gives up as soon as it is too long: before the first octet where Content-Length says so, else at
 * the octet that is one too many.
 *
 * @throws Psd2Error `LIMIT_BODY`
 */
export async function collectBody(
  chunks: AsyncIterable<Uint8Array>,
  maxBody: number,
  declared: string | null | undefined,
): Promise<Uint8Array<ArrayBuffer>> {
  if (declared !== null && declared !== undefined && Number(declared) > maxBody) throw tooLong(maxBody)
  const parts: Uint8Array[] = []
  let size = 0
  for await (const chunk of chunks) {
    size += chunk.length
    if (size > maxBody) throw tooLong(maxBody)
    parts.push(chunk)
  }
  return concatBytes(...parts)
}

function tooLong(maxBody: number): Error {
  return httpError('LIMIT_BODY', `more than ${maxBody} octets`, { path: 'body' })
}

/** The chunks of a Fetch body. Stopping early leaves the stream open: closing it would close the connection of the answer. */
export async function* chunksOf(stream: ReadableStream<Uint8Array> | null): AsyncGenerator<Uint8Array> {
  if (stream === null) return
  const reader = stream.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      yield value
    }
  } finally {
    reader.releaseLock()
  }
}
