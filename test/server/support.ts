import { randomUUID } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { Agent, request } from 'node:https'
import { buffer } from 'node:stream/consumers'
import type { PGlite } from '@electric-sql/pglite'
import { rawHeadersOf } from '../../src/adapters/index.ts'
import type { HttpMessage } from '../../src/http/index.ts'
import { createTestAuthority, type Issued, type LeafOptions, type TestAuthority } from '../../src/issuance/index.ts'
import { buildJwks } from '../../src/jose/index.ts'
import {
  createRegistrationApp,
  type Logger,
  pathTrust,
  type RegistrationAppOptions,
  type RegistrationStore,
  serveRegistration,
} from '../../src/server/index.ts'
import { pgliteDatabase } from '../../src/server/store/pglite.ts'
import { storeOver } from '../../src/server/store/store.ts'
import { type SignMessageOptions, signRequest } from '../../src/signing/index.ts'
import { type Certificate, parseCertificate } from '../../src/x509/index.ts'
import { emptyDatabase } from './pglite.ts'

export const tokenPath = '/stet/psd2/oauth/token'
export const registerPath = '/stet/setting/v1/register'
export const tokenForm = 'client_id=PSD2_TPPRegister&grant_type=client_credentials&scope=manageRegistration'
export const formType: [string, string] = ['Content-Type', 'application/x-www-form-urlencoded; charset=utf-8']

export const octets = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)
export const certificateOf = (issued: Issued): Certificate => parseCertificate(issued.certificate)

/** A period in which both the clocks of tests and that of the machine are, whenever they run. */
const always = { notBefore: new Date('2025-01-01T00:00:00Z'), notAfter: new Date('2098-12-31T23:59:59Z') }

/** One key for all seals: certificates differ, and RSA keys are slow to make. */
let sealKeys: Promise<CryptoKeyPair> | undefined
export function rsaKeys(): Promise<CryptoKeyPair> {
  sealKeys ??= crypto.subtle.generateKey(
    { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) },
    true,
    ['sign', 'verify'],
  )
  return sealKeys
}

/** A TPP with its two certificates and a connection of its own. */
export interface Tpp {
  readonly identifier: string
  readonly qwac: Issued
  readonly seal: Issued
  readonly sealKey: string
  readonly agent: Agent
}

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly rawHeaders: readonly string[]
  readonly text: string
  readonly octets: Uint8Array
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers
  readonly json: any
}

export interface LogLine {
  readonly level: string
  readonly message: string
  readonly fields: Readonly<Record<string, unknown>>
}

/** A bank on a free port, with everything that tests look into. */
export interface Bank {
  readonly authority: TestAuthority
  readonly store: RegistrationStore
  readonly port: number
  readonly log: LogLine[]
  readonly seal: Issued
  /** The clock of the server. */
  now: Date | undefined
  tpp(change?: LeafOptions & { readonly authority?: TestAuthority }): Promise<Tpp>
  /** What SQL finds in the store. */
  rows(query: string): Promise<Record<string, unknown>[]>
  close(): Promise<void>
}

export type BankOptions = Partial<Omit<RegistrationAppOptions, 'store' | 'now' | 'log'>> & {
  readonly openStore?: () => Promise<RegistrationStore>
  readonly authority?: TestAuthority
}

/** A store in memory: its SQL is that of the folder, and it is made quicker. */
async function storeIn(client: PGlite): Promise<RegistrationStore> {
  return storeOver(await pgliteDatabase(client))
}

