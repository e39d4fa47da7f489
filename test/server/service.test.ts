import { request } from 'node:https'
import { connect } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { checkRegistration } from '../../src/registration/index.ts'
import { createRegistrationApp, type RegistrationStore } from '../../src/server/index.ts'
import {
  agentOf,
  askToken,
  type Bank,
  bodyFor,
  callBank,
  host,
  octets,
  registerAt,
  registerPath,
  send,
  signedMessage,
  startBank,
  type Tpp,
  tokenOf,
} from './support.ts'

let bank: Bank
let tpp: Tpp
beforeAll(async () => {
  bank = await startBank()
  tpp = await bank.tpp()
}, 60_000)
afterAll(() => bank?.close())

const get = async (target: string, at: Bank = bank) =>
  send(at.port, { method: 'GET', target, headers: [host] }, await agentOf(undefined, at.authority, false))

/** A store whose every call fails. */
function failing(): RegistrationStore {
  const fail = async (): Promise<never> => {
    throw Object.assign(new Error('select token from tokens failed'), { code: 'ECONNREFUSED' })
  }
  return {
    addToken: fail,
    findToken: fail,
    findCall: fail,
    remember: fail,
    create: fail,
    replace: fail,
    remove: fail,
    waiting: fail,
    settle: fail,
    sweep: fail,
    ping: fail,
    close: async () => undefined,
  }
}

describe('/health', () => {
  it('says to anybody whether the store answers', async () => {
    expect(await get('/health')).toMatchObject({ status: 200, json: { status: 'up' } })
    const down = await startBank({ authority: bank.authority, openStore: async () => failing() })
    expect(await get('/health', down)).toMatchObject({ status: 503, json: { status: 'down' } })
    await down.close()
  })
})

describe('a store that fails', () => {
  it('is answered with 500 that says nothing, and with a line in the log that does', async () => {
    const down = await startBank({ authority: bank.authority, openStore: async () => failing() })
    const caller = await down.tpp()
    const answers = [await askToken(down, caller), await registerAt(down, caller, 'x'.repeat(43))]
    for (const { status, json } of answers) {
      expect([status, json]).toEqual([
        500,
        { error: 'server_error', error_description: 'INTERNAL: the server failed (try again later)' },
      ])
    }
    const failures = down.log.filter(({ level }) => level === 'error')
    expect(failures.map(({ message }) => message)).toEqual([
      'a request failed',
      'answered with a failure',
      'a request failed',
      'answered with a failure',
    ])
    expect(failures[0]?.fields).toMatchObject({ code: 'ECONNREFUSED', frames: expect.any(Array) })
    expect(JSON.stringify(failures)).not.toContain('select token')
    await down.close()
  })
})

describe('tokens and signatures that have ended', () => {
  it('are forgotten when a token is asked for, by an application that nobody reminds of it', async () => {
    const own = await startBank({ authority: bank.authority })
    try {
      const caller = await own.tpp()
      // Now, and not before: a certificate counts from the second in which it was made.
      own.now = new Date()
      const token = await tokenOf(own, caller)
      expect((await registerAt(own, caller, token)).status).toBe(201)
      // An hour and a day.
      own.now = new Date(own.now.getTime() + 90_001_000)
      await tokenOf(own, caller)
      // The one that was given just now.
      await vi.waitFor(async () => expect(await own.rows('select 1 from tokens')).toHaveLength(1), 5000)
      expect(await own.rows('select 1 from replays')).toHaveLength(1)
    } finally {
      await own.close()
    }
  })

  it('stay where the store fails, with a line in the log, and the token is given', async () => {
    const sweeps: Date[] = []
    const own = await startBank({
      authority: bank.authority,
      openStore: async () => ({
        ...failing(),
        addToken: async () => undefined,
        sweep: async (at) => {
          sweeps.push(at)
          throw new Error('a secret of the database')
        },
      }),
    })
    try {
      const caller = await own.tpp()
      for (const minutes of [0, 5, 11]) {
        own.now = new Date(Date.UTC(2026, 10, 26, 12, minutes))
        expect((await askToken(own, caller)).status).toBe(200)
      }
      expect(sweeps.map((at) => at.getUTCMinutes())).toEqual([0, 11])
      const warned = own.log.filter(({ message }) => message === 'what has ended was not forgotten')
      expect(warned.map(({ level }) => level)).toEqual(['warn', 'warn'])
      expect(JSON.stringify(warned)).not.toContain('secret')
    } finally {
      await own.close()
    }
  })
})

