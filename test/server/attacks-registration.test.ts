import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createTestAuthority } from '../../src/issuance/index.ts'
import { buildJwks } from '../../src/jose/index.ts'
import {
  type Answer,
  type Bank,
  bodyFor,
  type Call,
  callBank,
  host,
  octets,
  registerAt,
  registerPath,
  rsaKeys,
  send,
  signedMessage,
  startBank,
  type Tpp,
  tokenOf,
} from './support.ts'

let bank: Bank
let tpp: Tpp
let other: Tpp
let token: string
let otherToken: string
/** Everything that came back, for what must never be in it. */
const answers: string[] = []

beforeAll(async () => {
  const keys = await rsaKeys()
  const authority = await createTestAuthority({ keyAlgorithm: 'P-256', keys: { web: keys, seal: keys } })
  bank = await startBank({ authority })
  tpp = await bank.tpp()
  other = await bank.tpp({ organizationIdentifier: 'PSDNL-DNB-33031431', organizationName: 'Other TPP' })
  token = await tokenOf(bank, tpp)
  otherToken = await tokenOf(bank, other)
}, 60_000)
afterAll(() => bank?.close())

afterEach(async () => {
  await bank.rows('delete from clients')
})

async function stored(): Promise<number> {
  return Number((await bank.rows('select count(*) as n from clients'))[0]?.n)
}

async function post(body: Uint8Array, headers: Call['headers'] = [], by: Tpp = tpp): Promise<Answer> {
  const held = by === other ? otherToken : token
  const answer = await callBank(bank, by, { method: 'POST', target: registerPath, token: held, body, headers })
  answers.push(answer.text)
  return answer
}

const text = async (change: Record<string, unknown> = {}): Promise<string> => JSON.stringify(await bodyFor(tpp, change))
const json = async (change: Record<string, unknown> = {}): Promise<Uint8Array> => octets(await text(change))

function expectRefused(answer: Answer, code: string | RegExp, status = 400): void {
  const described =
    typeof code === 'string' ? expect.stringMatching(new RegExp(`(?:^|; )${code}\\b`)) : expect.stringMatching(code)
  expect({ status: answer.status, body: answer.json }).toEqual({
    status,
    body: { error: expect.any(String), error_description: described },
  })
}

/** A valid request beside, so that a refusal is not of everything. */
async function expectControl(change: Record<string, unknown> = {}, by: Tpp = tpp): Promise<Answer> {
  const answer = await post(octets(JSON.stringify(await bodyFor(by, change))), [], by)
  expect({ status: answer.status, text: answer.status === 201 ? '' : answer.text }).toEqual({ status: 201, text: '' })
  return answer
}

const first = (document: string, insert: string): string => `{${insert},${document.slice(1)}`

/** Bodies as octets, signed rightly: what is wrong is the body. */
const bodies: Readonly<Record<string, [() => Promise<Uint8Array>, string]>> = {
  'REG-01 __proto__ at the top': [
    async () => octets(first(await text(), '"__proto__":{"scope":"aisp"}')),
    'registration.member',
  ],
  'REG-01 __proto__ in contact': [
    async () => octets((await text()).replace('"contact":{', '"contact":{"__proto__":{"email":"a@b.c"},')),
    'registration.',
  ],
  'REG-01 constructor in jwks': [
    async () => octets((await text()).replace('"jwks":{', '"jwks":{"constructor":{"prototype":{"keys":[]}},')),
    'registration.',
  ],
  'REG-02 two provider_legal_id': [
    async () => octets(first(await text(), '"provider_legal_id":"PSDNL-DNB-33031431"')),
    'registration.json',
  ],
  'REG-02 two jwks': [async () => octets(first(await text(), '"jwks":{"keys":[]}')), 'registration.json'],
  'REG-03 arrays nested deep': [async () => octets('['.repeat(30_000)), 'registration.json'],
  'REG-03 very many redirect_uris': [
    async () => json({ redirect_uris: Array.from({ length: 1500 }, (_, i) => `https://t.example/${i}`) }),
    'registration.redirect',
  ],
  'REG-03 a long text': [async () => json({ software_id: 'x'.repeat(40_000) }), 'registration.'],
  'REG-03 a number that is none': [async () => octets(first(await text(), '"x":1e400')), 'registration.json'],
  'REG-04 a form': [async () => octets('scope=aisp&client_name=x'), 'registration.json'],
  'REG-04 UTF-16': [async () => new Uint8Array(Buffer.from(await text(), 'utf16le')), 'registration.json'],
  'REG-04 data behind': [async () => octets(`${await text()}{}`), 'registration.json'],
  'REG-04 NaN': [async () => octets(first(await text(), '"x":NaN')), 'registration.json'],
  'REG-04 a comment': [async () => octets(`/* */${await text()}`), 'registration.json'],
  'REG-04 an array': [async () => octets('[]'), 'registration.'],
}

