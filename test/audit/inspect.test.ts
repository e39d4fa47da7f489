import { createHash, X509Certificate } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { allCodes, codeInfo, type Inspection, type InspectOptions, inspectCertificate } from '../../src/audit/index.ts'
import type { InspectionResult } from '../../src/core/inspection.ts'
import { ia5String, integer, nullValue, printableString, sequence, utf8String } from '../../src/der/writer.ts'
import { createTestAuthority, type Issued, type TestAuthority } from '../../src/issuance/index.ts'
import {
  certificate,
  extension,
  psd2Info,
  psd2Statement,
  pspSubject,
  qcCompliance,
  qcStatementsExtension,
  role,
  seeds,
  statement,
} from '../support/build.ts'

async function inspect(der: Uint8Array, options?: InspectOptions): Promise<Inspection> {
  const result = await inspectCertificate(der, options)
  if ('error' in result) throw new Error(`${result.error.code} ${result.error.message}`)
  return result
}

const codes = (inspection: Inspection): string[] => inspection.deviations.map(({ code }) => code)

let authority: TestAuthority
let qwac: Issued
let qsealc: Issued

beforeAll(async () => {
  authority = await createTestAuthority({ keyAlgorithm: 'P-256', at: new Date('2026-03-01T00:00:00Z') })
  const common = { organizationIdentifier: 'PSDFR-ACPR-12345', organizationName: 'Example SA', countryName: 'FR' }
  qwac = await authority.issueQwac({
    ...common,
    keyAlgorithm: 'P-256',
    roles: ['PSP_AI', 'PSP_PI'],
    dnsNames: ['tpp.example.com', 'api.tpp.example.com'],
    serialNumber: 0xabcdefn,
  })
  qsealc = await authority.issueQSealC({ ...common, keyAlgorithm: 'P-384', roles: ['PSP_IC'] })
})

describe('inspectCertificate tells of a QWAC', () => {
  let told: Inspection
  beforeAll(async () => {
    told = await inspect(qwac.certificate, { source: 'qwac.pem', index: 2, place: 'line 7' })
  })

  it('where it came from', () => {
    expect(told).toMatchObject({ source: 'qwac.pem', index: 2, place: 'line 7' })
  })

  it('its fingerprints, as node and openssl have them', () => {
    const digest = createHash('sha256').update(qwac.certificate).digest()
    expect(told.sha256).toBe(digest.toString('hex'))
    expect(told['x5t#S256']).toBe(digest.toString('base64url'))
    const theirs = new X509Certificate(qwac.certificate)
    expect(told.sha256).toBe(theirs.fingerprint256.replaceAll(':', '').toLowerCase())
    expect(told.serialNumber).toBe('00abcdef')
    expect(told.serialNumberDecimal).toBe(String(0xabcdef))
    expect(Date.parse(told.validity.notBefore)).toBe(Date.parse(theirs.validFrom))
    expect(Date.parse(told.validity.notAfter)).toBe(Date.parse(theirs.validTo))
  })

  it('every member of the contract', () => {
    expect(told).toMatchObject({
      kind: 'QWAC',
      version: 3,
      organizationIdentifier: {
        value: 'PSDFR-ACPR-12345',
        scheme: 'PSD',
        country: 'FR',
        authority: 'ACPR',
        number: '12345',
      },
      psd2: {
        roles: [
          { oid: '0.4.0.19495.1.3', role: 'PSP_AI', name: 'PSP_AI' },
          { oid: '0.4.0.19495.1.2', role: 'PSP_PI', name: 'PSP_PI' },
        ],
        ncaName: expect.stringMatching(/./),
        ncaId: 'FR-ACPR',
      },
      signatureAlgorithm: { oid: '1.2.840.10045.4.3.2', name: 'ecdsaWithSHA256' },
      publicKey: { algorithm: 'ecPublicKey', oid: '1.2.840.10045.2.1', size: 256, curve: 'P-256' },
      keyUsage: expect.arrayContaining(['digitalSignature']),
      extendedKeyUsage: expect.arrayContaining([{ oid: '1.3.6.1.5.5.7.3.1', name: 'serverAuth' }]),
      subjectAltNames: [
        { kind: 'dNSName', value: 'tpp.example.com' },
        { kind: 'dNSName', value: 'api.tpp.example.com' },
      ],
      policies: expect.arrayContaining([{ oid: '0.4.0.19495.3.1', name: 'QCP-w-psd2' }]),
      deviations: [],
    })
    expect(told.subject).toContain('organizationIdentifier=PSDFR-ACPR-12345')
    expect(told.issuer).toContain('TEST ONLY')
    expect(told.subjectAttributes).toContainEqual({
      type: 'organizationIdentifier',
      oid: '2.5.4.97',
      value: 'PSDFR-ACPR-12345',
    })
    const statements = told.qcStatements.map(({ name }) => name)
    expect(statements).toEqual(expect.arrayContaining(['QcCompliance', 'QcType', 'PSD2']))
  })

  it('plain data, which JSON keeps', () => {
    expect(JSON.parse(JSON.stringify(told))).toEqual(told)
  })

  it('the members in the order of the contract', () => {
    const order = ['source', 'index', 'sha256', 'x5t#S256', 'kind', 'subject', 'issuer', 'serialNumber', 'validity']
    const rest = ['organizationIdentifier', 'psd2', 'qcStatements', 'signatureAlgorithm', 'publicKey', 'keyUsage']
    const all = [...order, ...rest, 'extendedKeyUsage', 'policies', 'deviations']
    expect(Object.keys(told).filter((name) => all.includes(name))).toEqual(all)
  })
})

