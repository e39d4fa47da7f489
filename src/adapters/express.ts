/**
 * Middleware for Express 5 that lets verified requests through.
 *
 * @module
 */
import type { RequestHandler } from 'express'
import { admission, isRefusal, type VerifySignatureOptions } from './admit.ts'
import { admitIncoming } from './admit-node.ts'

/**
 * Middleware for Express 5. Mount it before any parser: it reads the body itself, its length first. Behind it
 * `request.body` is a Buffer of the octets that were verified, `response.locals.verified` and
 * `response.locals.clientCertificate` say who sent them. A refused request is answered with 401, or 413 where its body is
 * too long, and `{ "error": code }`.
 *
 * @throws TypeError on unknown options and an unknown profile
 *
 * @example
 * ```ts
 * import express from 'express'
 * import { verifySignature } from 'psd2-toolkit/adapters/express'
 * import type { Certificate } from 'psd2-toolkit/x509'
 *
 * declare const registered: Map<string, Certificate>
 * const app = express()
 * app.use(verifySignature({ profile: 'bpce', resolveKey: (reference) => registered.get(reference.value) }))
 * app.post('/v1/consents', (request, response) => {
 *   response.json({ consent: JSON.parse(request.body.toString()), sender: response.locals.verified.keyReference.value })
 * })
 * ```
 */
export function verifySignature(options: VerifySignatureOptions): RequestHandler {
  const door = admission(options)
  return async (request, response, next) => {
    const outcome = await admitIncoming(door, request, request.originalUrl)
    if (isRefusal(outcome)) {
      response.status(outcome.status).set(outcome.headers).json(outcome.body)
      return
    }
    const { body, verified, clientCertificate } = outcome
    request.body = Buffer.from(body.buffer, body.byteOffset, body.length)
    Object.assign(response.locals, { verified, clientCertificate })
    next()
  }
}