/** Members changed. */
const changes: Readonly<Record<string, [Record<string, unknown>, string]>> = {
  'REG-05 provider_legal_id of another': [{ provider_legal_id: 'PSDNL-DNB-33031431' }, 'registration.'],
  'REG-08 a scope beyond the roles': [{ scope: 'aisp,cbpii' }, 'registration.scope-role'],
  'REG-09 scope as a list': [{ scope: ['aisp'] }, 'registration.scope'],
  'REG-09 scope with blanks': [{ scope: 'aisp pisp' }, 'registration.scope-separator'],
  'REG-09 scope twice': [{ scope: 'aisp,aisp' }, 'registration.scope-twice'],
  'REG-09 scope in capitals': [{ scope: 'AISP' }, 'registration.scope-values'],
  'REG-09 scope with a comma behind': [{ scope: 'aisp,' }, 'registration.scope-values'],
  'REG-09 scope that nobody knows': [{ scope: 'aisp,extended_transaction_history' }, 'registration.scope-values'],
  'REG-11 client_legal_id of another TPP': [{ client_legal_id: 'PSDNL-DNB-33031431' }, 'registration.'],
  'REG-11 client_legal_id with dots': [{ client_legal_id: 'AGTFR-ACPR-12345/../1' }, 'registration.'],
  'REG-11 client_legal_id with an encoded slash': [{ client_legal_id: 'AGTFR-ACPR-12345%2f1' }, 'registration.'],
  'REG-11 client_legal_id in small letters': [{ client_legal_id: 'agtfr-acpr-12345001' }, 'registration.'],
  ...Object.fromEntries(
    [
      'javascript:alert(1)',
      'data:text/html,x',
      'http://tpp.example.com/cb',
      'tpp://callback',
      'https://user@tpp.example.com/cb',
      'https://tpp.example.com/cb#x',
      'https://*.example.com/cb',
      'https://192.0.2.1/cb',
      'https://[2001:db8::1]/cb',
      'https://xn--pple-43d.com/cb',
      'https://tpp.example.com\\@evil.example/cb',
      'https://tpp.example.com./cb',
      'https://tpp.example.com:0/cb',
      'https://tpp.example\t.com/cb',
      'https://a.example/1,https://b.example/2',
      '',
      '/callback',
      '//tpp.example.com/cb',
    ].map((uri) => [`REG-12 redirect_uri ${JSON.stringify(uri)}`, [{ redirect_uris: [uri] }, 'registration.redirect']]),
  ),
  'REG-12 no redirect_uri': [{ redirect_uris: [] }, 'registration.redirect'],
  'REG-12 one redirect_uri twice': [
    { redirect_uris: ['https://tpp.example.com/cb', 'https://tpp.example.com/cb'] },
    'registration.redirect',
  ],
  'REG-16 token_endpoint_auth_method none': [{ token_endpoint_auth_method: 'none' }, 'registration.'],
  'REG-16 token_endpoint_auth_method client_secret_basic': [
    { token_endpoint_auth_method: 'client_secret_basic' },
    'registration.',
  ],
  'REG-16 grant_types password': [{ grant_types: ['password'] }, 'registration.'],
  'REG-16 response_types token': [{ response_types: ['token'] }, 'registration.'],
  'REG-17 an e-mail with a line end': [
    { contact: { contact_name: 'a', email: 'a@b.example\r\nBcc: c@d.example', phone_number: '+331' } },
    'registration.text-characters',
  ],
  'REG-17 a control character in client_name': [{ client_name: 'Example\u0000TPP' }, 'registration.'],
}

