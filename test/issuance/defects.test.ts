import { X509Certificate } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  createTestAuthority,
  type DefectName,
  defectNames,
  defectOf,
  defects,
  type Issued,
  isDefectName,
  type LeafKind,
  type TestAuthority,
} from '../../src/issuance/index.ts'
import { generateKeys } from '../../src/issuance/keys.ts'
import {
  attribute,
  type Decoded,
  decodeCertificate,
  extension,
  list,
  type Node,
  openssl,
  opensslText,
  opensslVerify,
  qcStatementsOid,
  statements,
} from './support.ts'

const at = new Date('2026-01-15T10:20:30Z')
let authority: TestAuthority
let ecAuthority: TestAuthority
let keys: CryptoKeyPair

beforeAll(async () => {
  keys = await generateKeys('P-256', crypto)
  const rsa = await generateKeys('RSA-2048', crypto)
  authority = await createTestAuthority({ at, keys: { root: keys, web: rsa, seal: rsa } })
  ecAuthority = await createTestAuthority({ at, keys: { root: keys, web: keys, seal: keys } })
})

function mint(kind: LeafKind, names: readonly DefectName[]): Promise<Issued> {
  const ncaName = 'Autorité de contrôle prudentiel et de résolution'
  const options = { keys, ncaName, serialNumber: 0x1122334455667788n, defects: names }
  return kind === 'QWAC' ? authority.issueQwac(options) : authority.issueQSealC(options)
}

const name = 'UTF8String:Autorité de contrôle prudentiel et de résolution'
const id = 'UTF8String:FR-ACPR'
const pi = ['OID:0.4.0.19495.1.2', 'UTF8String:PSP_PI']
const ai = ['OID:0.4.0.19495.1.3', 'UTF8String:PSP_AI']

const psd2 = (of: Decoded): Node | undefined => statements(of).get('0.4.0.19495.2')
const roles = (of: Decoded): Node | undefined => list(psd2(of))[0]
const statement = (of: Decoded, last: string): Node | undefined => statements(of).get(`0.4.0.1862.1.${last}`)
const identifier = (of: Decoded): string[] => attribute(of, '2.5.4.97')
const days = (of: Decoded): number => {
  const [from, to] = of.validity.map((time) => Date.parse(String(time).replace(/^\w+:/, '')))
  return ((to as number) - (from as number) + 1000) / 86_400_000
}
const has = (of: Decoded, oid: string): boolean => of.extensions.some((candidate) => candidate.oid === oid)

