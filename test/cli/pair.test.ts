import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { certificateRules, pairRules } from '../../src/rules/index.ts'
import { folderWith, psd2 } from './support.ts'

const vectors = new URL('../../vectors/certificates/', import.meta.url)
const read = (file: string): string => readFileSync(new URL(file, vectors), 'utf8')
const folder = folderWith({
  'qwac.pem': read('qwac.pem'),
  'qwac-chain.pem': read('qwac.pem') + read('ca-web.pem') + read('ca-root.pem'),
  'qsealc.pem': read('qsealc.pem'),
  'two.pem': read('qwac.pem') + read('qsealc.pem'),
  'with-key.pem': read('qsealc.pem') + read('keys/qsealc-rsa-3072.key'),
  'qsealc.key': read('keys/qsealc-rsa-3072.key'),
  'qwac.key': read('keys/qwac-rsa-3072.key'),
  'request.json': JSON.stringify({
    provider_legal_id: 'PSDFR-ACPR-54321',
    client_name: 'Brand',
    scope: 'aisp cbpii',
    jwks: { keys: [{ x5c: ['AAAA'], 'x5t#S256': 'AAAA' }] },
  }),
  'mine.json': JSON.stringify({ name: 'mine', title: 'x', rules: ['pair.*'] }),
  'wrong.json': JSON.stringify({ name: 'mine', title: 'x', rules: ['pair.kind'] }),
})
const at = ['--at', '2026-01-05T00:00:00Z']
const pair = (qwac: string, qsealc: string, ...more: string[]) =>
  psd2(['pair', '--qwac', `${folder}/${qwac}`, '--qsealc', `${folder}/${qsealc}`, ...at, ...more])

describe('psd2 pair', () => {
  it('passes a pair whose key fits, and says what was not checked', async () => {
    const { code, out } = await pair('qwac.pem', 'qsealc.pem', '--key', `${folder}/qsealc.key`)
    expect(code).toBe(0)
    expect(out).toContain('PASS  pair, a QWAC and a QSealC')
    expect(out).toContain('Not checked')
    expect(out).not.toContain('PRIVATE')
  })

  it('exits 1 for a swapped pair, with places in both', async () => {
    const { code, out } = await pair('qsealc.pem', 'qwac.pem')
    expect(code).toBe(1)
    expect(out).toContain('ERROR pair.kinds')
    expect(out).toContain('qwac.tbsCertificate')
    expect(out).toContain('qsealc.tbsCertificate')
  })

  it('tells whose key it is, and never shows it', async () => {
    const { code, out, err } = await pair('qwac.pem', 'qsealc.pem', '--key', `${folder}/qwac.key`)
    expect(code).toBe(1)
    expect(out).toContain('the private key is that of the qwac')
    const secret = read('keys/qwac-rsa-3072.key').split('\n')[2] as string
    expect(secret.length).toBeGreaterThan(40)
    expect(out + err).not.toContain(secret)
    expect((await pair('qwac.pem', 'qsealc.pem', '--key', `${folder}/qwac.key`, '--key-for', 'qwac')).code).toBe(0)
  })

  it('takes the issuer of a chain as a fact, and refuses two leaves in one file', async () => {
    const { code, out } = await pair('qwac-chain.pem', 'qsealc.pem', '--format', 'json')
    expect(code).toBe(0)
    const [report] = JSON.parse(out).reports
    expect(report.members).toHaveLength(2)
    expect(report.counts.rules['not-checked']).toBeGreaterThan(10)
    expect((await pair('two.pem', 'qsealc.pem')).code).toBe(3)
  })

  it('says that a private key lies beside a certificate', async () => {
    const { code, out, err } = await pair('qwac.pem', 'with-key.pem')
    expect(code).toBe(1)
    expect(out).toContain('bpce.public-only')
    expect(out + err).not.toContain(read('keys/qsealc-rsa-3072.key').split('\n')[2])
  })

  it('takes a profile of a file, and refuses a wrong one with the nearest name', async () => {
    expect((await pair('qwac.pem', 'qsealc.pem', '--profile', `${folder}/mine.json`)).out).toContain('profile mine')
    const wrong = await pair('qwac.pem', 'qsealc.pem', '--profile', `${folder}/wrong.json`)
    expect(wrong.code).toBe(3)
    expect(wrong.err).toContain('nearest: pair.kinds')
    const unknown = await pair('qwac.pem', 'qsealc.pem', '--profile', 'bpec')
    expect(unknown.code).toBe(2)
    expect(unknown.err).toContain('nearest: bpce')
  })

  it('compares with the certificates before, with those of other sets and with the request', async () => {
    const changed = await pair('qwac.pem', 'qsealc.pem', '--previous-qsealc', `${folder}/qwac.pem`)
    expect(changed.code).toBe(0)
    expect(changed.out).toContain('WARNING bpce.issuer-changed')
    const shared = await pair('qwac.pem', 'qsealc.pem', '--other-set', `${folder}/two.pem`)
    expect(shared.code).toBe(1)
    expect(shared.out).toContain('ERROR bpce.separate-sets')
    expect((await pair('qwac.pem', 'qsealc.pem', '--other-set', `${folder}/absent.pem`)).code).toBe(3)
    const request = await pair('qwac.pem', 'qsealc.pem', '--request', `${folder}/request.json`)
    expect(request.code).toBe(1)
    for (const rule of ['provider-legal-id', 'scope', 'x5c', 'x5t'])
      expect(request.out).toContain(`ERROR bpce.${rule} `)
    expect(request.out).toContain('WARNING bpce.client-name')
  })

  it('wants both certificates', async () => {
    expect((await psd2(['pair', '--qwac', `${folder}/qwac.pem`])).code).toBe(2)
    expect((await pair('qwac.pem', 'absent.pem')).code).toBe(3)
  })
})

describe('psd2 rules', () => {
  it('lists every rule, and those of a profile with its severities', async () => {
    const { code, out } = await psd2(['rules'])
    expect(code).toBe(0)
    expect(out.trim().split('\n')).toHaveLength(certificateRules.length + pairRules.length + 1)
    const json = JSON.parse((await psd2(['rules', '--profile', 'crypto', '--format', 'json'])).out)
    const hash = json.find(({ id }: { id: string }) => id === 'ts119312.hash')
    expect(hash).toMatchObject({ severity: 'error', modal: 'should', requirement: 'TS119312:hash' })
    expect(hash.severityCitation.document).toBe('ETSI TS 119 312')
  })

  it('refuses an unknown profile', async () => {
    const { code, err } = await psd2(['rules', '--profile', 'crypt'])
    expect(code).toBe(2)
    expect(err).toContain('nearest: crypto')
  })
})

describe('psd2 explain', () => {
  it('says clause, reason, mend and examples', async () => {
    const { code, out } = await psd2(['explain', 'ts119495.role-name'])
    expect(code).toBe(0)
    for (const text of [
      'ETSI TS 119 495 REG-5.2.2-5',
      'Why',
      'Mend',
      'Passes',
      'Fails',
      'PSD2_ROLE_NAME',
      'auto (error)',
    ]) {
      expect(out).toContain(text)
    }
    expect((await psd2(['explain', 'pair.kinds'])).out).toContain('Fails        vector pair-swapped')
    expect((await psd2(['explain', 'cabf.validity'])).out).toContain('from 2018-03-01')
  })

  it('names the nearest rules for an unknown one', async () => {
    const { code, err } = await psd2(['explain', 'ts119495.rolename'])
    expect(code).toBe(2)
    expect(err).toContain('nearest: ts119495.role-name')
  })
})
