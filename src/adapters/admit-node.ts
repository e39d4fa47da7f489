import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import type { Admission, AdmittedRequest, Refusal } from './admit.ts'
import type { PeerSocket } from './client-certificate.ts'
import { messageOfNode } from './node-message.ts'
import { linesOfRawHeaders } from './raw-headers.ts'

const nothing = /* @__PURE__ */ new Uint8Array(0)

/**
 * Verifies a request of node:http and takes away what nobody behind this may see.
 *
 * @param target - as it came, before any routing
 * @throws TypeError where something has read the body already: what it parsed is not what would be verified
 */
export async function admitIncoming(
  { admit, hidden }: Admission,
  incoming: IncomingMessage,
  target: string | undefined,
  stream: Readable = incoming,
): Promise<AdmittedRequest | Refusal> {
  if (stream.readableDidRead) throw new TypeError('verify signatures before any parser reads the body')
  const { body: _, ...message } = messageOfNode(incoming, nothing, target)
  const socket: PeerSocket = incoming.socket
  hideHeaders(incoming, hidden(socket))
  // Ending the iteration early must leave the connection open for the answer.
  return admit({ message, socket, chunks: stream.iterator({ destroyOnReturn: false }) })
}

/** Removes header lines in all the forms in which node:http gives them. */
function hideHeaders(incoming: IncomingMessage, names: readonly string[]): void {
  // Both are made of rawHeaders at first use, by a count of lines that stays: they come before the lines change.
  const { rawHeaders, headers, headersDistinct } = incoming
  if (!rawHeaders.some((name, index) => index % 2 === 0 && names.includes(name.toLowerCase()))) return
  const left = linesOfRawHeaders(rawHeaders).filter(([name]) => !names.includes(name.toLowerCase()))
  rawHeaders.splice(0, rawHeaders.length, ...left.flat())
  for (const name of names) {
    delete headers[name]
    // HTTP/2 has no such form.
    delete headersDistinct?.[name]
  }
}
