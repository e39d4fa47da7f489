import type { Server } from 'node:http'
import { request } from 'node:https'
import { json } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rawHeadersOf } from '../../src/adapters/index.ts'
import { createTestAuthority, type Issued, type TestAuthority } from '../../src/issuance/index.ts'
import { parseCertificate } from '../../src/x509/index.ts'
import { frameworks, type Seen, serverOf } from './frameworks.ts'
import { close, listen, now, resolveKey, signed } from './support.ts'

describe('a client certificate on the TLS connection', () => {
  let authority: TestAuthority
  let server: Issued
  let client: Issued
  const running: Server[] = []

  beforeAll(async () => {
    authority = await createTestAuthority({ keyAlgorithm: 'P-256' })
    const psp = { organizationIdentifier: 'PSDFR-ACPR-12345', keyAlgorithm: 'P-256' } as const
    server = await authority.issueQwac({ ...psp, dnsNames: ['localhost'] })
    client = await authority.issueQwac({ ...psp, dnsNames: ['tpp.example.com'] })
  })
  afterAll(async () => {
    await Promise.all(running.map(close))
  })

  const tlsOf = async (identity: Issued) => ({
    cert: identity.chainPem(),
    key: await identity.privateKeyPem(),
    ca: authority.root.certificatePem(),
  })

  async function send(port: number, identity: Issued | undefined): Promise<{ status: number | undefined; seen: Seen }> {
    const message = await signed()
    const ca = authority.root.certificatePem()
    const tls = identity === undefined ? { ca } : await tlsOf(identity)
    return new Promise((resolve, reject) => {
      const outgoing = request({
        ...tls,
        host: '127.0.0.1',
        servername: 'localhost',
        port,
        method: message.method,
        path: message.target,
        headers: rawHeadersOf([...message.headers, ['Content-Length', String(message.body.length)]]),
        agent: false,
      })
      outgoing.setTimeout(5000, () => outgoing.destroy(new Error('no answer within five seconds')))
      outgoing.on('error', reject)
      outgoing.on('response', async (incoming) => {
        resolve({ status: incoming.statusCode, seen: (await json(incoming)) as Seen })
      })
      outgoing.end(message.body)
    })
  }

  it.each(Object.keys(frameworks))('reaches the handler of %s, and whether TLS found a path to it', async (name) => {
    const tls = { ...(await tlsOf(server)), requestCert: true, rejectUnauthorized: false }
    const options = { profile: 'bpce', resolveKey, now, clientCertificate: { from: 'socket' } } as const
    const https = await serverOf(name, options, tls)
    running.push(https)
    const port = await listen(https)
    const subject = String(parseCertificate(client.certificate).subject)
    expect(await send(port, client)).toMatchObject({ status: 200, seen: { subject, authorized: true } })
    expect(await send(port, undefined)).toMatchObject({ status: 200, seen: { subject: null, authorized: null } })

    const other = await createTestAuthority({ keyAlgorithm: 'P-256' })
    const stranger = await other.issueQwac({ organizationIdentifier: 'PSDFR-ACPR-12345', keyAlgorithm: 'P-256' })
    expect(await send(port, stranger)).toMatchObject({ status: 200, seen: { authorized: false } })
  })
})
