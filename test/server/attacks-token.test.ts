import { createHash, randomBytes } from 'node:crypto'
import { Agent } from 'node:https'
import { connect, type TLSSocket } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { HttpMessage } from '../../src/http/index.ts'
import { createTestAuthority, type Issued } from '../../src/issuance/index.ts'
import {
  type Answer,
  agentOf,
  askToken,
  type Bank,
  bodyFor,
  callBank,
  formType,
  host,
  octets,
  registerAt,
  registerPath,
  rsaKeys,
  send,
  signedMessage,
  startBank,
  type Tpp,
  tokenForm,
  tokenOf,
  tokenPath,
} from './support.ts'

const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('base64url')

function expectRefused(answer: Answer, code: string, error: string, status = 400): void {
  expect({ status: answer.status, body: answer.json }).toEqual({
    status,
    body: { error, error_description: expect.stringMatching(new RegExp(`^${code}\\b`)) },
  })
}

let bank: Bank
let tpp: Tpp
let body: Uint8Array

beforeAll(async () => {
  const keys = await rsaKeys()
  bank = await startBank({
    authority: await createTestAuthority({ keyAlgorithm: 'P-256', keys: { web: keys, seal: keys } }),
  })
  tpp = await bank.tpp()
  body = octets(JSON.stringify(await bodyFor(tpp)))
}, 60_000)
afterAll(() => bank?.close())

const stored = async (): Promise<number> => Number((await bank.rows('select count(*) as n from clients'))[0]?.n)
const tokens = async (): Promise<number> => Number((await bank.rows('select count(*) as n from tokens'))[0]?.n)
const post = (token: string, by: Tpp = tpp): Promise<Answer> =>
  callBank(bank, by, { method: 'POST', target: registerPath, token, body })

/** What a wrong token is refused with must be the token: the same request with a right one passes. */
async function expectControl(): Promise<void> {
  expect((await post(await tokenOf(bank, tpp))).status).toBe(201)
  await bank.rows('delete from clients')
}

