import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Issued } from 'psd2-toolkit/issuance'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { folderWith, psd2 } from '../cli/support.ts'
import { type Bank, headerOf, json, startBank, token } from '../client/bank.ts'
import { root } from '../support/package.ts'
import { qsealc, qwac, testAuthority } from './support.ts'

const vector = (name: string): string => join(root, 'vectors/registration', `${name}.json`)
const certificate = (name: string): string => join(root, 'vectors/certificates', `${name}.pem`)

describe('psd2 registration check', () => {
  it('says pass, and what it could not look at', async () => {
    const { code, out } = await psd2(['registration', 'check', vector('control')])
    expect(code).toBe(0)
    expect(out).toBe(
      'not checked for want of: qwac, path, register, otherSets\npass by policy seed, as of 2026-06-01T00:00:00.000Z\n',
    )
  })

  it('says what is wrong, where, by which clause, and how to mend it', async () => {
    const args = ['registration', 'check', vector('software-version-missing'), '--qwac', certificate('qwac')]
    const { code, out } = await psd2(args)
    expect(code).toBe(1)
    expect(out).toContain('error R-083 registration.software-version\n')
    expect(out).toContain('  at /software_version\n')
    expect(out).toContain('(BPCE PSD2 Registration API, POST /register, HTTP Body, software_version)\n')
    expect(out).toContain('fail by policy seed')
  })

  it('takes policy, operation, time and accepted rules', async () => {
    const file = vector('grant-more-observed')
    const codes = await Promise.all(
      [
        [],
        ['--policy', 'observed'],
        ['--operation', 'update', '--policy', 'observed'],
        ['--accept', 'registration.software-version', 'registration.grant-types-other'],
        ['--policy', 'observed', '--at', '2030-01-01T00:00:00Z'],
      ].map(async (more) => (await psd2(['registration', 'check', file, ...more])).code),
    )
    expect(codes).toEqual([1, 0, 0, 0, 1])
  })

  it('writes JSON', async () => {
    const { out } = await psd2(['registration', 'check', vector('scope-cbpii'), '--format', 'json'])
    expect(JSON.parse(out)).toMatchObject({
      operation: 'create',
      policy: 'seed',
      verdict: 'fail',
      findings: [{ rule: 'registration.scope-role', requirement: 'R-053', severity: 'error', path: '/scope' }],
    })
  })

  it('reads standard input, and tells what cannot be read', async () => {
    const sound = readFileSync(vector('control'))
    expect((await psd2(['registration', 'check', '-'], sound)).code).toBe(0)
    expect((await psd2(['registration', 'check', '-'], '{')).code).toBe(3)
    expect((await psd2(['registration', 'check', 'nowhere.json'])).code).toBe(3)
    expect((await psd2(['registration', 'check', '-', '--policy', 'x'], sound)).code).toBe(2)
    expect((await psd2(['registration', 'check', '-', '--accept', 'x'], sound)).code).toBe(2)
  })
})

describe('psd2 explain', () => {
  it('explains a rule of registration, with its severity by policy', async () => {
    const { code, out } = await psd2(['explain', 'registration.software-version'])
    expect(code).toBe(0)
    expect(out).toContain('  Requirement  R-083\n')
    expect(out).toContain('  Policies     seed (error), observed (notice), rfc (notice)\n')
    expect((await psd2(['explain', 'request.digest'])).out).toContain('  Requirement  R-035\n')
  })
})

const fields = [
  ...['--redirect-uri', 'https://tpp.example/callback', '--software-id', 'Example App'],
  ...['--contact-name', 'API team', '--contact-email', 'api@tpp.example', '--contact-phone', '+33 1 23 45 67 89'],
]

