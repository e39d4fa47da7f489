import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toHex } from '../../src/core/index.ts'
import type { EligibilityQuestion } from '../../src/server/index.ts'
import { type ClientRecord, createRegistrationApp, settleEligibility } from '../../src/server/index.ts'
import {
  type Bank,
  bodyFor,
  callBank,
  octets,
  registerAt,
  registerPath,
  startBank,
  type Tpp,
  tokenOf,
} from './support.ts'

let bank: Bank
let tpp: Tpp
let token: string
/** What the bank knows of the TPP. */
let answer: unknown = 'met'
const asked: EligibilityQuestion[] = []
// A Wednesday, before the deadline of the day.
const morning = new Date('2026-11-25T08:00:00Z')

beforeAll(async () => {
  bank = await startBank({
    eligibility: async (question) => {
      asked.push(question)
      return answer as 'met'
    },
  })
  bank.now = morning
  tpp = await bank.tpp({ notBefore: new Date('2026-11-01T00:00:00Z') })
  token = await tokenOf(bank, tpp)
}, 60_000)
afterAll(() => bank?.close())

const row = async (clientId: string): Promise<Record<string, unknown> | undefined> => {
  const columns = 'active_from, eligibility, estimated_at, version'
  return (await bank.rows(`select ${columns} from clients where client_id = '${clientId}'`))[0]
}

async function registered(state: unknown): Promise<{ clientId: string; created: Record<string, unknown> }> {
  await bank.rows('delete from clients')
  answer = state
  const created = await registerAt(bank, tpp, token)
  expect(created.status).toBe(201)
  return { clientId: created.json.client_id, created: created.json }
}

const put = async (clientId: string, change: Record<string, unknown> = {}) =>
  callBank(bank, tpp, {
    method: 'PUT',
    target: `${registerPath}/${clientId}`,
    token,
    body: octets(JSON.stringify(await bodyFor(tpp, change))),
  })

describe('eligibility', () => {
  it('that is met lets the clock run', async () => {
    const { clientId } = await registered('met')
    const activeAt = new Date('2026-11-25T13:00:00Z')
    expect(await row(clientId)).toEqual({ active_from: activeAt, eligibility: 'met', estimated_at: null, version: 1 })
    expect(await bank.store.waiting()).toEqual([])
  })

  it('that is open is kept with its reason, told to the operator, and in no answer', async () => {
    asked.length = 0
    const lines = bank.log.length
    const { clientId, created } = await registered('pending_eligibility')
    const [{ qwac, qsealc, ...rest }] = asked as [EligibilityQuestion]
    expect([qwac.bytes, qsealc.bytes].map(toHex)).toEqual(
      [tpp.qwac, tpp.seal].map(({ certificate }) => toHex(certificate)),
    )
    expect(rest).toEqual({
      operation: 'create',
      owner: tpp.identifier,
      kind: 'app',
      metadata: await bodyFor(tpp),
      at: morning,
    })
    expect(asked).toHaveLength(1)
    const waits = { active_from: null, eligibility: 'pending_eligibility', estimated_at: null, version: 1 }
    expect(await row(clientId)).toEqual(waits)
    expect(Object.keys(created).sort()).toEqual(
      ['client_id', 'client_id_issued_at', ...Object.keys(await bodyFor(tpp))].sort(),
    )
    const read = await callBank(bank, tpp, { method: 'GET', target: `${registerPath}/${clientId}`, token })
    expect([read.status, read.json]).toEqual([200, created])
    expect((await bank.store.waiting()).map((client) => client.clientId)).toEqual([clientId])
    const told = bank.log.slice(lines).filter(({ level }) => level === 'warn')
    const fields = { owner: tpp.identifier, kind: 'app', eligibility: 'pending_eligibility', estimatedAt: null }
    expect(told).toEqual([{ level: 'warn', message: 'a client waits for its eligibility', fields }])
  })

  it('of a CA that is to be loaded has an estimate of two weeks', async () => {
    const { clientId } = await registered('ca_unknown')
    const estimated_at = new Date('2026-12-09T13:00:00Z')
    expect(await row(clientId)).toEqual({ active_from: null, eligibility: 'ca_unknown', estimated_at, version: 1 })
  })

  it('is asked again by a change', async () => {
    const { clientId } = await registered('pending_eligibility')
    answer = 'met'
    expect((await put(clientId, { software_id: 'Renamed' })).status).toBe(201)
    expect(await row(clientId)).toMatchObject({ active_from: new Date('2026-11-25T13:00:00Z'), eligibility: 'met' })
    answer = 'ca_unknown'
    expect((await put(clientId)).status).toBe(201)
    expect(await row(clientId)).toMatchObject({ active_from: null, eligibility: 'ca_unknown', version: 3 })
  })

  it('is settled by the bank, once, and not over a change that came meanwhile', async () => {
    const { clientId } = await registered('pending_eligibility')
    const [client] = await bank.store.waiting()
    const at = new Date('2026-11-25T10:00:00Z')
    expect((await put(clientId, { software_id: 'Changed meanwhile' })).status).toBe(201)
    const decision = { eligibility: 'met', at } as const
    expect(await settleEligibility(bank.store, client as ClientRecord, decision)).toBeUndefined()
    const [now] = await bank.store.waiting()
    const settled = await settleEligibility(bank.store, now as ClientRecord, decision)
    expect(settled).toMatchObject({ clientId, version: 3, metadata: { software_id: 'Changed meanwhile' } })
    const activeAt = new Date('2026-11-26T13:00:00Z')
    expect(await row(clientId)).toEqual({ active_from: activeAt, eligibility: 'met', estimated_at: null, version: 3 })
    expect(await bank.store.waiting()).toEqual([])
    // What does not wait any more is not settled again.
    expect(await settleEligibility(bank.store, settled as ClientRecord, decision)).toBeUndefined()
    const wrong = settleEligibility(bank.store, settled as ClientRecord, { ...decision, eligibility: 'fine' as 'met' })
    await expect(wrong).rejects.toThrow(TypeError)
  })

  it.each([undefined, 'fine', true])('that answers %s is a failure, and nothing is registered', async (state) => {
    await bank.rows('delete from clients')
    answer = state
    const failed = await registerAt(bank, tpp, token)
    expect([failed.status, failed.json.error]).toEqual([500, 'server_error'])
    expect(await bank.rows('select 1 from clients')).toEqual([])
    answer = 'met'
  })

  it('is not asked of what is refused', async () => {
    await registered('met')
    asked.length = 0
    expect((await registerAt(bank, tpp, token, { scope: 'none' })).status).toBe(400)
    expect(asked).toEqual([])
    const wrong = createRegistrationApp({ eligibility: 'met' } as never)
    await expect(wrong).rejects.toThrow(TypeError)
  })
})
