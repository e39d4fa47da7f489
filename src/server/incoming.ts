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
  /** Values of all lines of a header, by its name in lower case. */
  readonly fields: ReadonlyMap<string, readonly string[]>
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
export function onlyRequestId({ fields }: Incoming): string | undefined {
  const [value, ...others] = fields.get('x-request-id') ?? []
  return others.length === 0 ? echoable(value) : undefined
}

/** Under @hono/node-server the request line and the header lines of the wire; elsewhere what Fetch leaves of them. */
export function incomingOf(c: Context): Incoming {
  const { raw } = c.req
  const incoming = (c.env as { incoming?: IncomingMessage } | undefined)?.incoming
  if (incoming === undefined) {
    const { method, url, headers: sent, body } = raw
    const headers = [...sent]
    const fields = fieldsOf(headers)
    return { method, target: targetOf(url), headers, fields, socket: undefined, body, isComplete: () => true }
  }
  const { method = '', url: target = '', rawHeaders, socket } = incoming
  const headers = linesOfRawHeaders(rawHeaders)
  const fields = fieldsOf(headers)
  return { method, target, headers, fields, socket, body: raw.body, isComplete: () => incoming.complete }
}

function fieldsOf(lines: HeaderLines): ReadonlyMap<string, readonly string[]> {
  const fields = new Map<string, string[]>()
  for (const [name, value] of lines) {
    const lower = name.toLowerCase()
    const held = fields.get(lower)
    if (held === undefined) fields.set(lower, [value])
    else held.push(value)
  }
  return fields
}
