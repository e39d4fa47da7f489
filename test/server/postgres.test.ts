import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createTestAuthority } from '../../src/issuance/index.ts'
import { openStore } from '../../src/server/index.ts'
import { postgresDatabase } from '../../src/server/store/postgres.ts'
import { postgresFolder, startPostgres, type TestPostgres } from '../support/postgres.ts'
import { expectSchema } from './schema-check.ts'
import { expectOldContent, expectSweep, makeOldStore } from './store-checks.ts'
import {
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
  tokenOf,
} from './support.ts'

const folder = postgresFolder()
if (folder === undefined) {
  console.warn('SKIPPED: the store on PostgreSQL, which is not installed here (apt-get install postgresql)')
}

describe.skipIf(folder === undefined)('the store on PostgreSQL', () => {
  let database: TestPostgres
  let banks: [Bank, Bank]
  let sql: pg.Pool

  beforeAll(async () => {
    database = await startPostgres(folder as string)
    const { url } = database
    const authority = await createTestAuthority({ keyAlgorithm: 'P-256' })
    // Both bring the schema up at once.
    const start = (): Promise<Bank> => startBank({ authority, openStore: () => openStore({ url, connections: 5 }) })
    banks = await Promise.all([start(), start()])
    sql = new pg.Pool({ connectionString: url, max: 2 })
    sql.on('error', () => undefined)
    sql.on('connect', (client) => client.on('error', () => undefined))
  }, 60_000)
  afterAll(async () => {
    await sql?.end()
    for (const bank of banks ?? []) await bank.close()
    await database?.remove()
  }, 30_000)
  afterEach(() => sql.query('delete from clients'))

  const stored = async (): Promise<number> => Number((await sql.query('select count(*) as n from clients')).rows[0].n)

  it('has the schema that the code has', async () => {
    await expectSchema(async (query) => (await sql.query(query)).rows)
  })

  it('opens a store of the first version with all that it held', async () => {
    await sql.query('create database old')
    const url = database.url.replace(/postgres$/, 'old')
    const old = await postgresDatabase({ url, connections: 1 })
    const pool = new pg.Pool({ connectionString: url, max: 1 })
    await makeOldStore(old, (text) => pool.query(text))
    await pool.end()
    await old.close()
    const store = await openStore({ url })
    await expectOldContent(store)
    await store.close()
  })

  it('forgets what has ended, whichever server does it', async () => {
    await sql.query('delete from tokens')
    await sql.query('delete from replays')
    const count = async (table: string) => (await sql.query(`select 1 from ${table}`)).rows.length
    await expectSweep(banks[0].store, count)
    await sql.query(`insert into replays select gen_random_uuid(), '2026-06-01' from generate_series(1, 5000)`)
    await Promise.all(banks.map(({ store }) => store.sweep(new Date('2026-06-03T00:00:00Z'))))
    await Promise.all(banks.map(({ store }) => store.sweep(new Date('2026-06-03T00:00:00Z'))))
    expect(await count('replays')).toBe(0)
  })

  it('lets a token of one server count at the other, and with its QWAC only', async () => {
    const [here, there] = banks
    const tpp = await here.tpp()
    const token = await tokenOf(here, tpp)
    expect((await registerAt(there, tpp, token)).status).toBe(201)
    const other = await here.tpp()
    const { status, json } = await registerAt(there, { ...tpp, agent: other.agent }, token)
    expect([status, json.error]).toEqual([400, 'invalid_token'])
  })

  it('lets one of two servers register a certificate set', async () => {
    const tpp = await banks[0].tpp()
    const token = await tokenOf(banks[0], tpp)
    const answers = await Promise.all(
      Array.from({ length: 16 }, (_, i) => registerAt(banks[i % 2] as Bank, tpp, token, { software_id: `App ${i}` })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(15).fill(400)])
    expect(await stored()).toBe(1)
  })

  it('refuses at one server what the other has received', async () => {
    const [here, there] = banks
    const tpp = await here.tpp()
    const token = await tokenOf(here, tpp)
    const message = await signedMessage(tpp, {
      method: 'POST',
      target: registerPath,
      token,
      body: octets(JSON.stringify(await bodyFor(tpp))),
    })
    const both = await Promise.all([here, there].map(({ port }) => send(port, message, tpp.agent)))
    expect(both.map(({ status }) => status).sort()).toEqual([201, 400])
    expect(both.find(({ status }) => status === 400)?.json.error_description).toMatch(/^REQUEST_REPLAYED/)
  })

  it('reads, changes and removes at one server what was registered at the other', async () => {
    const [here, there] = banks
    const tpp = await here.tpp()
    const token = await tokenOf(here, tpp)
    const created = await registerAt(here, tpp, token)
    const target = `${registerPath}/${created.json.client_id}`
    expect((await callBank(there, tpp, { method: 'GET', target, token })).json).toEqual(created.json)
    const body = octets(JSON.stringify(await bodyFor(tpp, { software_id: 'Changed' })))
    const changes = await Promise.all(banks.map((bank) => callBank(bank, tpp, { method: 'PUT', target, token, body })))
    expect(changes.map(({ status }) => status)).toContain(201)
    for (const { status, json } of changes) {
      if (status !== 201) expect(json.error_description).toMatch(/^CHANGED_MEANWHILE/)
    }
    expect((await callBank(there, tpp, { method: 'DELETE', target, token })).status).toBe(204)
    expect((await callBank(here, tpp, { method: 'GET', target, token })).status).toBe(404)
  })

  it('loses no 201 and logs every 500 while the database is stopped and started again', async () => {
    const [bank] = banks
    const tpp = await bank.tpp()
    const token = await tokenOf(bank, tpp)
    const answered: string[] = []
    const statuses: number[] = []
    const before = bank.log.length
    let isOver = false
    async function registerOn(): Promise<void> {
      while (!isOver) {
        const { seal, sealKey } = await bank.tpp()
        const { status, json } = await registerAt(bank, { ...tpp, seal, sealKey }, token)
        statuses.push(status)
        if (status === 201) answered.push(json.client_id)
      }
    }
    const until = async (reached: () => boolean): Promise<void> => {
      while (!reached()) await new Promise((resolve) => setTimeout(resolve, 20))
    }
    const lanes = Array.from({ length: 4 }, registerOn)
    await until(() => answered.length >= 5)
    await database.stop()
    await until(() => statuses.includes(500))
    const health = await send(bank.port, { method: 'GET', target: '/health', headers: [host] }, tpp.agent)
    await database.start()
    const count = answered.length
    await until(() => answered.length >= count + 5)
    isOver = true
    await Promise.all(lanes)
    expect([health.status, health.json]).toEqual([503, { status: 'down' }])
    expect(new Set(statuses)).toEqual(new Set([201, 500]))
    const { rows } = await sql.query('select client_id from clients')
    const ids = new Set(rows.map(({ client_id }) => client_id))
    expect(answered.filter((id) => !ids.has(id))).toEqual([])
    const failures = bank.log.slice(before).filter(({ fields }) => fields.status === 500)
    expect(failures.length).toBe(statuses.filter((status) => status === 500).length)
    const causes = bank.log.slice(before).filter(({ message }) => message === 'a request failed')
    expect(causes.length).toBe(failures.length)
  }, 60_000)
})
