import fc from 'fast-check'
import type { Issued } from 'psd2-toolkit/issuance'
import { checkRegistrationRequest, type RequestCheck, requestRules } from 'psd2-toolkit/registration'
import { signRequest } from 'psd2-toolkit/signature'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { folderWith, psd2 } from '../cli/support.ts'
import { bodyOf, now, qsealc } from './support.ts'

interface Request {
  method: string
  target: string
  headers: [string, string][]
  body?: Uint8Array
}

const path = '/stet/setting/v1/register'
let seal: Issued
let key: string
let body: Uint8Array
const seen = new Set<string>()

beforeAll(async () => {
  seal = await qsealc()
  key = await seal.privateKeyPem()
  body = await bodyOf(seal)
})

async function signed(method: string, target: string, octets?: Uint8Array): Promise<Request> {
  const headers: [string, string][] = [['X-Request-ID', '1']]
  if (octets !== undefined) headers.push(['Content-Type', 'application/json'])
  const message = { method, target, headers, ...(octets === undefined ? {} : { body: octets }) }
  const result = await signRequest(message, { profile: 'bpce', key, keyId: 'https://tpp.example/q.pem', at: now })
  return { ...message, headers: [...headers, ...result.headers, ['authorization', 'bearer abc']] }
}

const form = (text: string): Request => ({
  method: 'POST',
  target: '/stet/psd2/oauth/token',
  headers: [['Content-type', 'application/x-www-form-urlencoded; charset=utf-8']],
  body: new TextEncoder().encode(text),
})
const tokenForm = 'client_id=PSD2_TPPRegister&grant_type=client_credentials&scope=manageRegistration'

async function check(request: Request): Promise<RequestCheck> {
  const result = await checkRegistrationRequest(request, { at: now })
  for (const { rule } of result.findings) seen.add(rule)
  return result
}

/** The findings of the request itself that refuse. */
function told({ findings }: RequestCheck): string[] {
  return findings
    .filter(({ rule, severity }) => rule.startsWith('request.') && severity !== 'notice')
    .map(({ rule, requirement, path: where }) => `${requirement} ${rule} ${where}`)
}

function without(request: Request, name: string): Request {
  return { ...request, headers: request.headers.filter(([other]) => other.toLowerCase() !== name) }
}

function replaced(request: Request, name: string, value: string): Request {
  return { ...without(request, name), headers: [...without(request, name).headers, [name, value]] }
}

