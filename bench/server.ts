import { type ChildProcess, spawn } from 'node:child_process'
import { createPublicKey, type KeyObject, randomUUID, verify } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { Agent, request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Hono } from 'hono'
import { encodeBase64, encodeBase64url } from 'psd2-toolkit/core'
import { type PrivateKeySource, privateKeyFrom } from 'psd2-toolkit/crypto'
import type { HttpMessage } from 'psd2-toolkit/http'
import { createTestAuthority, type Issued, type TestAuthority } from 'psd2-toolkit/issuance'
import { buildJwks, x5tS256 } from 'psd2-toolkit/jwks'
import {
  type ClientRecord,
  createRegistrationApp,
  openStore,
  pathTrust,
  type RegistrationStore,
  type TokenRecord,
} from 'psd2-toolkit/server'
import { createVerifier, signRequest } from 'psd2-toolkit/signature'
import { parseCertificate } from 'psd2-toolkit/x509'
import { measureCpu } from './support/measure-cpu.ts'
import { printRows } from './support/print.ts'

const register = '/stet/setting/v1/register'
const clientId = 'PSDFR-ACPR-12345-BENCH'
const token = 'bench-token'
const owner = 'PSDFR-ACPR-12345'
const seconds = Number(process.env.BENCH_SECONDS ?? 30)
const connections = 8

interface Parties {
  readonly authority: TestAuthority
  readonly qwac: Issued
  readonly seal: Issued
  readonly key: PrivateKeySource
}

/** Reading a registration: what the checks cost beside one raw verification, and requests a second over mutual TLS. */
export async function benchServer(): Promise<void> {
  const authority = await createTestAuthority({ keyAlgorithm: 'P-256' })
  const psp = { organizationIdentifier: owner, organizationName: 'Example TPP', roles: ['PSP_AI', 'PSP_PI'] } as const
  const qwac = await authority.issueQwac({ ...psp, keyAlgorithm: 'P-256', dnsNames: ['tpp.example.com'] })
  const seal = await authority.issueQSealC({ ...psp, keyAlgorithm: 'RSA-2048' })
  const parties = { authority, qwac, seal, key: await privateKeyFrom(await seal.privateKeyPem()) }
  await benchChecks(parties)
  await benchLoad(parties)
}

async function rowsOf({ qwac, seal }: Parties): Promise<{ client: ClientRecord; held: TokenRecord }> {
  const now = new Date()
  const hash = encodeBase64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(token))))
  const client: ClientRecord = {
    clientId,
    kind: 'app',
    owner,
    origin: 'api',
    clientName: 'Example TPP',
    clientLegalId: null,
    sealThumbprint: await x5tS256(seal.certificate),
    seal: encodeBase64(seal.certificate),
    metadata: { client_name: 'Example TPP', scope: 'aisp,pisp', jwks: await buildJwks(seal.certificate) },
    version: 1,
    createdAt: now,
    updatedAt: now,
    activeFrom: now,
    eligibility: 'met',
    estimatedAt: null,
  }
  const held: TokenRecord = {
    hash,
    thumbprint: await x5tS256(qwac.certificate),
    environment: 'sandbox',
    scope: 'manageRegistration',
    issuedAt: now,
    expiresAt: new Date(now.getTime() + 3_600_000),
  }
  return { client, held }
}

async function signedRead({ key }: Parties): Promise<HttpMessage> {
  const headers: [string, string][] = [
    ['Host', 'localhost'],
    ['X-Request-ID', randomUUID()],
    ['Authorization', `Bearer ${token}`],
  ]
  const message = { method: 'GET', target: `${register}/${clientId}`, headers }
  const signed = await signRequest(message, { profile: 'bpce', key, keyId: clientId, at: new Date() })
  return { ...message, headers: [...headers, ...signed.headers] }
}

