import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { linesOfRawHeaders } from '../../src/adapters/index.ts'
import { verifyResponse } from '../../src/signing/index.ts'
import {
  askToken,
  type Bank,
  bodyFor,
  callBank,
  certificateOf,
  octets,
  registerAt,
  registerPath,
  send,
  signedMessage,
  startBank,
  tokenOf,
} from './support.ts'

let bank: Bank
beforeAll(async () => {
  bank = await startBank()
}, 60_000)
afterAll(() => bank?.close())

describe('a TPP at the bank', () => {
  it('gets a token, registers, reads, changes and removes an application', async () => {
    const tpp = await bank.tpp()
    const asked = await askToken(bank, tpp)
    expect(asked.status).toBe(200)
    expect(asked.json).toEqual({
      access_token: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
      token_type: 'Bearer',
      expires_in: 3600,
      scope: 'manageRegistration',
    })
    const token = asked.json.access_token
    const body = await bodyFor(tpp)
    const created = await registerAt(bank, tpp, token)
    expect(created.status).toBe(201)
    const { client_id, client_id_issued_at, ...registered } = created.json
    expect(client_id).toMatch(/^PSDFR-ACPR-12345-[0-9A-F]{18}$/)
    expect(client_id_issued_at).toBeTypeOf('number')
    expect(registered).toEqual(body)

    const target = `${registerPath}/${client_id}`
    const read = await callBank(bank, tpp, { method: 'GET', target, token, keyId: client_id })
    expect(read.status).toBe(200)
    expect(read.json).toEqual(created.json)

    const change = { software_id: 'Another name', redirect_uris: ['https://tpp.example.com/b'] }
    const changed = octets(JSON.stringify(await bodyFor(tpp, change)))
    const replaced = await callBank(bank, tpp, { method: 'PUT', target, token, keyId: client_id, body: changed })
    expect(replaced.status).toBe(201)
    expect(replaced.json).toEqual({ ...created.json, ...change })

    const removed = await callBank(bank, tpp, { method: 'DELETE', target, token, keyId: client_id })
    expect(removed).toMatchObject({ status: 204, text: '' })
    for (const method of ['GET', 'DELETE'] as const) {
      expect((await callBank(bank, tpp, { method, target, token, keyId: client_id })).status).toBe(404)
    }
  })

  it('is read before it is active, and registers again with its certificates after its removal', async () => {
    const tpp = await bank.tpp()
    // A Friday evening: active on Monday, at two in the afternoon of Paris.
    bank.now = new Date('2026-11-27T18:00:00Z')
    try {
      const token = await tokenOf(bank, tpp)
      const created = await registerAt(bank, tpp, token)
      const target = `${registerPath}/${created.json.client_id}`
      const active = `select active_from from clients where client_id = '${created.json.client_id}'`
      expect(await bank.rows(active)).toEqual([{ active_from: new Date('2026-11-30T13:00:00Z') }])
      expect((await callBank(bank, tpp, { method: 'GET', target, token })).status).toBe(200)
      // A change in time for the same day counts on that day.
      bank.now = new Date('2026-11-30T08:58:59Z')
      const later = await tokenOf(bank, tpp)
      const body = octets(JSON.stringify(await bodyFor(tpp, { software_id: 'Renamed' })))
      expect((await callBank(bank, tpp, { method: 'PUT', target, token: later, body })).status).toBe(201)
      expect(await bank.rows(active)).toEqual([{ active_from: new Date('2026-11-30T13:00:00Z') }])
      expect((await callBank(bank, tpp, { method: 'DELETE', target, token: later })).status).toBe(204)
      const again = await registerAt(bank, tpp, later)
      expect(again.status).toBe(201)
      expect(again.json.client_id).not.toBe(created.json.client_id)
      expect((await callBank(bank, tpp, { method: 'GET', target, token: later })).status).toBe(404)
    } finally {
      bank.now = undefined
    }
  })

  it('is the same client at every bank of the group', async () => {
    const tpp = await bank.tpp()
    const token = await tokenOf(bank, tpp)
    const { client_id, ...created } = (await registerAt(bank, tpp, token)).json
    const message = await signedMessage(tpp, { method: 'GET', target: `${registerPath}/${client_id}`, token })
    const headers = message.headers.map(
      ([name, value]) => [name, name === 'Host' ? 'www.10207.sandbox.api.89C3.com' : value] as const,
    )
    expect(await send(bank.port, { ...message, headers }, tpp.agent)).toMatchObject({ status: 200, json: created })
  })

  it('gets answers with the seal of the bank', async () => {
    const tpp = await bank.tpp()
    const token = await tokenOf(bank, tpp)
    const created = await registerAt(bank, tpp, token)
    const answer = { status: created.status, headers: linesOfRawHeaders(created.rawHeaders), body: created.octets }
    const verify = (target: string) =>
      verifyResponse(
        { ...answer, request: { method: 'POST', target, headers: [] } },
        { profile: 'bpce', resolveKey: () => certificateOf(bank.seal), at: new Date() },
      )
    expect((await verify(registerPath)).components).toEqual(['(request-target)', 'digest', 'x-request-id', 'date'])
    // To another request it is no answer.
    await expect(verify(`${registerPath}/other`)).rejects.toMatchObject({ code: 'SIGNATURE_INVALID' })
  })
})