describe('POST /token', () => {
  const form = (change: Record<string, string | undefined>): string =>
    Object.entries({
      client_id: 'PSD2_TPPRegister',
      grant_type: 'client_credentials',
      scope: 'manageRegistration',
      ...change,
    })
      .flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`]))
      .join('&')
  const refused: Readonly<Record<string, [string, string, string]>> = {
    'TOK-12 grant_type twice': [`${tokenForm}&grant_type=client_credentials`, 'FORM_SYNTAX', 'invalid_request'],
    'TOK-12 scope twice': [`${tokenForm}&scope=openid`, 'FORM_SYNTAX', 'invalid_request'],
    'TOK-12 scope twice, once encoded': [`${tokenForm}&%73cope=openid`, 'FORM_SYNTAX', 'invalid_request'],
    'an encoding that is none': [`${tokenForm}&x=%zz`, 'FORM_SYNTAX', 'invalid_request'],
    'another grant': [form({ grant_type: 'password' }), 'GRANT_TYPE', 'unsupported_grant_type'],
    'no grant': [form({ grant_type: undefined }), 'GRANT_TYPE', 'unsupported_grant_type'],
    'TOK-07 another scope': [form({ scope: 'aisp' }), 'SCOPE', 'invalid_scope'],
    'TOK-07 a scope beside': [form({ scope: 'manageRegistration aisp' }), 'SCOPE', 'invalid_scope'],
    'scope in small letters': [form({ scope: 'manageregistration' }), 'SCOPE', 'invalid_scope'],
    'another client_id': [form({ client_id: 'PSDFR-ACPR-12345' }), 'CLIENT_ID', 'invalid_client'],
    'no client_id': [form({ client_id: undefined }), 'CLIENT_ID', 'invalid_client'],
    nothing: ['', 'GRANT_TYPE', 'unsupported_grant_type'],
    'a long form': [`${tokenForm}&x=${'x'.repeat(5000)}`, 'LIMIT_BODY', 'invalid_request'],
  }
  it.each(Object.entries(refused))('refuses %s', async (_, [text, code, error]) => {
    const before = await tokens()
    expectRefused(await askToken(bank, tpp, text), code, error)
    expect(await tokens()).toBe(before)
    expect((await askToken(bank, tpp)).status).toBe(200)
  })

  it('refuses JSON, and takes a form with and without its character set', async () => {
    const json: [string, string] = ['Content-Type', 'application/json']
    expectRefused(await askToken(bank, tpp, '{}', json), 'FORM_CONTENT_TYPE', 'invalid_request')
    for (const type of ['application/x-www-form-urlencoded', 'APPLICATION/x-www-form-urlencoded;charset=UTF-8']) {
      expect((await askToken(bank, tpp, tokenForm, ['content-type', type])).status).toBe(200)
    }
  })

  it('takes the client_id of the example with a warning in the log', async () => {
    const example = form({ client_id: '9d8711ec-f1b4-45e4-8072-2b3aa49793f0' })
    expect((await askToken(bank, tpp, example)).status).toBe(200)
    expect(bank.log.at(-2)).toMatchObject({ level: 'warn', fields: { owner: tpp.identifier } })
  })

  it('keeps the hash of a token and nothing of the token', async () => {
    const token = await tokenOf(bank, tpp)
    const rows = await bank.rows('select * from tokens')
    expect(JSON.stringify(rows)).not.toContain(token)
    expect(rows.map(({ hash }) => hash)).toContain(sha256(token))
  })

  it('refuses a client without a certificate, or with one that is not a QWAC that the bank takes', async () => {
    const { authority } = bank
    const psp = { organizationIdentifier: tpp.identifier, roles: ['PSP_AI'], keyAlgorithm: 'P-256' } as const
    const dnsNames = ['tpp.example.com']
    const other = await createTestAuthority({ keyAlgorithm: 'P-256', organizationName: 'Stranger' })
    const forger = await createTestAuthority({ keyAlgorithm: 'P-256' })
    const past = { notBefore: new Date('2025-01-01T00:00:00Z'), notAfter: new Date('2026-01-01T00:00:00Z') }
    const identities: [string, string, Issued | undefined][] = [
      ['CLIENT_CERTIFICATE_MISSING', 'invalid_client', undefined],
      ['CLIENT_CERTIFICATE_KIND', 'invalid_client', await authority.issueQSealC(psp)],
      [
        'CLIENT_CERTIFICATE_PSS',
        'invalid_client',
        await authority.issueQwac({ ...psp, dnsNames, signatureAlgorithm: 'PS256' }),
      ],
      ['CLIENT_CERTIFICATE_EXPIRED', 'invalid_client', await authority.issueQwac({ ...psp, dnsNames, ...past })],
      [
        'CLIENT_CERTIFICATE_IDENTIFIER',
        'invalid_client',
        await authority.issueQwac({ ...psp, dnsNames, organizationIdentifier: 'VATFR-12345', ncaId: 'FR-ACPR' }),
      ],
      ['CERTIFICATE_ISSUER_UNKNOWN at QWAC', 'invalid_client', await other.issueQwac({ ...psp, dnsNames })],
      ['PATH_SIGNATURE_INVALID at QWAC', 'invalid_client', await forger.issueQwac({ ...psp, dnsNames })],
    ]
    const before = await tokens()
    for (const [code, error, identity] of identities) {
      const agent = await agentOf(identity, authority, false)
      expectRefused(await askToken(bank, { agent }), code, error)
      const token = randomBytes(32).toString('base64url')
      const message = await signedMessage(tpp, { method: 'POST', target: registerPath, token, body })
      expectRefused(await send(bank.port, message, agent), code, error)
    }
    expect(await tokens()).toBe(before)
    expect(await stored()).toBe(0)
  })
})

describe('a token', () => {
  /** A token that was put into the store by hand. */
  async function planted(change: Record<string, string>): Promise<string> {
    const token = randomBytes(32).toString('base64url')
    const now = Date.now()
    const row: Record<string, string> = {
      hash: sha256(token),
      thumbprint: sha256(tpp.qwac.certificate),
      environment: 'sandbox',
      scope: 'manageRegistration',
      issued_at: new Date(now).toISOString(),
      expires_at: new Date(now + 3_600_000).toISOString(),
      ...change,
    }
    const columns = Object.keys(row).join(', ')
    await bank.rows(
      `insert into tokens (${columns}) values (${Object.values(row)
        .map((value) => `'${value}'`)
        .join(', ')})`,
    )
    return token
  }

  it('that is whole is taken', async () => {
    expect((await post(await planted({}))).status).toBe(201)
    await bank.rows('delete from clients')
  })

  const der = (): Uint8Array => tpp.qwac.certificate
  const future = (seconds: number): string => new Date(Date.now() + seconds * 1000).toISOString()
  const wrong: Readonly<Record<string, [() => Record<string, string>, string]>> = {
    'TOK-02 bound to nothing': [() => ({ thumbprint: '' }), 'TOKEN_UNKNOWN'],
    'TOK-03 bound to the hash of the PEM': [() => ({ thumbprint: sha256(tpp.qwac.certificatePem()) }), 'TOKEN_UNKNOWN'],
    'TOK-03 bound to the hash in hexadecimal': [
      () => ({ thumbprint: createHash('sha256').update(der()).digest('hex') }),
      'TOKEN_UNKNOWN',
    ],
    'TOK-07 for another scope': [() => ({ scope: 'aisp' }), 'TOKEN_UNKNOWN'],
    'TOK-08 of an hour and a second ago': [
      () => ({ issued_at: future(-3601), expires_at: future(-1) }),
      'TOKEN_EXPIRED',
    ],
    'TOK-08 of later than now': [() => ({ issued_at: future(120), expires_at: future(3720) }), 'TOKEN_UNKNOWN'],
    'TOK-09 of the live environment': [() => ({ environment: 'live' }), 'TOKEN_UNKNOWN'],
  }
  it.each(Object.entries(wrong))('%s is refused', async (_, [change, code]) => {
    expectRefused(await post(await planted(change())), code, 'invalid_token')
    expect(await stored()).toBe(0)
  })

  it('that is wrong is told before the client, whosever it is: nobody learns of one without a token', async () => {
    const other = await bank.tpp({ organizationIdentifier: 'PSDNL-DNB-33031431' })
    const own = await registerAt(bank, tpp, await tokenOf(bank, tpp))
    const foreign = await registerAt(bank, other, await tokenOf(bank, other))
    expect([own.status, foreign.status]).toEqual([201, 201])
    const ids = [own.json.client_id, foreign.json.client_id, 'PSDFR-ACPR-12345-NONE', 'no%20id']
    const tokens: [string, string][] = [['x'.repeat(43), 'TOKEN_UNKNOWN']]
    for (const [change, code] of Object.values(wrong)) tokens.push([await planted(change()), code])
    for (const method of ['GET', 'PUT', 'DELETE'] as const) {
      for (const [token, code] of tokens) {
        const answers: string[] = []
        for (const id of ids) {
          const target = `${registerPath}/${id}`
          const answer = await callBank(bank, tpp, { method, target, token, ...(method === 'PUT' ? { body } : {}) })
          expectRefused(answer, code, 'invalid_token')
          answers.push(answer.text)
        }
        expect(new Set(answers).size).toBe(1)
      }
    }
    expect(await stored()).toBe(2)
    await bank.rows('delete from clients')
  })

  it('TOK-01 is of no use with another QWAC, of the same TPP or another', async () => {
    const token = await tokenOf(bank, tpp)
    const sameTpp = await bank.tpp()
    const otherTpp = await bank.tpp({ organizationIdentifier: 'PSDNL-DNB-33031431' })
    for (const { agent } of [sameTpp, otherTpp]) {
      expectRefused(await post(token, { ...tpp, agent }), 'TOKEN_UNKNOWN', 'invalid_token')
    }
    expect(await stored()).toBe(0)
    expect((await post(token)).status).toBe(201)
    await bank.rows('delete from clients')
  })

  it('TOK-02 that nobody issued is refused', async () => {
    expectRefused(await post(randomBytes(32).toString('base64url')), 'TOKEN_UNKNOWN', 'invalid_token')
  })

  it('TOK-08 ends to the second by the clock of the server', async () => {
    const start = new Date(Math.floor(Date.now() / 1000) * 1000)
    bank.now = start
    const token = await tokenOf(bank, tpp)
    try {
      bank.now = new Date(start.getTime() + 3_600_000)
      expectRefused(await post(token), 'TOKEN_EXPIRED', 'invalid_token')
      bank.now = new Date(start.getTime() + 3_599_999)
      expect((await post(token)).status).toBe(201)
    } finally {
      bank.now = undefined
      await bank.rows('delete from clients')
    }
  })

  it('TOK-11 is taken with its scheme in any case, and refused in every other form', async () => {
    const token = await tokenOf(bank, tpp)
    const message = await signedMessage(tpp, { method: 'POST', target: registerPath, token, body })
    const others = message.headers.filter(([name]) => name !== 'Authorization')
    const withLines = (...values: string[]): HttpMessage => ({
      ...message,
      headers: [...others, ...values.map((value): [string, string] => ['Authorization', value])],
    })
    const refused: [HttpMessage, string][] = [
      [withLines(), 'TOKEN_MISSING'],
      [withLines(`Bearer ${token}`, `Bearer ${token}`), 'TOKEN_SYNTAX'],
      [withLines(`Bearer ${token}, Bearer ${token}`), 'TOKEN_SYNTAX'],
      [withLines(`Bearer ${token} x`), 'TOKEN_SYNTAX'],
      [withLines(token), 'TOKEN_SYNTAX'],
      [withLines(`Basic ${token}`), 'TOKEN_SYNTAX'],
      [withLines('Bearer'), 'TOKEN_SYNTAX'],
      [withLines(`Bearer "${token}"`), 'TOKEN_SYNTAX'],
    ]
    for (const [wrong, code] of refused) expectRefused(await send(bank.port, wrong, tpp.agent), code, 'invalid_token')
    const target = `${registerPath}?access_token=${token}`
    const query = await signedMessage(tpp, { method: 'POST', target, token, body })
    expectRefused(await send(bank.port, query, tpp.agent), 'RESOURCE_UNKNOWN', 'not_found', 404)
    expect(await stored()).toBe(0)
    expect((await send(bank.port, withLines(`bEaReR ${token}`), tpp.agent)).status).toBe(201)
    await bank.rows('delete from clients')
  })

  it('TOK-13 is held to the certificate of its own connection: nothing is resumed', async () => {
    const token = await tokenOf(bank, tpp)
    const other = await bank.tpp({ organizationIdentifier: 'PSDNL-DNB-33031431' })
    for (const maxVersion of ['TLSv1.2', 'TLSv1.3'] as const) {
      const session = await sessionOf(tpp.qwac, maxVersion)
      const agent = new Agent({
        cert: other.qwac.chainPem(),
        key: await other.qwac.privateKeyPem(),
        ca: bank.authority.root.certificatePem(),
        servername: 'localhost',
        maxVersion,
        ...(session === undefined ? {} : { session }),
      })
      const message = await signedMessage(tpp, { method: 'POST', target: registerPath, token, body })
      expectRefused(await send(bank.port, message, agent), 'TOKEN_UNKNOWN', 'invalid_token')
      agent.destroy()
    }
    await expectControl()
  })

  async function sessionOf(identity: Issued, maxVersion: 'TLSv1.2' | 'TLSv1.3'): Promise<Buffer | undefined> {
    const socket: TLSSocket = connect({
      port: bank.port,
      cert: identity.chainPem(),
      key: await identity.privateKeyPem(),
      ca: bank.authority.root.certificatePem(),
      servername: 'localhost',
      maxVersion,
    })
    let session: Buffer | undefined
    socket.on('session', (given: Buffer) => {
      session = given
    })
    await new Promise((resolve, reject) => socket.once('secureConnect', resolve).once('error', reject))
    await new Promise((resolve) => setTimeout(resolve, 50))
    session ??= socket.getSession()
    socket.destroy()
    return session
  }
})

describe('a QWAC in a header', () => {
  const byteSequence = (issued: Issued): string => `:${Buffer.from(issued.certificate).toString('base64')}:`
  const escaped = (issued: Issued): string => encodeURIComponent(issued.certificatePem())

  async function ask(at: Bank, lines: [string, string][], identity?: Issued): Promise<Answer> {
    const agent = await agentOf(identity, at.authority, false)
    const headers = [host, formType, ...lines]
    return send(at.port, { method: 'POST', target: tokenPath, headers, body: octets(tokenForm) }, agent)
  }

  it('TOK-04 counts for nothing where no proxy is named', async () => {
    for (const name of ['Client-Cert', 'X-SSL-Client-Cert', 'X-Forwarded-Client-Cert', 'ssl-client-cert']) {
      for (const value of [byteSequence(tpp.qwac), escaped(tpp.qwac)]) {
        expectRefused(await ask(bank, [[name, value]]), 'CLIENT_CERTIFICATE_MISSING', 'invalid_client')
      }
    }
    // Nor does it stand in for the certificate of the connection.
    const other = await bank.tpp({ organizationIdentifier: 'PSDNL-DNB-33031431' })
    const { json } = await ask(bank, [['Client-Cert', byteSequence(tpp.qwac)]], other.qwac)
    expectRefused(await post(json.access_token), 'TOKEN_UNKNOWN', 'invalid_token')
    expect((await post(json.access_token, { ...tpp, agent: other.agent })).json.error_description).not.toContain(
      'TOKEN',
    )
  })

  describe('of RFC 9440, from proxies that are named', () => {
    let behind: Bank
    let elsewhere: Bank
    beforeAll(async () => {
      const { authority } = bank
      behind = await startBank({ authority, clientCertificate: { from: 'client-cert', proxies: ['127.0.0.1'] } })
      elsewhere = await startBank({ authority, clientCertificate: { from: 'client-cert', proxies: ['192.0.2.1'] } })
    }, 60_000)
    afterAll(async () => {
      await behind?.close()
      await elsewhere?.close()
    })

    it('is taken once, and from them only', async () => {
      const line: [string, string] = ['Client-Cert', byteSequence(tpp.qwac)]
      expect((await ask(behind, [line])).status).toBe(200)
      expectRefused(await ask(elsewhere, [line]), 'CLIENT_CERTIFICATE_MISSING', 'invalid_client')
      expectRefused(await ask(behind, []), 'CLIENT_CERTIFICATE_MISSING', 'invalid_client')
      // The connection of the proxy is not that of the TPP.
      expectRefused(await ask(behind, [], tpp.qwac), 'CLIENT_CERTIFICATE_MISSING', 'invalid_client')
    })

    it('TOK-05 is refused twice, joined, and in another form', async () => {
      const other = await bank.tpp({ organizationIdentifier: 'PSDNL-DNB-33031431' })
      const [own, foreign] = [byteSequence(tpp.qwac), byteSequence(other.qwac)]
      const forms: [string, string][][] = [
        [
          ['Client-Cert', foreign],
          ['Client-Cert', own],
        ],
        [['Client-Cert', `${foreign}, ${own}`]],
        [['Client-Cert', escaped(tpp.qwac)]],
        [['Client-Cert', own.slice(1, -1)]],
        [['Client-Cert', `${own};a=1 x`]],
      ]
      for (const lines of forms) {
        const answer = await ask(behind, lines)
        expect([answer.status, answer.json.error]).toEqual([400, 'invalid_request'])
      }
      const forwarded: [string, string] = ['X-Forwarded-Client-Cert', `Cert="${escaped(tpp.qwac)}"`]
      expectRefused(await ask(behind, [forwarded]), 'CLIENT_CERTIFICATE_MISSING', 'invalid_client')
    })
  })

  it('TOK-06 in PEM with percent signs is decoded exactly', async () => {
    const { authority } = bank
    const header = 'X-SSL-Client-Cert'
    const clientCertificate = { from: 'escaped-pem', header, proxies: ['127.0.0.1'] } as const
    const behind = await startBank({ authority, clientCertificate })
    try {
      expect((await ask(behind, [[header, escaped(tpp.qwac)]])).status).toBe(200)
      // A plus sign is one, written either way; taken for a space it would be another certificate.
      expect((await ask(behind, [[header, escaped(tpp.qwac).replaceAll('%2B', '+')]])).status).toBe(200)
      const refused = [
        escaped(tpp.qwac).replaceAll('%2B', '%20'),
        `${escaped(tpp.qwac)}%zz`,
        `${escaped(tpp.qwac)}AAAA`,
      ]
      for (const value of refused) {
        const answer = await ask(behind, [[header, value]])
        expect([answer.status, answer.json?.error]).toEqual([400, 'invalid_request'])
      }
    } finally {
      await behind.close()
    }
  })
})

describe('the log', () => {
  it('has none of the tokens, and no error', () => {
    const log = JSON.stringify(bank.log)
    expect(bank.log.length).toBeGreaterThan(50)
    expect(log).not.toMatch(/[Bb]earer|access_token|BEGIN CERTIFICATE/)
    expect(bank.log.filter(({ level }) => level === 'error')).toEqual([])
  })
})
