import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { inspect } from 'node:util'
import { RegistrationClient, type RegistrationClientOptions, type RegistrationError } from 'psd2-toolkit/client'
import { nodeCrypto } from 'psd2-toolkit/crypto/node'
import type { Issued } from 'psd2-toolkit/issuance'
import { signResponse, verifyRequest } from 'psd2-toolkit/signature'
import { parseCertificate } from 'psd2-toolkit/x509'
import { Agent } from 'undici'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { temporary } from '../issuance/support.ts'
import { bodyOf, now, qsealc, qwac } from '../registration/support.ts'
import { type Answer, type Bank, headerOf, json, type Seen, startBank, token } from './bank.ts'

let bank: Bank
let seal: Issued
let web: Issued
let nextSeal: Issued
let nextWeb: Issued
let body: Uint8Array
let clients: RegistrationClient[] = []
let keys: { seal: string; web: string; nextSeal: string; nextWeb: string }

const url = 'https://tpp.example/certs/qsealc.pem'
const registered = {
  client_id: '1PSDFR-ACPR-12345-0-RWMH',
  grant_types: ['CLIENT_CREDENTIALS'],
  software_version: null,
}
const id = registered.client_id

beforeAll(async () => {
  ;[seal, web, nextSeal, nextWeb] = await Promise.all([
    qsealc(),
    qwac(),
    qsealc({}, 'qsealc-rsa-3072'),
    qwac({}, 'leaf-p-384'),
  ])
  const issued = [seal, web, nextSeal, nextWeb]
  const [sealKey, webKey, nextSealKey, nextWebKey] = await Promise.all(issued.map((one) => one.privateKeyPem()))
  keys = { seal: sealKey ?? '', web: webKey ?? '', nextSeal: nextSealKey ?? '', nextWeb: nextWebKey ?? '' }
  bank = await startBank(await qwac({ dnsNames: ['localhost'] }, 'qwac-rsa-3072'))
  body = await bodyOf(seal)
})

afterAll(() => bank.close())

beforeEach(() => {
  bank.seen.length = 0
  bank.answer = () => json(201, registered)
  bank.answerToken = () => json(200, { access_token: token })
})

afterEach(async () => {
  await Promise.all(clients.map((client) => client.close()))
  clients = []
})

function open(more: Partial<RegistrationClientOptions> = {}): RegistrationClient {
  const client = new RegistrationClient({
    environment: { base: bank.base },
    ca: bank.ca,
    current: {
      qwac: { certificate: web.chainPem(), key: keys.web },
      qsealc: { certificate: seal.certificate, key: keys.seal, url },
    },
    now: () => now,
    retry: { retries: 2, delay: 1 },
    ...more,
  })
  clients.push(client)
  return client
}

const next = () => ({
  qwac: { certificate: nextWeb.chainPem(), key: keys.nextWeb },
  qsealc: { certificate: nextSeal.certificate, key: keys.nextSeal, url },
})

/** Verifies what arrived as the bank would. */
function verify(request: Seen | undefined, by: Issued = seal) {
  if (request === undefined) throw new Error('no request arrived')
  const { method, target, headers, body: octets } = request
  return verifyRequest(
    { method, target, headers, body: new Uint8Array(octets) },
    { profile: 'bpce', resolveKey: () => parseCertificate(by.certificate), at: now },
  )
}

async function refused(promise: Promise<unknown>): Promise<RegistrationError> {
  try {
    await promise
  } catch (error) {
    return error as RegistrationError
  }
  throw new Error('it was not refused')
}

