import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { Agent } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PGlite } from '@electric-sql/pglite'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openTrustData } from '../../src/audit/index.ts'
import { createCrl, createTestAuthority, type Issued, type TestAuthority } from '../../src/issuance/index.ts'
import { indexEbaRegister } from '../../src/lists/index.ts'
import {
  eitherTrust,
  type Logger,
  listTrust,
  pathTrust,
  type RegistrationStore,
  startSandbox,
} from '../../src/server/index.ts'
import { pgliteDatabase } from '../../src/server/store/pglite.ts'
import { storeOver } from '../../src/server/store/store.ts'
import {
  createRevocationChecker,
  openTrustStore,
  packTrustStore,
  type ServiceUse,
  type VerifiedList,
} from '../../src/trust/index.ts'
import { entry, fileOf, registerOf } from '../register/support.ts'
import { emptyDatabase } from './pglite.ts'
import {
  type Answer,
  askToken,
  type Bank,
  type BankOptions,
  bodyFor,
  callBank,
  certificateOf,
  formType,
  host,
  octets,
  registerAt,
  registerPath,
  rsaKeys,
  send,
  startBank,
  tokenForm,
  tokenOf,
  tokenPath,
} from './support.ts'

const day = 86_400_000
const inDays = (days: number): Date => new Date(Date.now() + days * day)

let bankAuthority: TestAuthority
let listed: TestAuthority
let stranger: TestAuthority
const banks: Bank[] = []
/** One database for all banks of this file: to make one takes a second. */
let database: PGlite
let store: RegistrationStore
beforeAll(async () => {
  database = await emptyDatabase()
  store = await storeOver(await pgliteDatabase(database))
  bankAuthority = await createTestAuthority({ keyAlgorithm: 'P-256' })
  listed = await createTestAuthority({ keyAlgorithm: 'P-256', organizationName: 'Listed QTSP' })
  stranger = await createTestAuthority({ keyAlgorithm: 'P-256', organizationName: 'Unknown QTSP' })
  await rsaKeys()
}, 60_000)
afterAll(async () => {
  for (const bank of banks) await bank.close()
  await store?.close()
})
afterEach(() => database.query('delete from clients'))

const clients = async (): Promise<unknown[]> => (await database.query('select 1 from clients')).rows

async function open(options: BankOptions): Promise<Bank> {
  const openStore = async (): Promise<RegistrationStore> => ({ ...store, close: async () => undefined })
  const bank = await startBank({ authority: bankAuthority, openStore, ...options })
  banks.push(bank)
  return bank
}

const codeOf = ({ json }: Answer): string => String(json?.error_description).split(/[ :]/)[0] ?? ''
const warnings = (bank: Bank) => bank.log.filter(({ level }) => level === 'warn')
/** A logger of the trust, and what it was told. */
function listening(): { readonly log: Logger; readonly told: unknown[] } {
  const told: unknown[] = []
  const nothing = (): void => undefined
  return { told, log: { info: nothing, error: nothing, warn: (...line) => told.push(line) } }
}
const anchorsOf = (authority: TestAuthority) => ({
  anchors: [authority.root.certificate],
  intermediates: [authority.webCa.certificate, authority.sealCa.certificate],
})

interface Listed {
  readonly web?: readonly ServiceUse[]
  readonly seal?: readonly ServiceUse[]
  readonly status?: string
  readonly nextUpdate?: Date
}

async function storeOf({ web = ['web'], seal = ['eseal'], status = 'granted', nextUpdate = inDays(30) }: Listed = {}) {
  const service = (issued: Issued, uses: readonly ServiceUse[]) => {
    const { publicKey, subject } = certificateOf(issued)
    const from = { from: new Date('2020-01-01T00:00:00Z'), type: 'CA/QC', status, uses }
    return {
      provider: 'Listed QTSP',
      name: 'A service',
      statuses: [{ ...from, qualifications: [], notUnderstood: [], takenOver: false }],
      keys: [{ spki: publicKey.value, subject: subject.value, keyIdentifier: undefined }],
    }
  }
  const list: VerifiedList = {
    territory: 'FR',
    type: 'EUgeneric',
    version: 6,
    sequenceNumber: 7,
    operator: 'Test scheme operator',
    issued: inDays(-30),
    nextUpdate,
    informationUris: [],
    pointers: [],
    remarks: [],
    services: [service(listed.webCa, web), service(listed.sealCa, seal)],
    signer: certificateOf(listed.root),
    stale: false,
  }
  return packTrustStore([list])
}

