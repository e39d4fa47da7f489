import { constants } from 'node:crypto'
import { createServer, type Server, type ServerOptions } from 'node:https'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import type { Hono } from 'hono'

/** How {@link serveRegistration} listens. */
export interface ServeOptions {
  readonly app: Hono
  /** Default 0: any that is free. */
  readonly port?: number
  /** Address to listen on. Default `127.0.0.1`: this machine only. */
  readonly host?: string
  /** Certificate chain of the server and its key, PEM. */
  readonly tls: { readonly certificate: string; readonly key: string }
}

/** A server that listens. */
export interface RunningServer {
  readonly port: number
  readonly server: Server
  /** Takes no more requests, waits for those under way, then closes what is left after so many milliseconds. */
  close(within?: number): Promise<void>
}

/**
 * Serves an application over https and asks every client for its certificate. A client without one, or with one that nobody
 * trusts, gets an answer that says so. Connections are not renegotiated and not resumed, so that each shows a certificate.
 *
 * @example
 * ```ts
 * import { serveRegistration } from 'psd2-toolkit/server'
 * import type { Hono } from 'hono'
 *
 * declare const app: Hono
 * declare const tls: { certificate: string; key: string }
 * const { port, close } = await serveRegistration({ app, tls })
 * console.log(port)
 * await close()
 * ```
 */
export async function serveRegistration({
  app,
  port = 0,
  host = '127.0.0.1',
  tls,
}: ServeOptions): Promise<RunningServer> {
  const serverOptions: ServerOptions = {
    cert: tls.certificate,
    key: tls.key,
    requestCert: true,
    rejectUnauthorized: false,
    minVersion: 'TLSv1.2',
    secureOptions: constants.SSL_OP_NO_TICKET | constants.SSL_OP_NO_RENEGOTIATION,
    // A client has this long for its headers, and for the whole of its request.
    headersTimeout: 10_000,
    requestTimeout: 30_000,
    keepAliveTimeout: 30_000,
  }
  const server = createAdaptorServer({ fetch: app.fetch, createServer, serverOptions }) as Server
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
  return {
    port: (server.address() as AddressInfo).port,
    server,
    close: (within = 10_000) => closeServer(server, within),
  }
}

function closeServer(server: Server, within: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), within)
    // A connection that is kept open becomes idle once its last request is answered.
    const idle = setInterval(() => server.closeIdleConnections(), 50)
    server.close(() => {
      clearTimeout(timer)
      clearInterval(idle)
      resolve()
    })
    server.closeIdleConnections()
  })
}
