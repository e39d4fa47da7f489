/**
 * A plugin for Fastify 5 that lets verified requests through.
 *
 * @module
 */
import { Readable } from 'node:stream'
import type { FastifyPluginAsync } from 'fastify'
import type { VerifiedMessage } from '../signing/index.ts'
import { admission, isRefusal, type VerifySignatureOptions } from './admit.ts'
import { admitIncoming } from './admit-node.ts'
import type { ClientCertificate } from './client-certificate.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** What was verified; null where no signature was asked for. */
    verified: VerifiedMessage | null
    /** The certificate of the TLS client, from the source that was named. */
    clientCertificate: ClientCertificate | null
  }
}

/**
 * A plugin for Fastify 5, for the scope in which it is registered and those in it. It reads the body itself before
 * Fastify parses it, its length first, and hands the octets that were verified to Fastify's own parser. `request.verified`
 * and `request.clientCertificate` say who sent them. A refused request is answered with 401, or 413 where its body is too
 * long, and `{ "error": code }`.
 *
 * @throws TypeError on unknown options and an unknown profile
 *
 * @example
 * ```ts
 * import { fastify } from 'fastify'
 * import { verifySignature } from 'psd2-toolkit/adapters/fastify'
 * import type { Certificate } from 'psd2-toolkit/x509'
 *
 * declare const registered: Map<string, Certificate>
 * const app = fastify()
 * await app.register(verifySignature({ profile: 'bpce', resolveKey: (reference) => registered.get(reference.value) }))
 * app.post('/v1/consents', async (request) => ({ consent: request.body, id: request.verified?.requestId }))
 * ```
 */
export function verifySignature(options: VerifySignatureOptions): FastifyPluginAsync {
  const door = admission(options)
  const plugin: FastifyPluginAsync = async (app) => {
    if (!app.hasRequestDecorator('verified')) app.decorateRequest('verified', null)
    if (!app.hasRequestDecorator('clientCertificate')) app.decorateRequest('clientCertificate', null)
    app.addHook('preParsing', async (request, reply, payload) => {
      const outcome = await admitIncoming(door, request.raw, request.originalUrl, payload as Readable)
      if (isRefusal(outcome)) return reply.code(outcome.status).headers(outcome.headers).send(outcome.body)
      request.verified = outcome.verified
      request.clientCertificate = outcome.clientCertificate ?? null
      const { body } = outcome
      return Readable.from(body.length === 0 ? [] : [Buffer.from(body.buffer, body.byteOffset, body.length)])
    })
  }
  // Fastify's mark for a plugin that acts on the scope that registers it, not on one of its own.
  return Object.assign(plugin, { [Symbol.for('skip-override')]: true })
}