describe('the token', () => {
  it('is asked for as the page says, over TLS with the QWAC', async () => {
    const { value, expiresAt } = await open().token()
    expect(value).toBe(token)
    expect(expiresAt.getTime() - now.getTime()).toBe((3600 - 60) * 1000)
    const [request] = bank.tokens
    expect(request?.method).toBe('POST')
    expect(request?.target).toBe('/stet/psd2/oauth/token')
    expect(headerOf(request as Seen, 'content-type')).toBe('application/x-www-form-urlencoded; charset=utf-8')
    expect(Object.fromEntries(new URLSearchParams(request?.body.toString()))).toEqual({
      client_id: 'PSD2_TPPRegister',
      grant_type: 'client_credentials',
      scope: 'manageRegistration',
    })
    expect(request?.client?.equals(Buffer.from(web.certificate))).toBe(true)
  })

  it('takes the whole answer of RFC 6749 too, and never for longer than an hour', async () => {
    bank.answerToken = () => json(200, { access_token: token, token_type: 'Bearer', expires_in: 86_400, scope: 'x' })
    const { expiresAt } = await open().token()
    expect(expiresAt.getTime() - now.getTime()).toBe(3540 * 1000)
  })

  it('is asked for once by those who want it at once, kept, and renewed before its hour is over', async () => {
    let time = now.getTime()
    const client = open({ now: () => new Date(time) })
    await Promise.all([client.token(), client.token(), client.token()])
    time += 3539 * 1000
    await client.token()
    expect(bank.tokens).toHaveLength(1)
    time += 1000
    await client.token()
    expect(bank.tokens).toHaveLength(2)
  })

  it.each<[string, Answer, string]>([
    ['no access_token', json(200, { token_type: 'Bearer' }), 'TOKEN_ANSWER'],
    ['a token that is no text', json(200, { access_token: 5 }), 'TOKEN_ANSWER'],
    ['an empty token', json(200, { access_token: '' }), 'TOKEN_ANSWER'],
    ['a token with a line break', json(200, { access_token: 'a\r\nx: y' }), 'TOKEN_ANSWER'],
    ['a token type that is not Bearer', json(200, { access_token: token, token_type: 'mac' }), 'TOKEN_ANSWER'],
    ['no JSON', { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>' }, 'TOKEN_ANSWER'],
    ['a member twice', { ...json(200, {}), body: '{"access_token":"a","access_token":"b"}' }, 'TOKEN_ANSWER'],
    ['a refusal by OAuth', json(400, { error: 'invalid_client', error_description: 'QWAC' }), 'TOKEN_REFUSED'],
    [
      'a refusal by the gateway',
      json(403, { status: 403, error: 'Forbidden', message: 'x', path: '/' }),
      'TOKEN_REFUSED',
    ],
    ['a failure', { status: 500 }, 'TOKEN_REFUSED'],
  ])('refuses %s', async (_, answer, code) => {
    bank.answerToken = () => answer
    const error = await refused(open().token())
    expect(error.code).toBe(code)
    expect(inspect(error, { depth: 9 })).not.toContain(token)
  })
})

describe('create', () => {
  it('sends a signed POST with the token and the very octets, and gives the client_id', async () => {
    const result = await open().create(body)
    expect(result).toMatchObject({
      status: 201,
      clientId: id,
      grantTypes: ['client_credentials'],
      signature: 'unsigned',
      activation: { state: 'scheduled', activeAt: new Date('2026-11-25T13:00:00Z') },
    })
    const [request] = bank.registrations
    expect(request?.target).toBe('/stet/setting/v1/register')
    expect(request?.body.equals(Buffer.from(body))).toBe(true)
    expect(headerOf(request as Seen, 'authorization')).toBe(`Bearer ${token}`)
    const digest = createHash('sha256').update(body).digest('base64')
    expect(headerOf(request as Seen, 'digest')).toBe(`SHA-256=${digest}`)
    const verified = await verify(request)
    expect(verified.components).toEqual(['(request-target)', 'digest', 'x-request-id'])
    expect(verified.keyReference.value).toBe(url)
    expect(result.requestId).toBe(verified.requestId)
  })

  it('signs with the provider of its options, whose key is imported once', async () => {
    const held = nodeCrypto()
    let imports = 0
    const importPrivateKey: typeof held.importPrivateKey = (pkcs8) => {
      imports++
      return held.importPrivateKey(pkcs8)
    }
    const client = open({ crypto: { ...held, importPrivateKey } })
    await client.create(body)
    await client.create(body)
    expect(imports).toBe(1)
  })

  it('takes 200 too, as the bank is known to answer', async () => {
    bank.answer = () => json(200, registered)
    expect((await open().create(body)).clientId).toBe(id)
  })

  it('sends nothing that the bank would refuse, unless the rule is accepted by name', async () => {
    const wrong = JSON.parse(new TextDecoder().decode(body))
    delete wrong.software_version
    const octets = new TextEncoder().encode(JSON.stringify(wrong))
    expect(await refused(open().create(octets))).toMatchObject({
      code: 'registration.software-version',
      path: '/software_version',
    })
    expect(bank.seen).toHaveLength(0)
    expect((await open({ accept: ['registration.software-version'] }).create(octets)).clientId).toBe(id)
    expect((await open({ policy: 'observed' }).create(octets)).clientId).toBe(id)
  })

  it('sends no body that carries another certificate than the one that signs', async () => {
    const error = await refused(open().create(await bodyOf(nextSeal)))
    expect(error.code).toBe('CLIENT_CERTIFICATE')
    expect(bank.seen).toHaveLength(0)
  })

  it('holds the QWAC of the connection against the body', async () => {
    const other = await qwac({ organizationIdentifier: 'PSDFR-ACPR-99999' })
    const client = open({
      current: {
        qwac: { certificate: other.chainPem(), key: keys.web },
        qsealc: { certificate: seal.certificate, key: keys.seal, url },
      },
    })
    expect((await refused(client.create(body))).code).toBe('registration.legal-id-qwac')
  })

  it.each<[string, Answer, string]>([
    ['an answer without client_id', json(201, {}), 'BANK_ANSWER_FORM'],
    ['an empty answer', { status: 201 }, 'BANK_ANSWER_FORM'],
    ['a list', json(201, []), 'BANK_ANSWER_FORM'],
    ['a redirect', { status: 307, headers: { location: 'https://evil.example/' } }, 'BANK_ANSWER_STATUS'],
    ['202', json(202, registered), 'BANK_ANSWER_STATUS'],
    ['an answer that is too large', { status: 201, body: 'x'.repeat((1 << 18) + 1) }, 'BANK_ANSWER_SIZE'],
  ])('refuses %s', async (_, answer, code) => {
    bank.answer = () => answer
    expect((await refused(open().create(body))).code).toBe(code)
    expect(bank.registrations).toHaveLength(1)
  })
})

describe('errors of the bank', () => {
  it.each<[string, Answer, string, string | undefined, string | undefined, string]>([
    [
      'of OAuth',
      json(400, { error: 'invalid_client_metadata', error_description: 'software_version' }),
      'oauth',
      'invalid_client_metadata',
      'software_version',
      'BANK_REFUSED',
    ],
    [
      'of the gateway',
      json(403, {
        timestamp: '2021-04-07T23:51:12+0200',
        status: 403,
        error: 'Forbidden',
        message: 'Accès',
        path: '/x',
      }),
      'gateway',
      'Forbidden',
      'Acc?s',
      'BANK_REFUSED',
    ],
    ['without a body', { status: 404 }, 'none', undefined, undefined, 'BANK_NOT_FOUND'],
    ['in HTML', { status: 500, body: '<html>' }, 'none', undefined, undefined, 'BANK_FAILED'],
    ['405', json(405, {}), 'none', undefined, undefined, 'BANK_METHOD'],
    ['too many requests', json(429, {}, { 'retry-after': '99999' }), 'none', undefined, undefined, 'BANK_RATE_LIMITED'],
  ])('%s are read', async (_, answer, shape, error, description, code) => {
    bank.answer = () => answer
    const thrown = await refused(open().read(id))
    expect(thrown.code).toBe(code)
    const cleaned = description === 'Acc?s' ? 'Acc\u00e8s' : description
    expect(thrown.problem).toMatchObject({ status: answer.status, shape, error, description: cleaned })
    expect(thrown.requestId).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('are cleaned of control characters and of the token, and cut', async () => {
    const description = `${token}\u001b[31m\r\n${'x'.repeat(5000)}`
    bank.answer = () => json(400, { error: 'invalid_request', error_description: description })
    const thrown = await refused(open().create(body))
    const told = `${thrown.message}${JSON.stringify(thrown)}${inspect(thrown, { depth: 9 })}`
    expect(told).not.toContain(token)
    expect(thrown.problem?.description).toMatch(/^\[removed\]\?\[31m\?\?x+$/)
    expect(thrown.problem?.description?.length).toBe(300)
  })
})

describe('read, update, remove', () => {
  it('are signed under the client_id, without a digest where there is no body', async () => {
    bank.answer = ({ method }) => (method === 'DELETE' ? { status: 204 } : json(200, registered))
    const client = open()
    expect((await client.read(id)).registration).toMatchObject({ software_version: null })
    expect((await client.update(id, await bodyOf(seal, { operation: 'update', clientId: id }))).status).toBe(200)
    expect(await client.remove(id)).toMatchObject({ onEarlierTry: false })
    expect(bank.registrations.map(({ method, target }) => `${method} ${target}`)).toEqual([
      `GET /stet/setting/v1/register/${id}`,
      `PUT /stet/setting/v1/register/${id}`,
      `DELETE /stet/setting/v1/register/${id}`,
    ])
    for (const request of bank.registrations) {
      const { keyReference, components } = await verify(request)
      expect(keyReference.value).toBe(id)
      expect(components.includes('digest')).toBe(request.method === 'PUT')
    }
    expect(bank.tokens).toHaveLength(1)
  })

  it('percent-encode what a path does not take', async () => {
    bank.answer = () => json(200, { client_id: 'a b'.replace(' ', '#') })
    await open().read('a#b')
    expect(bank.registrations[0]?.target).toBe('/stet/setting/v1/register/a%23b')
    await verify(bank.registrations[0])
  })

  it.each(['', '..', '.', 'a/b', 'a\\b', 'a b', 'a"b', 'é', 'x'.repeat(257), '../oauth/token'])(
    'refuse the client_id %j',
    async (wrong) => {
      expect((await refused(open().read(wrong))).code).toBe('CLIENT_ID_FORM')
      expect(bank.seen).toHaveLength(0)
    },
  )

  it('refuse an answer about another client', async () => {
    bank.answer = () => json(200, { client_id: 'other' })
    expect((await refused(open().read(id))).code).toBe('BANK_ANSWER_FORM')
  })

  it('refuse to send an update in the name of another PSP', async () => {
    const other = await qsealc({ organizationIdentifier: 'PSDFR-ACPR-99999' })
    const error = await refused(open().update(id, await bodyOf(other, { operation: 'update' })))
    expect(error.code).toBe('registration.legal-id-qwac')
  })
})

describe('trying again', () => {
  it('happens for reads, each try with an x-request-id and a signature of its own', async () => {
    bank.answer = (_, count) => (count < 3 ? { status: 503 } : json(200, registered))
    expect((await open().read(id)).status).toBe(200)
    const ids = bank.registrations.map((request) => headerOf(request, 'x-request-id'))
    expect(new Set(ids).size).toBe(3)
    const signatures = bank.registrations.map((request) => headerOf(request, 'signature'))
    expect(new Set(signatures).size).toBe(3)
  })

  it('never happens for a POST that was sent', async () => {
    bank.answer = () => ({ status: 503 })
    expect((await refused(open().create(body))).code).toBe('BANK_FAILED')
    expect(bank.registrations).toHaveLength(1)
    bank.answer = () => ({ status: 201, cut: true })
    expect((await refused(open().create(body))).code).toBe('BANK_OUTCOME_UNKNOWN')
    expect(bank.registrations).toHaveLength(2)
  })

  it('stops after as many tries as were asked for', async () => {
    bank.answer = () => ({ status: 502 })
    expect((await refused(open({ retry: { retries: 1, delay: 1 } }).read(id))).code).toBe('BANK_FAILED')
    expect(bank.registrations).toHaveLength(2)
  })

  it('does not happen for 500 and 400', async () => {
    for (const status of [500, 400]) {
      bank.seen.length = 0
      bank.answer = () => ({ status })
      await refused(open().read(id))
      expect(bank.registrations).toHaveLength(1)
    }
  })

  it('fetches a new token where the bank did not take the old one', async () => {
    bank.answer = (_, count) => (count === 1 ? json(400, { error: 'invalid_token' }) : json(200, registered))
    bank.answerToken = (_, count) => json(200, { access_token: `${token}${count}` })
    expect((await open().read(id)).status).toBe(200)
    expect(bank.registrations.map((request) => headerOf(request, 'authorization'))).toEqual([
      `Bearer ${token}1`,
      `Bearer ${token}2`,
    ])
  })

  it('knows that a removal which broke off removed the client', async () => {
    bank.answer = (_, count) => (count === 1 ? { status: 204, cut: true } : { status: 404 })
    expect(await open().remove(id)).toMatchObject({ onEarlierTry: true })
    bank.seen.length = 0
    bank.answer = () => ({ status: 404 })
    expect((await refused(open().remove(id))).code).toBe('BANK_NOT_FOUND')
  })

  it('waits as long as the bank asks, and not for ever', async () => {
    bank.answer = (_, count) => (count === 1 ? json(429, {}, { 'retry-after': '0' }) : json(200, registered))
    expect((await open().read(id)).status).toBe(200)
  })

  it('tells that nothing was sent where no connection came about', async () => {
    const client = open({ environment: { base: 'https://localhost:1' } })
    expect((await refused(client.create(body))).code).toBe('BANK_UNREACHABLE')
  })
})

describe('time and trust', () => {
  it('gives up a bank that does not answer', async () => {
    bank.answer = () => ({ status: 200, after: 3000 })
    const client = open({ limits: { headersTimeout: 100 }, retry: { retries: 0 } })
    const started = performance.now()
    expect((await refused(client.read(id))).code).toBe('BANK_TIMEOUT')
    expect(performance.now() - started).toBeLessThan(2500)
  })

  it('is stopped by a signal', async () => {
    bank.answer = () => ({ status: 200, after: 3000 })
    const reason = new Error('stop')
    const controller = new AbortController()
    setTimeout(() => controller.abort(reason), 50)
    expect(await refused(open().read(id, { signal: controller.signal }))).toBe(reason)
  })

  it('is stopped while it waits to try again', async () => {
    bank.answer = () => json(429, {}, { 'retry-after': '20' })
    const reason = new Error('stop')
    const controller = new AbortController()
    setTimeout(() => controller.abort(reason), 200)
    expect(await refused(open().read(id, { signal: controller.signal }))).toBe(reason)
  })

  it('sends what was checked, whatever happens to the octets meanwhile', async () => {
    const octets = new Uint8Array(body)
    const sent = open().create(octets)
    octets.fill(0x20)
    await sent
    expect(bank.registrations[0]?.body.equals(Buffer.from(body))).toBe(true)
  })

  it('talks to nobody whose TLS certificate it does not trust', async () => {
    const other = await qwac({ dnsNames: ['elsewhere.example'] }, 'qwac-rsa-3072')
    const elsewhere = await startBank(other)
    try {
      const client = open({ environment: { base: elsewhere.base } })
      expect((await refused(client.create(body))).code).toBe('BANK_TLS')
      const { ca: _, ...without } = { ca: bank.ca, environment: { base: bank.base } }
      const client2 = new RegistrationClient({
        ...without,
        current: {
          qwac: { certificate: web.chainPem(), key: keys.web },
          qsealc: { certificate: seal.certificate, key: keys.seal, url },
        },
        now: () => now,
      })
      clients.push(client2)
      expect((await refused(client2.create(body))).code).toBe('BANK_TLS')
      expect(elsewhere.seen).toHaveLength(0)
    } finally {
      await elsewhere.close()
    }
  })
})

describe('answers that the bank signs', () => {
  let bankSeal: Issued
  let bankKey: string
  const components = ['digest', 'date', 'content-type', 'x-request-id', '(request-target)']

  beforeAll(async () => {
    bankSeal = await qsealc({ organizationIdentifier: 'PSDFR-ACPR-17515', organizationName: 'Bank' }, 'leaf-rsa-4096')
    bankKey = await bankSeal.privateKeyPem()
  })

  /** As the bank was seen to sign: the address of its certificate as keyId, the request target last. */
  async function signed(request: Seen, value: unknown, change: (answer: Answer) => Answer = (same) => same) {
    const plain = json(200, value)
    const octets = new TextEncoder().encode(String(plain.body))
    const requestId = headerOf(request, 'x-request-id') ?? ''
    const headers: [string, string][] = [
      ['date', now.toUTCString()],
      ['content-type', 'application/json;charset=UTF-8'],
      ['x-request-id', requestId],
    ]
    const { bpce } = await profiles()
    const fingerprint = createHash('sha256').update(bankSeal.certificate).digest('hex')
    const result = await signResponse(
      { status: 200, headers, body: octets, request: { method: request.method, target: request.target, headers: [] } },
      {
        profile: { ...bpce, components: { withBody: components, withoutBody: components } },
        key: bankKey,
        keyId: `https://www.17515.live.api.89c3.com/api/keyid/certificate_${fingerprint}`,
        at: now,
      },
    )
    return change({
      status: 200,
      headers: Object.fromEntries([...headers, ...result.headers]),
      body: Buffer.from(octets),
    })
  }

  async function profiles() {
    const { profileOf } = await import('psd2-toolkit/signature')
    return { bpce: profileOf('bpce') }
  }

  const trusted = () => ({ bank: { certificates: [bankSeal.certificate], required: true } })

  it('are verified', async () => {
    bank.answer = (request) => signed(request, registered)
    expect(await open(trusted()).read(id)).toMatchObject({ signature: 'verified', clientId: id })
    const { headers = {} } = await signed(bank.registrations[0] as Seen, registered)
    expect(headers.Signature).toContain('headers="digest date content-type x-request-id (request-target)"')
  })

  it('are refused where they were signed for another target', async () => {
    bank.answer = (request) => signed({ ...request, target: '/stet/setting/v1/register/2' }, registered)
    expect((await refused(open(trusted()).read(id))).message).toContain('SIGNATURE_INVALID, status 200')
  })

  it('are told apart from those that nobody could check', async () => {
    bank.answer = (request) => signed(request, registered)
    expect((await open().read(id)).signature).toBe('not-checked')
  })

  it.each<[string, (answer: Answer) => Answer, string]>([
    [
      'whose body was changed',
      (answer) => ({ ...answer, body: JSON.stringify({ client_id: id, x: 1 }) }),
      'DIGEST_MISMATCH',
    ],
    [
      'without a digest',
      ({ headers = {}, ...rest }) => ({ ...rest, headers: without(headers, 'Digest') }),
      'DIGEST_MISSING',
    ],
    [
      'whose date was changed',
      ({ headers = {}, ...rest }) => ({
        ...rest,
        headers: { ...headers, date: new Date(now.getTime() - 5000).toUTCString() },
      }),
      'SIGNATURE_INVALID',
    ],
    [
      'that are not signed',
      ({ headers = {}, ...rest }) => ({ ...rest, headers: without(headers, 'Signature') }),
      'BANK_ANSWER_UNSIGNED',
    ],
  ])('are refused %s', async (_, change, code) => {
    bank.answer = (request) => signed(request, registered, change)
    const error = await refused(open(trusted()).read(id))
    if (code.startsWith('BANK_')) expect(error.code).toBe(code)
    else
      expect([error.code, error.message]).toEqual(['BANK_ANSWER_SIGNATURE', expect.stringContaining(`${code}, status`)])
  })

  it('are refused under another certificate', async () => {
    bank.answer = (request) => signed(request, registered)
    const client = open({ bank: { certificates: [nextSeal.certificate] } })
    expect(await refused(client.read(id))).toMatchObject({
      code: 'BANK_ANSWER_SIGNATURE',
      message: expect.stringContaining('SIGNING_KEY_UNKNOWN'),
    })
  })

  it('are refused as answer to another request', async () => {
    let first: Answer | undefined
    bank.answer = async (request) => {
      first ??= await signed(request, registered)
      return first
    }
    const client = open(trusted())
    await client.read(id)
    expect((await refused(client.read(id))).code).toBe('BANK_ANSWER_OTHER')
  })

  function without(headers: Readonly<Record<string, string>>, name: string): Record<string, string> {
    return Object.fromEntries(Object.entries(headers).filter(([other]) => other.toLowerCase() !== name.toLowerCase()))
  }
})

describe('the QWAC', () => {
  it('may come as PKCS#12 with a passphrase', async (test) => {
    const [certificate, key] = [temporary(web.chainPem()), temporary(keys.web)]
    const args = ['pkcs12', '-export', '-in', certificate, '-inkey', key, '-passout', 'pass:secret']
    const made = spawnSync('openssl', args)
    if (made.error !== undefined) {
      process.stderr.write('skipped: a QWAC as PKCS#12 (openssl is absent)\n')
      return test.skip()
    }
    const set = (passphrase: string) => ({
      qwac: { pfx: new Uint8Array(made.stdout), passphrase },
      qsealc: { certificate: seal.certificate, key: keys.seal, url },
    })
    const client = open({ current: set('secret') })
    expect((await client.create(body)).clientId).toBe(id)
    expect(bank.registrations[0]?.client?.equals(Buffer.from(web.certificate))).toBe(true)
    const error = await refused(open({ current: set('wrong') }).create(body))
    expect(inspect(error, { depth: 9 })).not.toContain('wrong')
    expect(error.code).toMatch(/^BANK_/)
    expect(bank.registrations).toHaveLength(1)
  })

  it('may be that of a dispatcher of the caller, who closes it', async () => {
    const dispatcher = new Agent({ connect: { cert: web.chainPem(), key: keys.web, ca: bank.ca } })
    const client = open({
      current: { qwac: dispatcher, qsealc: { certificate: seal.certificate, key: keys.seal, url } },
    })
    expect((await client.create(body)).clientId).toBe(id)
    await client.close()
    expect(dispatcher.closed).toBe(false)
    await dispatcher.close()
  })

  it('is what the bank asks for: without it there is no token', async () => {
    bank.answerToken = ({ client: shown }) =>
      shown === undefined ? json(400, { error: 'invalid_client' }) : json(200, { access_token: token })
    const dispatcher = new Agent({ connect: { ca: bank.ca } })
    const client = open({
      current: { qwac: dispatcher, qsealc: { certificate: seal.certificate, key: keys.seal, url } },
    })
    expect(await refused(client.create(body))).toMatchObject({
      code: 'TOKEN_REFUSED',
      problem: { error: 'invalid_client', status: 400 },
    })
    await dispatcher.close()
  })
})

describe('two key sets', () => {
  it('have connections and tokens of their own, mixed as a call asks', async () => {
    bank.answer = () => json(200, registered)
    bank.answerToken = (_, count) => json(200, { access_token: `${token}${count}` })
    const client = open({ next: next() })
    await client.read(id)
    await client.read(id, { keys: 'next' })
    await client.read(id, { keys: { qwac: 'next', qsealc: 'current' } })
    const [first, second, third] = bank.registrations
    await verify(first)
    await verify(second, nextSeal)
    await verify(third)
    expect(first?.client?.equals(Buffer.from(web.certificate))).toBe(true)
    expect(second?.client?.equals(Buffer.from(nextWeb.certificate))).toBe(true)
    expect(third?.client?.equals(Buffer.from(nextWeb.certificate))).toBe(true)
    expect(bank.registrations.map((request) => headerOf(request, 'authorization'))).toEqual([
      `Bearer ${token}1`,
      `Bearer ${token}2`,
      `Bearer ${token}2`,
    ])
  })

  it('rotate: the update is signed with the known key, carries the new certificate, and then the new set is current', async () => {
    const client = open({ next: next() })
    await client.rotate(id, await bodyOf(nextSeal, { operation: 'update', clientId: id }))
    await verify(bank.registrations[0])
    bank.answer = () => json(200, registered)
    await client.read(id)
    await verify(bank.registrations[1], nextSeal)
    expect(bank.registrations[1]?.client?.equals(Buffer.from(nextWeb.certificate))).toBe(true)
    expect(() => client.certificate('next')).toThrow(TypeError)
  })

  it('keep the old set where the bank refused', async () => {
    bank.answer = () => json(400, { error: 'invalid_client_metadata' })
    const client = open({ next: next() })
    await refused(client.rotate(id, await bodyOf(nextSeal, { operation: 'update' })))
    expect(client.certificate().bytes).toEqual(parseCertificate(seal.certificate).bytes)
    expect(client.certificate('next').bytes).toEqual(parseCertificate(nextSeal.certificate).bytes)
  })

  it('rotate only to a body with the new certificate', async () => {
    const client = open({ next: next() })
    const error = await refused(client.rotate(id, await bodyOf(seal, { operation: 'update' })))
    expect(error.code).toBe('CLIENT_CERTIFICATE')
  })
})

describe('secrets', () => {
  it('are in no view of the client, of a prepared request or of an error', async () => {
    const client = open()
    await client.token()
    const prepared = await client.prepare('create', { body })
    expect(prepared.headers).toContainEqual(['authorization', 'Bearer <access_token>'])
    bank.answer = () => json(400, { error: 'x', error_description: token })
    const error = await refused(client.read(id))
    const told = [client, prepared, error].map(
      (one) => inspect(one, { depth: 9, showHidden: true }) + JSON.stringify(one),
    )
    for (const text of told) {
      expect(text).not.toContain(token)
      expect(text).not.toContain('PRIVATE KEY')
    }
  })
})

describe('mistakes of the caller', () => {
  it.each<[string, () => unknown]>([
    ['an unknown option', () => open({ enviroment: 'live' } as never)],
    ['an unknown limit', () => open({ limits: { timeout: 5 } as never })],
    ['a base without https', () => open({ environment: { base: 'http://localhost' } })],
    ['a base with a path', () => open({ environment: { base: 'https://localhost/x' } })],
    ['no certificates of the bank', () => open({ bank: { certificates: [] } })],
    ['a QWAC without a key', () => open({ current: { ...next(), qwac: { certificate: web.chainPem() } } })],
    [
      'an address of the QSealC that is not https',
      () =>
        open({ current: { ...next(), qsealc: { certificate: seal.certificate, key: keys.seal, url: 'http://x' } } }),
    ],
  ])('%s is a TypeError', (_, make) => {
    expect(make).toThrow(TypeError)
  })

  it('registering needs the address of the certificate', async () => {
    const { qwac: tls } = next()
    const client = open({ current: { qwac: tls, qsealc: { certificate: seal.certificate, key: keys.seal } } })
    await expect(client.create(body)).rejects.toThrow(TypeError)
  })
})