describe('inspectCertificate tells', () => {
  it('a QSealC from the rest', async () => {
    expect(await inspect(qsealc.certificate)).toMatchObject({
      kind: 'QSealC',
      psd2: { roles: [{ role: 'PSP_IC' }] },
      publicKey: { size: 384, curve: 'P-384' },
      source: '',
      index: 0,
      place: '',
    })
  })

  it('an authority from the rest', async () => {
    const told = await inspect(authority.webCa.certificate)
    expect(told).toMatchObject({ kind: 'CA', psd2: null, basicConstraints: { cA: true } })
    expect(told.extensions).toContainEqual({ oid: '2.5.29.19', name: 'basicConstraints', critical: true })
  })

  it('a certificate without anything of eIDAS as other', async () => {
    expect(await inspect(certificate({ subject: pspSubject() }))).toMatchObject({
      kind: 'other',
      organizationIdentifier: null,
      psd2: null,
      qcStatements: [],
      keyUsage: [],
      extendedKeyUsage: [],
      subjectAltNames: [],
      policies: [],
      basicConstraints: null,
      extensions: [],
    })
  })

  it('an identifier in no known form by its value', async () => {
    const told = await inspect(certificate({ subject: pspSubject('12345') }))
    expect(told.organizationIdentifier).toMatchObject({ value: '12345', scheme: null, number: null })
  })

  it('PSS with its parameters', async () => {
    expect((await inspect(seeds.pss as Uint8Array)).signatureAlgorithm).toEqual({
      oid: '1.2.840.113549.1.1.10',
      name: 'rsassaPss',
      pss: { hash: 'sha256', mgfHash: 'sha256', saltLength: 32 },
    })
  })

  it('a role by its object identifier and never by its name', async () => {
    const roles = sequence(sequence(...[role('PSP_AI').subarray(2, 11), utf8String('PSP_PI')]))
    const told = await inspect(certificate({ extensions: [qcStatementsExtension(psd2Statement(psd2Info(roles)))] }))
    expect(told.psd2?.roles).toEqual([{ oid: '0.4.0.19495.1.3', role: 'PSP_AI', name: 'PSP_PI' }])
    expect(codes(told)).toContain('PSD2_ROLE_NAME')
  })

  it('text of a statement as text, even where it looks like an object identifier', async () => {
    const roles = sequence(role('PSP_AI'))
    const pds = statement(
      '0.4.0.1862.1.5',
      sequence(sequence(ia5String('1.2.840.113549.1.1.11'), printableString('en'))),
    )
    const told = await inspect(
      certificate({
        extensions: [qcStatementsExtension(pds, psd2Statement(psd2Info(roles, utf8String('0.4.0.19495.1.1'))))],
      }),
    )
    expect(told.qcStatements.find(({ name }) => name === 'QcPDS')?.value).toEqual([
      { url: '1.2.840.113549.1.1.11', language: 'en' },
    ])
    expect(told.qcStatements.find(({ name }) => name === 'PSD2')?.value).toMatchObject({ ncaName: '0.4.0.19495.1.1' })
  })

  it('a statement that it does not know, by its object identifier', async () => {
    const told = await inspect(
      certificate({ extensions: [qcStatementsExtension(qcCompliance, statement('1.2.3.4', nullValue()))] }),
    )
    expect(told.qcStatements).toContainEqual({ oid: '1.2.3.4', name: null, value: null })
  })

  it('two PSD2 statements as a breach, and shows no roles', async () => {
    const told = await inspect(certificate({ extensions: [qcStatementsExtension(psd2Statement(), psd2Statement())] }))
    expect(told.psd2).toBeNull()
    expect(told.deviations.some(({ code, leniency }) => /TWICE/.test(code) && leniency === 'refuse')).toBe(true)
  })
})