describe('psd2 registration build', () => {
  it('prints a body that passes the check', async () => {
    const args = ['registration', 'build', '--qsealc', certificate('qsealc'), '--qwac', certificate('qwac'), ...fields]
    const built = await psd2(args)
    expect(built.code).toBe(0)
    const checked = await psd2(['registration', 'check', '-', '--qwac', certificate('qwac')], built.out)
    expect(checked.code).toBe(0)
  })

  it('builds an agent', async () => {
    const args = ['registration', 'build', '--qsealc', certificate('qsealc'), ...fields, '--agent-serial', '001']
    expect(JSON.parse((await psd2(args)).out)).toMatchObject({ client_legal_id: 'AGTFR-ACPR-12345001' })
    expect((await psd2([...args, '--agent-id', 'x'])).code).toBe(2)
  })

  it('prints nothing where the bank would refuse', async () => {
    const args = ['registration', 'build', '--qsealc', certificate('qsealc'), ...fields, '--scope', 'cbpii']
    const { code, out, err } = await psd2(args)
    expect([code, out]).toEqual([1, ''])
    expect(err).toContain('registration.scope-role at /scope')
  })
})

describe('psd2 registration token, create, get, update, delete', () => {
  let bank: Bank
  let folder: string
  let seal: Issued
  const id = '1PSDFR-ACPR-12345-0-RWMH'
  const registered = { client_id: id, grant_types: ['CLIENT_CREDENTIALS'] }

  beforeAll(async () => {
    bank = await startBank(await qwac({ dnsNames: ['localhost'] }, 'qwac-rsa-3072'))
    seal = await qsealc()
    const [web, nextSeal, nextWeb] = await Promise.all([qwac(), qsealc({}, 'qsealc-rsa-3072'), qwac({}, 'leaf-p-384')])
    const set = (prefix: string) => ({
      qwac: { certificate: `${prefix}qwac.pem`, key: `${prefix}qwac.key` },
      qsealc: {
        certificate: `${prefix}qsealc.pem`,
        key: `${prefix}qsealc.key`,
        url: 'https://tpp.example/qsealc.pem',
      },
    })
    folder = folderWith({
      'ca.pem': (await testAuthority()).root.certificatePem(),
      'qwac.pem': web.chainPem(),
      'qwac.key': await web.privateKeyPem(),
      'qsealc.pem': seal.certificatePem(),
      'qsealc.key': await seal.privateKeyPem(),
      'next-qwac.pem': nextWeb.chainPem(),
      'next-qwac.key': await nextWeb.privateKeyPem(),
      'next-qsealc.pem': nextSeal.certificatePem(),
      'next-qsealc.key': await nextSeal.privateKeyPem(),
      'config.json': JSON.stringify({
        environment: { base: bank.base },
        ca: 'ca.pem',
        current: set(''),
        next: set('next-'),
        clientId: id,
        registration: {
          redirectUris: ['https://tpp.example/callback'],
          softwareId: 'Example App',
          contact: { contact_name: 'API team', email: 'api@tpp.example', phone_number: '+33 1 23 45 67 89' },
        },
      }),
      'typo.json': JSON.stringify({ environment: 'sandbox', codetab: '17515' }),
      'unreachable.json': JSON.stringify({
        environment: { base: 'https://localhost:1' },
        current: set(''),
        clientId: id,
      }),
    })
  })

  afterAll(() => bank.close())

  beforeEach(() => {
    bank.seen.length = 0
    bank.answerToken = () => json(200, { access_token: token })
    bank.answer = ({ method }) => (method === 'DELETE' ? { status: 204 } : json(201, registered))
  })

  const call = (name: string, ...more: string[]) =>
    psd2(['registration', name, '--config', join(folder, 'config.json'), ...more])

  it('run against a bank', async () => {
    expect(JSON.parse((await call('token')).out)).toEqual({
      access_token: token,
      expiresAt: '2026-06-01T00:59:00.000Z',
    })
    const created = await call('create')
    expect(created.code, created.err).toBe(0)
    expect(JSON.parse(created.out)).toMatchObject({
      status: 201,
      clientId: id,
      signature: 'unsigned',
      activation: { state: 'scheduled', reason: 'before_deadline', activeAt: '2026-06-01T12:00:00.000Z' },
    })
    bank.answer = ({ method }) => (method === 'DELETE' ? { status: 204 } : json(200, registered))
    expect(JSON.parse((await call('get')).out)).toMatchObject({ status: 200, registration: registered })
    expect((await call('update')).code).toBe(0)
    expect((await call('update', '--rotate')).code).toBe(0)
    expect(JSON.parse((await call('delete')).out)).toMatchObject({ clientId: id, removed: true })
    expect(bank.registrations.map(({ method }) => method)).toEqual(['POST', 'GET', 'PUT', 'PUT', 'DELETE'])
    const [first, , second, rotated] = bank.registrations
    const x5c = (body: Buffer | undefined): string => JSON.parse(String(body)).jwks.keys[0].x5c[0]
    expect(x5c(first?.body)).toBe(Buffer.from(seal.certificate).toString('base64'))
    expect(x5c(second?.body)).toBe(x5c(first?.body))
    expect(x5c(rotated?.body)).not.toBe(x5c(first?.body))
  })

  it('print the exact request and send nothing on a dry run', async () => {
    const { code, out } = await call('create', '--dry-run')
    expect(code).toBe(0)
    expect(bank.seen).toHaveLength(0)
    expect(out).toContain(`curl --request POST '${bank.base}/stet/setting/v1/register'`)
    expect(out).toContain(`--cert '${join(folder, 'qwac.pem')}' --key '${join(folder, 'qwac.key')}'`)
    expect(out).toContain('--header "authorization: Bearer $ACCESS_TOKEN"')
    expect(out).toMatch(/--header 'Digest: SHA-256=[A-Za-z0-9+/]{43}='/)
    expect(out).toMatch(/--header 'Signature: keyId="https:\/\/tpp\.example\/qsealc\.pem",/)
    expect(out).toContain(`--data-binary '{"redirect_uris":["https://tpp.example/callback"]`)
    expect(out).not.toMatch(/PRIVATE KEY/)
    const tokens = await call('token', '--dry-run')
    expect(tokens.out).toContain(
      `--data-binary 'client_id=PSD2_TPPRegister&grant_type=client_credentials&scope=manageRegistration'`,
    )
    const removal = await call('delete', '--client-id', 'other', '--dry-run')
    expect(removal.out).toContain(`curl --request DELETE '${bank.base}/stet/setting/v1/register/other'`)
    expect(bank.seen).toHaveLength(0)
  })

  it('take a body from a file, and refuse what the bank would refuse', async () => {
    const { code, err } = await call('create', '--body', vector('control'))
    expect([code, bank.seen.length]).toEqual([1, 0])
    expect(err).toMatch(/^error: CLIENT_CERTIFICATE/)
    const patch = await call('update', '--body', vector('update-patch'))
    expect([patch.code, bank.seen.length]).toEqual([1, 0])
    expect(patch.err).toContain('registration.whole-body')
  })

  it('tell what the bank refused, without the token', async () => {
    bank.answer = () => json(400, { error: 'invalid_client_metadata', error_description: `no ${token}` })
    const { code, out, err } = await call('create')
    expect([code, out]).toEqual([1, ''])
    expect(err).toContain('BANK_REFUSED: the bank refused the request: 400, invalid_client_metadata, no [removed]')
    expect(headerOf(bank.registrations[0] as never, 'authorization')).toBe(`Bearer ${token}`)
  })

  it('take the passphrase of a PKCS#12 from a variable that the configuration names', async () => {
    const file = join(folder, 'passphrase.json')
    const text = readFileSync(join(folder, 'config.json'), 'utf8')
    const config = JSON.parse(text)
    config.current.qwac.passphraseVariable = 'PSD2_TEST_PASSPHRASE_THAT_IS_NOT_SET'
    writeFileSync(file, JSON.stringify(config))
    const { code, err } = await psd2(['registration', 'get', '--config', file])
    expect([code, err]).toEqual([3, expect.stringContaining('the variable of the environment is not set')])
  })

  it('end with 5 where there is no bank, and with 3 where the configuration is wrong', async () => {
    const away = await psd2(['registration', 'get', '--config', join(folder, 'unreachable.json')])
    expect(away.code).toBe(5)
    const typo = await psd2(['registration', 'get', '--config', join(folder, 'typo.json')])
    expect([typo.code, typo.err]).toEqual([3, expect.stringContaining('/codetab: nobody knows this member')])
    expect((await psd2(['registration', 'get'])).code).toBe(2)
    const without = await psd2(['registration', 'create', '--config', join(folder, 'unreachable.json')])
    expect(without.code).toBe(3)
  })
})
