import { beforeAll, describe, expect, it } from 'vitest'
import { createTestAuthority, type LeafOptions, type TestAuthority } from '../../src/issuance/index.ts'
import { generateKeys } from '../../src/issuance/keys.ts'
import { leafOptionNames } from '../../src/issuance/leaf-options.ts'
import {
  attribute,
  attributes,
  type Decoded,
  decodeCertificate,
  extension,
  type Node,
  opensslText,
  statements,
} from './support.ts'

const at = new Date('2026-01-15T10:20:30Z')
let keys: CryptoKeyPair
let other: CryptoKeyPair
let authority: TestAuthority

beforeAll(async () => {
  keys = await generateKeys('P-256', crypto)
  other = await generateKeys('P-384', crypto)
  const rsa = await generateKeys('RSA-2048', crypto)
  authority = await createTestAuthority({ at, keys: { root: keys, web: rsa, seal: keys } })
})

async function qwac(options: LeafOptions = {}): Promise<Decoded> {
  return decodeCertificate((await authority.issueQwac({ keys, ...options })).certificate)
}

async function qsealc(options: LeafOptions = {}): Promise<Decoded> {
  return decodeCertificate((await authority.issueQSealC({ keys, ...options })).certificate)
}

const bytes = (text: string): string => Buffer.from(text, 'utf8').toString('latin1')

describe('a QWAC by default', () => {
  it('has the subject of an EV certificate', async () => {
    expect(attributes((await qwac()).subject)).toEqual([
      ['1.3.6.1.4.1.311.60.2.1.3', 'PrintableString:FR'],
      ['2.5.4.15', 'UTF8String:Private Organization'],
      ['2.5.4.5', 'PrintableString:12345'],
      ['2.5.4.6', 'PrintableString:FR'],
      ['2.5.4.7', 'UTF8String:Test City'],
      ['2.5.4.10', 'UTF8String:Test PSP (for test only)'],
      ['2.5.4.97', 'UTF8String:PSDFR-ACPR-12345'],
      ['2.5.4.3', 'UTF8String:tpp.example.com'],
    ])
  })

  it('has these extensions, of which only keyUsage is critical', async () => {
    const { extensions } = await qwac()
    expect(extensions.map(({ oid, critical }) => [oid, critical])).toEqual([
      ['2.5.29.35', false],
      ['2.5.29.14', false],
      ['2.5.29.31', false],
      ['1.3.6.1.5.5.7.1.1', false],
      ['2.5.29.15', true],
      ['2.5.29.37', false],
      ['2.5.29.17', false],
      ['1.3.6.1.5.5.7.1.3', false],
      ['2.5.29.32', false],
      ['2.23.140.3.1', false],
    ])
    expect(extensions.map(({ value }) => value)).toEqual([
      [expect.stringMatching(/^\[0\]:.{20}$/s)],
      expect.stringMatching(/^OCTETS:[0-9a-f]{40}$/),
      [[[['[6]:http://pki.example.com/web-ca.crl']]]],
      [
        ['OID:1.3.6.1.5.5.7.48.1', '[6]:http://pki.example.com/ocsp'],
        ['OID:1.3.6.1.5.5.7.48.2', '[6]:http://pki.example.com/web-ca.cer'],
      ],
      'BITS:80',
      ['OID:1.3.6.1.5.5.7.3.1', 'OID:1.3.6.1.5.5.7.3.2'],
      ['[2]:tpp.example.com'],
      expect.anything(),
      [['OID:0.4.0.194112.1.4'], ['OID:0.4.0.19495.3.1'], ['OID:2.23.140.1.1']],
      ['PrintableString:PSD', 'PrintableString:FR', 'UTF8String:ACPR-12345'],
    ])
  })

  it('has these statements', async () => {
    expect(extension(await qwac(), '1.3.6.1.5.5.7.1.3')).toEqual([
      ['OID:0.4.0.1862.1.1'],
      ['OID:0.4.0.1862.1.6', ['OID:0.4.0.1862.1.6.3']],
      ['OID:0.4.0.1862.1.5', [['IA5String:https://pki.example.com/pds_en.pdf', 'PrintableString:en']]],
      ['OID:1.3.6.1.5.5.7.11.2', ['OID:0.4.0.194121.1.2']],
      [
        'OID:0.4.0.19495.2',
        [
          [
            ['OID:0.4.0.19495.1.2', 'UTF8String:PSP_PI'],
            ['OID:0.4.0.19495.1.3', 'UTF8String:PSP_AI'],
          ],
          'UTF8String:Prudential Supervisory and Resolution Authority',
          'UTF8String:FR-ACPR',
        ],
      ],
    ])
  })
})