/** What the sentence of each defect says, as seen in the certificate. */
const seen: { readonly [Name in DefectName]: (of: Decoded, kind: LeafKind, issued: Issued) => void } = {
  'flattened-roles': (of) => expect(psd2(of)).toEqual([[...pi, ...ai], name, id]),
  'single-role-sequence': (of) => expect(psd2(of)).toEqual([[[...pi, ...ai]], name, id]),
  'single-qc-statement': (of) =>
    expect(extension(of, qcStatementsOid)).toEqual(['OID:0.4.0.19495.2', [[pi, ai], name, id]]),
  'nca-mismatch': (of) => {
    expect(psd2(of)).toEqual([[pi, ai], name, 'UTF8String:DE-BAFIN'])
    expect(identifier(of)).toEqual(['UTF8String:PSDFR-ACPR-12345'])
  },
  'printable-nca': (of) =>
    expect(psd2(of)).toEqual([
      [pi, ai],
      'PrintableString:Autorite de controle prudentiel et de resolution',
      'PrintableString:FR-ACPR',
    ]),
  'role-name-mismatch': (of) => expect(roles(of)).toEqual([['OID:0.4.0.19495.1.2', 'UTF8String:PSP_AI'], ai]),
  'role-long-names': (of) =>
    expect(roles(of)).toEqual([
      ['OID:0.4.0.19495.1.2', 'UTF8String:Payment Initiation'],
      ['OID:0.4.0.19495.1.3', 'UTF8String:Account Information'],
    ]),
  'unknown-role': (of) => expect(roles(of)).toEqual([pi, ai, ['OID:0.4.0.19495.1.99', 'UTF8String:PSP_XX']]),
  'no-roles': (of) => expect(psd2(of)).toEqual([[], name, id]),
  'duplicate-role': (of) => expect(roles(of)).toEqual([pi, ai, pi]),
  'unspecified-with-roles': (of) =>
    expect(roles(of)).toEqual([pi, ai, ['OID:0.4.0.19495.1.0', 'UTF8String:Unspecified']]),
  'two-psd2-statements': (of) =>
    expect(list(extension(of, qcStatementsOid)).slice(-2)).toEqual([
      ['OID:0.4.0.19495.2', [[pi, ai], name, id]],
      ['OID:0.4.0.19495.2', [[['OID:0.4.0.19495.1.1', 'UTF8String:PSP_AS']], name, id]],
    ]),
  'psd2-statement-trailing': (of) => expect(psd2(of)).toEqual([[pi, ai], name, id, 'NULL']),
  'missing-psd2-statement': (of) => {
    expect(psd2(of)).toBeUndefined()
    expect(statements(of).size).toBe(4)
  },
  'wrong-qc-type': (of, kind) =>
    expect(statement(of, '6')).toEqual([kind === 'QWAC' ? 'OID:0.4.0.1862.1.6.2' : 'OID:0.4.0.1862.1.6.3']),
  'two-qc-types': (of) => expect(statement(of, '6')).toEqual(['OID:0.4.0.1862.1.6.2', 'OID:0.4.0.1862.1.6.3']),
  'missing-qc-type': (of) => expect(statements(of).has('0.4.0.1862.1.6')).toBe(false),
  'missing-qc-compliance': (of) => expect(statements(of).has('0.4.0.1862.1.1')).toBe(false),
  'qc-compliance-with-info': (of) => expect(statement(of, '1')).toBe('UTF8String:'),
  'missing-pds': (of) => expect(statements(of).has('0.4.0.1862.1.5')).toBe(false),
  'pds-http': (of) =>
    expect(statement(of, '5')).toEqual([['IA5String:http://pki.example.com/pds_en.pdf', 'PrintableString:en']]),
  'pds-utf8-url': (of) =>
    expect(statement(of, '5')).toEqual([['UTF8String:https://pki.example.com/pds_en.pdf', 'PrintableString:en']]),
  'pds-without-english': (of) =>
    expect(statement(of, '5')).toEqual([['IA5String:https://pki.example.com/pds_fr.pdf', 'PrintableString:fr']]),
  'semantics-as-statement': (of) => {
    expect(statements(of).has('0.4.0.194121.1.2')).toBe(true)
    expect(statements(of).has('1.3.6.1.5.5.7.11.2')).toBe(false)
  },
  'qc-sscd-on-web': (of) => {
    expect(statements(of).has('0.4.0.1862.1.4')).toBe(true)
    expect(statement(of, '6')).toEqual(['OID:0.4.0.1862.1.6.3'])
  },
  'psd2-policy-on-seal': (of) =>
    expect(extension(of, '2.5.29.32')).toEqual([['OID:0.4.0.194112.1.1'], ['OID:0.4.0.19495.3.1']]),
  'missing-qc-statements': (of) => expect(has(of, qcStatementsOid)).toBe(false),
  'duplicate-qc-statements': (of) => expect(of.extensions.filter(({ oid }) => oid === qcStatementsOid)).toHaveLength(2),
  'critical-qc-statements': (of) =>
    expect(of.extensions.find(({ oid }) => oid === qcStatementsOid)?.critical).toBe(true),
  'missing-organization-identifier': (of) => {
    expect(identifier(of)).toEqual([])
    expect(has(of, '2.23.140.3.1')).toBe(false)
  },
  'two-organization-identifiers': (of) => {
    expect(identifier(of)).toEqual(['UTF8String:PSDFR-ACPR-12345', 'UTF8String:PSDFR-ACPR-99999'])
    expect(of.subject.every((rdn) => list(rdn).length === 1)).toBe(true)
  },
  'organization-identifiers-in-one-rdn': (of) => {
    expect(identifier(of)).toEqual(['UTF8String:PSDFR-ACPR-12345', 'UTF8String:PSDFR-ACPR-99999'])
    expect(of.subject.filter((rdn) => list(rdn).length === 2)).toHaveLength(1)
  },
  'organization-identifier-bmp': (of) => expect(identifier(of)).toEqual(['BMPString:PSDFR-ACPR-12345']),
  'organization-identifier-teletex': (of) => expect(identifier(of)).toEqual(['TeletexString:PSDFR-ACPR-12345']),
  'organization-identifier-nul': (of) => expect(identifier(of)).toEqual(['UTF8String:PSDFR-ACPR-12345\0.example']),
  'organization-identifier-cyrillic': (of) => expect(identifier(of)).toEqual(['UTF8String:PSDFR-\u0410CPR-12345']),
  'organization-identifier-unicode-hyphen': (of) =>
    expect(identifier(of)).toEqual(['UTF8String:PSDFR\u2010ACPR\u201012345']),
  'organization-identifier-zero-width': (of) => expect(identifier(of)).toEqual(['UTF8String:PSDFR-\u200bACPR-12345']),
  'organization-identifier-lower-case': (of) => expect(identifier(of)).toEqual(['UTF8String:psdfr-acpr-12345']),
  'organization-identifier-spaces': (of) => expect(identifier(of)).toEqual(['UTF8String:PSDFR - ACPR-12345 ']),
  'organization-identifier-vat': (of, kind) => {
    expect(identifier(of)).toEqual(['UTF8String:VATFR-12345678901'])
    expect(list(psd2(of))[2]).toBe(id)
    const cabf = ['PrintableString:VAT', 'PrintableString:FR', 'UTF8String:12345678901']
    expect(extension(of, '2.23.140.3.1')).toEqual(kind === 'QWAC' ? cabf : undefined)
  },
  'organization-identifier-unknown-country': (of, kind) => {
    expect(identifier(of)).toEqual(['UTF8String:PSDXX-ACPR-12345'])
    expect(list(psd2(of))[2]).toBe('UTF8String:XX-ACPR')
    if (kind === 'QWAC') expect(list(extension(of, '2.23.140.3.1'))[1]).toBe('PrintableString:XX')
  },
  'organization-identifier-unknown-nca': (of, kind) => {
    expect(identifier(of)).toEqual(['UTF8String:PSDFR-ZZZZ-12345'])
    expect(list(psd2(of))[2]).toBe('UTF8String:FR-ZZZZ')
    if (kind === 'QWAC') expect(list(extension(of, '2.23.140.3.1'))[2]).toBe('UTF8String:ZZZZ-12345')
  },
  'missing-cabf-organization-identifier': (of) => expect(has(of, '2.23.140.3.1')).toBe(false),
  'cabf-organization-identifier-mismatch': (of) =>
    expect(list(extension(of, '2.23.140.3.1'))[2]).toBe('UTF8String:ACPR-99999'),
  'missing-key-usage': (of) => expect(has(of, '2.5.29.15')).toBe(false),
  'seal-key-cert-sign': (of) => expect(extension(of, '2.5.29.15')).toBe('BITS:44'),
  'seal-without-non-repudiation': (of) => expect(extension(of, '2.5.29.15')).toBe('BITS:80'),
  'leaf-is-ca': (of) => expect(extension(of, '2.5.29.19')).toEqual(['BOOL:true']),
  'missing-eku': (of) => expect(has(of, '2.5.29.37')).toBe(false),
  'qwac-without-client-auth': (of) => expect(extension(of, '2.5.29.37')).toEqual(['OID:1.3.6.1.5.5.7.3.1']),
  'any-extended-key-usage': (of) => expect(list(extension(of, '2.5.29.37')).at(-1)).toBe('OID:2.5.29.37.0'),
  'missing-san': (of) => expect(has(of, '2.5.29.17')).toBe(false),
  'common-name-not-in-san': (of) => {
    expect(attribute(of, '2.5.4.3')).toEqual(['UTF8String:other.example.net'])
    expect(extension(of, '2.5.29.17')).toEqual(['[2]:tpp.example.com'])
  },
  'unknown-critical-extension': (of) => {
    expect(of.extensions.at(-1)).toEqual({ oid: '1.3.6.1.4.1.32473.1', critical: true, value: 'NULL', hex: '0500' })
  },
  'missing-aki': (of) => expect(has(of, '2.5.29.35')).toBe(false),
  'missing-crldp-and-ocsp': (of) => {
    expect(has(of, '2.5.29.31')).toBe(false)
    expect(extension(of, '1.3.6.1.5.5.7.1.1')).toEqual([['OID:1.3.6.1.5.5.7.48.2', expect.stringContaining('.cer')]])
  },
  'missing-aia': (of) => expect(has(of, '1.3.6.1.5.5.7.1.1')).toBe(false),
  'missing-certificate-policies': (of) => expect(has(of, '2.5.29.32')).toBe(false),
  'pss-signature': (of, _, issued) => {
    expect(list(of.tbs[2])[0]).toBe('OID:1.2.840.113549.1.1.10')
    expect(opensslText(issued.certificate)).toMatch(/rsassaPss[\s\S]*mgf1 with sha256[\s\S]*Salt Length: 0x20/)
  },
  'sha1-signature': (of) => expect(of.tbs[2]).toEqual(['OID:1.2.840.113549.1.1.5', 'NULL']),
  expired: (of) =>
    expect(of.validity).toEqual(['UTCTime:2025-10-16T10:20:30.000Z', 'UTCTime:2026-01-14T10:20:30.000Z']),
  'validity-too-long': (of) => expect(days(of)).toBe(398 + 30),
  'reversed-validity': (of) => expect(days(of)).toBeLessThan(0),
  'negative-serial-number': (of) => expect(of.serial).toBe(String(-0x1122334455667788n)),
  'long-serial-number': (of) => expect(BigInt(of.serial).toString(16)).toHaveLength(41),
}