export async function startBank(options: BankOptions = {}): Promise<Bank> {
  const { openStore: open, authority: given, ...rest } = options
  const authority = given ?? (await createTestAuthority({ keyAlgorithm: 'P-256', at: new Date(), ...always }))
  const client = open === undefined ? await emptyDatabase() : undefined
  const store = client === undefined ? await (open as () => Promise<RegistrationStore>)() : await storeIn(client)
  const log: LogLine[] = []
  const write =
    (level: string) =>
    (fields: Readonly<Record<string, unknown>>, message: string): void => {
      log.push({ level, message, fields })
    }
  const logger: Logger = { info: write('info'), warn: write('warn'), error: write('error') }
  const keys = await rsaKeys()
  const bankOf = { organizationIdentifier: 'PSDFR-ACPR-17515', organizationName: 'Bank', roles: ['PSP_AS'] } as const
  const tlsLeaf = await authority.issueQwac({ ...bankOf, keyAlgorithm: 'P-256', dnsNames: ['localhost'] })
  const seal = await authority.issueQSealC({ ...bankOf, keys })
  const agents: Agent[] = []
  let now: Date | undefined
  const app = await createRegistrationApp({
    store,
    trust: pathTrust({
      anchors: [authority.root.certificate],
      intermediates: [authority.webCa.certificate, authority.sealCa.certificate],
    }),
    clientCertificate: { from: 'socket' },
    environment: 'sandbox',
    seal: { key: await seal.privateKeyPem(), certificate: certificateOf(seal), keyId: 'https://bank.example/seal.pem' },
    rateLimit: false,
    log: logger,
    now: () => now ?? new Date(),
    ...rest,
  })
  const tls = { certificate: tlsLeaf.chainPem(), key: await tlsLeaf.privateKeyPem() }
  const running = await serveRegistration({ app, tls })
  return {
    authority,
    store,
    port: running.port,
    log,
    seal,
    get now() {
      return now
    },
    set now(value) {
      now = value
    },
    async rows(query) {
      if (client === undefined) throw new Error('this bank has a store of its own')
      return (await client.query(query)).rows as Record<string, unknown>[]
    },
    async tpp({ authority: issuer = authority, ...change }: LeafOptions & { authority?: TestAuthority } = {}) {
      const identifier = change.organizationIdentifier || 'PSDFR-ACPR-12345'
      const leaf: LeafOptions = {
        ...always,
        organizationIdentifier: identifier,
        organizationName: 'Example TPP',
        roles: ['PSP_AI', 'PSP_PI'],
        ...change,
      }
      const qwac = await issuer.issueQwac({ keyAlgorithm: 'P-256', dnsNames: ['tpp.example.com'], ...leaf })
      const own = await issuer.issueQSealC({ ...leaf, keys })
      const agent = await agentOf(qwac, authority)
      agents.push(agent)
      return { identifier, qwac, seal: own, sealKey: await own.privateKeyPem(), agent }
    },
    async close() {
      for (const agent of agents) agent.destroy()
      await running.close(100)
      await store.close()
    },
  }
}

export async function agentOf(
  identity: Issued | undefined,
  authority: TestAuthority,
  keepAlive = true,
): Promise<Agent> {
  const own = identity === undefined ? {} : { cert: identity.chainPem(), key: await identity.privateKeyPem() }
  return new Agent({
    ...own,
    ca: authority.root.certificatePem(),
    keepAlive,
    servername: 'localhost',
    maxCachedSessions: 0,
  })
}

const watched = new WeakSet<object>()

/** Sends a message exactly as it is; without a length where the body is to be chunked. */
export function send(port: number, message: HttpMessage, agent: Agent, chunked = false): Promise<Answer> {
  const { method, target, headers, body } = message
  const length: [string, string][] =
    body === undefined ? [] : [chunked ? ['Transfer-Encoding', 'chunked'] : ['Content-Length', String(body.length)]]
  return new Promise((resolve, reject) => {
    const outgoing = request({
      host: '127.0.0.1',
      port,
      method,
      path: target,
      headers: rawHeadersOf([...headers, ...length]),
      agent,
    })
    outgoing.setTimeout(15_000, () => outgoing.destroy(new Error('no answer within fifteen seconds')))
    outgoing.on('error', reject)
    // A server that has answered reads no further: what is still written to the connection fails, and that is all right.
    outgoing.once('socket', (socket) => {
      if (!watched.has(socket)) socket.on('error', () => undefined)
      watched.add(socket)
    })
    outgoing.on('response', async (incoming) => {
      try {
        const received = new Uint8Array(await buffer(incoming))
        const text = new TextDecoder().decode(received)
        const isJson = incoming.headers['content-type']?.includes('json') === true && text !== ''
        const { statusCode = 0, headers: lines, rawHeaders } = incoming
        resolve({
          status: statusCode,
          headers: lines,
          rawHeaders,
          text,
          octets: received,
          json: isJson ? JSON.parse(text) : undefined,
        })
      } catch (error) {
        reject(error)
      }
    })
    outgoing.end(body)
  })
}