/** The whole of a request in this process, without TLS, over a store that answers at once; and the store alone. */
async function benchChecks(parties: Parties): Promise<void> {
  const { authority, qwac, seal } = parties
  const { client, held } = await rowsOf(parties)
  const instant: RegistrationStore = {
    addToken: async () => undefined,
    findToken: async () => held,
    findCall: async () => ({ token: held, client }),
    remember: async () => true,
    create: async () => ({ done: true }),
    replace: async () => ({ done: true }),
    remove: async () => ({ done: true }),
    waiting: async () => [],
    settle: async () => true,
    sweep: async () => undefined,
    ping: async () => undefined,
    close: async () => undefined,
  }
  const app = await createRegistrationApp({
    store: instant,
    trust: pathTrust({
      anchors: [authority.root.certificate],
      intermediates: [authority.webCa.certificate, authority.sealCa.certificate],
    }),
    clientCertificate: { from: 'socket' },
    environment: 'sandbox',
    rateLimit: false,
  })
  const message = await signedRead(parties)
  const socket = { getPeerCertificate: () => ({ raw: qwac.certificate }), remoteAddress: '127.0.0.1' }
  const incoming = { method: 'GET', url: message.target, rawHeaders: message.headers.flat(), socket, complete: true }
  const url = `https://localhost${message.target}`
  const ask = async (): Promise<void> => {
    const response = await app.fetch(new Request(url), { incoming })
    if (response.status !== 200) throw new Error(`the server answered ${response.status} ${await response.text()}`)
  }
  await ask()
  // What Fetch and Hono take for any answer of this kind is not the price of a check.
  const text = JSON.stringify(client.metadata)
  const frame = new Hono().all('*', () => new Response(text, { headers: { 'content-type': 'application/json' } }))
  const bare = async (): Promise<void> => void (await frame.fetch(new Request(url), { incoming }))

  const publicKey = createPublicKey({
    key: Buffer.from(parseCertificate(seal.certificate).publicKey.value),
    format: 'der',
    type: 'spki',
  })
  const certificate = parseCertificate(seal.certificate)
  const verifier = createVerifier({ profile: 'bpce', resolveKey: () => certificate })
  const folder = await mkdtemp(join(tmpdir(), 'psd2-bench-'))
  const store = await openStore({ folder })
  await store.addToken(held)
  const until = new Date(Date.now() + 3_600_000)
  await store.create(client, { sealThumbprint: client.sealThumbprint, signed: 'first', until }, { uniqueNames: false })
  const stored = async (): Promise<void> => {
    await store.findCall({ tokenHash: held.hash, clientId, owner })
    await store.remember({ sealThumbprint: client.sealThumbprint, signed: randomUUID(), until })
  }
  const rows = await measureCpu(
    {
      'raw verify, RSA-2048': rawVerify(publicKey, message),
      'its signature, verified completely': () => verifier.verifyRequest(message, { at: new Date() }),
      'Fetch and Hono alone, the same answer': bare,
      'a read without its store': ask,
      'its store, PGlite in a folder': stored,
    },
    15,
  )
  const [, , framework, whole] = rows
  if (framework === undefined || whole === undefined) throw new Error('nothing was measured')
  const checks = { name: 'its checks: the difference', microseconds: whole.microseconds - framework.microseconds }
  printRows([...rows, checks], ['raw verify, RSA-2048'])
  await store.close()
  await rm(folder, { recursive: true, force: true })
}

/** One verification with a key that is imported, as cheap as the platform has it. */
function rawVerify(key: KeyObject, { headers, target }: HttpMessage): () => Promise<void> {
  const value = (name: string): string => headers.find(([header]) => header === name)?.[1] ?? ''
  const base = Buffer.from(`(request-target): get ${target}\nx-request-id: ${value('X-Request-ID')}`)
  const signature = Buffer.from(/signature="([^"]+)"/.exec(value('Signature'))?.[1] ?? '', 'base64')
  return async () => {
    if (!verify('sha256', base, key, signature)) throw new Error('the signature does not verify')
  }
}

