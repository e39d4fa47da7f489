import { spawn } from 'node:child_process'
import { createPublicKey, type KeyObject, randomUUID, verify } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
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
  type StoreLocation,
  type TokenRecord,
} from 'psd2-toolkit/server'
import { createVerifier, signRequest } from 'psd2-toolkit/signature'
import { parseCertificate } from 'psd2-toolkit/x509'
import { postgresFolder, startPostgres } from '../test/support/postgres.ts'
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
  await benchStore(parties)
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

/** The whole of a request in this process, without TLS, over a store that answers at once. */
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
  // What Fetch and Hono take for the same answer is not the price of a check.
  const frame = new Hono().all('*', () => {
    const body = { client_id: client.clientId, client_id_issued_at: 0, ...client.metadata }
    const headers = {
      'cache-control': 'no-store',
      date: new Date().toUTCString(),
      'content-type': 'application/json',
      'x-request-id': '7f7dd1ac-0000-4000-8000-000000000001',
    }
    return new Response(JSON.stringify(body), { status: 200, headers })
  })
  const bare = async (): Promise<void> => void (await frame.fetch(new Request(url), { incoming }))
  const certificate = parseCertificate(seal.certificate)
  const key = createPublicKey({ key: Buffer.from(certificate.publicKey.value), format: 'der', type: 'spki' })
  const raw = rawVerify(key, message)
  const verifier = createVerifier({ profile: 'bpce', resolveKey: () => certificate })

  const names = {
    raw: 'raw verify, RSA-2048',
    frame: 'Fetch and Hono alone, the same answer',
    framed: 'the same with one raw verify',
    read: 'a read without its store',
  }
  const rows = await measureCpu(
    {
      [names.raw]: raw,
      'its signature, verified completely': () => verifier.verifyRequest(message, { at: new Date() }),
      [names.frame]: bare,
      [names.framed]: async () => {
        await bare()
        await raw()
      },
      [names.read]: ask,
    },
    25,
  )
  const timeOf = (name: string): number => rows.find((row) => row.name === name)?.microseconds ?? Number.NaN
  const checks = { name: 'its checks: the difference', microseconds: timeOf(names.read) - timeOf(names.frame) }
  printRows([...rows, checks], [names.raw])
  // Between other work a verification finds colder caches than in a loop of its own.
  const within = timeOf(names.framed) - timeOf(names.frame)
  console.log(`its checks, as multiples of a raw verify within a request: ${(checks.microseconds / within).toFixed(2)}`)
}

