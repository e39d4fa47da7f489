import { createServer, type Server } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { messageOfNode, type SignedFetchOptions, signedFetch } from '../../src/adapters/index.ts'
import { nodeCrypto } from '../../src/crypto/node.ts'
import type { HttpMessage } from '../../src/http/index.ts'
import { verifyRequest } from '../../src/signing/index.ts'
import { profileOf } from '../../src/signing/profiles/index.ts'
import { at, close, listen, now, octets, seal, signing } from './support.ts'

describe('signedFetch', () => {
  const received: HttpMessage[] = []
  let server: Server
  let origin: string

  beforeAll(async () => {
    server = createServer(async (request, response) => {
      received.push(messageOfNode(request, await buffer(request)))
      response.writeHead(request.url === '/old' ? 308 : 200, request.url === '/old' ? { Location: '/new' } : {})
      response.end('done')
    })
    origin = `http://127.0.0.1:${await listen(server)}`
  })
  afterAll(() => close(server))

  let ids = 0
  const requestId = (): string => `id-${++ids}`
  const options: SignedFetchOptions = { ...signing, now, requestId }
  const last = (): HttpMessage => received.at(-1) as HttpMessage
  const header = (name: string): string[] =>
    last().headers.flatMap(([given, value]) => (given.toLowerCase() === name ? [value] : []))
  const verifyLast = (profile: SignedFetchOptions['profile'] = 'bpce') =>
    verifyRequest(last(), { profile, resolveKey: () => seal, at })

  const bodies: Readonly<Record<string, RequestInit>> = {
    'no body': {},
    text: { method: 'POST', body: 'é' },
    octets: { method: 'PUT', body: octets('{}') },
    'a form': { method: 'POST', body: new URLSearchParams({ a: '1 2' }) },
    'an upload whose boundary fetch chooses': { method: 'POST', body: formOf('b') },
    'an empty POST': { method: 'POST' },
  }
  it.each(Object.entries(bodies))('signs %s as it is sent', async (_, init) => {
    const response = await signedFetch(fetch, options)(`${origin}/v1/../a%2Fb?x=%20y+z#part`, init)
    expect(response.status).toBe(200)
    expect(last().target).toBe('/a%2Fb?x=%20y+z')
    expect((await verifyLast()).requestId).toBe(`id-${ids}`)
  })

  it('names who signs, where the scheme wants that', async () => {
    const { key, keyId } = signing
    const issuer = 'PSDGB-FCA-123456'
    const send = signedFetch(fetch, { profile: 'obie', key, keyId, issuer, now })
    await send(`${origin}/open-banking`, { method: 'POST', body: '{}' })
    expect((await verifyLast('obie')).parameters.get('iss')).toBe(issuer)
  })

  it('imports its key once, and again where that failed', async () => {
    let imports = 0
    const crypto = nodeCrypto()
    const importPrivateKey: typeof crypto.importPrivateKey = async (pkcs8) => {
      if (++imports === 1) throw new Error('the module is locked')
      return crypto.importPrivateKey(pkcs8)
    }
    const send = signedFetch(fetch, { ...options, crypto: { ...crypto, importPrivateKey } })
    await expect(send(`${origin}/v1`)).rejects.toThrow('the module is locked')
    await send(`${origin}/v1`)
    await send(`${origin}/v1`)
    expect(imports).toBe(2)
  })

  it('signs a Request, with its own x-request-id and body', async () => {
    const input = new Request(`${origin}/v1`, { method: 'POST', body: '{}', headers: { 'X-Request-ID': 'mine' } })
    await signedFetch(fetch, options)(input)
    expect((await verifyLast()).requestId).toBe('mine')
    expect(new TextDecoder().decode(last().body)).toBe('{}')
  })

  it('signs Host, Date and Content-Length as fetch sends them', async () => {
    const bpce = profileOf('bpce')
    const covered = ['(request-target)', 'host', 'date', 'content-length', 'digest', 'x-request-id']
    const profile = { ...bpce, components: { withBody: covered, withoutBody: covered } }
    await signedFetch(fetch, { ...options, profile, date: true })(`${origin}/v1`, { method: 'POST', body: '{}' })
    expect((await verifyLast(profile)).components).toEqual(covered)
    expect(header('date')).toEqual([at.toUTCString()])
  })

  it('follows no redirect, and sends nothing twice', async () => {
    const before = received.length
    const response = await signedFetch(fetch, options)(new Request(`${origin}/old`, { redirect: 'follow' }))
    expect(response.status).toBe(308)
    expect(received.length).toBe(before + 1)
    await expect(signedFetch(fetch, options)(`${origin}/old`, { redirect: 'error' })).rejects.toThrow(TypeError)
    expect(received.length).toBe(before + 2)
    await expect(signedFetch(fetch, options)(`${origin}/old`, { redirect: 'follow' })).rejects.toThrow('no redirect')
    expect(received.length).toBe(before + 2)
  })

  it('signs anew when the caller calls again', async () => {
    const send = signedFetch(fetch, options)
    const signatures: string[][] = []
    for (let i = 0; i < 2; i++) {
      await send(`${origin}/v1`, { method: 'POST', body: '{}' })
      signatures.push(header('signature'))
    }
    expect(signatures[0]).not.toEqual(signatures[1])
  })

  it('hands on what the caller gave: signal, dispatcher', async () => {
    const given: RequestInit[] = []
    const dispatcher = {}
    const spy = async (_: string, init: RequestInit): Promise<Response> => {
      given.push(init)
      return new Response()
    }
    const init = { dispatcher, method: 'POST', body: 'x' } as RequestInit
    await signedFetch(spy, options)('https://api.example/a', init)
    expect(given[0]).toMatchObject({ dispatcher, method: 'POST', redirect: 'manual', body: octets('x') })
    const stopped = signedFetch(fetch, options)(`${origin}/v1`, { signal: AbortSignal.abort() })
    await expect(stopped).rejects.toMatchObject({ name: 'AbortError' })
  })

  it('refuses what it cannot sign, before anything is sent', async () => {
    const before = received.length
    const { requestId: _, ...without } = options
    await expect(signedFetch(fetch, without)(`${origin}/v1`)).rejects.toMatchObject({ code: 'REQUEST_ID_MISSING' })
    const signedAlready = { headers: { Signature: 'keyId="a"' } }
    await expect(signedFetch(fetch, options)(`${origin}/v1`, signedAlready)).rejects.toThrow(TypeError)
    expect(received.length).toBe(before)
  })

  it('refuses unknown options and profiles when it is made', () => {
    expect(() => signedFetch(fetch, { ...options, at } as never)).toThrow("unknown option 'at'")
    expect(() => signedFetch(fetch, { ...options, profile: 'none' as never })).toThrow(TypeError)
    expect(() => signedFetch(undefined as never, options)).toThrow(TypeError)
  })
})

function formOf(value: string): FormData {
  const form = new FormData()
  form.set('a', value)
  return form
}
