import { type ChildProcess, spawn } from 'node:child_process'
import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { Agent } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createCrl, createTestAuthority, type Issued } from '../../src/issuance/index.ts'
import { indexEbaRegister } from '../../src/lists/index.ts'
import { parseCertificate } from '../../src/x509/index.ts'
import { psd2 as commandLine } from '../cli/support.ts'
import { entry, fileOf } from '../register/support.ts'
import { root } from '../support/package.ts'
import { formType, host, octets, send, tokenForm, tokenPath } from './support.ts'

interface Run {
  readonly child: ChildProcess
  readonly ended: Promise<number | null>
  out(): string
  err(): string
}

describe('psd2 sandbox', () => {
  let data: string
  const running: ChildProcess[] = []
  beforeAll(async () => {
    data = await mkdtemp(join(tmpdir(), 'psd2-sandbox-'))
  })
  afterAll(async () => {
    for (const child of running) child.kill('SIGKILL')
    await rm(data, { recursive: true, force: true })
  })

  function psd2(...args: string[]): Run {
    const env = { ...process.env, TSX_TSCONFIG_PATH: join(root, 'tsconfig.test.json'), DATABASE_URL: '' }
    const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', ...args], { cwd: root, env })
    running.push(child)
    let out = ''
    let err = ''
    child.stdout.on('data', (chunk) => {
      out += chunk
    })
    child.stderr.on('data', (chunk) => {
      err += chunk
    })
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
    return { child, ended, out: () => out, err: () => err }
  }

  const until = async (holds: () => boolean): Promise<void> => {
    while (!holds()) await new Promise((resolve) => setTimeout(resolve, 50))
  }

  it('prints its authority and ready-made certificates, refuses a second one, and ends when it is told to', async () => {
    const first = psd2('sandbox', '--port', '0', '--data', data)
    await until(() => first.out().includes('/openapi.json'))
    expect(first.out()).toMatch(/^The sandbox listens on https:\/\/localhost:[0-9]+\n/)
    expect(first.out()).toContain('-----BEGIN CERTIFICATE-----')
    expect(first.out()).not.toContain('PRIVATE KEY')
    for (const file of [
      'tpp/qwac-chain.pem',
      'tpp/qwac.key',
      'tpp/qsealc.pem',
      'tpp/qsealc.key',
      'authority/root.pem',
    ]) {
      await access(join(data, 'certificates', file))
    }
    const second = psd2('sandbox', '--port', '0', '--data', data)
    expect(await second.ended).toBe(3)
    expect(second.err()).toContain(`STORE_LOCKED: process ${first.child.pid}`)
    first.child.kill('SIGTERM')
    expect(await first.ended).toBe(0)
    // A TPP of another authority, which is trusted beside the own one.
    const other = await createTestAuthority({ keyAlgorithm: 'P-256', organizationName: 'Another QTSP' })
    const anchors = join(data, 'anchors.pem')
    await writeFile(anchors, other.webCa.certificatePem() + other.sealCa.certificatePem())
    const psp = { organizationIdentifier: 'PSDNL-DNB-33031431', roles: ['PSP_AI'], keyAlgorithm: 'P-256' } as const
    const ofTpp = { ...psp, dnsNames: ['tpp.example.com'] }
    const [qwac, revoked] = [await other.issueQwac(ofTpp), await other.issueQwac(ofTpp)]
    const { serialNumber } = parseCertificate(revoked.certificate)
    const yesterday = new Date(Date.now() - 86_400_000)
    const entries = [{ serialNumber, date: yesterday }]
    const list = join(data, 'web.crl')
    await writeFile(list, await createCrl({ issuer: other.webCa, thisUpdate: yesterday, revoked: entries }))
    const register = join(data, 'eba.index')
    await writeFile(
      register,
      (await indexEbaRegister([fileOf([entry({ owner: 'NL_DNB', number: '33031431' })])])).index,
    )
    const files = ['--anchors', anchors, '--revocation', list, '--unknown-revocation', 'refuse', '--register', register]
    const again = psd2('sandbox', '--port', '0', '--data', data, ...files)
    await until(() => again.out().includes('/openapi.json'))
    expect(again.out()).not.toContain('BEGIN CERTIFICATE')
    const url = /https:\/\/localhost:([0-9]+)/.exec(again.out())
    const ca = await readFile(join(data, 'certificates', 'authority', 'root.pem'))
    const askWith = async ({ certificatePem, privateKeyPem }: Issued) => {
      const identity = { cert: certificatePem(), key: await privateKeyPem() }
      const agent = new Agent({ ...identity, ca, servername: 'localhost' })
      const message = { method: 'POST', target: tokenPath, headers: [host, formType], body: octets(tokenForm) }
      const { status, json } = await send(Number(url?.[1]), message, agent)
      agent.destroy()
      return [status, json.error_description?.slice(0, 12)]
    }
    expect(await askWith(qwac)).toEqual([200, undefined])
    expect(await askWith(revoked)).toEqual([400, 'PATH_REVOKED'])
    again.child.kill('SIGINT')
    expect(await again.ended).toBe(0)
  }, 120_000)

  it('refuses options that mean nothing', async () => {
    const folder = join(data, 'none')
    for (const wrong of [
      ['--port', '70000'],
      ['--policy', 'strict'],
      ['--log-level', 'loud'],
      ['--prot', '1'],
      ['--unknown-revocation', 'maybe'],
      ['--intermediates', 'x.pem'],
    ]) {
      expect(await commandLine(['sandbox', '--data', folder, ...wrong])).toMatchObject({ code: 2, out: '' })
    }
    // Files of trust that cannot be used end it: a sandbox without them would look like one with them.
    for (const option of ['--trust', '--register', '--revocation', '--anchors']) {
      const absent = await commandLine(['sandbox', '--data', folder, option, join(data, 'absent')])
      expect(absent).toMatchObject({ code: 5, out: '' })
    }
    await expect(access(folder)).rejects.toThrow()
  })
})
