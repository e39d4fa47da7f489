import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { Agent } from 'node:https'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { drizzle } from 'drizzle-orm/pglite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadTestAuthority, type TestAuthority } from '../../src/issuance/index.ts'
import { openStore } from '../../src/server/index.ts'
import { lockFolder } from '../../src/server/store/lock.ts'
import { migrate } from '../../src/server/store/migrate.ts'
import { root } from '../support/package.ts'
import { emptyDatabase } from './pglite.ts'
import { expectSchema } from './schema-check.ts'
import {
  type Answer,
  bodyFor,
  formType,
  host,
  octets,
  registerPath,
  rsaKeys,
  send,
  signedMessage,
  tokenForm,
  tokenPath,
} from './support.ts'

describe('the steps of the schema', () => {
  it('make the tables of the code, once, and are refused where a newer version has made more', async () => {
    const client = await emptyDatabase()
    const database = drizzle(client)
    const opened = { transaction: database.transaction.bind(database) }
    try {
      await migrate(opened)
      await migrate(opened)
      await expectSchema(async (query) => (await client.query<Record<string, unknown>>(query)).rows)
      await client.query(`insert into schema_steps (id) values ('9999-later')`)
      await expect(migrate(opened)).rejects.toThrow('steps of a newer version: 9999-later')
    } finally {
      await client.close()
    }
  }, 30_000)

  it('are done whole or not at all', async () => {
    const client = await emptyDatabase()
    const database = drizzle(client)
    const opened = { transaction: database.transaction.bind(database) }
    const steps = [{ id: '0001', statements: ['create table a (b int)', 'create table a (b int)'] }]
    try {
      await expect(migrate(opened, steps)).rejects.toThrow()
      const { rows } = await client.query(`select 1 from information_schema.tables where table_schema = 'public'`)
      expect(rows).toEqual([])
    } finally {
      await client.close()
    }
  }, 30_000)
})

describe('the lock of a data folder', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'psd2-lock-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('lets one in, says who it is to the others, and is given back', async () => {
    const unlock = await lockFolder(folder)
    const refused = lockFolder(folder)
    await expect(refused).rejects.toMatchObject({
      code: 'STORE_LOCKED',
      message: expect.stringContaining(`process ${process.pid}`),
    })
    await expect(openStore({ folder })).rejects.toMatchObject({ code: 'STORE_LOCKED' })
    await unlock()
    await (await lockFolder(folder))()
    expect(await readdir(folder)).toEqual(['lock.2'])
    await rm(join(folder, 'lock.2'))
  })

  const gone = { pid: 2 ** 22 + 1, host: hostname(), started: '1', id: 'x' }
  const holders: Readonly<Record<string, [object, boolean]>> = {
    'a process that is gone': [gone, true],
    'another process that has the number of one that is gone': [{ ...gone, pid: process.pid }, true],
    'a process on another machine': [{ ...gone, host: 'elsewhere.example' }, false],
    'nobody knows whom': [{ nothing: true }, false],
  }
  it.each(Object.entries(holders))('left behind by %s', async (_, [holder, isFree]) => {
    await writeFile(join(folder, 'lock.7'), JSON.stringify(holder))
    if (isFree) await (await lockFolder(folder))()
    else await expect(lockFolder(folder)).rejects.toMatchObject({ code: 'STORE_LOCKED' })
    expect(await readdir(folder)).toEqual([isFree ? 'lock.8' : 'lock.7'])
    await rm(join(folder, isFree ? 'lock.8' : 'lock.7'))
  })

  it('lets one of many in that find the same one left behind', async () => {
    for (let round = 0; round < 50; round++) {
      await writeFile(join(folder, 'lock.1'), JSON.stringify(gone))
      const tries = await Promise.allSettled(Array.from({ length: 12 }, () => lockFolder(folder)))
      const got = tries.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
      expect(got).toHaveLength(1)
      const codes = tries.flatMap((result) => (result.status === 'rejected' ? [result.reason.code] : []))
      expect(new Set(codes)).toEqual(new Set(['STORE_LOCKED']))
      await got[0]?.()
      for (const name of await readdir(folder)) await rm(join(folder, name))
    }
  })
})