const rows = defectNames.flatMap((defect) => defects[defect].kinds.map((kind) => [defect, kind] as const))

describe('every defect', () => {
  it.each(rows)(
    '%s in a %s does what its sentence says, on a certificate that is properly signed',
    async (defect, kind) => {
      const leaf = await mint(kind, [defect])
      seen[defect](decodeCertificate(leaf.certificate), kind, leaf)
      const [own, issuer] = leaf.chain.map((der) => new X509Certificate(der))
      expect(own?.verify((issuer as X509Certificate).publicKey)).toBe(true)
      expect(opensslText(leaf.certificate)).toContain('Signature Algorithm')
    },
  )

  it.each(rows)('%s in a %s differs from the sound certificate in what it names only', async (defect, kind) => {
    const sound = decodeCertificate((await mint(kind, [])).certificate)
    const wrong = decodeCertificate((await mint(kind, [defect])).certificate)
    const parts = (of: Decoded): Map<string, string> =>
      new Map([
        ['serial', of.serial],
        ['subject', JSON.stringify(of.subject)],
        ['issuer', JSON.stringify(of.issuer)],
        ['validity', JSON.stringify(of.validity)],
        ['algorithm', JSON.stringify(of.tbs[2])],
        ['count', String(of.extensions.length)],
        ...of.extensions.map(({ oid, critical, hex }) => [oid, `${critical}${hex}`] as const),
      ])
    const before = parts(sound)
    const after = parts(wrong)
    const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
      (key) => before.get(key) !== after.get(key),
    )
    expect(changed.length).toBeGreaterThan(0)
    // Extension and count make two; the identifier, its repetition in two extensions make three.
    expect(changed.length).toBeLessThanOrEqual(3)
  })

  it('has one sentence and a requirement of the table', () => {
    for (const { says, requirement } of Object.values(defects)) {
      expect(says).toMatch(/^[A-Z\w].*\.$/s)
      expect(requirement).toMatch(/^[A-Z0-9-]+:\S+$/)
    }
  })
})

