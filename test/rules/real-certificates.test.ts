import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { type RealFinding, realCertificatesPage, realFindings, remarks } from '../../docs/real-certificates.ts'
import { auditCertificate, readyProfile } from '../../src/audit/index.ts'
import { parseCertificate } from '../../src/x509/certificate.ts'
import type { Name } from '../../src/x509/name.ts'
import { pemFile } from '../corpus/pem-file.ts'
import { describeCorpus } from '../support/corpus.ts'

const profile = readyProfile('auto')

/** commonName; where there is none, the unit: what people call an authority. */
function nameOf(name: Name): string {
  return name.only('2.5.4.3') ?? name.only('2.5.4.11') ?? String(name)
}

describeCorpus('real qualified certificates', ['certificates', 'qualified'], (folder) => {
  it('have no finding at or above error but those that the documentation lists, by rule and issuer', async () => {
    const counts = new Map<string, RealFinding>()
    const files = readdirSync(folder).filter((file) => file.endsWith('.pem'))
    for (const file of files) {
      const der = pemFile(join(folder, file))
      const certificate = parseCertificate(der, { mode: 'tolerant' })
      // On a day on which it was valid: what is wrong then was wrong when it was issued.
      const at = new Date(certificate.validity.notBefore.getTime() + 86_400_000)
      const { findings } = await auditCertificate(der, { at, profile })
      const grave = findings.filter(({ severity }) => severity === 'error' || severity === 'fatal')
      for (const rule of new Set(grave.map((finding) => finding.rule))) {
        const issuer = nameOf(certificate.issuer)
        const key = `${rule} ${issuer}`
        counts.set(key, { rule, issuer, certificates: (counts.get(key)?.certificates ?? 0) + 1 })
      }
    }
    expect(files).toHaveLength(142)
    const sorted = (list: readonly RealFinding[]) =>
      [...list].sort((a, b) => `${a.rule} ${a.issuer}`.localeCompare(`${b.rule} ${b.issuer}`))
    expect(sorted([...counts.values()])).toEqual(sorted(realFindings))
  })
})

it('docs/real-certificates.md is what the list makes, with a remark on each rule', () => {
  expect([...new Set(realFindings.map(({ rule }) => rule))].sort()).toEqual(Object.keys(remarks).sort())
  const page = readFileSync(new URL('../../docs/real-certificates.md', import.meta.url), 'utf8')
  expect(page).toBe(realCertificatesPage())
})