describe('a server that is killed while a hundred register', () => {
  let data: string
  let child: ChildProcess | undefined
  let authority: TestAuthority
  let agent: Agent

  beforeAll(async () => {
    data = await mkdtemp(join(tmpdir(), 'psd2-crash-'))
  })
  afterAll(async () => {
    agent?.destroy()
    child?.kill('SIGKILL')
    await rm(data, { recursive: true, force: true })
  })

  async function start(): Promise<number> {
    const started = spawn(process.execPath, ['--import', 'tsx', 'test/server/crash-child.ts', data], {
      cwd: root,
      env: { ...process.env, TSX_TSCONFIG_PATH: join(root, 'tsconfig.test.json') },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    child = started
    const [line] = (await once(started.stdout, 'data')) as [Buffer]
    return Number(String(line))
  }

  const file = (name: string): Promise<string> => readFile(join(data, 'certificates', name), 'utf8')

  async function tokenAt(port: number): Promise<string> {
    const headers = [host, formType]
    const { json } = await send(port, { method: 'POST', target: tokenPath, headers, body: octets(tokenForm) }, agent)
    return json.access_token
  }

  it('keeps every registration that it answered with 201, whole', async () => {
    const port = await start()
    const stored = async (name: string) => ({
      certificate: await file(`authority/${name}.pem`),
      privateKey: await file(`authority/${name}.key`),
    })
    authority = await loadTestAuthority({
      root: await stored('root'),
      web: await stored('web-ca'),
      seal: await stored('seal-ca'),
    })
    agent = new Agent({
      cert: await file('tpp/qwac-chain.pem'),
      key: await file('tpp/qwac.key'),
      ca: await file('authority/root.pem'),
      servername: 'localhost',
      keepAlive: true,
      maxSockets: 16,
    })
    const keys = await rsaKeys()
    const identifier = 'PSDFR-ACPR-12345'
    const token = await tokenAt(port)
    const requests = await Promise.all(
      Array.from({ length: 100 }, async () => {
        const seal = await authority.issueQSealC({
          organizationIdentifier: identifier,
          organizationName: 'Example TPP',
          roles: ['PSP_AI', 'PSP_PI'],
          keys,
        })
        const body = octets(JSON.stringify(await bodyFor({ identifier, seal })))
        const sealKey = await seal.privateKeyPem()
        return {
          sealKey,
          message: await signedMessage({ sealKey }, { method: 'POST', target: registerPath, token, body }),
        }
      }),
    )
    const answered: { sealKey: string; answer: Answer }[] = []
    const broken: unknown[] = []
    await Promise.all(
      requests.map(async ({ sealKey, message }) => {
        try {
          const answer = await send(port, message, agent)
          answered.push({ sealKey, answer })
          if (answered.length === 30) child?.kill('SIGKILL')
        } catch (error) {
          broken.push(error)
        }
      }),
    )
    const sound = answered.filter(({ answer }) => answer.status === 201)
    expect(sound.length).toBeGreaterThanOrEqual(30)
    expect(broken.length).toBeGreaterThan(0)
    expect(answered.length).toBe(sound.length)

    // The lock that it left is taken over, and the token of before still counts.
    const again = await start()
    const clients = sound.map(({ sealKey, answer }) => ({ sealKey, wanted: answer.json }))
    for (const { sealKey, wanted } of clients) {
      const target = `${registerPath}/${wanted.client_id}`
      const read = await send(again, await signedMessage({ sealKey }, { method: 'GET', target, token }), agent)
      expect([read.status, read.json]).toEqual([200, wanted])
    }
    // What was sent and not answered is there whole, or not there: never a client without its signature used up, or the reverse.
    const ended = once(child as ChildProcess, 'exit')
    child?.kill('SIGKILL')
    await ended
    const client = await PGlite.create(join(data, 'store', 'pg'))
    const { rows } = await client.query<Record<string, unknown>>(
      `select c.client_id, c.metadata, (select count(*)::int from replays r where r.seal_thumbprint = c.seal_thumbprint) as used
       from clients c`,
    )
    const { rows: orphans } = await client.query(
      'select 1 from replays r where not exists (select 1 from clients c where c.seal_thumbprint = r.seal_thumbprint)',
    )
    await client.close()
    expect(rows.length).toBeGreaterThanOrEqual(sound.length)
    expect(rows.every(({ used, metadata }) => Number(used) >= 1 && Object.keys(metadata as object).length >= 10)).toBe(
      true,
    )
    expect(orphans).toEqual([])
  }, 120_000)
})