/** What a read asks of the store. */
async function benchStore(parties: Parties): Promise<void> {
  const { client, held } = await rowsOf(parties)
  const folder = await mkdtemp(join(tmpdir(), 'psd2-bench-'))
  const store = await openStore({ folder })
  await store.addToken(held)
  const until = new Date(Date.now() + 3_600_000)
  await store.create(client, { sealThumbprint: client.sealThumbprint, signed: 'first', until }, { uniqueNames: false })
  const rows = await measureCpu(
    {
      'token and client': () => store.findCall({ tokenHash: held.hash, clientId, owner }),
      'signature used up': () => store.remember({ sealThumbprint: client.sealThumbprint, signed: randomUUID(), until }),
    },
    15,
  )
  console.log('\nPGlite in a folder')
  printRows(rows, [])
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

/** Servers in processes of their own, asked over connections that stay open; this process signs the requests. */
async function benchLoad(parties: Parties): Promise<void> {
  const { authority, qwac } = parties
  const psp = { organizationIdentifier: 'PSDFR-ACPR-1' } as const
  const tls = await authority.issueQwac({ ...psp, keyAlgorithm: 'P-256', dnsNames: ['localhost'] })
  const bank = await authority.issueQSealC({ ...psp, keyAlgorithm: 'RSA-2048' })
  const plan = {
    tls: { certificate: tls.chainPem(), key: await tls.privateKeyPem() },
    anchors: [encodeBase64(authority.root.certificate)],
    intermediates: [encodeBase64(authority.webCa.certificate), encodeBase64(authority.sealCa.certificate)],
    seal: { certificate: encodeBase64(bank.certificate), key: await bank.privateKeyPem() },
  }
  const agent = new Agent({
    cert: qwac.chainPem(),
    key: await qwac.privateKeyPem(),
    ca: authority.root.certificatePem(),
    servername: 'localhost',
    keepAlive: true,
    maxSockets: connections,
  })
  const seeded = async (location: StoreLocation): Promise<StoreLocation> => {
    const store = await openStore(location)
    const { client, held } = await rowsOf(parties)
    await store.addToken(held)
    const used = { sealThumbprint: client.sealThumbprint, signed: 'first', until: held.expiresAt }
    await store.create(client, used, { uniqueNames: false })
    await store.close()
    return location
  }
  const read = (): Promise<HttpMessage> => signedRead(parties)
  const still = { method: 'GET', target: '/static', headers: [['Host', 'localhost']] as [string, string][] }

  console.log(`\n${connections} connections that stay open, ${seconds} s each`)
  console.log(loadHead.map(([title, width]) => title.padStart(width)).join(''))
  const folder = await mkdtemp(join(tmpdir(), 'psd2-bench-'))
  const embedded = await startServer({ ...plan, location: await seeded({ folder }) })
  const floor = await load('a static body over the same TLS', [embedded], agent, () => still)
  await load('GET, PGlite in a folder', [embedded], agent, read, floor)
  await load('the same, answer signed by the bank', [{ ...embedded, port: embedded.signing }], agent, read, floor)
  await embedded.stop()
  await rm(folder, { recursive: true, force: true })

  const programs = postgresFolder()
  if (programs === undefined) {
    console.log('left out: the same on PostgreSQL, which is not installed here')
  } else {
    const database = await startPostgres(programs)
    const location = await seeded({ url: database.url })
    const servers = [await startServer({ ...plan, location }), await startServer({ ...plan, location })]
    await load('GET, PostgreSQL, one server', servers.slice(0, 1), agent, read, floor)
    await load('GET, PostgreSQL, two servers', servers, agent, read, floor)
    await Promise.all(servers.map(({ stop }) => stop()))
    await database.remove()
  }
  agent.destroy()
}

interface LoadServer {
  readonly port: number
  /** Signs its answers. */
  readonly signing: number
  /** Microseconds of the processor that it has taken. */
  cpu(): number
  stop(): Promise<void>
}

async function startServer(plan: object): Promise<LoadServer> {
  const file = fileURLToPath(new URL('./support/server-child.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', file], { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.end(JSON.stringify(plan))
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  const { plain, signing } = JSON.parse(String(line)) as { plain: number; signing: number }
  return {
    port: plain,
    signing,
    cpu: () => processorTime(child.pid),
    async stop() {
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    },
  }
}

/** Fields 14 and 15 of /proc/<pid>/stat, in hundredths of a second; no number where there is no such file. */
function processorTime(pid: number | undefined): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return (Number(fields[11]) + Number(fields[12])) * 10_000
  } catch {
    return Number.NaN
  }
}

const loadHead = [
  ['', 42],
  ['requests/s', 12],
  ['of floor', 10],
  ['server us each', 16],
  ['errors', 8],
] as const

async function load(
  name: string,
  servers: readonly Pick<LoadServer, 'port' | 'cpu'>[],
  agent: Agent,
  next: () => HttpMessage | Promise<HttpMessage>,
  floor?: number,
): Promise<number> {
  const taken = (): number => servers.reduce((sum, { cpu }) => sum + cpu(), 0)
  let done = 0
  let errors = 0
  const lane = async ({ port }: Pick<LoadServer, 'port'>, until: number): Promise<void> => {
    while (performance.now() < until) {
      const status = await ask(port, await next(), agent).catch(() => 0)
      if (status === 200) done++
      else errors++
    }
  }
  async function run(milliseconds: number): Promise<void> {
    const until = performance.now() + milliseconds
    const lanes = Array.from({ length: connections }, (_, index) => servers[index % servers.length])
    await Promise.all(lanes.flatMap((server) => (server === undefined ? [] : [lane(server, until)])))
  }
  // A server that has just started is slow.
  await run(2000)
  done = 0
  const begun = performance.now()
  const before = taken()
  await run(seconds * 1000)
  const rate = done / ((performance.now() - begun) / 1000)
  const each = (taken() - before) / done
  const share = floor === undefined ? '' : (rate / floor).toFixed(2)
  const cells = [rate.toFixed(0), share, Number.isNaN(each) ? '' : each.toFixed(0), String(errors)]
  console.log(name.padEnd(42) + cells.map((cell, index) => cell.padStart(loadHead[index + 1]?.[1] ?? 0)).join(''))
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