describe('a QSealC by default', () => {
  it('differs in subject, type, policy, usage and names', async () => {
    const seal = await qsealc()
    expect(attributes(seal.subject)).toEqual([
      ['2.5.4.6', 'PrintableString:FR'],
      ['2.5.4.10', 'UTF8String:Test PSP (for test only)'],
      ['2.5.4.97', 'UTF8String:PSDFR-ACPR-12345'],
      ['2.5.4.3', 'UTF8String:Test PSP (for test only) - test seal'],
    ])
    expect(statements(seal).get('0.4.0.1862.1.6')).toEqual(['OID:0.4.0.1862.1.6.2'])
    expect(extension(seal, '2.5.29.32')).toEqual([['OID:0.4.0.194112.1.1']])
    expect(extension(seal, '2.5.29.15')).toBe('BITS:40')
    for (const absent of ['2.5.29.37', '2.5.29.17', '2.23.140.3.1', '2.5.29.19'])
      expect(extension(seal, absent)).toBeUndefined()
  })

  it('takes the policy for a device with QcSSCD', async () => {
    const seal = await qsealc({ qcSscd: true })
    expect(statements(seal).has('0.4.0.1862.1.4')).toBe(true)
    expect(extension(seal, '2.5.29.32')).toEqual([['OID:0.4.0.194112.1.3']])
  })
})

type Check = readonly [given: LeafOptions, seen: (of: Decoded) => unknown, expected: unknown]

const qc =
  (id: string) =>
  (of: Decoded): Node | undefined =>
    statements(of).get(id)
const has =
  (id: string) =>
  (of: Decoded): boolean =>
    statements(of).has(id)
const subject =
  (type: string) =>
  (of: Decoded): string[] =>
    attribute(of, type)
const ext =
  (oid: string) =>
  (of: Decoded): Node | undefined =>
    extension(of, oid)
const psd2 = (of: Decoded): Node | undefined => qc('0.4.0.19495.2')(of)