describe('POST /register', () => {
  it.each(Object.entries(bodies))('refuses %s', async (_, [make, code]) => {
    expectRefused(await post(await make()), code)
    expect(await stored()).toBe(0)
    await expectControl()
  })

  it.each(Object.entries(changes))('refuses %s', async (_, [change, code]) => {
    expectRefused(await post(await json(change)), code)
    expect(await stored()).toBe(0)
  })

  it('takes the body of these with nothing changed', () => expectControl())

  it('REG-03 refuses a body of ten megabytes by its length, and one without a length', async () => {
    const large = new Uint8Array(10 << 20).fill(0x20)
    expectRefused(await post(large), 'LIMIT_BODY')
    const message = await signedMessage(tpp, { method: 'POST', target: registerPath, token, body: large })
    expectRefused(await send(bank.port, message, tpp.agent, true), 'LIMIT_BODY')
    expect(await stored()).toBe(0)
    await expectControl()
  })

  it('REG-06, TOK-10 refuses the QWAC of one TPP with the QSealC of another', async () => {
    const mixed = octets(JSON.stringify(await bodyFor(other)))
    const mixedOwn = octets(JSON.stringify(await bodyFor(other, { provider_legal_id: tpp.identifier })))
    expectRefused(await post(mixed), 'registration.')
    expectRefused(await post(mixedOwn), 'registration.')
    expect(await stored()).toBe(0)
    await expectControl({}, other)
  })

  it('REG-07, REG-15, REG-18 takes what is only to be remarked, and keeps nothing of what is not used', async () => {
    const unsigned = 'eyJhbGciOiJub25lIn0.eyJzb2Z0d2FyZV9pZCI6ImV2aWwifQ.'
    const { json: created } = await expectControl({ client_name: 'Another name', software_statement: unsigned })
    expect(created).not.toHaveProperty('software_statement')
    expect(JSON.stringify(await bank.rows('select metadata from clients'))).not.toContain(unsigned)
  })

  it('REG-10 refuses an agent with a scope that its TPP has not', async () => {
    const agent = { client_legal_id: 'AGTFR-ACPR-12345001', software_id: 'Agent' }
    await expectControl({ scope: 'aisp' })
    expectRefused(await post(await json({ ...agent, scope: 'aisp,pisp' })), 'AGENT_SCOPE')
    expect(await stored()).toBe(1)
    await expectControl({ ...agent, scope: 'aisp' })
  })

  it('REG-11 refuses the agent of another TPP, and one that is there', async () => {
    await expectControl({}, other)
    expectRefused(await post(await json({ client_legal_id: 'AGTNL-DNB-33031431001' })), /LEGAL_ID_TAKEN|registration\./)
    await expectControl({ client_legal_id: 'AGTFR-ACPR-12345001' })
    expectRefused(await post(await json({ client_legal_id: 'AGTFR-ACPR-12345001' })), 'LEGAL_ID_TAKEN')
    expect(await stored()).toBe(2)
  })

  it('REG-14 fetches nothing', async () => {
    let hits = 0
    const server: Server = createServer((_, response) => {
      hits++
      response.end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const unused = { logo_uri: `${base}/logo`, client_uri: `${base}/c`, policy_uri: `${base}/p`, tos_uri: `${base}/t` }
    const answer = await post(await json({ ...unused, jwks_uri: `${base}/jwks`, logo: `${base}/l` }))
    const [key] = (await buildJwks(tpp.seal.certificate)).keys
    expectRefused(await post(await json({ jwks: { keys: [{ ...key, x5u: `${base}/x5u` }] } })), 'registration.')
    const body = await json()
    const call = { method: 'POST', target: registerPath, token, body, keyId: `${base}/key.pem` }
    const byKeyId = await callBank(bank, tpp, call)
    await new Promise((resolve) => server.close(resolve))
    expect({ hits, statuses: [answer.status, byKeyId.status] }).toEqual({ hits: 0, statuses: [201, 400] })
  })

  it('REG-22 refuses a certificate that has a client, and tells its owner which', async () => {
    const { json: created } = await expectControl()
    const again = await post(await json({ software_id: 'Another' }))
    expectRefused(again, 'SEAL_TAKEN')
    expect(again.json.error_description).toContain(created.client_id)
    expect(await stored()).toBe(1)
    await expectControl({ client_legal_id: 'AGTFR-ACPR-12345002' })
  })

  it('REG-25 lets one of many win that register one certificate at once', async () => {
    const body = await json()
    const tries = await Promise.all(Array.from({ length: 12 }, () => post(body)))
    expect(tries.map(({ status }) => status).sort()).toEqual([201, ...Array(11).fill(400)])
    expect(await stored()).toBe(1)
  })

  it('refuses what is signed by another key, over another body, for another target, or twice', async () => {
    const call = { method: 'POST', target: registerPath, token, body: await json() }
    const key = await other.qwac.privateKeyPem()
    const strange = await bank.tpp({ keyAlgorithm: 'RSA-2048' })
    const sent = await signedMessage(tpp, call)
    const changed = { ...sent, body: await json({ scope: 'aisp' }) }
    const elsewhere = await signedMessage(tpp, { ...call, target: `${registerPath}/x` })
    const unsigned = { ...sent, headers: sent.headers.filter(([name]) => name !== 'Signature') }
    const nameless = { ...sent, headers: sent.headers.filter(([name]) => name !== 'X-Request-ID') }
    const byQwac = signedMessage(tpp, { ...call, key })
    await expect(byQwac).rejects.toMatchObject({ code: 'SIGNING_ALGORITHM' })
    const wrong = await strange.qwac.privateKeyPem()
    expectRefused(await callBank(bank, tpp, { ...call, key: wrong }), 'SIGNATURE_INVALID')
    expectRefused(await send(bank.port, changed, tpp.agent), 'DIGEST_MISMATCH')
    expectRefused(await send(bank.port, { ...elsewhere, target: registerPath }, tpp.agent), 'SIGNATURE_INVALID')
    expectRefused(await send(bank.port, unsigned, tpp.agent), 'SIGNATURE_MISSING')
    expectRefused(await send(bank.port, nameless, tpp.agent), 'REQUEST_ID_MISSING')
    expect(await stored()).toBe(0)
    expect((await send(bank.port, sent, tpp.agent)).status).toBe(201)
    expectRefused(await send(bank.port, sent, tpp.agent), 'REQUEST_REPLAYED')
  })

  it('refuses certificates that are no QSealC, signed with PSS, out of date, or of an unknown issuer', async () => {
    const stranger = await createTestAuthority({ keyAlgorithm: 'P-256', organizationName: 'Stranger' })
    const psp = {
      organizationIdentifier: tpp.identifier,
      organizationName: 'Example TPP',
      keys: await rsaKeys(),
    } as const
    const roles = ['PSP_AI', 'PSP_PI'] as const
    const seals = {
      SIGNING_CERTIFICATE_KIND: await bank.authority.issueQwac({ ...psp, roles, dnsNames: ['tpp.example.com'] }),
      SIGNING_CERTIFICATE_PSS: await bank.authority.issueQSealC({ ...psp, roles, signatureAlgorithm: 'PS256' }),
      SIGNING_CERTIFICATE_EXPIRED: await bank.authority.issueQSealC({
        ...psp,
        roles,
        notBefore: new Date('2025-01-01T00:00:00Z'),
        notAfter: new Date('2026-01-01T00:00:00Z'),
      }),
      CERTIFICATE_ISSUER_UNKNOWN: await stranger.issueQSealC({ ...psp, roles }),
    }
    for (const [code, seal] of Object.entries(seals)) {
      const jwks = await buildJwks(seal.certificate, { accept: ['JWK_CERTIFICATE_PSS', 'JWK_CERTIFICATE_KIND'] })
      expectRefused(await post(await json({ jwks })), code)
    }
    expect(await stored()).toBe(0)
    await expectControl()
  })

  it('REG-24 refuses another content type', async () => {
    const message = await signedMessage(tpp, { method: 'POST', target: registerPath, token, body: await json() })
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'application/jsonp',
      'application/json; charset=utf-16',
      '',
    ]) {
      const headers = message.headers.map(([name, value]) => [name, name === 'Content-Type' ? type : value] as const)
      expectRefused(await send(bank.port, { ...message, headers }, tpp.agent), 'BODY_CONTENT_TYPE')
    }
    const twice = [...message.headers, ['Content-Type', 'application/json'] as const]
    expectRefused(await send(bank.port, { ...message, headers: twice }, tpp.agent), 'BODY_CONTENT_TYPE')
    expect(await stored()).toBe(0)
  })
})

