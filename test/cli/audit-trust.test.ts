import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { AuditReport } from '../../src/core/audit-report.ts'
import { indexEbaRegister, readTrustedList } from '../../src/lists/index.ts'
import { packTrustStore } from '../../src/trust/index.ts'
import type { ServicePlan } from '../../vectors/trusted-lists/make/list.ts'
import { certificate, signers } from '../../vectors/trusted-lists/make/material.ts'
import { seal, signed, web } from '../../vectors/trusted-lists/make/vector.ts'
import { root } from '../support/package.ts'
import { folderWith, psd2 } from './support.ts'

const at = new Date('2026-06-01T00:00:00Z')
const vector = (name: string): string => join(root, 'vectors/certificates', `${name}.pem`)

async function storeOf(...services: readonly ServicePlan[]): Promise<Uint8Array> {
  const bytes = new TextEncoder().encode(signed({ services }))
  const list = await readTrustedList(bytes, { signers: [certificate(signers.national.certificate)], at })
  return packTrustStore([list])
}

const register = JSON.stringify([
  [{ disclaimer: 'test' }],
  [
    {
      CA_OwnerID: 'FR_ACPR',
      EntityCode: 'FR_ACPR!12345',
      EntityType: 'PSD_PI',
      Properties: [{ ENT_NAM: 'Test PSP' }, { ENT_COU_RES: 'FR' }, { ENT_AUT: ['2020-01-02'] }],
      Services: [{ FR: ['PS_070', 'PS_080'] }],
      __EBA_EntityVersion: '20260101000000000',
    },
  ],
])

const folder = folderWith({
  'both.store': await storeOf(web, seal),
  'web.store': await storeOf(web),
  'eba.index': (await indexEbaRegister([Buffer.from(register)])).index,
  'junk.store': 'no store',
  'empty/readme.txt': 'nothing here',
  'lists/junk.crl': new Uint8Array([0x30, 0x03, 0x02, 0x01, 0x00]),
})
const file = (name: string): string => join(folder, name)

async function audit(...args: string[]): Promise<{ code: number; err: string; report: AuditReport }> {
  const { code, out, err } = await psd2(['audit', '--format', 'json', '--rule', 'issuer.*', ...args, vector('qsealc')])
  const [report] = code === 2 || code === 5 ? [] : (JSON.parse(out) as { reports: AuditReport[] }).reports
  return { code, err, report: report as AuditReport }
}
const rulesOf = ({ findings }: AuditReport): string[] => findings.map(({ rule }) => rule)

describe('psd2 audit with trust data', () => {
  it('says not-checked where none is given', async () => {
    const { report } = await audit()
    expect(report.trust).toBe('not-checked')
  })

  it('validates the path to the anchors', async () => {
    const { code, report } = await audit('--anchors', vector('ca-root'), '--intermediates', vector('ca-seal'))
    expect({ code, trust: report.trust }).toEqual({ code: 0, trust: 'trusted' })
    const { report: other } = await audit('--anchors', vector('ca-ec-root'))
    expect(other.trust).toBe('indeterminate')
    expect(rulesOf(other)).toContain('issuer.path-known')
  })

  it('asks the trusted lists', async () => {
    expect((await audit('--trust', file('both.store'))).report.trust).toBe('trusted')
    const { report } = await audit('--trust', file('web.store'))
    expect(report.trust).toBe('indeterminate')
    expect(rulesOf(report)).toContain('issuer.known-service')
  })

  it('asks the register', async () => {
    const { report } = await audit('--register', file('eba.index'), '--profile', 'bpce', '--rule', 'bpce.*')
    // Numbers of France are not those of the register: it can neither confirm nor deny.
    expect(report.notChecked.filter(({ needs }) => needs.includes('register'))).toEqual([])
  })

  it('takes a list that is none for no answer', async () => {
    const { report } = await audit('--trust', file('both.store'), '--revocation', file('lists'))
    expect(report.trust).toBe('indeterminate')
    expect(rulesOf(report)).toContain('issuer.revocation-known')
  })

  it.each([
    ['a store that is none', ['--trust', 'junk.store'], /TSL_STORE/],
    ['a register that is none', ['--register', 'junk.store'], /EBA_INDEX/],
    ['a file that is not there', ['--trust', 'absent.store'], /INPUT_NOT_FOUND/],
    ['a folder without lists', ['--revocation', 'empty'], /INPUT_FOLDER_EMPTY/],
  ] as const)('ends with 5 and audits nothing for %s', async (_, [option, name], says) => {
    const { code, err } = await audit(option, file(name))
    expect(code).toBe(5)
    expect(err).toMatch(says)
  })

  it('ends with 2 for intermediates without anchors', async () => {
    expect((await audit('--intermediates', vector('ca-seal'))).code).toBe(2)
  })

  it('does the same for a pair', async () => {
    const args = ['pair', '--qwac', vector('qwac'), '--qsealc', vector('qsealc'), '--format', 'json']
    const { out } = await psd2([...args, '--trust', file('both.store')])
    const [report] = (JSON.parse(out) as { reports: AuditReport[] }).reports
    expect(report?.trust).toBe('trusted')
  })
})