describe('deviations', () => {
  it('are explained: message, clause, how to mend it, where', async () => {
    const told = await inspect(
      (await authority.issueQSealC({ keyAlgorithm: 'P-256', defects: ['nca-mismatch'] })).certificate,
    )
    expect(told.deviations.length).toBeGreaterThan(0)
    for (const { code, path, offset, message, clause, mend, leniency } of told.deviations) {
      expect(code).toMatch(/^[A-Z0-9]+(?:_[A-Z0-9]+)+$/)
      expect(path).not.toBe('')
      expect(offset).toBeGreaterThan(0)
      expect(message).not.toBe('')
      expect(clause).toMatch(/.+ .+/)
      expect(mend).not.toBe('')
      expect(['refuse', 'strict', 'note']).toContain(leniency)
    }
  })

  it('point into the certificate', async () => {
    const der = certificate({ extensions: [extension('2.5.29.15', integer(1))] })
    const told = await inspect(der)
    expect(codes(told)).toContain('X509_EXTENSION_VALUE')
    expect(told.keyUsage).toEqual([])
    for (const { offset } of told.deviations) expect(offset).toBeLessThan(der.length)
  })
})

describe('what cannot be read', () => {
  it('is a record with the error', async () => {
    const result = await inspectCertificate(sequence(integer(1)), { source: 'x.der', index: 3, place: 'line 2' })
    expect(result).toEqual({
      source: 'x.der',
      index: 3,
      place: 'line 2',
      error: {
        code: 'DER_TAG_UNEXPECTED',
        message: expect.stringContaining('offset 2'),
        path: 'tbsCertificate',
        offset: 2,
        clause: expect.stringMatching(/X\.690/),
        mend: expect.stringMatching(/./),
      },
    })
  })

  it('has the members that the contract names, whatever is wrong', async () => {
    const inputs = [
      new Uint8Array(),
      Uint8Array.of(0x30),
      new Uint8Array(100),
      new Uint8Array([...qwac.certificate, 0]),
    ]
    for (const input of inputs) {
      const result = await inspectCertificate(input)
      if (!('error' in result)) throw new Error('it was read')
      const { code, message, path, offset } = result.error
      expect([typeof code, typeof message, typeof path, typeof offset]).toEqual([
        'string',
        'string',
        'string',
        'number',
      ])
    }
  })

  it('is never thrown: any octets, and any damage to a certificate', async () => {
    const damaged = fc
      .tuple(
        fc.constantFrom(...Object.values(seeds)),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 }),
      )
      .map(([seed, changes]) => {
        const octets = seed.slice()
        for (const [at, value] of changes) octets[at % octets.length] = value
        return octets
      })
    let read = 0
    await fc.assert(
      fc.asyncProperty(fc.oneof(damaged, fc.uint8Array({ maxLength: 100 })), async (octets) => {
        const result: InspectionResult = await inspectCertificate(octets)
        if (!('error' in result)) read++
        expect(JSON.parse(JSON.stringify(result))).toEqual(result)
      }),
      { numRuns: 2000, seed: 5280 },
    )
    expect(read).toBeGreaterThan(200)
  })
})

describe("a caller's own mistake is a TypeError", () => {
  it('an unknown option', async () => {
    const options = { sorce: 'x' } as InspectOptions
    await expect(inspectCertificate(qwac.certificate, options)).rejects.toThrow(TypeError)
  })

  it('text in place of octets', async () => {
    for (const value of ['MIIB', null, undefined, [1], {}]) {
      await expect(inspectCertificate(value as unknown as Uint8Array)).rejects.toThrow(TypeError)
    }
  })
})

describe('codeInfo', () => {
  it('knows every code of reading, and each has all that is to be said', () => {
    const all = allCodes()
    expect(all.length).toBeGreaterThan(80)
    for (const [code, info] of all) {
      expect(codeInfo(code)).toBe(info)
      for (const text of [info.says, info.mend, info.document, info.clause]) expect(text, code).not.toBe('')
      // Sentence parts: they stand within a sentence.
      expect(info.says, code).not.toMatch(/[.!]$/)
      expect(info.mend, code).not.toMatch(/[.!]$/)
    }
  })

  it('knows nothing that is no code', () => {
    for (const name of ['', 'constructor', '__proto__', 'toString', 'DER']) expect(codeInfo(name)).toBeUndefined()
  })
})
