import { createServer, type RequestListener, type Server } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import express from 'express'
import { Hono } from 'hono'
import { afterEach, describe, expect, it } from 'vitest'
import type { VerifySignatureOptions } from '../../src/adapters/admit.ts'
import { verifySignature as forExpress } from '../../src/adapters/express.ts'
import { verifySignature as forHono, type SignatureEnv } from '../../src/adapters/hono.ts'
import { toRequest } from '../../src/adapters/index.ts'
import type { Psd2Error } from '../../src/core/errors.ts'
import { nodeCrypto } from '../../src/crypto/node.ts'
import type { CryptoProvider } from '../../src/crypto/provider.ts'
import { type HttpMessage, MemoryReplayStore } from '../../src/http/index.ts'
import { frameworks, serverOf } from './frameworks.ts'
import { body, close, keyId, listen, now, octets, qwac, qwacPem, resolveKey, seal, send, signed } from './support.ts'

const servers: Server[] = []
afterEach(async () => {
  await Promise.all(servers.splice(0).map(close))
})

const escaped = encodeURIComponent(qwacPem)
const clientCert = `:${Buffer.from(qwac.bytes).toString('base64')}:`
const local = ['127.0.0.0/8']
const subject = String(qwac.subject)

type Headers = [string, string][]
const isSignature = ([name]: readonly [string, string]): boolean => name.toLowerCase() === 'signature'
const withHeader = (message: HttpMessage, ...lines: Headers): HttpMessage => ({
  ...message,
  headers: [...message.headers, ...lines],
})

/** What must be refused, and with which code. */
const refused: Readonly<Record<string, readonly [(message: HttpMessage) => HttpMessage, code: string]>> = {
  'a changed body': [(message) => ({ ...message, body: octets('{ "amount" : "9.00" }') }), 'DIGEST_MISMATCH'],
  'a changed path': [(message) => ({ ...message, target: message.target.replace('%2F', '/') }), 'SIGNATURE_INVALID'],
  'a changed query': [(message) => ({ ...message, target: message.target.replace('%20', '+') }), 'SIGNATURE_INVALID'],
  'another method': [(message) => ({ ...message, method: 'PUT' }), 'SIGNATURE_INVALID'],
  'no signature': [
    (message) => ({ ...message, headers: message.headers.filter((line) => !isSignature(line)) }),
    'SIGNATURE_MISSING',
  ],
  'a covered header twice': [(message) => withHeader(message, ['x-request-id', 'another']), 'REQUEST_ID_MISSING'],
  'two digests': [(message) => withHeader(message, ['Digest', 'SHA-256=AAAA']), 'DIGEST_ALGORITHM_TWICE'],
  'two signatures': [
    (message) => withHeader(message, message.headers.find(isSignature) as [string, string]),
    'SIGNATURE_HEADER_TWICE',
  ],
}