export const host: [string, string] = ['Host', 'www.17515.sandbox.api.89c3.com']

export function askToken(
  bank: Bank,
  { agent }: Pick<Tpp, 'agent'>,
  form = tokenForm,
  type = formType,
): Promise<Answer> {
  return send(bank.port, { method: 'POST', target: tokenPath, headers: [host, type], body: octets(form) }, agent)
}

export async function tokenOf(bank: Bank, tpp: Pick<Tpp, 'agent'>): Promise<string> {
  const { status, json, text } = await askToken(bank, tpp)
  if (status !== 200) throw new Error(`no token: ${status} ${text}`)
  return json.access_token
}

/** A registration as the page wants it. */
export async function bodyFor(tpp: Pick<Tpp, 'identifier' | 'seal'>, change: Record<string, unknown> = {}) {
  const members: Record<string, unknown> = {
    redirect_uris: ['https://tpp.example.com/callback'],
    token_endpoint_auth_method: 'tls_client_auth',
    grant_types: ['client_credentials'],
    response_types: ['code'],
    client_name: 'Example TPP',
    scope: 'aisp,pisp',
    contact: { contact_name: 'Support', email: 'support@tpp.example.com', phone_number: '+33123456789' },
    provider_legal_id: tpp.identifier,
    jwks: await buildJwks(tpp.seal.certificate),
    software_id: 'Example app',
    software_version: '1.0',
    ...change,
  }
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined))
}

export interface Call {
  readonly method: string
  readonly target: string
  readonly token: string
  readonly body?: Uint8Array | undefined
  readonly keyId?: string
  readonly headers?: readonly (readonly [string, string])[]
  /** Default: the seal of the TPP. */
  readonly key?: SignMessageOptions['key']
  readonly requestId?: string
}

/** A request with token and signature. */
export async function signedMessage(tpp: Pick<Tpp, 'sealKey'>, call: Call): Promise<HttpMessage> {
  const { method, target, token, body, keyId = 'https://tpp.example.com/qsealc.pem', requestId = randomUUID() } = call
  const type: [string, string][] = body === undefined ? [] : [['Content-Type', 'application/json']]
  const headers: [string, string][] = [
    host,
    ['X-Request-ID', requestId],
    ['Authorization', `Bearer ${token}`],
    ...type,
    ...(call.headers ?? []).map(([name, value]): [string, string] => [name, value]),
  ]
  const message = { method, target, headers, body }
  const signed = await signRequest(message, { profile: 'bpce', key: call.key ?? tpp.sealKey, keyId, at: new Date() })
  return { ...message, headers: [...headers, ...signed.headers] }
}

export async function callBank(bank: Bank, tpp: Tpp, call: Call): Promise<Answer> {
  return send(bank.port, await signedMessage(tpp, call), tpp.agent)
}

/** `POST /register`. */
export async function registerAt(
  bank: Bank,
  tpp: Tpp,
  token: string,
  change: Record<string, unknown> = {},
): Promise<Answer> {
  const body = octets(JSON.stringify(await bodyFor(tpp, change)))
  return callBank(bank, tpp, { method: 'POST', target: registerPath, token, body })
}