/** For every option that changes the certificate itself: a value, where it is seen, and as what. */
const checks: { readonly [Name in keyof LeafOptions]-?: readonly Check[] } = {
  jurisdictionCountryName: [
    [{ jurisdictionCountryName: 'DE' }, subject('1.3.6.1.4.1.311.60.2.1.3'), ['PrintableString:DE']],
  ],
  jurisdictionStateOrProvinceName: [
    [{ jurisdictionStateOrProvinceName: 'Bayern' }, subject('1.3.6.1.4.1.311.60.2.1.2'), ['UTF8String:Bayern']],
  ],
  jurisdictionLocalityName: [
    [{ jurisdictionLocalityName: 'München' }, subject('1.3.6.1.4.1.311.60.2.1.1'), ['UTF8String:München']],
  ],
  businessCategory: [
    [{ businessCategory: 'Government Entity' }, subject('2.5.4.15'), ['UTF8String:Government Entity']],
    [{ businessCategory: false }, subject('2.5.4.15'), []],
  ],
  subjectSerialNumber: [[{ subjectSerialNumber: '784 608 416' }, subject('2.5.4.5'), ['PrintableString:784 608 416']]],
  countryName: [
    [{ countryName: 'BE' }, subject('2.5.4.6'), ['PrintableString:BE']],
    [{ countryName: 'BE' }, subject('1.3.6.1.4.1.311.60.2.1.3'), ['PrintableString:BE']],
  ],
  stateOrProvinceName: [[{ stateOrProvinceName: 'Île-de-France' }, subject('2.5.4.8'), ['UTF8String:Île-de-France']]],
  localityName: [[{ localityName: 'Paris' }, subject('2.5.4.7'), ['UTF8String:Paris']]],
  streetAddress: [[{ streetAddress: '1 rue A' }, subject('2.5.4.9'), ['UTF8String:1 rue A']]],
  postalCode: [[{ postalCode: '75001' }, subject('2.5.4.17'), ['UTF8String:75001']]],
  organizationName: [[{ organizationName: 'Zażółć' }, subject('2.5.4.10'), ['UTF8String:Zażółć']]],
  organizationIdentifier: [
    [{ organizationIdentifier: 'PSDDE-BAFIN-9-8' }, subject('2.5.4.97'), ['UTF8String:PSDDE-BAFIN-9-8']],
    [{ organizationIdentifier: 'PSDDE-BAFIN-9-8' }, subject('2.5.4.6'), ['PrintableString:DE']],
    [{ organizationIdentifier: 'PSDDE-BAFIN-9-8' }, subject('2.5.4.5'), ['PrintableString:9-8']],
    [
      { organizationIdentifier: 'PSDDE-BAFIN-9-8' },
      ext('2.23.140.3.1'),
      ['PrintableString:PSD', 'PrintableString:DE', 'UTF8String:BAFIN-9-8'],
    ],
    [
      { organizationIdentifier: 'NTRUS+CA-77', ncaId: 'FR-ACPR' },
      ext('2.23.140.3.1'),
      ['PrintableString:NTR', 'PrintableString:US', '[0]:CA', 'UTF8String:77'],
    ],
    [{ organizationIdentifier: 'PSDPT-XYZ-1', roles: [] }, psd2, [[], 'UTF8String:PT-XYZ', 'UTF8String:PT-XYZ']],
  ],
  organizationalUnitName: [[{ organizationalUnitName: 'Cards' }, subject('2.5.4.11'), ['UTF8String:Cards']]],
  commonName: [[{ commonName: 'b.example.com' }, subject('2.5.4.3'), ['UTF8String:b.example.com']]],
  roles: [
    [
      { roles: ['PSP_AS', { oid: '1.2.3', name: 'Rôle' }], ncaName: 'A' },
      psd2,
      [
        [
          ['OID:0.4.0.19495.1.1', 'UTF8String:PSP_AS'],
          ['OID:1.2.3', 'UTF8String:Rôle'],
        ],
        'UTF8String:A',
        'UTF8String:FR-ACPR',
      ],
    ],
  ],
  ncaName: [[{ ncaName: 'Ömsesidig', roles: [] }, psd2, [[], 'UTF8String:Ömsesidig', 'UTF8String:FR-ACPR']]],
  ncaId: [
    [
      { ncaId: 'DE-BAFIN', roles: [] },
      psd2,
      [[], 'UTF8String:Federal Financial Supervisory Authority', 'UTF8String:DE-BAFIN'],
    ],
  ],
  dnsNames: [
    [
      { dnsNames: ['a.example.com', '*.b.example.com'] },
      ext('2.5.29.17'),
      ['[2]:a.example.com', '[2]:*.b.example.com'],
    ],
    [{ dnsNames: ['a.example.com', 'b.example.com'] }, subject('2.5.4.3'), ['UTF8String:a.example.com']],
    [{ dnsNames: [] }, ext('2.5.29.17'), undefined],
  ],
  pds: [
    [
      {
        pds: [
          { url: 'https://a/en', language: 'en' },
          { url: 'https://a/fr', language: 'fr' },
        ],
      },
      qc('0.4.0.1862.1.5'),
      [
        ['IA5String:https://a/en', 'PrintableString:en'],
        ['IA5String:https://a/fr', 'PrintableString:fr'],
      ],
    ],
    [{ pds: [] }, has('0.4.0.1862.1.5'), false],
  ],
  qcTypes: [
    [{ qcTypes: ['esign', '1.2.3'] }, qc('0.4.0.1862.1.6'), ['OID:0.4.0.1862.1.6.1', 'OID:1.2.3']],
    [{ qcTypes: [] }, has('0.4.0.1862.1.6'), false],
  ],
  qcCompliance: [
    [{ qcCompliance: false }, has('0.4.0.1862.1.1'), false],
    [{ qcCompliance: true }, has('0.4.0.1862.1.1'), true],
  ],
  qcSscd: [
    [{ qcSscd: true }, has('0.4.0.1862.1.4'), true],
    [{ qcSscd: false }, has('0.4.0.1862.1.4'), false],
  ],
  retentionPeriod: [
    [{ retentionPeriod: 15 }, qc('0.4.0.1862.1.3'), 'INT:15'],
    [{ retentionPeriod: 0 }, qc('0.4.0.1862.1.3'), 'INT:0'],
  ],
  limitValue: [
    [
      { limitValue: { currency: 'EUR', amount: 5, exponent: 4 } },
      qc('0.4.0.1862.1.2'),
      ['PrintableString:EUR', 'INT:5', 'INT:4'],
    ],
    [{ limitValue: { currency: 978, amount: 1, exponent: -2 } }, qc('0.4.0.1862.1.2'), ['INT:978', 'INT:1', 'INT:-2']],
  ],
  ccLegislation: [
    [{ ccLegislation: ['CH', 'GB'] }, qc('0.4.0.1862.1.7'), ['PrintableString:CH', 'PrintableString:GB']],
  ],
  identMethod: [[{ identMethod: 'identMethodB' }, qc('0.4.0.1862.1.8'), ['OID:0.4.0.1862.1.8.2']]],
  qscdLegislation: [[{ qscdLegislation: ['CH'] }, qc('0.4.0.1862.1.9'), ['PrintableString:CH']]],
  semanticsIdentifier: [
    [{ semanticsIdentifier: 'SemanticsId-eIDASLegal' }, qc('1.3.6.1.5.5.7.11.2'), ['OID:0.4.0.194121.1.4']],
    [{ semanticsIdentifier: false }, has('1.3.6.1.5.5.7.11.2'), false],
  ],
  nameRegistrationAuthorities: [
    [
      { nameRegistrationAuthorities: ['https://register.example'] },
      qc('1.3.6.1.5.5.7.11.2'),
      ['OID:0.4.0.194121.1.2', ['[6]:https://register.example']],
    ],
    [
      { nameRegistrationAuthorities: ['https://register.example'], semanticsIdentifier: false },
      qc('1.3.6.1.5.5.7.11.2'),
      [['[6]:https://register.example']],
    ],
  ],
  keyUsage: [
    [{ keyUsage: ['contentCommitment', 'digitalSignature'] }, ext('2.5.29.15'), 'BITS:c0'],
    [{ keyUsage: ['decipherOnly'] }, ext('2.5.29.15'), 'BITS:0080'],
    [{ keyUsage: [] }, ext('2.5.29.15'), undefined],
  ],
  extendedKeyUsage: [
    [{ extendedKeyUsage: ['clientAuth', '1.2.3'] }, ext('2.5.29.37'), ['OID:1.3.6.1.5.5.7.3.2', 'OID:1.2.3']],
    [{ extendedKeyUsage: [] }, ext('2.5.29.37'), undefined],
  ],
  policies: [
    [{ policies: ['QNCP-w', '1.2.3'] }, ext('2.5.29.32'), [['OID:0.4.0.194112.1.5'], ['OID:1.2.3']]],
    [{ policies: [] }, ext('2.5.29.32'), undefined],
  ],
  cabfOrganizationIdentifier: [
    [{ cabfOrganizationIdentifier: false }, ext('2.23.140.3.1'), undefined],
    [
      { cabfOrganizationIdentifier: { scheme: 'NTR', country: 'DE', stateOrProvince: 'BY', reference: 'ü' } },
      ext('2.23.140.3.1'),
      ['PrintableString:NTR', 'PrintableString:DE', '[0]:BY', 'UTF8String:ü'],
    ],
  ],
  basicConstraints: [
    [{ basicConstraints: true }, ext('2.5.29.19'), []],
    [{ basicConstraints: false }, ext('2.5.29.19'), undefined],
  ],
  notBefore: [[{ notBefore: new Date('2026-02-01') }, (of) => of.validity[0], 'UTCTime:2026-02-01T00:00:00.000Z']],
  notAfter: [[{ notAfter: new Date('2026-02-01') }, (of) => of.validity[1], 'UTCTime:2026-02-01T00:00:00.000Z']],
  serialNumber: [
    [{ serialNumber: 255n }, (of) => of.serial, '255'],
    [{ serialNumber: (1n << 159n) - 1n }, (of) => of.serial, ((1n << 159n) - 1n).toString()],
  ],
  keyAlgorithm: [],
  keys: [],
  signatureAlgorithm: [[{ signatureAlgorithm: 'RS512' }, (of) => of.tbs[2], ['OID:1.2.840.113549.1.1.13', 'NULL']]],
  defects: [
    [
      { defects: ['no-roles', 'missing-pds'] },
      (of) => [has('0.4.0.1862.1.5')(of), String((psd2(of) as Node[])[0])],
      [false, ''],
    ],
  ],
}