describe.each(Object.keys(frameworks))('%s', (name) => {
  const start = async (over: Partial<VerifySignatureOptions> = {}): Promise<number> => {
    const server = await serverOf(name, { profile: 'bpce', resolveKey, now, ...over })
    servers.push(server)
    return listen(server)
  }

  it('lets a signed request through, with the raw target and the body', async () => {
    const { status, json } = await send(await start(), await signed())
    expect({ status, json }).toEqual({
      status: 200,
      json: {
        body: { amount: '1.00' },
        requestId: '99391c7e-ad88-49ec-a2ad-99ddcb1f7721',
        subject: null,
        authorized: null,
        clientCert: null,
      },
    })
  })

  it('lets a request without a body through, and one in chunks', async () => {
    const port = await start()
    const get = await send(port, await signed({ method: 'GET', body: new Uint8Array(0) }))
    const chunked = await send(port, await signed(), { chunked: true })
    expect([get.status, chunked.status]).toEqual([200, 200])
    expect(chunked.json).toMatchObject({ body: { amount: '1.00' } })
  })

  it.each(Object.entries(refused))('refuses %s', async (_, [change, code]) => {
    const errors: Psd2Error[] = []
    const port = await start({ onError: (error) => errors.push(error) })
    const answer = await send(port, change(await signed()))
    expect({ status: answer.status, json: answer.json }).toEqual({ status: 401, json: { error: code } })
    expect(answer.headers['www-authenticate']).toBe('Signature')
    expect(errors.map((error) => error.code)).toEqual([code])
  })

  it('refuses a body that is announced too long, before it is sent', async () => {
    const { status, json } = await send(await start({ maxBody: body.length - 1 }), await signed(), { end: false })
    expect({ status, json }).toEqual({ status: 413, json: { error: 'LIMIT_BODY' } })
  })

  it('refuses a body that turns out too long before it hashes anything, and takes one of just the size', async () => {
    let hashes = 0
    const provider = nodeCrypto()
    const crypto: CryptoProvider = {
      ...provider,
      digest: (...given) => {
        hashes++
        return provider.digest(...given)
      },
    }
    const tight = await start({ maxBody: body.length - 1, crypto })
    const { status, json } = await send(tight, await signed(), { chunked: true })
    expect({ status, json, hashes }).toEqual({ status: 413, json: { error: 'LIMIT_BODY' }, hashes: 0 })
    const just = await start({ maxBody: body.length, crypto })
    expect((await send(just, await signed(), { chunked: true })).status).toBe(200)
    expect(hashes).toBeGreaterThan(0)
  })

  it('takes a body of 1 MiB where nothing else is said, and none longer', async () => {
    const port = await start()
    const whole = octets(JSON.stringify('x'.repeat(1_048_574)))
    expect((await send(port, await signed({ body: whole }))).status).toBe(200)
    const longer = await signed({ body: octets(JSON.stringify('x'.repeat(1_048_575))) })
    expect((await send(port, longer, { end: false })).status).toBe(413)
  })

  it('refuses a request that comes again', async () => {
    const port = await start({ replay: new MemoryReplayStore({ now }) })
    const message = await signed()
    const answers = [await send(port, message), await send(port, message)]
    expect(answers.map(({ status }) => status)).toEqual([200, 401])
    expect(answers[1]?.json).toEqual({ error: 'SIGNATURE_REPLAYED' })
  })

  it('leaves a failure of its own to the framework', async () => {
    const resolveKey = (): never => {
      throw new Error('the database is away')
    }
    const { status, json } = await send(await start({ resolveKey }), await signed())
    expect({ status, json }).toEqual({ status: 500, json: { failed: 'the database is away' } })
  })

  it('shows the certificate of a named proxy to resolver and handler', async () => {
    const seen: unknown[] = []
    const port = await start({
      clientCertificate: { from: 'client-cert', proxies: local },
      resolveKey: ({ value }, { clientCertificate }) => {
        seen.push(clientCertificate?.from)
        return value === keyId ? seal : undefined
      },
    })
    const { json } = await send(port, withHeader(await signed(), ['Client-Cert', clientCert]))
    expect(json).toMatchObject({ subject, authorized: null, clientCert })
    expect(seen).toEqual(['client-cert'])
    expect((await send(port, await signed())).json).toMatchObject({ subject: null })
  })

  it('reads the escaped PEM of nginx', async () => {
    const port = await start({ clientCertificate: { from: 'escaped-pem', header: 'X-Client', proxies: ['127.0.0.1'] } })
    const { json } = await send(port, withHeader(await signed(), ['X-Client', escaped], ['Client-Cert', clientCert]))
    expect(json).toMatchObject({ subject, clientCert: null })
  })

  const unnamed: Readonly<Record<string, VerifySignatureOptions['clientCertificate']>> = {
    'no source is named': undefined,
    'the socket is named': { from: 'socket' },
    'another peer is named': { from: 'client-cert', proxies: ['192.0.2.1', '2001:db8::/32'] },
  }
  it.each(Object.entries(unnamed))('ignores and removes Client-Cert where %s', async (_, clientCertificate) => {
    const port = await start(clientCertificate === undefined ? {} : { clientCertificate })
    const { status, json } = await send(port, withHeader(await signed(), ['Client-Cert', clientCert]))
    expect(status).toBe(200)
    expect(json).toMatchObject({ subject: null, clientCert: null })
  })

  const broken = {
    twice: [
      ['Client-Cert', clientCert],
      ['Client-Cert', clientCert],
    ],
    'as a token': [['Client-Cert', 'abc']],
    'as no certificate': [['Client-Cert', ':AAAA:']],
    'not as a structured field': [['Client-Cert', escaped]],
  } satisfies Record<string, Headers>
  it.each(Object.entries(broken))('refuses Client-Cert of a named proxy %s', async (_, lines) => {
    const port = await start({ clientCertificate: { from: 'client-cert', proxies: local } })
    const { status } = await send(port, withHeader(await signed(), ...lines))
    expect(status).toBe(401)
  })

  it('refuses options that mean nothing when it is made', async () => {
    const make = (over: object) =>
      serverOf(name, { profile: 'bpce', resolveKey, now, ...over } as VerifySignatureOptions)
    const wrong = [
      { at: now() },
      { profile: 'none' },
      { resolveKey: undefined },
      { maxBody: 1.5 },
      { clientCertificate: {} },
    ]
    for (const over of wrong) await expect(make(over)).rejects.toThrow(TypeError)
  })
})

describe('a parser before the middleware', () => {
  const servers: Server[] = []
  afterEach(async () => {
    await Promise.all(servers.splice(0).map(close))
  })
  const options = { profile: 'bpce', resolveKey, now } as const
  const answerOf = async (listener: RequestListener): Promise<number> => {
    const server = createServer(listener)
    servers.push(server)
    return (await send(await listen(server), await signed())).status
  }

  it('is a mistake in express', async () => {
    const app = express()
    const quiet: express.ErrorRequestHandler = (error, _request, response, _next) => {
      response.status(error instanceof TypeError ? 500 : 400).end()
    }
    app.use(express.json(), forExpress(options))
    app.use(quiet)
    expect(await answerOf(app)).toBe(500)
  })

  it('is a mistake in hono', async () => {
    const app = new Hono<SignatureEnv>()
    app.use(async (c, next) => {
      await c.req.text()
      await next()
    }, forHono(options))
    app.onError((error, c) => c.body(null, error instanceof TypeError ? 500 : 400))
    expect(await answerOf(getRequestListener(app.fetch))).toBe(500)
  })
})

it('hono without a server of Node verifies what the Fetch API shows', async () => {
  const app = new Hono<SignatureEnv>()
  app.use(forHono({ profile: 'bpce', resolveKey, now }))
  app.post('*', async (c) => c.json(await c.req.json()))
  const request = toRequest(await signed({ target: '/v1/payments?a=%20' }), 'https://api.example')
  const changed = new Request(request.clone(), { headers: [...request.headers, ['digest', 'SHA-256=AAAA']] })
  expect(await (await app.request(request)).json()).toEqual({ amount: '1.00' })
  expect((await app.request(changed)).status).toBe(401)
})
