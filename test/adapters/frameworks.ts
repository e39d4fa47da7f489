import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer, type ServerOptions } from 'node:https'
import { getRequestListener } from '@hono/node-server'
import express from 'express'
import { fastify } from 'fastify'
import { Hono } from 'hono'
import type { VerifySignatureOptions } from '../../src/adapters/admit.ts'
import { verifySignature as forExpress } from '../../src/adapters/express.ts'
import { verifySignature as forFastify } from '../../src/adapters/fastify.ts'
import { verifySignature as forHono, type SignatureEnv } from '../../src/adapters/hono.ts'

/** What the handler of each framework answers: what it saw of a verified request. */
export interface Seen {
  readonly body: unknown
  readonly requestId: string | undefined
  readonly subject: string | null
  readonly authorized: boolean | null
  readonly clientCert: string | null
}

type Build = (options: VerifySignatureOptions) => Promise<RequestListener>

export const frameworks: Readonly<Record<string, Build>> = {
  async hono(options) {
    const app = new Hono<SignatureEnv>()
    app.use(forHono(options))
    app.all('*', async (c) => {
      const shown = c.get('clientCertificate')
      return c.json({
        body: c.req.method === 'GET' ? null : await c.req.json(),
        requestId: c.get('verified').requestId,
        subject: shown === undefined ? null : String(shown.certificate.subject),
        authorized: shown?.authorized ?? null,
        clientCert: c.req.header('client-cert') ?? null,
      } satisfies Seen)
    })
    app.onError((error, c) => c.json({ failed: error.message }, 500))
    return getRequestListener(app.fetch)
  },
  async express(options) {
    const app = express()
    app.use('/v1', forExpress(options), express.json(), (request, response) => {
      const { verified, clientCertificate: shown } = response.locals
      response.json({
        body: request.method === 'GET' ? null : JSON.parse(request.body.toString()),
        requestId: verified.requestId,
        subject: shown === undefined ? null : String(shown.certificate.subject),
        authorized: shown?.authorized ?? null,
        clientCert: request.get('client-cert') ?? null,
      } satisfies Seen)
    })
    app.use(((error, _request, response, _next) => {
      response.status(500).json({ failed: error.message })
    }) as express.ErrorRequestHandler)
    return app
  },
  async fastify(options) {
    const app = fastify()
    await app.register(forFastify(options))
    app.all('/*', async (request) => {
      const shown = request.clientCertificate
      return {
        body: request.body ?? null,
        requestId: request.verified?.requestId,
        subject: shown === null ? null : String(shown.certificate.subject),
        authorized: shown?.authorized ?? null,
        clientCert: (request.headers['client-cert'] as string | undefined) ?? null,
      } satisfies Seen
    })
    app.setErrorHandler((error, _request, reply) => reply.code(500).send({ failed: (error as Error).message }))
    await app.ready()
    return (request, response) => app.routing(request, response)
  },
}

export async function serverOf(name: string, options: VerifySignatureOptions, tls?: ServerOptions): Promise<Server> {
  const listener = await (frameworks[name] as Build)(options)
  return tls === undefined ? createServer(listener) : createTlsServer(tls, listener)
}