describe('trusted lists beside an authority of the bank', () => {
  async function bankWith(given: Listed = {}, log?: Logger): Promise<Bank> {
    const lists = listTrust({
      store: await openTrustStore(await storeOf(given)),
      ...(log === undefined ? {} : { log }),
    })
    return open({ trust: eitherTrust(pathTrust(anchorsOf(bankAuthority)), lists) })
  }

  it('let a TPP of a listed authority register, and one of the own as before', async () => {
    const bank = await bankWith()
    for (const authority of [listed, bankAuthority]) {
      const tpp = await bank.tpp({ authority })
      const token = await tokenOf(bank, tpp)
      const created = await registerAt(bank, tpp, token)
      expect(created.status).toBe(201)
      const target = `${registerPath}/${created.json.client_id}`
      expect((await callBank(bank, tpp, { method: 'GET', target, token })).status).toBe(200)
    }
  })

  it('have nothing of another authority, whatever it calls itself', async () => {
    const bank = await bankWith()
    const namesake = await createTestAuthority({ keyAlgorithm: 'P-256', organizationName: 'Listed QTSP' })
    for (const authority of [stranger, namesake]) {
      const refused = await askToken(bank, await bank.tpp({ authority }))
      expect([refused.status, codeOf(refused)]).toEqual([400, 'CERTIFICATE_ISSUER_UNKNOWN'])
    }
  })

  it.each([
    ['was withdrawn', { status: 'withdrawn' }],
    ['is for another use', { web: ['eseal'] }],
  ] as const)('refuse what a service issued that %s', async (_, given) => {
    const bank = await bankWith(given)
    const refused = await askToken(bank, await bank.tpp({ authority: listed }))
    expect([refused.status, codeOf(refused)]).toEqual([400, 'CERTIFICATE_ISSUER_NOT_GRANTED'])
  })

  it('refuse a seal whose authority is for web sites only', async () => {
    const bank = await bankWith({ seal: ['web'] })
    const tpp = await bank.tpp({ authority: listed })
    const refused = await registerAt(bank, tpp, await tokenOf(bank, tpp))
    expect([refused.status, refused.json.error]).toEqual([400, 'invalid_client_metadata'])
    expect(refused.json.error_description).toMatch(/^CERTIFICATE_ISSUER_NOT_GRANTED at QSealC:/)
    expect(await clients()).toEqual([])
  })

  it('hold what they trust to its form: a QWAC that is none of a TLS client is refused', async () => {
    const bank = await bankWith()
    const refused = await askToken(bank, await bank.tpp({ authority: listed, extendedKeyUsage: ['serverAuth'] }))
    expect([refused.status, codeOf(refused)]).toEqual([400, 'PATH_PURPOSE'])
  })

  it('trust nothing once their time is over, and the log says so', async () => {
    const { log, told } = listening()
    const bank = await bankWith({ nextUpdate: inDays(-1) }, log)
    const refused = await askToken(bank, await bank.tpp({ authority: listed }))
    expect(codeOf(refused)).toBe('CERTIFICATE_ISSUER_UNKNOWN')
    expect(told).toEqual([
      [{ certificate: 'QWAC', territories: ['FR'] }, 'a trusted list is out of date: what it has is not trusted'],
    ])
  })

  it('are refused with options that mean nothing, and without a ground', async () => {
    const lists = await openTrustStore(await storeOf())
    expect(() => listTrust({ store: lists, crls: [] } as never)).toThrow(TypeError)
    expect(() => eitherTrust()).toThrow(TypeError)
    await expect(openTrustData({ crl: [] } as never)).rejects.toThrow(TypeError)
  })

  it('are no way around a revocation', async () => {
    let asked = 0
    const revoking = pathTrust({ ...anchorsOf(listed), checkRevocation: () => ({ status: 'revoked' }) })
    const trust = eitherTrust(revoking, async () => {
      asked++
    })
    const refused = await askToken(await open({ trust }), await (await open({ trust })).tpp({ authority: listed }))
    expect([codeOf(refused), asked]).toEqual(['PATH_REVOKED', 0])
  })
})