describe('each option is in the certificate', () => {
  it('is checked for every one that there is', () => {
    expect(Object.keys(checks).sort()).toEqual(Object.keys(leafOptionNames).sort())
  })

  const rows = Object.entries(checks).flatMap(([name, cases]) =>
    cases.map((check, index) => [`${name} ${index}`, check] as const),
  )
  it.each(rows)('%s', async (_, [given, seen, expected]) => {
    expect(seen(await qwac(given))).toEqual(expected)
  })

  it('keys', async () => {
    const { certificate, privateKey } = await authority.issueQwac({ keys: other })
    expect(privateKey).toBe(other.privateKey)
    expect(opensslText(certificate)).toContain('NIST CURVE: P-384')
  })

  it('does not show where it is not given', async () => {
    const { extensions } = await qwac()
    const statement = [...statements(await qwac()).keys()]
    for (const absent of ['2', '3', '4', '7', '8', '9']) expect(statement).not.toContain(`0.4.0.1862.1.${absent}`)
    expect(extensions.map(({ oid }) => oid)).not.toContain('2.5.29.19')
  })
})

describe('openssl', () => {
  it('reads every option at once', async () => {
    const { certificate } = await authority.issueQwac({
      keys,
      organizationName: 'Zażółć Płatności',
      ncaName: 'Komisja Nadzoru Finansowego',
      organizationIdentifier: 'PSDPL-KNF-IP1/2013',
      roles: ['PSP_AS', 'PSP_PI', 'PSP_AI', 'PSP_IC'],
      dnsNames: ['a.example.com', 'b.example.com'],
      limitValue: { currency: 'EUR', amount: 1, exponent: 6 },
      retentionPeriod: 7,
      basicConstraints: true,
      serialNumber: 0x1234n,
    })
    const text = opensslText(certificate)
    expect(text).toContain('organizationName=Zażółć Płatności')
    expect(text).toContain('organizationIdentifier=PSDPL-KNF-IP1/2013')
    expect(text).toContain('DNS:a.example.com, DNS:b.example.com')
    expect(text).toContain('Serial Number: 4660 (0x1234)')
    expect(text).toContain('CA:FALSE')
    expect(Buffer.from(certificate).toString('latin1')).toContain(bytes('Komisja Nadzoru Finansowego'))
  })
})