describe('checkRegistrationRequest', () => {
  it('passes sound requests, and knows what they ask for', async () => {
    const requests: [string, Request][] = [
      ['token', form(tokenForm)],
      ['create', await signed('POST', path, body)],
      ['read', await signed('GET', `${path}/1PSDFR-ACPR-12345`)],
      ['update', await signed('PUT', `${path}/a%23b`, body)],
      ['remove', await signed('DELETE', `${path}/1PSDFR-ACPR-12345`)],
    ]
    for (const [operation, request] of requests) {
      const result = await check(request)
      expect([result.operation, result.verdict, told(result)], operation).toEqual([operation, 'pass', []])
      expect(result.body === undefined).toBe(operation !== 'create' && operation !== 'update')
    }
  })

  it.each<[string, string, string, string]>([
    ['another path', 'POST', '/stet/setting/v1/registers', 'R-001 request.resource target'],
    ['a query', 'POST', `${path}?x=1`, 'R-001 request.resource target'],
    ['PATCH', 'PATCH', `${path}/1`, 'R-094 request.method method'],
    ['HEAD', 'HEAD', `${path}/1`, 'R-094 request.method method'],
    ['GET of all', 'GET', path, 'R-094 request.method method'],
    ['GET of a token', 'GET', '/stet/psd2/oauth/token', 'R-094 request.method method'],
    ['a method in small letters', 'post', path, 'R-094 request.method method'],
  ])('refuses %s', async (_, method, target, expected) => {
    const result = await check({ method, target, headers: [] })
    expect([result.operation, result.verdict, told(result)]).toEqual([undefined, 'fail', [expected]])
  })

  it.each(['', '%2e%2e', 'a%2Fb', '%zz', '%00', 'a%20b', 'x'.repeat(257)])('refuses the client_id %j', async (id) => {
    expect(told(await check(await signed('GET', `${path}/${id}`)))).toEqual(['R-120 request.client-id target'])
  })

  it.each<[string, string, string[]]>([
    ['another grant', tokenForm.replace('client_credentials', 'password'), ['R-017 request.grant-type body']],
    ['another scope', tokenForm.replace('manageR', 'manager'), ['R-018 request.token-scope body']],
    ['another client_id', tokenForm.replace('PSD2_', ''), ['R-019 request.token-client-id body']],
    ['a parameter twice', `${tokenForm}&scope=aisp`, ['R-016 request.form body']],
    ['an octet that is none', `${tokenForm}&x=%zz`, ['R-016 request.form body']],
    ['too many parameters', `${tokenForm}${'&a=1'.repeat(40)}`, ['R-016 request.form body']],
    [
      'nothing',
      '',
      ['R-017 request.grant-type body', 'R-018 request.token-scope body', 'R-019 request.token-client-id body'],
    ],
  ])('refuses a token request with %s', async (_, text, expected) => {
    expect(told(await check(form(text)))).toEqual(expected)
  })

  it('refuses a token request that is announced as JSON', async () => {
    expect(told(await check(replaced(form(tokenForm), 'content-type', 'application/json')))).toEqual([
      'R-016 request.form headers.content-type',
    ])
  })

  it('refuses what lacks a header, by the row of its operation', async () => {
    const post = await signed('POST', path, body)
    const put = await signed('PUT', `${path}/1`, body)
    const get = await signed('GET', `${path}/1`)
    const remove = await signed('DELETE', `${path}/1`)
    const rows: [Request, string, string[]][] = [
      // An id that is covered and absent leaves the signature readable.
      [post, 'x-request-id', ['R-030 request.request-id headers.x-request-id']],
      [post, 'signature', ['R-031 request.signature headers.signature']],
      [post, 'digest', ['R-035 request.digest headers.digest']],
      [post, 'authorization', ['R-036 request.authorization headers.authorization']],
      [post, 'content-type', ['R-002 request.content-type headers.content-type']],
      [put, 'digest', ['R-101 request.digest headers.digest']],
      [put, 'content-type', ['R-116 request.content-type headers.content-type']],
      [get, 'x-request-id', ['R-120 request.request-id headers.x-request-id']],
      [get, 'authorization', ['R-120 request.authorization headers.authorization']],
      [remove, 'signature', ['R-130 request.signature headers.signature']],
    ]
    for (const [request, name, expected] of rows)
      expect(told(await check(without(request, name))), name).toEqual(expected)
  })

  it.each<[string, string, string, string]>([
    ['two tokens', 'authorization', 'Bearer a, Bearer b', 'R-036 request.authorization headers.authorization'],
    ['another scheme', 'authorization', 'Basic abc', 'R-036 request.authorization headers.authorization'],
    ['an id of blanks', 'x-request-id', 'a b', 'R-030 request.request-id headers.x-request-id'],
    ['an id of 129 characters', 'x-request-id', 'x'.repeat(129), 'R-030 request.request-id headers.x-request-id'],
    ['a digest of something else', 'digest', `SHA-256=${'A'.repeat(43)}=`, 'R-035 request.digest headers.digest'],
    ['a digest in MD5', 'digest', 'MD5=AAAAAAAAAAAAAAAAAAAAAA==', 'R-035 request.digest headers.digest'],
    ['a signature of no form', 'signature', 'x', 'R-031 request.signature headers.signature'],
    [
      'a signature that covers the date alone',
      'signature',
      'keyId="k",algorithm="rsa-sha256",headers="date",signature="AAAA"',
      'R-032 request.signature-covers headers.signature',
    ],
    [
      'a signature that leaves the digest out',
      'signature',
      'keyId="k",algorithm="rsa-sha256",headers="(request-target) x-request-id",signature="AAAA"',
      'R-032 request.signature-covers headers.signature',
    ],
  ])('refuses %s', async (_, name, value, expected) => {
    expect(told(await check(replaced(await signed('POST', path, body), name, value)))).toEqual([expected])
  })

  it('refuses a header that is there twice', async () => {
    const request = await signed('POST', path, body)
    const twice = { ...request, headers: [...request.headers, ['X-Request-Id', '2'] as [string, string]] }
    expect(told(await check(twice))).toEqual(['R-030 request.request-id headers.x-request-id'])
  })

  it('takes the digest of no octets on GET and refuses any other, and a body', async () => {
    const get = await signed('GET', `${path}/1`)
    const none = 'SHA-256=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='
    expect(told(await check(replaced(get, 'digest', none)))).toEqual([])
    expect(told(await check(replaced(get, 'digest', `SHA-256=${'A'.repeat(43)}=`)))).toEqual([
      'R-120 request.digest headers.digest',
    ])
    const withBody = await signed('DELETE', `${path}/1`, new Uint8Array([1]))
    expect(told(await check(withBody))).toEqual(['R-130 request.no-body body'])
  })

  it('tells what is wrong with the body too', async () => {
    const octets = new TextEncoder().encode('{"scope":"x"}')
    const result = await check(await signed('POST', path, octets))
    expect(result.verdict).toBe('fail')
    expect(told(result)).toEqual([])
    expect(result.findings.map(({ rule }) => rule)).toContain('registration.scope-values')
    expect((await check(await signed('POST', path, new TextEncoder().encode('{')))).verdict).toBe('unreadable')
  })

  it('tells a message that is none', async () => {
    const result = await check({ method: 'GET', target: path, headers: [['x y', '1']] })
    expect(result).toMatchObject({ verdict: 'unreadable', findings: [{ rule: 'request.message', severity: 'fatal' }] })
  })

  it('never throws on what may come', async () => {
    const text = fc.string({ maxLength: 40 })
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(text, fc.constantFrom('GET', 'POST', 'PUT', 'DELETE')),
        fc.oneof(text, fc.constantFrom(path, `${path}/1`, '/stet/psd2/oauth/token')),
        fc.array(
          fc.tuple(fc.oneof(text, fc.constantFrom('signature', 'digest', 'authorization', 'x-request-id')), text),
          { maxLength: 5 },
        ),
        fc.uint8Array({ maxLength: 60 }),
        async (method, target, headers, octets) => {
          const result = await checkRegistrationRequest({ method, target, headers, body: octets }, { at: now })
          expect(result.findings.filter(({ rule }) => rule.startsWith('engine.'))).toEqual([])
        },
      ),
      { numRuns: 200 },
    )
  })

  it.each<[string, unknown, unknown]>([
    ['a response', { status: 200, headers: [] }, { at: now }],
    ['an unknown option', { method: 'GET', target: path, headers: [] }, { at: now, operation: 'create' }],
    ['no moment', { method: 'GET', target: path, headers: [] }, {}],
  ])('takes %s for a mistake of the caller', async (_, message, options) => {
    await expect(checkRegistrationRequest(message as never, options as never)).rejects.toThrow(TypeError)
  })

  afterAll(() => {
    // Every rule was broken by a test above, and kept by the sound requests.
    expect(requestRules.map(({ id }) => id).filter((id) => !seen.has(id))).toEqual([])
  })
})

describe('psd2 registration check --request', () => {
  it('checks a whole request', async () => {
    const { headers } = await signed('POST', path, body)
    const message = { method: 'POST', target: path, headers, body: Buffer.from(body).toString('base64') }
    const folder = folderWith({
      'request.json': JSON.stringify(message),
      'unsigned.json': JSON.stringify({ ...message, headers: headers.filter(([name]) => name !== 'Signature') }),
      'response.json': JSON.stringify({ status: 200, headers: [] }),
    })
    const sound = await psd2(['registration', 'check', '--request', `${folder}/request.json`])
    expect([sound.code, sound.err]).toEqual([0, ''])
    const unsigned = await psd2(['registration', 'check', '--request', `${folder}/unsigned.json`])
    expect(unsigned.code).toBe(1)
    expect(unsigned.out).toContain('error R-031 request.signature\n')
    expect((await psd2(['registration', 'check', '--request', `${folder}/response.json`])).code).toBe(3)
  })
})