describe('revocation', () => {
  /** Lists of both authorities under the root, and of the root; what is revoked stands in them. */
  async function listsOf(revoked: readonly Issued[], but: readonly ('root' | 'webCa' | 'sealCa')[] = []) {
    const entries = revoked.map((issued) => ({ serialNumber: certificateOf(issued).serialNumber, date: inDays(-1) }))
    const issuers = (['root', 'webCa', 'sealCa'] as const).filter((name) => !but.includes(name))
    return Promise.all(
      issuers.map((name) => createCrl({ issuer: bankAuthority[name], thisUpdate: inDays(-1), revoked: entries })),
    )
  }

  async function bankWith(
    crls: readonly Uint8Array[],
    revocation: 'require' | 'if-present',
    { log } = listening(),
  ): Promise<Bank> {
    const checkRevocation = createRevocationChecker({ crls })
    return open({ trust: pathTrust({ ...anchorsOf(bankAuthority), checkRevocation, revocation, log }) })
  }

  it('lets a TPP register of whose certificates the lists say that they are good', async () => {
    const listener = listening()
    const bank = await bankWith(await listsOf([]), 'require', listener)
    const tpp = await bank.tpp()
    expect((await registerAt(bank, tpp, await tokenOf(bank, tpp))).status).toBe(201)
    expect(listener.told).toEqual([])
  })

  it.each(['require', 'if-present'] as const)('refuses a QWAC that was revoked (%s)', async (revocation) => {
    const maker = await open({})
    const tpp = await maker.tpp()
    const refused = await askToken(await bankWith(await listsOf([tpp.qwac]), revocation), tpp)
    expect([refused.status, refused.json.error, codeOf(refused)]).toEqual([400, 'invalid_client', 'PATH_REVOKED'])
  })

  it('refuses a QSealC that was revoked, and stores nothing', async () => {
    const tpp = await (await open({})).tpp()
    const bank = await bankWith(await listsOf([tpp.seal]), 'if-present')
    const refused = await registerAt(bank, tpp, await tokenOf(bank, tpp))
    expect(refused.json.error_description).toMatch(/^PATH_REVOKED at QSealC:/)
    expect(await clients()).toEqual([])
  })

  it('refuses both where the authority above was revoked', async () => {
    const tpp = await (await open({})).tpp()
    const refused = await askToken(await bankWith(await listsOf([bankAuthority.webCa]), 'if-present'), tpp)
    expect(codeOf(refused)).toBe('PATH_REVOKED')
  })

  it('is refused where nobody can tell and it is required; else let pass, and the log says so', async () => {
    const tpp = await (await open({})).tpp()
    const strict = await askToken(await bankWith(await listsOf([], ['webCa']), 'require'), tpp)
    expect([strict.status, codeOf(strict)]).toEqual([400, 'PATH_REVOCATION_UNKNOWN'])
    const listener = listening()
    const bank = await bankWith(await listsOf([], ['webCa']), 'if-present', listener)
    expect((await askToken(bank, tpp)).status).toBe(200)
    expect(listener.told).toEqual([
      [
        {
          certificate: 'QWAC',
          serial: certificateOf(tpp.qwac).serialNumber.toString(16),
          reasons: [expect.any(String)],
        },
        'nobody can say whether a certificate was revoked',
      ],
    ])
  })
})

