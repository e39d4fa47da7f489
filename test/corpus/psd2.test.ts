import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { certificateKind, type EidasCode, psd2Attributes, psd2Remarks } from '../../src/eidas/index.ts'
import { parseCertificate } from '../../src/x509/index.ts'
import { describeCorpus } from '../support/corpus.ts'
import { parseCsv } from '../support/csv.ts'
import { pemFile } from './pem-file.ts'

/** What the collection says of a certificate, and the code by which the toolkit says it. */
const explanations: readonly (readonly [RegExp, EidasCode])[] = [
  [/^role SEQUENCE flattened: \d+ elements in one SEQUENCE$/, 'PSD2_ROLES_FLATTENED'],
  [/^role name '.*' for [\d.]+$/, 'PSD2_ROLE_NAME'],
  [/^qcStatements is a single QCStatement, outer SEQUENCE OF missing$/, 'QC_OUTER_SEQUENCE_MISSING'],
  [/^unexpected statementId 0\.4\.0\.194121\.1\.2$/, 'QC_STATEMENT_MISPLACED'],
  [/^nca(Name|Id) tag printable$/, 'PSD2_STRING_TYPE'],
  [/^ncaId syntax '.*'$/, 'PSD2_NCA_ID_FORM'],
  [/^NCAId .* differs from orgId .*$/, 'PSD2_NCA_MISMATCH'],
  [/^orgId not PSD syntax: .*$/, 'PSD2_ORGANIZATION_IDENTIFIER_FORM'],
  [/^subject C .* differs from NCA country [A-Z]{2}$/, 'PSD2_COUNTRY_MISMATCH'],
  [/^no QcCompliance$/, 'EIDAS_NO_QC_COMPLIANCE'],
  [/^no QcType$/, 'EIDAS_NO_QC_TYPE'],
  [/^no QcPDS$/, 'EIDAS_NO_QC_PDS'],
  [/^no keyUsage$/, 'EIDAS_NO_KEY_USAGE'],
  [/^QWAC without EKU$/, 'EIDAS_NO_EXTENDED_KEY_USAGE'],
  [/^sha1WithRSA signature$/, 'EIDAS_SIGNATURE_WEAK'],
  [/^validity \d+ days$/, 'EIDAS_VALIDITY_LONG'],
]

describeCorpus('PSD2 certificates', ['certificates', 'psd2'], (folder) => {
  const rows = parseCsv(readFileSync(join(folder, 'provenance.csv'), 'utf8')) as Record<string, string>[]
  const items = (row: Record<string, string>) => (row.deviations ?? '').split('; ').filter((item) => item !== '')
  const read = (row: Record<string, string>) => {
    const certificate = parseCertificate(pemFile(join(folder, row.file as string)), { mode: 'tolerant' })
    const attributes = psd2Attributes(certificate)
    const { kind } = certificateKind(certificate)
    return { certificate, attributes, kind, remarks: psd2Remarks(certificate, attributes, kind) }
  }

  it('are all there', () => {
    expect(rows).toHaveLength(39)
  })

  it.each(rows.map((row) => [row.file as string, row] as const))('%s', (_, row) => {
    const { certificate, attributes, kind, remarks } = read(row)
    expect(attributes.organizationIdentifier?.value ?? '').toBe(row.organizationIdentifier)
    expect(attributes.ncaId ?? '').toBe(row.ncaId)
    expect(attributes.roles.map(({ role }) => role).join(' ')).toBe(row.rolesByOid)
    expect(attributes.roles.map(({ name }) => name).join(' ')).toBe(row.roles)
    expect(certificate.validity.notBefore.toISOString().slice(0, 19).replace('T', ' ')).toBe(row.notBefore)
    expect(certificate.validity.notAfter.toISOString().slice(0, 19).replace('T', ' ')).toBe(row.notAfter)
    expect(certificate.signatureAlgorithm.oid).toBe(row.signatureAlgorithm)
    expect(certificate.publicKey.algorithm.oid).toBe(row.keyAlgorithm)
    expect(String(certificate.publicKey.size)).toBe(row.keySize)
    expect(certificate.extension('keyUsage')?.decoded?.names.join('+') ?? '').toBe(row.keyUsage)
    expect(certificate.extension('extKeyUsage')?.decoded?.join('+') ?? '').toBe(row.eku)

    const codes = [...certificate.deviations, ...attributes.deviations, ...remarks].map(({ code }) => code)
    // A certificate that could issue others is a CA first, whatever its QcType says.
    if (kind === 'CA') expect(codes).toContain('EIDAS_LEAF_IS_CA')
    else if (row.kind !== 'unknown') expect(kind).toBe(row.kind)
    const unexplained = items(row).filter((item) => {
      const code = explanations.find(([pattern]) => pattern.test(item))?.[1]
      return code === undefined || !codes.includes(code)
    })
    expect(unexplained).toEqual([])
  })

  it('explains by table rows that are all used, and by one row each', () => {
    const all = rows.flatMap(items)
    expect(explanations.filter(([pattern]) => !all.some((item) => pattern.test(item)))).toEqual([])
    expect(all.filter((item) => explanations.filter(([pattern]) => pattern.test(item)).length !== 1)).toEqual([])
  })
})
