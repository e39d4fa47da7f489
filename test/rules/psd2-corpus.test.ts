import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { auditCertificate, readyProfile } from '../../src/audit/index.ts'
import { pemFile } from '../corpus/pem-file.ts'
import { describeCorpus } from '../support/corpus.ts'
import { parseCsv } from '../support/csv.ts'

/** Which rules explain what the list of the corpus calls a deviation; one of them is enough. */
const explained: readonly (readonly [deviation: RegExp, ...rules: string[]])[] = [
  [/^role SEQUENCE flattened/, 'ts119495.roles-shape'],
  [/^role name '/, 'ts119495.role-name'],
  [/^no QcCompliance$/, 'en319412-5.compliance'],
  [/^no QcType$/, 'en319412-5.type'],
  [/^no QcPDS$/, 'en319412-5.pds'],
  [/^NCAId .* differs from orgId /, 'ts119495.nca-id-of-identifier'],
  [/^unexpected statementId 0\.4\.0\.194121\.1\.2$/, 'en319412-1.semantics-carrier'],
  [/^subject C .* differs from NCA country /, 'en319412-3.country-of-authority'],
  [/^no keyUsage$/, 'en319412-2.key-usage', 'practice.key-usage'],
  [/^QWAC without EKU$/, 'cabf.server-auth', 'practice.client-auth'],
  [/^validity \d+ days$/, 'practice.validity'],
  [/^ncaName tag printable$/, 'ts119495.nca-name-string'],
  [/^ncaId tag printable$/, 'ts119495.nca-id-string'],
  [/^ncaId syntax '/, 'ts119495.nca-id-form'],
  [/^orgId not PSD syntax/, 'ts119495.identifier-form', 'ts119495.identifier-form-until-2021'],
  [/^qcStatements is a single QCStatement/, 'rfc3739.syntax'],
  [/^sha1WithRSA signature$/, 'ts119312.hash'],
]

/** Deviations of the list that are none. */
const excused: Readonly<Record<string, string>> = {
  '357c4c53c3aa-PSDES-BDE-3DFD21.pem: QWAC without EKU':
    'QcType names two purposes, which is found: what is no QWAC needs no extKeyUsage',
  '74aec87d610f-PSDGB-OB-Unknown0015800001HQQrZAAX.pem: no QcPDS':
    'issued in 2026: EN 319 412-5 V2.5.1 has QcPDS as optional',
  'c71121ad1e3b-PSDGB-OB-Unknown0015800001HQQrZAAX.pem: no QcPDS':
    'issued in 2026: EN 319 412-5 V2.5.1 has QcPDS as optional',
}

describeCorpus('PSD2 certificates', ['certificates', 'psd2'], (folder) => {
  it('each deviation that the list names is explained by a finding, or excused with a reason', async () => {
    const profile = readyProfile('auto')
    const rows = parseCsv(readFileSync(join(folder, 'provenance.csv'), 'utf8'))
    expect(rows).toHaveLength(39)
    let deviations = 0
    const unexplained: string[] = []
    for (const row of rows) {
      const at = new Date('2026-01-01T00:00:00Z')
      const { findings } = await auditCertificate(pemFile(join(folder, row.file ?? '')), { at, profile })
      const found = new Set(findings.map(({ rule }) => rule))
      for (const deviation of (row.deviations ?? '').split('; ').filter((text) => text !== '')) {
        deviations++
        const rules = explained.find(([pattern]) => pattern.test(deviation))?.slice(1) ?? []
        if (!rules.some((rule) => found.has(String(rule)))) unexplained.push(`${row.file}: ${deviation}`)
      }
    }
    expect(deviations).toBeGreaterThan(100)
    expect(unexplained.sort()).toEqual(Object.keys(excused).sort())
  })
})
