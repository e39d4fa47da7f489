import { createServer, request, type Server } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  linesOfRawHeaders,
  messageOfNode,
  messageOfRequest,
  messageOfResponse,
  rawHeadersOf,
  responseOfNode,
  toNodeRequest,
  toRequest,
  toResponse,
} from '../../src/adapters/index.ts'
import type { HttpMessage, HttpResponse } from '../../src/http/index.ts'
import { verifyRequest } from '../../src/signing/index.ts'
import { at, body, close, listen, octets, seal, signed } from './support.ts'

const nothing = new Uint8Array(0)

describe('node:http', () => {
  const received: HttpMessage[] = []
  let server: Server
  let port: number
  beforeAll(async () => {
    server = createServer(async (incoming, response) => {
      received.push(messageOfNode(incoming, await buffer(incoming)))
      response.writeHead(
        201,
        rawHeadersOf([
          ['X-A', '1'],
          ['Set-Cookie', 'a'],
          ['x-a', '2'],
          ['Content-Length', '2'],
        ]),
      )
      response.end('ok')
    })
    port = await listen(server)
  })
  afterAll(() => close(server))

  it('carries target, order, case and duplicates there and back', async () => {
    const headers: [string, string][] = [
      ['x-Twice', 'b'],
      ['Host', 'api.example'],
      ['X-TWICE', 'a'],
      ['Content-Length', '2'],
      ['Cookie', 'c'],
    ]
    const message = { method: 'POST', target: '/a/../b//c?%zz=%41&', headers, body: octets('{}') }
    const answer = await new Promise<HttpResponse>((resolve, reject) => {
      const outgoing = request({ host: '127.0.0.1', port, agent: false, ...toNodeRequest(message) })
      outgoing.on('error', reject)
      outgoing.on('response', async (incoming) => resolve(responseOfNode(incoming, await buffer(incoming), message)))
      outgoing.end(message.body)
    })
    const { body: got, ...rest } = received.at(-1) as HttpMessage
    expect(rest.headers.slice(0, headers.length)).toEqual(headers)
    expect({ method: rest.method, target: rest.target }).toEqual({ method: 'POST', target: message.target })
    expect(new Uint8Array(got as Uint8Array)).toEqual(message.body)
    expect(answer).toMatchObject({ status: 201, request: message })
    expect(answer.headers.slice(0, 3)).toEqual([
      ['X-A', '1'],
      ['Set-Cookie', 'a'],
      ['x-a', '2'],
    ])
  })

  it('takes :authority of HTTP/2 for Host and drops pseudo-headers', () => {
    const rawHeaders = [':method', 'GET', ':path', '/a', ':authority', 'api.example', 'x-a', '1']
    expect(messageOfNode({ method: 'GET', url: '/a', rawHeaders }, nothing).headers).toEqual([
      ['host', 'api.example'],
      ['x-a', '1'],
    ])
  })

  it('refuses what is no message', () => {
    expect(() => linesOfRawHeaders(['a'])).toThrow(TypeError)
    expect(() => messageOfNode({ rawHeaders: [] }, nothing)).toThrow(TypeError)
    expect(() => responseOfNode({ rawHeaders: [] }, nothing)).toThrow(TypeError)
  })
})

describe('the Fetch API', () => {
  it('gives a signed request that verifies, there and back', async () => {
    const message = await signed({ target: '/v1/a%2Fb?x=%20' })
    const {
      method,
      target,
      headers,
      body: octetsBack,
    } = await messageOfRequest(toRequest(message, 'https://api.example'))
    const back = { method, target, headers, body: octetsBack }
    const options = { profile: 'bpce', resolveKey: () => seal, at } as const
    expect((await verifyRequest(back, options)).digests).toHaveLength(1)
  })

  it('cuts the fragment, adds Host, and takes the target that the caller knows', async () => {
    const url = 'https://api.example:8443/b?c#d'
    expect(await messageOfRequest(new Request(url))).toMatchObject({
      target: '/b?c',
      headers: [['host', 'api.example:8443']],
    })
    expect((await messageOfRequest(new Request(url), { target: '/prefix/b?c' })).target).toBe('/prefix/b?c')
  })

  it.each(['/a/../b', '/a b', '/a#b', 'https://api.example/a/./b'])('refuses to make a Request of %s', (target) => {
    expect(() => toRequest({ method: 'GET', target, headers: [] }, 'https://api.example')).toThrow(TypeError)
  })

  it('joins lines of one name as signatures do, and keeps those of Set-Cookie', async () => {
    const headers: [string, string][] = [
      ['X-A', '1'],
      ['x-a', '2'],
      ['Set-Cookie', 'a'],
      ['Set-Cookie', 'b'],
    ]
    const message = await messageOfResponse(toResponse({ status: 200, headers, body }))
    expect(message.headers).toEqual([
      ['set-cookie', 'a'],
      ['set-cookie', 'b'],
      ['x-a', '1, 2'],
    ])
    expect(message.body).toEqual(body)
  })

  it('reads no more of a body than allowed', async () => {
    const upload = () => new Request('https://api.example/', { method: 'POST', body })
    await expect(messageOfRequest(upload(), { maxBody: body.length - 1 })).rejects.toMatchObject({ code: 'LIMIT_BODY' })
    expect((await messageOfRequest(upload(), { maxBody: body.length })).body).toEqual(body)
    await expect(messageOfResponse(new Response(body), { maxBody: 1 })).rejects.toMatchObject({ code: 'LIMIT_BODY' })
    await expect(messageOfRequest(upload(), { maxBody: -1 })).rejects.toThrow(TypeError)
    await expect(messageOfRequest(upload(), { limit: 1 } as never)).rejects.toThrow("unknown option 'limit'")
  })
})