describe('/register/{client_id}', () => {
  let target: string
  let clientId: string

  async function registered(change: Record<string, unknown> = {}): Promise<void> {
    clientId = (await expectControl(change)).json.client_id
    target = `${registerPath}/${clientId}`
  }

  /** Body and headers but for what every answer has of its own. */
  function comparable({ status, text: body, headers }: Answer): object {
    const { date, 'x-request-id': _, signature, digest, ...rest } = headers
    return { status, body, rest, digest, hasSignature: signature !== undefined, hasDate: date !== undefined }
  }

  it('REG-19 answers for the client of another TPP as for one that is not there', async () => {
    await registered()
    const unknown = `${registerPath}/${clientId.slice(0, -1)}${clientId.endsWith('0') ? '1' : '0'}`
    const body = octets(JSON.stringify(await bodyFor(other)))
    for (const method of ['GET', 'PUT', 'DELETE'] as const) {
      const call = { method, token: otherToken, ...(method === 'PUT' ? { body } : {}) }
      const foreign = await callBank(bank, other, { ...call, target })
      expectRefused(foreign, 'RESOURCE_UNKNOWN', 404)
      expect(comparable(foreign)).toEqual(comparable(await callBank(bank, other, { ...call, target: unknown })))
    }
    expect((await callBank(bank, tpp, { method: 'GET', target, token })).status).toBe(200)
  })

  it('REG-20 refuses a renewal with the QSealC of another', async () => {
    await registered()
    const taken = octets(JSON.stringify(await bodyFor(other, { provider_legal_id: tpp.identifier })))
    const whole = octets(JSON.stringify(await bodyFor(other)))
    for (const body of [taken, whole]) {
      for (const key of [tpp.sealKey, other.sealKey]) {
        expectRefused(await callBank(bank, tpp, { method: 'PUT', target, token, body, key }), 'registration.')
      }
    }
    expect(await bank.rows('select version from clients')).toEqual([{ version: 1 }])
  })

  it('REG-21 takes a renewal signed with the registered or the new certificate, and no other', async () => {
    const own = await bank.authority.issueQSealC({
      organizationIdentifier: tpp.identifier,
      organizationName: 'Example TPP',
      roles: ['PSP_AI', 'PSP_PI'],
      keyAlgorithm: 'RSA-2048',
    })
    const next = { ...tpp, seal: own, sealKey: await own.privateKeyPem() }
    const strange = await tpp.qwac.privateKeyPem()
    for (const key of [tpp.sealKey, next.sealKey]) {
      await registered()
      const body = octets(JSON.stringify(await bodyFor(next)))
      const call = { method: 'PUT', target, token, body }
      await expect(signedMessage(tpp, { ...call, key: strange })).rejects.toMatchObject({ code: 'SIGNING_ALGORITHM' })
      expect((await callBank(bank, tpp, { ...call, key })).status).toBe(201)
      // From then on the new one counts, and the old one no more.
      expectRefused(await callBank(bank, tpp, { method: 'GET', target, token }), 'SIGNATURE_INVALID')
      expect((await callBank(bank, tpp, { method: 'GET', target, token, key: next.sealKey })).status).toBe(200)
      await bank.rows('delete from clients')
    }
  })

  it('REG-21 refuses the old certificate once it has ended, and takes the new one', async () => {
    const soon = new Date(Date.now() + 3_600_000)
    const old = await bank.authority.issueQSealC({
      organizationIdentifier: tpp.identifier,
      organizationName: 'Example TPP',
      roles: ['PSP_AI', 'PSP_PI'],
      keyAlgorithm: 'RSA-2048',
      notAfter: soon,
    })
    const before = { ...tpp, seal: old, sealKey: await old.privateKeyPem() }
    const created = await registerAt(bank, before, token)
    expect(created.status).toBe(201)
    const at = `${registerPath}/${created.json.client_id}`
    bank.now = new Date(soon.getTime() + 60_000)
    try {
      const held = await tokenOf(bank, tpp)
      const body = await json()
      expectRefused(
        await callBank(bank, before, { method: 'GET', target: at, token: held }),
        'SIGNING_CERTIFICATE_EXPIRED',
      )
      const byOld = { method: 'PUT', target: at, token: held, body, key: before.sealKey }
      expectRefused(await callBank(bank, tpp, byOld), /^SIGNING_CERTIFICATE_EXPIRED|^SIGNATURE_INVALID/)
      expect((await callBank(bank, tpp, { method: 'PUT', target: at, token: held, body })).status).toBe(201)
    } finally {
      bank.now = undefined
    }
  })

  it('REG-22 refuses a renewal with a certificate that has a client', async () => {
    await registered()
    const second = await bank.tpp()
    const created = await registerAt(bank, { ...tpp, seal: second.seal, sealKey: second.sealKey }, token)
    const at = `${registerPath}/${created.json.client_id}`
    const back = await callBank(bank, tpp, {
      method: 'PUT',
      target: at,
      token,
      body: await json(),
      key: second.sealKey,
    })
    expectRefused(back, 'SEAL_TAKEN')
    expect(await bank.rows('select version from clients order by version')).toEqual([{ version: 1 }, { version: 1 }])
  })

  it('REG-23 answers for whatever is no client_id as for one that is not there', async () => {
    await registered()
    const forms = [
      `${clientId}%2f..`,
      `..%2f${clientId}`,
      `%${clientId.charCodeAt(0).toString(16)}${clientId.slice(1)}`,
      `${clientId}%00`,
      `%c3%a9${clientId}`,
      `${clientId}/`,
      `./${clientId}`,
      `../register/${clientId}`,
      `${clientId}?x=1`,
      `${clientId};x=1`,
      clientId.toLowerCase(),
      'x'.repeat(4096),
      '',
    ]
    for (const form of forms) {
      const answer = await callBank(bank, tpp, { method: 'GET', target: `${registerPath}/${form}`, token })
      expectRefused(answer, 'RESOURCE_UNKNOWN', 404)
    }
    const named = await json({ client_id: 'PSDFR-ACPR-12345-0' })
    expectRefused(await callBank(bank, tpp, { method: 'PUT', target, token, body: named }), 'registration.')
    expect((await callBank(bank, tpp, { method: 'GET', target, token })).status).toBe(200)
  })

  it('REG-24 answers 405 with Allow to every other method, and to a method in a header', async () => {
    await registered()
    const paths = { [registerPath]: 'POST', [target]: 'GET, PUT, DELETE', '/stet/psd2/oauth/token': 'POST' }
    for (const [path, allow] of Object.entries(paths)) {
      for (const method of ['GET', 'HEAD', 'PATCH', 'OPTIONS', 'TRACE', 'PUT', 'DELETE', 'POST', 'PROPFIND']) {
        if (allow.split(', ').includes(method)) continue
        const answer = await send(bank.port, { method, target: path, headers: [host] }, tpp.agent)
        expect([method, path, answer.status, answer.headers.allow]).toEqual([method, path, 405, allow])
      }
    }
    const message = await signedMessage(tpp, { method: 'GET', target, token })
    const override = { ...message, headers: [...message.headers, ['X-HTTP-Method-Override', 'DELETE'] as const] }
    expect((await send(bank.port, override, tpp.agent)).status).toBe(405)
    expect(await stored()).toBe(1)
  })

  it('REG-26 refuses a DELETE that was sent before, after the application was registered again', async () => {
    await registered()
    const message = await signedMessage(tpp, { method: 'DELETE', target, token })
    expect((await send(bank.port, message, tpp.agent)).status).toBe(204)
    expectRefused(await send(bank.port, message, tpp.agent), 'RESOURCE_UNKNOWN', 404)
    // Even under the same client_id, which the server gives to nobody twice.
    const old = clientId
    await registered()
    expect(clientId).not.toBe(old)
    await bank.rows(`update clients set client_id = '${old}'`)
    expectRefused(await send(bank.port, message, tpp.agent), 'REQUEST_REPLAYED')
    expect(await stored()).toBe(1)
  })

  it('refuses GET and DELETE that were sent before, and such with a body', async () => {
    await registered()
    const message = await signedMessage(tpp, { method: 'GET', target, token })
    expect((await send(bank.port, message, tpp.agent)).status).toBe(200)
    expectRefused(await send(bank.port, message, tpp.agent), 'REQUEST_REPLAYED')
    const withBody = await signedMessage(tpp, { method: 'DELETE', target, token, body: octets('{}') })
    expectRefused(await send(bank.port, withBody, tpp.agent), 'BODY_UNEXPECTED')
    expect(await stored()).toBe(1)
  })

  it('keeps an application that was enrolled on the portal out of reach', async () => {
    await registered()
    await bank.rows(`update clients set origin = 'portal'`)
    for (const method of ['GET', 'PUT', 'DELETE'] as const) {
      const body = method === 'PUT' ? await json() : undefined
      expectRefused(await callBank(bank, tpp, { method, target, token, body }), 'RESOURCE_UNKNOWN', 404)
    }
    expect(await stored()).toBe(1)
  })
})

describe('REG-27', () => {
  it('says nothing in answers to refused requests, and in the log, of bodies, keys, tokens and paths', async () => {
    const created = await expectControl()
    const refused = answers.filter((answer) => answer.includes('error_description')).join('\n')
    const log = JSON.stringify(bank.log)
    expect(answers.length).toBeGreaterThan(50)
    expect(bank.log.length).toBeGreaterThan(100)
    const x5c = Buffer.from(tpp.seal.certificate).toString('base64').slice(40, 120)
    const secrets = [
      token,
      otherToken,
      x5c,
      'PRIVATE KEY',
      tpp.sealKey.slice(60, 120),
      'support@tpp.example.com',
      'evil.example',
    ]
    for (const secret of [...secrets, 'keyId=', registerPath, '+33123456789']) {
      expect(refused).not.toContain(secret)
      expect(log).not.toContain(secret)
    }
    expect(created.text).not.toContain(token)
    expect(bank.log.filter(({ level }) => level === 'error')).toEqual([])
  })
})
