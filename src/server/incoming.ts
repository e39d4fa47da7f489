import type { IncomingMessage } from 'node:http'
import type { Context } from 'hono'
import type { PeerSocket } from '../adapters/client-certificate.ts'
import { targetOf } from '../adapters/fetch-message.ts'
import { linesOfRawHeaders } from '../adapters/raw-headers.ts'
import type { HeaderLines } from '../http/index.ts'
import { echoable } from './answer.ts'

/** A request as it was on the wire, body unread. */
export interface Incoming {
  readonly method: string
  readonly target: string
  readonly headers: HeaderLines
  readonly socket: PeerSocket | undefined
  readonly body: ReadableStream<Uint8Array> | null
  /** Whether the whole body has come in. */
  isComplete(): boolean
}

/** True where the client has closed its connection before it had sent its request. */
export function isGone({ socket, isComplete }: Incoming): boolean {
  return socket !== undefined && (socket as { destroyed?: boolean }).destroyed === true && !isComplete()
}

/** x-request-id, where there is one that may be repeated. */
export function onlyRequestId(headers: HeaderLines): string | undefined {
  const values = valuesOf(headers, 'x-request-id')
  return values.length === 1 ? echoable(values[0]) : undefined
}

/** Values of all lines of a header, named in lower case. */
export function valuesOf(headers: HeaderLines, wanted: string): string[] {
  return headers.filter(([name]) => name.toLowerCase() === wanted).map(([, value]) => value)
}

/** Under @hono/node-server the request line and the header lines of the wire; elsewhere what Fetch leaves of them. */
export function incomingOf(c: Context): Incoming {
  const { raw } = c.req
  const incoming = (c.env as { incoming?: IncomingMessage } | undefined)?.incoming
  if (incoming === undefined) {
    const { method, url, headers, body } = raw
    return { method, target: targetOf(url), headers: [...headers], socket: undefined, body, isComplete: () => true }
  }
  const { method = '', url = '', rawHeaders, socket } = incoming
  const headers = linesOfRawHeaders(rawHeaders)
  return { method, target: url, headers, socket, body: raw.body, isComplete: () => incoming.complete }
}