describe('the register', () => {
  const irish = { organizationIdentifier: 'PSDIE-CBI-C58301', countryName: 'IE' } as const
  const undecided = 'the register does not tell whether a TPP is authorised'

  it('lets an institution register that is authorised with the services of its scope', async () => {
    const bank = await open({ register: await registerOf(entry()) })
    const tpp = await bank.tpp(irish)
    expect((await registerAt(bank, tpp, await tokenOf(bank, tpp))).status).toBe(201)
    expect(warnings(bank)).toEqual([])
  })

  it('refuses all operations from the day on which the authorisation is withdrawn', async () => {
    const withdrawn = inDays(40).toISOString().slice(0, 10)
    const bank = await open({ register: await registerOf(entry({ dates: ['2018-07-02', withdrawn] })) })
    const tpp = await bank.tpp(irish)
    const created = await registerAt(bank, tpp, await tokenOf(bank, tpp))
    expect(created.status).toBe(201)
    const target = `${registerPath}/${created.json.client_id}`
    const times = [inDays(38), inDays(42)]
    const tokens: string[] = []
    bank.now = times[0]
    tokens.push(await tokenOf(bank, tpp))
    bank.now = times[1]
    const refused = await askToken(bank, tpp)
    expect([refused.status, refused.json.error, codeOf(refused)]).toEqual([400, 'invalid_client', 'PSP_NOT_AUTHORISED'])
    for (const method of ['GET', 'DELETE'] as const) {
      expect(codeOf(await callBank(bank, tpp, { method, target, token: tokens[0] ?? '' }))).toBe('PSP_NOT_AUTHORISED')
    }
    expect(await clients()).toHaveLength(1)
  })

  it.each([
    ['an authorisation that begins later', { dates: [inDays(30).toISOString().slice(0, 10)] }],
    ['an undertaking outside of the directive', { type: 'PSD_EXC' }],
  ])('refuses %s', async (_, parts) => {
    const bank = await open({ register: await registerOf(entry(parts)) })
    expect(codeOf(await askToken(bank, await bank.tpp(irish)))).toBe('PSP_NOT_AUTHORISED')
  })

  it('refuses a scope whose service it does not have, on POST and on PUT', async () => {
    const bank = await open({ register: await registerOf(entry({ services: [{ IE: ['PS_080'] }] })) })
    const tpp = await bank.tpp(irish)
    const token = await tokenOf(bank, tpp)
    const refused = await registerAt(bank, tpp, token, { scope: 'aisp,pisp' })
    expect([refused.status, refused.json.error, codeOf(refused)]).toEqual([
      400,
      'invalid_client_metadata',
      'SCOPE_NOT_AUTHORISED',
    ])
    expect(await clients()).toEqual([])
    const created = await registerAt(bank, tpp, token, { scope: 'aisp' })
    expect(created.status).toBe(201)
    const target = `${registerPath}/${created.json.client_id}`
    const body = octets(JSON.stringify(await bodyFor(tpp, { scope: 'aisp,pisp' })))
    expect(codeOf(await callBank(bank, tpp, { method: 'PUT', target, token, body }))).toBe('SCOPE_NOT_AUTHORISED')
    expect((await callBank(bank, tpp, { method: 'GET', target, token })).json.scope).toBe('aisp')
  })

  it.each([
    ['whose number it does not have, as that of a bank', irish, 'REGISTER_NO_MATCH'],
    ['of France, whose numbers are others', {}, 'REGISTER_NUMBERING'],
  ])('does not refuse a TPP %s, and the log says so', async (_, of, code) => {
    const bank = await open({
      register: await registerOf(entry({ number: 'C1', reference: 'C1' }), entry({ owner: 'FR_ACPR', number: '1' })),
    })
    const tpp = await bank.tpp(of)
    expect((await registerAt(bank, tpp, await tokenOf(bank, tpp))).status).toBe(201)
    const told = warnings(bank).map(({ fields, message }) => [fields, message])
    const line = (certificate: string) => [{ owner: tpp.identifier, certificate, codes: [code] }, undecided]
    expect(told).toEqual([line('QWAC'), line('QSealC')])
  })
})

describe('startSandbox with files of trust', () => {
  it('does not start where unknown revocation is to be refused and nothing tells of any', async () => {
    const data = await mkdtemp(join(tmpdir(), 'psd2-facts-'))
    await expect(startSandbox({ data, unknownRevocation: 'refuse' })).rejects.toThrow(TypeError)
    expect(await readdir(data)).toEqual([])
    await rm(data, { recursive: true, force: true })
  }, 30_000)

  it('trusts what they have, refuses what they revoke, and asks the register', async () => {
    const data = await mkdtemp(join(tmpdir(), 'psd2-facts-'))
    const bank = await open({})
    const [good, revoked, withdrawn] = [
      await bank.tpp({ authority: listed }),
      await bank.tpp({ authority: listed }),
      await bank.tpp({ authority: listed, organizationIdentifier: 'PSDIE-CBI-C58301' }),
    ]
    const serialNumber = certificateOf(revoked.qwac).serialNumber
    const sandbox = await startSandbox({
      data,
      trustData: {
        store: await storeOf(),
        crls: [
          await createCrl({
            issuer: listed.webCa,
            thisUpdate: inDays(-1),
            revoked: [{ serialNumber, date: inDays(-1) }],
          }),
        ],
        register: (await indexEbaRegister([fileOf([entry({ dates: ['2018-07-02', '2020-01-01'] })])])).index,
      },
    })
    try {
      const ca = await readFile(join(data, 'certificates/authority/root.pem'), 'utf8')
      const codes: string[] = []
      for (const { qwac } of [good, revoked, withdrawn]) {
        const agent = new Agent({ cert: qwac.chainPem(), key: await qwac.privateKeyPem(), ca, servername: 'localhost' })
        const message = { method: 'POST', target: tokenPath, headers: [host, formType], body: octets(tokenForm) }
        const answer = await send(sandbox.port, message, agent)
        codes.push(answer.status === 200 ? 'token' : codeOf(answer))
        agent.destroy()
      }
      expect(codes).toEqual(['token', 'PATH_REVOKED', 'PSP_NOT_AUTHORISED'])
    } finally {
      await sandbox.close()
      await rm(data, { recursive: true, force: true })
    }
  }, 60_000)
})