describe('a path over a certificate with a defect', () => {
  it.each([
    ['pss-signature', ': OK'],
    ['expired', 'certificate has expired'],
    ['unknown-critical-extension', 'unhandled critical extension'],
    ['critical-qc-statements', 'unhandled critical extension'],
    ['flattened-roles', ': OK'],
  ] as const)('%s is judged by openssl: %s', async (defect, answer) => {
    expect(opensslVerify(await mint('QSealC', [defect]), at)).toContain(answer)
  })

  it('with SHA-1 verifies only where openssl is told to take weak hashes', async () => {
    const leaf = await mint('QWAC', ['sha1-signature'])
    expect(opensslVerify(leaf, at, '-auth_level', '0')).toContain(': OK')
    expect(opensslVerify(leaf, at, '-auth_level', '1')).toContain('digest algorithm too weak')
  })
})

describe('defects together', () => {
  it('each change what they name', async () => {
    const leaf = await mint('QWAC', ['flattened-roles', 'printable-nca', 'nca-mismatch', 'missing-eku'])
    const of = decodeCertificate(leaf.certificate)
    expect(psd2(of)).toEqual([
      [...pi, ...ai],
      'PrintableString:Autorite de controle prudentiel et de resolution',
      'PrintableString:DE-BAFIN',
    ])
    expect(has(of, '2.5.29.37')).toBe(false)
  })

  it('leave alone what is not there', async () => {
    const of = decodeCertificate(
      (await mint('QSealC', ['no-roles', 'role-name-mismatch', 'duplicate-role'])).certificate,
    )
    expect(roles(of)).toEqual([])
  })

  it('find another letter or number where the usual one is missing', async () => {
    const make = async (organizationIdentifier: string, defect: DefectName): Promise<string[]> => {
      const { certificate } = await authority.issueQSealC({
        keys,
        organizationIdentifier,
        ncaId: 'FR-ACPR',
        defects: [defect],
      })
      return identifier(decodeCertificate(certificate))
    }
    expect(await make('PSDFR-FSGD-1', 'organization-identifier-cyrillic')).toEqual(['UTF8String:\u0420SDFR-FSGD-1'])
    expect(await make('PSDFR-ACPR-99999', 'two-organization-identifiers')).toEqual([
      'UTF8String:PSDFR-ACPR-99999',
      'UTF8String:PSDFR-ACPR-88888',
    ])
  })
})

