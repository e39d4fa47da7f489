import { RegistrationClient, type RegistrationError } from 'psd2-toolkit/client'
import { buildRegistration, type PolicyName } from 'psd2-toolkit/registration'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contact } from '../registration/support.ts'
import { type Bank, startBank, type Tpp } from '../server/support.ts'

const policies: readonly PolicyName[] = ['seed', 'observed', 'rfc']

/** Both ends of this toolkit, with one rule set between them, over real TLS. */
describe.each(policies)('client and server under %s', (policy) => {
  let bank: Bank
  let client: RegistrationClient

  beforeAll(async () => {
    bank = await startBank({ policy })
    const [current, next] = await Promise.all([bank.tpp(), bank.tpp()])
    client = new RegistrationClient({
      environment: { base: `https://localhost:${bank.port}` },
      ca: bank.authority.root.certificatePem(),
      bank: { certificates: [bank.seal.certificate], required: true },
      policy,
      current: await keySet(current),
      next: await keySet(next),
    })
  }, 60_000)

  afterAll(async () => {
    await client?.close()
    await bank?.close()
  })

  it('go through the life of a client', async () => {
    const at = new Date()
    const fields = { redirectUris: ['https://tpp.example/callback'], softwareId: 'Example App', contact, policy, at }
    const built = await buildRegistration({ ...fields, qsealc: client.certificate() })
    const created = await client.create(built.body)
    expect(created).toMatchObject({ signature: 'verified', grantTypes: ['client_credentials'] })
    const { clientId } = created

    const duplicate = await refused(client.create(built.body))
    expect([duplicate.code, duplicate.problem?.error]).toEqual(['BANK_REFUSED', 'invalid_client_metadata'])

    // What the bank answers is good to send back.
    const read = await client.read(clientId)
    const edited = { ...read.registration, software_id: 'Another name' }
    const changed = await client.update(clientId, new TextEncoder().encode(JSON.stringify(edited)))
    expect(changed.registration).toMatchObject({ software_id: 'Another name' })

    const renewed = await buildRegistration({
      ...fields,
      qsealc: client.certificate('next'),
      operation: 'update',
      clientId,
    })
    await client.rotate(clientId, renewed.body)
    expect((await client.read(clientId)).registration).toMatchObject({ software_id: 'Example App' })

    expect(await client.remove(clientId)).toMatchObject({ signature: 'verified', onEarlierTry: false })
    expect((await refused(client.read(clientId))).code).toBe('BANK_NOT_FOUND')
    expect((await refused(client.remove(clientId))).code).toBe('BANK_NOT_FOUND')
  }, 60_000)
})

async function keySet({ qwac, seal, sealKey }: Tpp) {
  return {
    qwac: { certificate: qwac.chainPem(), key: await qwac.privateKeyPem() },
    qsealc: { certificate: seal.certificate, key: sealKey, url: 'https://tpp.example/qsealc.pem' },
  }
}

async function refused(promise: Promise<unknown>): Promise<RegistrationError> {
  try {
    await promise
  } catch (error) {
    return error as RegistrationError
  }
  throw new Error('it was not refused')
}
