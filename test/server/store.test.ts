import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { Agent } from 'node:https'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { drizzle } from 'drizzle-orm/pglite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { HttpMessage } from '../../src/http/index.ts'
import { loadTestAuthority, type TestAuthority } from '../../src/issuance/index.ts'
import { x5tS256 } from '../../src/jose/index.ts'
import { openStore } from '../../src/server/index.ts'
import { lockFolder } from '../../src/server/store/lock.ts'
import { migrate } from '../../src/server/store/migrate.ts'
import { pgliteDatabase } from '../../src/server/store/pglite.ts'
import { storeOver } from '../../src/server/store/store.ts'
import { root } from '../support/package.ts'
import { emptyDatabase } from './pglite.ts'
import { expectSchema } from './schema-check.ts'
import { expectOldContent, expectSweep, makeOldStore } from './store-checks.ts'
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

describe('a data folder of the first version', () => {
  it('opens with all that it held: clients, tokens, and signatures that count no more', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'psd2-old-'))
    try {
      const client = await emptyDatabase(join(folder, 'pg'))
      await makeOldStore(await pgliteDatabase(client), (sql) => client.query(sql))
      await client.close()
      for (let time = 0; time < 2; time++) {
        const store = await openStore({ folder })
        if (time === 0) await expectOldContent(store)
        else
          expect(
            await store.remember({ sealThumbprint: 'S'.repeat(43), signed: 'e'.repeat(43), until: new Date() }),
          ).toBe(false)
        await store.close()
      }
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }, 60_000)
})

describe('what has ended', () => {
  it('is forgotten, a thousand rows at a time', async () => {
    const client = await emptyDatabase()
    const store = await storeOver(await pgliteDatabase(client))
    const count = async (table: string) => (await client.query(`select 1 from ${table}`)).rows.length
    const checkpoint = async () => (await client.query('select checkpoint_lsn from pg_control_checkpoint()')).rows[0]
    const before = await checkpoint()
    await expectSweep(store, count)
    // The log up to here is no more needed.
    const after = await checkpoint()
    expect(after).not.toEqual(before)
    const { rows } = await client.query(`select relname from pg_stat_user_tables where last_vacuum is not null`)
    expect(rows).toEqual(expect.arrayContaining([{ relname: 'tokens' }, { relname: 'replays' }]))
    await store.sweep(new Date('2026-06-01T12:00:00Z'))
    expect(await checkpoint()).not.toEqual(after)
    const over = store.sweep(new Date('2027-01-01T00:00:00Z'))
    await store.close()
    await over
  }, 30_000)
})

describe('statements that are parsed once', () => {
  const once = (signed: string) => ({ sealThumbprint: 'S', signed, until: new Date('2027-01-01T00:00:00Z') })

  it('never run within the transaction of another, so that nothing of them is undone with it', async () => {
    const opened = await pgliteDatabase(await emptyDatabase())
    const store = await storeOver(opened)
    try {
      let remembered: Promise<boolean> | undefined
      const failed = opened.transaction(async (tx) => {
        await tx.execute('select 1')
        remembered = store.remember(once('a'))
        // Time enough for a statement that would not wait.
        for (let i = 0; i < 20; i++) await tx.execute('select 1')
        throw new Error('undone')
      })
      await expect(failed).rejects.toThrow('undone')
      expect(await remembered).toBe(true)
      expect(await store.remember(once('a'))).toBe(false)
    } finally {
      await store.close()
    }
  }, 30_000)

  it('go on after one of them has failed', async () => {
    const opened = await pgliteDatabase(await emptyDatabase())
    const store = await storeOver(opened)
    try {
      await expect(store.remember({ ...once('a'), until: 'never' as never })).rejects.toThrow()
      await opened.database.execute('alter table replays rename to away')
      await expect(store.remember(once('a'))).rejects.toMatchObject({ code: '42P01' })
      await opened.database.execute('alter table away rename to replays')
      expect(await store.remember(once('a'))).toBe(true)
      expect(await Promise.all(Array.from({ length: 20 }, () => store.remember(once('b'))))).toHaveLength(20)
      expect(await store.remember(once('b'))).toBe(false)
      const token = { hash: "a'; drop table tokens; --", thumbprint: '\\x00', environment: 'live', scope: 's' }
      const at = new Date('2026-01-01T00:00:00.123Z')
      await store.addToken({ ...token, issuedAt: at, expiresAt: at })
      expect(await store.findToken(token.hash)).toEqual({ ...token, issuedAt: at, expiresAt: at })
    } finally {
      await store.close()
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
    const pair = async (name: string) => ({
      certificate: await file(`authority/${name}.pem`),
      privateKey: await file(`authority/${name}.key`),
    })
    authority = await loadTestAuthority({
      root: await pair('root'),
      web: await pair('web-ca'),
      seal: await pair('seal-ca'),
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
          thumbprint: await x5tS256(seal.certificate),
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
    const reads: HttpMessage[] = []
    for (const { sealKey, wanted } of clients) {
      const target = `${registerPath}/${wanted.client_id}`
      const message = await signedMessage({ sealKey }, { method: 'GET', target, token })
      reads.push(message)
      const read = await send(again, message, agent)
      expect([read.status, read.json]).toEqual([200, wanted])
    }
    // What was sent and not answered is there whole, or not there: with a client its signature is used up, without it is not.
    const ended = once(child as ChildProcess, 'exit')
    child?.kill('SIGKILL')
    await ended
    const folder = await PGlite.create(join(data, 'store', 'pg'))
    const { rows } = await folder.query<{ seal_thumbprint: string; metadata: object }>(
      'select seal_thumbprint, metadata from clients',
    )
    await folder.close()
    expect(rows.every(({ metadata }) => Object.keys(metadata).length >= 10)).toBe(true)
    const stored = new Set(rows.map(({ seal_thumbprint }) => seal_thumbprint))
    expect(stored.size).toBeGreaterThanOrEqual(sound.length)
    const third = await start()
    // A read that was answered before a crash is used up after it.
    for (const message of reads) {
      const { status, json } = await send(third, message, agent)
      expect([status, json.error_description.slice(0, 16)]).toEqual([400, 'REQUEST_REPLAYED'])
    }
    const outcomes = await Promise.all(
      requests.map(async ({ thumbprint, message }) => {
        const { status, json } = await send(third, message, agent)
        return [stored.has(thumbprint), status, status === 201 ? '' : json.error_description.slice(0, 16)]
      }),
    )
    expect(new Set(outcomes.map(String))).toEqual(new Set(['true,400,REQUEST_REPLAYED', 'false,201,']))
  }, 120_000)
})