describe('names of defects', () => {
  it('are known or refused with the nearest', () => {
    expect(isDefectName('no-roles')).toBe(true)
    expect(isDefectName('toString')).toBe(false)
    expect(defectOf('no-roles')).toBe(defects['no-roles'])
    expect(() => defectOf('organisation-identifier-nul')).toThrow(TypeError)
    expect(() => defectOf('organisation-identifier-nul')).toThrow('organization-identifier-nul')
  })

  it('that need an RSA authority say so', async () => {
    await expect(ecAuthority.issueQwac({ keys, defects: ['pss-signature'] })).rejects.toThrow(TypeError)
    await expect(ecAuthority.issueQwac({ keys, defects: ['sha1-signature'] })).rejects.toThrow(TypeError)
  })
})

describe('the shapes of qcStatements', () => {
  it('are what openssl finds octet by octet', async () => {
    const leaf = await mint('QSealC', ['single-qc-statement'])
    const found = decodeCertificate(leaf.certificate).extensions.find(({ oid }) => oid === qcStatementsOid)
    const text = openssl(['asn1parse', '-inform', 'DER'], Buffer.from(found?.hex ?? '', 'hex'))
    expect(text.split('\n')[1]).toMatch(/d=1 .*OBJECT +:0\.4\.0\.19495\.2/)
  })
})