/** A server in a process of its own, asked over connections that stay open; this process signs the requests. */
async function benchLoad(parties: Parties): Promise<void> {
  const { authority, qwac } = parties
  const tls = await authority.issueQwac({
    organizationIdentifier: 'PSDFR-ACPR-1',
    keyAlgorithm: 'P-256',
    dnsNames: ['localhost'],
  })
  const bank = await authority.issueQSealC({ organizationIdentifier: 'PSDFR-ACPR-1', keyAlgorithm: 'RSA-2048' })
  const folder = await mkdtemp(join(tmpdir(), 'psd2-bench-'))
  const store = await openStore({ folder })
  const { client, held } = await rowsOf(parties)
  await store.addToken(held)
  const used = { sealThumbprint: client.sealThumbprint, signed: 'first', until: held.expiresAt }
  await store.create(client, used, { uniqueNames: false })
  await store.close()

  const agent = new Agent({
    cert: qwac.chainPem(),
    key: await qwac.privateKeyPem(),
    ca: authority.root.certificatePem(),
    servername: 'localhost',
    keepAlive: true,
    maxSockets: connections,
  })
  const plan = {
    folder,
    tls: { certificate: tls.chainPem(), key: await tls.privateKeyPem() },
    anchors: [encodeBase64(authority.root.certificate)],
    intermediates: [encodeBase64(authority.webCa.certificate), encodeBase64(authority.sealCa.certificate)],
    seal: { certificate: encodeBase64(bank.certificate), key: await bank.privateKeyPem() },
  }
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', fileURLToPath(new URL('./support/server-child.ts', import.meta.url))],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  )
  child.stdin.end(JSON.stringify(plan))
  const [line] = (await firstOutput(child)) as [Buffer]
  const { plain, signing } = JSON.parse(String(line)) as { plain: number; signing: number }
  console.log(`\n${connections} connections that stay open, ${seconds} s each`)
  console.log(`${''.padEnd(42)}${'requests/s'.padStart(12)}${'of floor'.padStart(10)}${'errors'.padStart(8)}`)
  const still = { method: 'GET', target: '/static', headers: [['Host', 'localhost']] as [string, string][] }
  const floor = await load('a static body over the same TLS', plain, agent, () => still, undefined)
  const reads = { 'GET /register/{client_id}': plain, 'the same, answer signed by the bank': signing }
  for (const [name, port] of Object.entries(reads)) await load(name, port, agent, () => signedRead(parties), floor)
  agent.destroy()
  child.kill('SIGTERM')
  await once(child, 'exit')
  await rm(folder, { recursive: true, force: true })
}

function firstOutput(child: ChildProcess): Promise<unknown[]> {
  if (child.stdout === null) throw new Error('the server has no output')
  return once(child.stdout, 'data')
}

async function load(
  name: string,
  port: number,
  agent: Agent,
  next: () => HttpMessage | Promise<HttpMessage>,
  floor: number | undefined,
): Promise<number> {
  const begun = performance.now()
  let done = 0
  let errors = 0
  const lane = async (): Promise<void> => {
    while (performance.now() - begun < seconds * 1000) {
      const status = await ask(port, await next(), agent).catch(() => 0)
      if (status === 200) done++
      else errors++
    }
  }
  await Promise.all(Array.from({ length: connections }, lane))
  const rate = done / ((performance.now() - begun) / 1000)
  const share = floor === undefined ? '' : (rate / floor).toFixed(2)
  console.log(name.padEnd(42) + rate.toFixed(0).padStart(12) + share.padStart(10) + String(errors).padStart(8))
  return rate
}

function ask(port: number, { method, target, headers }: HttpMessage, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port, method, path: target, headers: headers.flat(), agent })
    outgoing.on('error', reject)
    outgoing.on('response', (incoming) => {
      incoming.resume()
      incoming.on('end', () => resolve(incoming.statusCode ?? 0))
    })
    outgoing.end()
  })
}