describe('the limit of requests', () => {
  it('refuses with Retry-After, by the clock, and lets other connections of the same address wait too', async () => {
    const limited = await startBank({ authority: bank.authority, rateLimit: { burst: 3, perSecond: 0.5 } })
    try {
      const caller = await limited.tpp()
      limited.now = new Date()
      const statuses: number[] = []
      for (let i = 0; i < 4; i++) statuses.push((await askToken(limited, caller)).status)
      expect(statuses).toEqual([200, 200, 200, 429])
      const refused = await askToken(limited, caller)
      expect(refused).toMatchObject({
        status: 429,
        json: { error: 'too_many_requests' },
        headers: { 'retry-after': '2' },
      })
      limited.now = new Date(limited.now.getTime() + 2000)
      expect((await askToken(limited, caller)).status).toBe(200)
      expect(limited.log.filter(({ fields }) => fields.code === 'RATE_LIMIT')).toHaveLength(2)
    } finally {
      await limited.close()
    }
  })
})

describe('a client that goes away', () => {
  it('within its request leaves no failure in the log, and the server answers on', async () => {
    const before = bank.log.length
    const body = octets(JSON.stringify(await bodyFor(tpp)))
    const token = await tokenOf(bank, tpp)
    const message = await signedMessage(tpp, { method: 'POST', target: registerPath, token, body })
    const agent = await agentOf(tpp.qwac, bank.authority, false)
    await new Promise<void>((resolve) => {
      const outgoing = request({
        host: '127.0.0.1',
        port: bank.port,
        method: 'POST',
        path: registerPath,
        headers: [...message.headers, ['Content-Length', String(body.length)]].flat(),
        agent,
      })
      outgoing.on('error', () => resolve())
      outgoing.write(body.subarray(0, 100))
      setTimeout(() => outgoing.destroy(), 100)
    })
    await new Promise((resolve) => setTimeout(resolve, 200))
    const lines = bank.log.slice(before)
    expect(lines.filter(({ level }) => level === 'error')).toEqual([])
    expect(await bank.rows('select 1 from clients')).toEqual([])
    expect((await send(bank.port, message, tpp.agent)).status).toBe(201)
  })

  it('before its answer finds what it registered: the refusal of the next try names the client', async () => {
    const other = await bank.tpp()
    const token = await tokenOf(bank, other)
    const body = octets(JSON.stringify(await bodyFor(other)))
    const message = await signedMessage(other, { method: 'POST', target: registerPath, token, body })
    const agent = await agentOf(other.qwac, bank.authority, false)
    await new Promise<void>((resolve) => {
      const outgoing = request({
        host: '127.0.0.1',
        port: bank.port,
        method: 'POST',
        path: registerPath,
        headers: [...message.headers, ['Content-Length', String(body.length)]].flat(),
        agent,
      })
      outgoing.on('error', () => resolve())
      outgoing.on('close', () => resolve())
      outgoing.end(body, () => setTimeout(() => outgoing.destroy(), 5))
    })
    const stored = async () =>
      (await bank.rows(`select client_id from clients where owner = '${other.identifier}' order by created_at desc`))[0]
    for (let i = 0; i < 100 && (await bank.rows('select 1 from clients')).length < 2; i++) {
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    const again = await registerAt(bank, other, token)
    expect(again.status).toBe(400)
    expect(again.json.error_description).toContain(
      `SEAL_TAKEN: this certificate set has a client already: ${(await stored())?.client_id}`,
    )
  })

  it('after a request line or a Host that nobody can read gets a refusal, and no failure is logged', async () => {
    const before = bank.log.length
    const lines = [
      'OPTIONS * HTTP/1.1\r\nHost: localhost',
      `GET https://evil.example${registerPath}/x HTTP/1.1\r\nHost: localhost`,
      `GET //evil.example${registerPath}/x HTTP/1.1\r\nHost: localhost`,
      `GET ${registerPath}/x HTTP/1.1\r\nHost: a b`,
      `GET ${registerPath}/x HTTP/1.1\r\nHost: localhost\r\nHost: evil.example`,
      `GET ${registerPath}/x HTTP/1.0`,
      `GET ${registerPath}/x HTTP/1.1`,
      `GET ${registerPath}/\xff HTTP/1.1\r\nHost: localhost`,
      `PURGE ${registerPath}/x HTTP/1.1\r\nHost: localhost`,
      `POST ${registerPath} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked`,
      `POST ${registerPath} HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1`,
      `CONNECT ${registerPath} HTTP/1.1\r\nHost: localhost`,
    ]
    for (const line of lines) {
      const answer = await rawAnswer(`${line}\r\nConnection: close\r\n\r\n`)
      expect([line, answer]).toEqual([line, expect.stringMatching(/^(?:$|HTTP\/1\.1 4)/)])
    }
    expect(bank.log.slice(before).filter(({ level }) => level === 'error')).toEqual([])
    expect((await get('/health')).status).toBe(200)
  })

  /** What comes back to octets that are sent over TLS as they are; empty where the connection is only closed. */
  async function rawAnswer(octetsSent: string): Promise<string> {
    const socket = connectTls({
      port: bank.port,
      host: '127.0.0.1',
      ca: bank.authority.root.certificatePem(),
      servername: 'localhost',
    })
    let received = ''
    socket.setEncoding('latin1')
    socket.on('data', (chunk) => {
      received += chunk
    })
    const ended = new Promise((resolve) => socket.on('close', resolve))
    socket.on('error', () => undefined)
    socket.setTimeout(5000, () => socket.destroy())
    socket.once('secureConnect', () => socket.write(octetsSent, 'latin1'))
    await ended
    return received
  }

  it('in the TLS handshake, or with what is no HTTP, does no harm', async () => {
    for (const text of ['GET / HTTP/1.1\r\n\r\n', '\x16\x03\x01\x00\x05hello', '']) {
      await new Promise<void>((resolve) => {
        const socket = connect(bank.port, '127.0.0.1', () => socket.end(text))
        socket.on('error', () => undefined)
        socket.on('close', () => resolve())
        socket.resume()
      })
    }
    expect((await get('/health')).status).toBe(200)
  })
})

describe('the end of the server', () => {
  it('waits for the request that is under way and takes no other', async () => {
    const ending = await startBank({ authority: bank.authority })
    const caller = await ending.tpp()
    const token = await tokenOf(ending, caller)
    const under = registerAt(ending, caller, token)
    await new Promise((resolve) => setTimeout(resolve, 15))
    const closed = ending.close()
    expect([201, 'refused']).toContain(
      await under.then(
        ({ status }) => status,
        () => 'refused',
      ),
    )
    await closed
    await expect(get('/health', ending)).rejects.toThrow()
  })
})

describe('the options of createRegistrationApp', () => {
  const sound = () => ({
    store: bank.store,
    trust: async () => undefined,
    clientCertificate: { from: 'socket' } as const,
    environment: 'sandbox' as const,
  })
  const wrong: Readonly<Record<string, object>> = {
    'an unknown name': { polcy: 'seed' },
    'an unknown policy': { policy: 'strict' },
    'no trust': { trust: undefined },
    'no source of certificates': { clientCertificate: undefined },
    'another environment': { environment: 'test' },
    'a limit that is none': { rateLimit: { burst: 0, perSecond: 1 } },
    'a size that is none': { maxBody: -1 },
  }
  it.each(Object.entries(wrong))('are refused with %s', async (_, change) => {
    await expect(createRegistrationApp({ ...sound(), ...change } as never)).rejects.toThrow(TypeError)
  })

  it('are taken when they are sound', async () => {
    expect((await createRegistrationApp(sound())).routes.length).toBeGreaterThan(0)
  })
})

describe('/openapi.json', () => {
  interface Document {
    readonly openapi: string
    readonly paths: Record<string, Record<string, { responses: Record<string, Response>; requestBody?: Body }>>
    readonly components: { readonly schemas: Record<string, Schema> }
  }
  type Schema = { readonly [name: string]: unknown }
  type Body = { readonly content: Record<string, { readonly schema: Schema }> }
  type Response = { readonly content?: Record<string, { readonly schema: Schema }> }

  let document: Document
  beforeAll(async () => {
    document = (await get('/openapi.json')).json
  })

  /** What of a value is not as a schema says: the keywords that the document uses, and no other. */
  function breaches(value: unknown, schema: Schema, at = ''): string[] {
    const { $ref } = schema
    if (typeof $ref === 'string') {
      return breaches(value, document.components.schemas[$ref.split('/').at(-1) as string] as Schema, at)
    }
    const found: string[] = []
    for (const [keyword, wanted] of Object.entries(schema)) {
      const check = keywords[keyword]
      if (check === undefined) throw new Error(`the schema has the keyword ${keyword}`)
      found.push(...check(value, wanted, at))
    }
    return found
  }

  const unless = (holds: boolean, what: string): string[] => (holds ? [] : [what])
  const typeOf = (value: unknown): string =>
    value === null ? 'null' : Array.isArray(value) ? 'array' : Number.isInteger(value) ? 'integer' : typeof value
  const keywords: Record<string, (value: unknown, wanted: unknown, at: string) => string[]> = {
    type: (value, wanted, at) => unless([wanted].flat().includes(typeOf(value)), `${at} is ${typeOf(value)}`),
    const: (value, wanted, at) => unless(value === wanted, `${at} is not ${String(wanted)}`),
    required: (value, wanted, at) =>
      (wanted as string[]).flatMap((name) => unless(Object.hasOwn(value as object, name), `${at}/${name} is missing`)),
    properties: (value, wanted, at) =>
      Object.entries(wanted as Record<string, Schema>).flatMap(([name, schema]) =>
        Object.hasOwn(value as object, name) ? breaches((value as Schema)[name], schema, `${at}/${name}`) : [],
      ),
    items: (value, wanted, at) =>
      (value as unknown[]).flatMap((item, i) => breaches(item, wanted as Schema, `${at}/${i}`)),
    minItems: (value, wanted, at) => unless((value as unknown[]).length >= Number(wanted), `${at} is too short`),
    maxItems: (value, wanted, at) => unless((value as unknown[]).length <= Number(wanted), `${at} is too long`),
    minLength: (value, wanted, at) => unless(String(value).length >= Number(wanted), `${at} is too short`),
    pattern: (value, wanted, at) => unless(new RegExp(String(wanted)).test(String(value)), `${at} has another form`),
    format: () => [],
    description: () => [],
    examples: () => [],
  }

  function schemaOf(path: string, method: string, status: number): Schema | undefined {
    const response = document.paths[path]?.[method]?.responses[String(status)]
    expect(response, `${method} ${path} ${status} is described`).toBeDefined()
    return response?.content?.['application/json']?.schema
  }

  it.each(['create', 'update'] as const)('asks for the members that the rules ask for: %s', async (operation) => {
    const schema = document.components.schemas[operation === 'create' ? 'Create' : 'Update'] as {
      readonly required: string[]
      readonly properties: Record<string, unknown>
    }
    const whole = await bodyFor(tpp)
    const at = new Date()
    const verdictOf = async (body: object): Promise<string> =>
      (await checkRegistration(octets(JSON.stringify(body)), { operation, at, environment: 'sandbox' })).verdict
    expect(await verdictOf(whole)).toBe('pass')
    for (const name of Object.keys(schema.properties)) {
      const { [name]: _, ...rest } = whole
      expect([name, await verdictOf(rest)]).toEqual([name, schema.required.includes(name) ? 'fail' : 'pass'])
    }
  })

  it('describes every operation, and nothing else', () => {
    expect(document.openapi).toBe('3.1.0')
    const operations = Object.entries(document.paths).map(([path, item]) => [path, Object.keys(item)])
    expect(operations).toEqual([
      ['/stet/psd2/oauth/token', ['post']],
      ['/stet/setting/v1/register', ['post']],
      ['/stet/setting/v1/register/{client_id}', ['get', 'put', 'delete']],
    ])
  })

  it.each(['seed', 'observed', 'rfc'] as const)(
    'describes what a server answers that reads the page as %s',
    async (policy) => {
      const server = await startBank({ authority: bank.authority, policy })
      document = (await get('/openapi.json', server)).json
      const caller = await server.tpp()
      const one = `${registerPath}/{client_id}`
      const asked = await askToken(server, caller)
      const token = asked.json.access_token
      const created = await registerAt(server, caller, token)
      const target = `${registerPath}/${created.json.client_id}`
      const body = octets(JSON.stringify(await bodyFor(caller)))
      const read = await callBank(server, caller, { method: 'GET', target, token })
      const put = await callBank(server, caller, { method: 'PUT', target, token, body })
      const large = await registerAt(server, caller, token, { software_id: 'x'.repeat(70_000) })
      const removed = await callBank(server, caller, { method: 'DELETE', target, token })
      const answers = [
        ['/stet/psd2/oauth/token', 'post', asked],
        ['/stet/psd2/oauth/token', 'post', await askToken(server, caller, 'scope=x')],
        [
          '/stet/psd2/oauth/token',
          'post',
          await askToken(server, { agent: await agentOf(undefined, server.authority) }),
        ],
        [registerPath, 'post', created],
        [registerPath, 'post', await registerAt(server, caller, 'x'.repeat(43))],
        [registerPath, 'post', await registerAt(server, caller, token, { scope: 'x' })],
        [registerPath, 'post', large],
        [one, 'get', read],
        [one, 'put', put],
        [one, 'delete', removed],
        [one, 'get', await callBank(server, caller, { method: 'GET', target, token })],
      ] as const
      expect(created.status).toBe(policy === 'observed' ? 200 : 201)
      for (const [path, method, answer] of answers) {
        const schema = schemaOf(path, method, answer.status)
        // What was seen of the bank has null for what is absent, and names in capitals.
        const lenient = policy === 'observed' && answer.status === 200 && path !== '/stet/psd2/oauth/token'
        if (schema !== undefined && !lenient) expect(breaches(answer.json, schema)).toEqual([])
        else if (schema === undefined) expect(answer.text).toBe('')
      }
      const wanted = document.paths[registerPath]?.post?.requestBody?.content['application/json']?.schema as Schema
      expect(breaches(await bodyFor(caller), wanted)).toEqual([])
      expect(breaches(await bodyFor(caller, { scope: 'aisp pisp', jwks: undefined }), wanted)).toEqual([
        '/jwks is missing',
        '/scope has another form',
      ])
      await server.close()
    },
  )
})
