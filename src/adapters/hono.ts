/**
 * Middleware for Hono 4 that lets verified requests through.
 *
 * @module
 */
import type { IncomingMessage } from 'node:http'
import type { Context, MiddlewareHandler } from 'hono'
import type { VerifiedMessage } from '../signing/index.ts'
import { admission, isRefusal, type VerifySignatureOptions } from './admit.ts'
import { chunksOf } from './body.ts'
import type { ClientCertificate } from './client-certificate.ts'
import { targetOf } from './fetch-message.ts'
import { messageOfNode } from './node-message.ts'

/** What the middleware puts into the context. */
export interface SignatureEnv {
  Variables: { verified: VerifiedMessage; clientCertificate: ClientCertificate | undefined }
}

const nothing = /* @__PURE__ */ new Uint8Array(0)

/**
 * Middleware for Hono 4. It reads the body itself, its length first; `c.req.json()` and the others read the octets that
 * were verified. `c.get('verified')` and `c.get('clientCertificate')` say who sent them. A refused request is answered
 * with 401, or 413 where its body is too long, and `{ "error": code }`. Under @hono/node-server the target and the header
 * lines are those of the wire; elsewhere they are what the Fetch API leaves of them, and there is no socket.
 *
 * @throws TypeError on unknown options and an unknown profile
 *
 * @example
 * ```ts
 * import { Hono } from 'hono'
 * import { type SignatureEnv, verifySignature } from 'psd2-toolkit/adapters/hono'
 * import type { Certificate } from 'psd2-toolkit/x509'
 *
 * declare const registered: Map<string, Certificate>
 * const app = new Hono<SignatureEnv>()
 * app.use(verifySignature({ profile: 'bpce', resolveKey: (reference) => registered.get(reference.value) }))
 * app.post('/v1/consents', async (c) => c.json({ consent: await c.req.json(), id: c.get('verified').requestId }))
 * ```
 */
export function verifySignature(options: VerifySignatureOptions): MiddlewareHandler<SignatureEnv> {
  const door = admission(options)
  return async (c, next) => {
    const { raw } = c.req
    if (raw.bodyUsed) throw new TypeError('verify signatures before any parser reads the body')
    const incoming = incomingOf(c)
    const { body: _, ...message } = incoming === undefined ? ofFetch(raw) : messageOfNode(incoming, nothing)
    const headers = new Headers(raw.headers)
    for (const name of door.hidden(incoming?.socket)) headers.delete(name)
    const outcome = await door.admit({ message, socket: incoming?.socket, chunks: chunksOf(raw.body) })
    if (isRefusal(outcome)) return c.json(outcome.body, outcome.status, outcome.headers)
    const { body, verified, clientCertificate } = outcome
    c.req.raw = new Request(raw, raw.body === null ? { headers } : { headers, body })
    c.set('verified', verified)
    c.set('clientCertificate', clientCertificate)
    return next()
  }
}

/** What @hono/node-server keeps of node:http. */
function incomingOf(c: Context): IncomingMessage | undefined {
  return (c.env as { incoming?: IncomingMessage } | undefined)?.incoming
}

function ofFetch(raw: Request): ReturnType<typeof messageOfNode> {
  return { method: raw.method, target: targetOf(raw.url), headers: [...raw.headers] }
}
