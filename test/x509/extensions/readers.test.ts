import { describe, expect, it } from 'vitest'
import { oidName } from '../../../src/core/oids.ts'
import {
  type Der,
  element,
  encodeOid,
  explicit,
  ia5String,
  implicit,
  integer,
  namedBits,
  nullValue,
  octetString,
  printableString,
  sequence,
  setOf,
  utf8String,
} from '../../../src/der/writer.ts'
import { crlReasonNames } from '../../../src/x509/extensions/crl-distribution-points.ts'
import { keyUsageNames } from '../../../src/x509/extensions/key-usage.ts'
import { type ExtensionName, extensionReaders } from '../../../src/x509/extensions/table.ts'
import { expectBreach, type Firmness } from '../../support/breach.ts'
import {
  certificate,
  certificateOf,
  extension,
  filler,
  hex,
  nameOf,
  offsetOf,
  oids,
  testIssuer,
} from '../../support/build.ts'

const text = (value: string) => new TextEncoder().encode(value)
const dns = (name: string) => implicit(2, text(name))
const uri = (address: string) => implicit(6, text(address))
const time = (digits: string) => text(digits)

function decode<Name extends ExtensionName>(name: Name, value: Uint8Array, mode: 'strict' | 'tolerant' = 'strict') {
  const certificate = certificateOf({ extensions: [extension(extensionReaders[name].oid, value)] }, mode)
  return certificate.extension(name)?.decoded
}

describe('extensionReaders', () => {
  it.each(Object.entries(extensionReaders))('%s has the name that its document gives it', (name, { oid }) => {
    expect(oidName(oid)).toBe(name)
  })
})

describe('decoded extensions', () => {
  it('keyUsage', () => {
    const usage = decode('keyUsage', namedBits([0, 1, 8]))
    expect(usage?.names).toEqual(['digitalSignature', 'nonRepudiation', 'decipherOnly'])
    expect(keyUsageNames.filter((name) => usage?.has(name))).toEqual(usage?.names)
    expect(usage?.bits).toBe(0b1_0000_0011)
  })

  it.each<[string, Der, object]>([
    ['of a leaf', sequence(), { cA: false, pathLenConstraint: undefined }],
    ['of a CA', sequence(hex('01 01 ff')), { cA: true, pathLenConstraint: undefined }],
    ['with a bound', sequence(hex('01 01 ff'), integer(0)), { cA: true, pathLenConstraint: 0 }],
    ['with the largest bound', sequence(hex('01 01 ff'), integer(0xffff)), { cA: true, pathLenConstraint: 0xffff }],
  ])('basicConstraints %s', (_, value, expected) => {
    expect(decode('basicConstraints', value)).toEqual(expected)
  })

  it('key identifiers', () => {
    expect(decode('subjectKeyIdentifier', octetString(filler(20)))?.value).toEqual(filler(20))
    const empty = decode('authorityKeyIdentifier', sequence())
    expect(empty).toEqual({ keyIdentifier: undefined, authorityCertIssuer: [], authorityCertSerialNumber: undefined })
    const full = decode(
      'authorityKeyIdentifier',
      sequence(implicit(0, filler(8)), explicit(1, explicit(4, testIssuer)), implicit(2, hex('00 ff'))),
    )
    expect(full?.keyIdentifier?.value).toEqual(filler(8))
    expect(full?.authorityCertIssuer.map((name) => name.text)).toEqual([
      'C=FR, O=Example Trust Services, CN=Example Test CA',
    ])
    expect(full?.authorityCertSerialNumber?.hex).toBe('00ff')
  })

  it.each<[string, Der, string, string]>([
    ['rfc822Name', implicit(1, text('a@b.example')), 'a@b.example', 'rfc822Name'],
    ['dNSName', dns('*.psp.example'), '*.psp.example', 'dNSName'],
    [
      'uniformResourceIdentifier',
      uri('https://psp.example/?a=b'),
      'https://psp.example/?a=b',
      'uniformResourceIdentifier',
    ],
    ['directoryName', explicit(4, nameOf([oids.country, printableString('FR')])), 'C=FR', 'directoryName'],
    ['an empty directoryName', explicit(4, sequence()), '', 'directoryName'],
    ['registeredID', implicit(8, encodeOid('1.2.3').subarray(2)), '1.2.3', 'registeredID'],
    ['IPv4', implicit(7, hex('c0000201')), '192.0.2.1', 'iPAddress'],
    ['IPv6', implicit(7, hex('20010db8 00000000 00000000 00000001')), '2001:db8:0:0:0:0:0:1', 'iPAddress'],
    ['otherName', explicit(0, encodeOid('1.2.3'), explicit(0, utf8String('x'))), '1.2.3:a0030c0178', 'otherName'],
    ['x400Address', explicit(3, nullValue()), 'a3020500', 'x400Address'],
    ['ediPartyName', explicit(5, explicit(1, utf8String('x'))), 'a505a1030c0178', 'ediPartyName'],
  ])('GeneralName %s', (_, name, expected, kind) => {
    const [read] = decode('subjectAltName', sequence(name)) ?? []
    expect([read?.kind, read?.text]).toEqual([kind, expected])
    expect(decode('issuerAltName', sequence(name))?.[0]?.text).toBe(expected)
  })

  it('nameConstraints', () => {
    const range = (octets: string) => implicit(7, hex(octets))
    const read = decode(
      'nameConstraints',
      sequence(
        explicit(
          0,
          sequence(dns('')),
          sequence(range('0a000000 ff000000')),
          sequence(range('20010db8000000000000000000000000 ffffffff000000000000000000000000')),
          sequence(dns('a'), implicit(0, hex('01')), implicit(1, hex('02'))),
        ),
        explicit(1, sequence(explicit(4, testIssuer))),
      ),
    )
    expect(read?.permittedSubtrees.map(({ base, minimum, maximum }) => [base.text, minimum, maximum])).toEqual([
      ['', 0, undefined],
      ['10.0.0.0/255.0.0.0', 0, undefined],
      ['2001:db8:0:0:0:0:0:0/ffff:ffff:0:0:0:0:0:0', 0, undefined],
      ['a', 1, 2],
    ])
    expect(read?.excludedSubtrees.map(({ base }) => base.kind)).toEqual(['directoryName'])
    expect(decode('nameConstraints', sequence(explicit(1, sequence(dns('x')))))?.permittedSubtrees).toEqual([])
  })

  it('cRLDistributionPoints and freshestCRL', () => {
    const value = sequence(
      sequence(explicit(0, explicit(0, uri('http://ca.example/1.crl'), uri('http://ca.example/2.crl')))),
      sequence(explicit(0, explicit(1, sequence(encodeOid('2.5.4.3'), utf8String('x')))), implicit(1, hex('05 60'))),
      sequence(explicit(2, explicit(4, testIssuer))),
    )
    for (const name of ['cRLDistributionPoints', 'freshestCRL'] as const) {
      const points = decode(name, value)
      expect(points?.map((point) => point.fullName.map((address) => address.text))).toEqual([
        ['http://ca.example/1.crl', 'http://ca.example/2.crl'],
        [],
        [],
      ])
      expect(points?.map((point) => [point.nameIsRelative, point.reasons, point.cRLIssuer.length])).toEqual([
        [false, undefined, 0],
        [true, 0b110, 0],
        [false, undefined, 1],
      ])
    }
    expect([crlReasonNames[1], crlReasonNames[2]]).toEqual(['keyCompromise', 'cACompromise'])
  })

  it('certificatePolicies', () => {
    const qualifier = (oid: string, ...value: Der[]) => sequence(encodeOid(oid), ...value)
    const notice = (...fields: Der[]) => qualifier('1.3.6.1.5.5.7.2.2', sequence(...fields))
    const read = decode(
      'certificatePolicies',
      sequence(
        sequence(encodeOid('1.2.3')),
        sequence(
          encodeOid('1.2.4'),
          sequence(
            qualifier('1.3.6.1.5.5.7.2.1', ia5String('https://ca.example/cps')),
            notice(),
            notice(sequence(utf8String('CA'), sequence(integer(1), integer(2))), element(0x1a, text('see'))),
            notice(element(0x1e, hex('0041'))),
            qualifier('1.2.5', nullValue()),
          ),
        ),
      ),
    )
    expect(read?.map((policy) => policy.oid)).toEqual(['1.2.3', '1.2.4'])
    expect(read?.[0]?.qualifiers).toEqual([])
    expect(read?.[1]?.qualifiers.map(({ cps, notice: found, oid }) => cps ?? found ?? oid)).toEqual([
      'https://ca.example/cps',
      { organization: undefined, noticeNumbers: [], explicitText: undefined },
      { organization: 'CA', noticeNumbers: [1, 2], explicitText: 'see' },
      { organization: undefined, noticeNumbers: [], explicitText: 'A' },
      '1.2.5',
    ])
    expect(read?.[1]?.qualifiers[4]?.hex).toBe('0500')
  })

  it('policy mappings, constraints and anyPolicy', () => {
    expect(decode('policyMappings', sequence(sequence(encodeOid('1.2.3'), encodeOid('1.2.4'))))).toEqual([
      { issuerDomainPolicy: '1.2.3', subjectDomainPolicy: '1.2.4' },
    ])
    expect(decode('policyConstraints', sequence(implicit(0, hex('00'))))).toEqual({
      requireExplicitPolicy: 0,
      inhibitPolicyMapping: undefined,
    })
    expect(decode('policyConstraints', sequence(implicit(1, hex('03'))))).toEqual({
      requireExplicitPolicy: undefined,
      inhibitPolicyMapping: 3,
    })
    expect(decode('inhibitAnyPolicy', integer(2))).toBe(2)
  })

  it('lists of object identifiers and numbers', () => {
    const list = sequence(encodeOid('1.3.6.1.5.5.7.3.1'), encodeOid('1.2.3'))
    expect(decode('extKeyUsage', list)).toEqual(['1.3.6.1.5.5.7.3.1', '1.2.3'])
    expect(decode('tlsFeature', sequence(integer(5), integer(17)))).toEqual([5, 17])
    const attributes = sequence(
      sequence(encodeOid('1.3.6.1.5.5.7.9.4'), setOf(printableString('DE'), printableString('FR'))),
    )
    expect(decode('subjectDirectoryAttributes', attributes)).toEqual(['1.3.6.1.5.5.7.9.4'])
  })

  it('authorityInfoAccess and subjectInfoAccess', () => {
    const value = sequence(sequence(encodeOid('1.3.6.1.5.5.7.48.1'), uri('http://ocsp.example')))
    for (const name of ['authorityInfoAccess', 'subjectInfoAccess'] as const) {
      expect(decode(name, value)?.map(({ method, location }) => [method, location.text])).toEqual([
        ['1.3.6.1.5.5.7.48.1', 'http://ocsp.example'],
      ])
    }
  })

  it('privateKeyUsagePeriod', () => {
    const from = implicit(0, time('20260101000000Z'))
    const to = implicit(1, time('20270101000000Z'))
    expect(decode('privateKeyUsagePeriod', sequence(from, to))).toEqual({
      notBefore: Date.parse('2026-01-01'),
      notAfter: Date.parse('2027-01-01'),
    })
    expect(decode('privateKeyUsagePeriod', sequence(to))?.notBefore).toBeUndefined()
    expect(decode('privateKeyUsagePeriod', sequence(from))?.notAfter).toBeUndefined()
  })

  it('cabfOrganizationIdentifier', () => {
    const fields = (state: Der[]) => sequence(printableString('NTR'), printableString('US'), ...state, utf8String('1é'))
    expect(decode('cabfOrganizationIdentifier', fields([implicit(0, text('CA'))]))).toEqual({
      registrationSchemeIdentifier: 'NTR',
      registrationCountry: 'US',
      registrationStateOrProvince: 'CA',
      registrationReference: '1é',
    })
    expect(decode('cabfOrganizationIdentifier', fields([]))?.registrationStateOrProvince).toBeUndefined()
  })

  it.each(['noRevAvail', 'ocspNoCheck', 'ctPoison', 'validityAssured'] as const)(
    '%s says all by being there',
    (name) => {
      expect(decode(name, nullValue())).toBe(true)
    },
  )

  it('signedCertificateTimestampList stays undecoded', () => {
    expect(decode('signedCertificateTimestampList', octetString(hex('00 5a')))?.hex).toBe('005a')
  })
})

type Row = [
  name: ExtensionName,
  what: string,
  value: Uint8Array,
  firmness: Firmness,
  code: string,
  path: string,
  at: Uint8Array,
  shift?: number,
]
const policy = (...qualifiers: Der[]) => sequence(sequence(encodeOid('1.2.3'), sequence(...qualifiers)))
const cps = (value: Der) => sequence(encodeOid('1.3.6.1.5.5.7.2.1'), value)
const z = hex('04 01 5a')
const rows: Row[] = [
  ['keyUsage', 'no bit', namedBits([]), 'note', 'X509_KEY_USAGE_EMPTY', '', namedBits([])],
  ['keyUsage', 'zero bits at the end', hex('03 02 00 80'), 'strict', 'DER_BITS_TRAILING_ZERO', '', hex('03 02 00 80')],
  ['keyUsage', 'padding that is not zero', hex('03 02 07 81'), 'value', 'DER_BITS_PADDING', '', hex('81 30')],
  ['keyUsage', 'another type', z, 'value', 'DER_TAG_UNEXPECTED', '', z],
  [
    'basicConstraints',
    'FALSE written out',
    sequence(hex('01 01 00')),
    'strict',
    'DER_DEFAULT_ENCODED',
    '.cA',
    hex('01 01 00'),
  ],
  [
    'basicConstraints',
    'a bound for a leaf',
    sequence(integer(0)),
    'strict',
    'X509_PATH_LENGTH',
    '.pathLenConstraint',
    integer(0),
  ],
  [
    'basicConstraints',
    'a negative bound',
    sequence(hex('01 01 ff'), integer(-1)),
    'value',
    'DER_INTEGER_RANGE',
    '.pathLenConstraint',
    integer(-1),
  ],
  ['basicConstraints', 'a third field', sequence(hex('01 01 ff'), integer(1), z), 'value', 'DER_TRAILING_DATA', '', z],
  ['subjectKeyIdentifier', 'another type', nullValue(), 'value', 'DER_TAG_UNEXPECTED', '', hex('05 00 30 0d')],
  [
    'authorityKeyIdentifier',
    'an empty list of names',
    sequence(explicit(1)),
    'strict',
    'X509_LIST_EMPTY',
    '.authorityCertIssuer',
    hex('a1 00'),
  ],
  [
    'authorityKeyIdentifier',
    'a padded serial',
    sequence(implicit(2, hex('00 5a'))),
    'value',
    'DER_INTEGER_NOT_MINIMAL',
    '.authorityCertSerialNumber',
    hex('82 02 00 5a'),
  ],
  [
    'authorityKeyIdentifier',
    'fields out of order',
    sequence(implicit(2, hex('5a')), implicit(0, hex('5a'))),
    'value',
    'DER_TRAILING_DATA',
    '',
    hex('80 01 5a'),
  ],
  ['subjectAltName', 'no name', sequence(), 'strict', 'X509_LIST_EMPTY', '', hex('30 00 30 0d')],
  ['subjectAltName', 'an empty dNSName', sequence(dns('')), 'strict', 'X509_DNS_NAME', '[0]', hex('82 00')],
  [
    'subjectAltName',
    'an address of 3 octets',
    sequence(implicit(7, hex('c00002'))),
    'strict',
    'X509_IP_ADDRESS',
    '[0]',
    hex('87 03'),
  ],
  [
    'subjectAltName',
    'an address with its mask',
    sequence(implicit(7, hex('0a000000ff000000'))),
    'strict',
    'X509_IP_ADDRESS',
    '[0]',
    hex('87 08'),
  ],
  [
    'subjectAltName',
    'NUL in a name',
    sequence(dns('psp.example\0.evil')),
    'value',
    'DER_STRING_INVALID',
    '[0]',
    text('\0.evil'),
  ],
  [
    'subjectAltName',
    'a name that is not ASCII',
    sequence(dns('a'), dns('é')),
    'value',
    'DER_STRING_INVALID',
    '[1]',
    text('é'),
  ],
  [
    'subjectAltName',
    'a line feed in an address',
    sequence(uri('http://a\nb')),
    'note',
    'DER_STRING_HAS_CONTROL',
    '[0]',
    text('\nb'),
  ],
  [
    'subjectAltName',
    'a constructed dNSName',
    sequence(explicit(2, ia5String('a'))),
    'value',
    'DER_FORM_CONSTRUCTED',
    '[0]',
    hex('a2 03'),
  ],
  [
    'subjectAltName',
    'a primitive directoryName',
    sequence(implicit(4, hex('5a'))),
    'value',
    'DER_FORM_PRIMITIVE',
    '[0]',
    hex('84 01 5a'),
  ],
  [
    'subjectAltName',
    'tag [9]',
    sequence(implicit(9, hex('5a'))),
    'value',
    'DER_TAG_UNEXPECTED',
    '[0]',
    hex('89 01 5a'),
  ],
  [
    'subjectAltName',
    'a string without its tag',
    sequence(ia5String('Z')),
    'value',
    'DER_TAG_UNEXPECTED',
    '[0]',
    ia5String('Z'),
  ],
  [
    'subjectAltName',
    'an otherName without a value',
    sequence(explicit(0, encodeOid('1.2.3'))),
    'value',
    'DER_VALUE_MISSING',
    '[0].value',
    hex('2a 03 30 0d'),
    2,
  ],
  [
    'subjectAltName',
    'an otherName with two values',
    sequence(explicit(0, encodeOid('1.2.3'), explicit(0, nullValue(), z))),
    'value',
    'DER_TRAILING_DATA',
    '[0].value',
    z,
  ],
  [
    'subjectAltName',
    'an otherName with more behind it',
    sequence(explicit(0, encodeOid('1.2.3'), explicit(0, nullValue()), z)),
    'value',
    'DER_TRAILING_DATA',
    '[0]',
    z,
  ],
  [
    'subjectAltName',
    'a directoryName with more behind it',
    sequence(explicit(4, sequence(), z)),
    'value',
    'DER_TRAILING_DATA',
    '[0]',
    z,
  ],
  [
    'subjectAltName',
    'a registeredID with a padded arc',
    sequence(implicit(8, hex('2a 80 01'))),
    'value',
    'DER_OID_ARC_PADDED',
    '[0]',
    hex('80 01 30'),
  ],
  ['nameConstraints', 'nothing in it', sequence(), 'strict', 'X509_LIST_EMPTY', '', hex('30 00 30 0d')],
  [
    'nameConstraints',
    'an empty list',
    sequence(explicit(0)),
    'strict',
    'X509_LIST_EMPTY',
    '.permittedSubtrees',
    hex('a0 00'),
  ],
  [
    'nameConstraints',
    'an address without its mask',
    sequence(explicit(1, sequence(implicit(7, hex('0a000000'))))),
    'strict',
    'X509_IP_ADDRESS',
    '.excludedSubtrees[0].base',
    hex('87 04'),
  ],
  [
    'nameConstraints',
    'minimum 0 written out',
    sequence(explicit(0, sequence(dns('a'), implicit(0, hex('00'))))),
    'strict',
    'DER_DEFAULT_ENCODED',
    '.permittedSubtrees[0].minimum',
    hex('80 01 00'),
  ],
  [
    'nameConstraints',
    'no name',
    sequence(explicit(0, hex('30 00'))),
    'value',
    'DER_VALUE_MISSING',
    '.permittedSubtrees[0].base',
    hex('30 00'),
    2,
  ],
  [
    'nameConstraints',
    'a field too many',
    sequence(explicit(0, sequence(dns('a'), z))),
    'value',
    'DER_TRAILING_DATA',
    '.permittedSubtrees[0]',
    z,
  ],
  ['cRLDistributionPoints', 'no point', sequence(), 'strict', 'X509_LIST_EMPTY', '', hex('30 00 30 0d')],
  [
    'cRLDistributionPoints',
    'a point that names nothing',
    sequence(sequence(implicit(1, hex('06 40')))),
    'strict',
    'X509_DISTRIBUTION_POINT',
    '[0]',
    sequence(implicit(1, hex('06 40'))),
  ],
  [
    'cRLDistributionPoints',
    'a point with neither kind of name',
    sequence(sequence(explicit(0, z))),
    'value',
    'DER_TAG_UNEXPECTED',
    '[0].distributionPoint.fullName',
    z,
  ],
  [
    'cRLDistributionPoints',
    'a point with two names',
    sequence(sequence(explicit(0, explicit(0, uri('a')), z))),
    'value',
    'DER_TRAILING_DATA',
    '[0].distributionPoint',
    z,
  ],
  [
    'cRLDistributionPoints',
    'a field too many',
    sequence(sequence(explicit(2, dns('a')), z)),
    'value',
    'DER_TRAILING_DATA',
    '[0]',
    z,
  ],
  ['certificatePolicies', 'no policy', sequence(), 'strict', 'X509_LIST_EMPTY', '', hex('30 00 30 0d')],
  [
    'certificatePolicies',
    'a policy twice',
    sequence(sequence(encodeOid('1.2.3')), sequence(encodeOid('1.2.3'))),
    'note',
    'X509_POLICY_TWICE',
    '[1].policyIdentifier',
    hex('30 04 06 02 2a 03 30 0d'),
    2,
  ],
  [
    'certificatePolicies',
    'no qualifier',
    policy(),
    'strict',
    'X509_LIST_EMPTY',
    '[0].policyQualifiers',
    hex('30 00 30 0d'),
  ],
  [
    'certificatePolicies',
    'something after the qualifiers',
    sequence(sequence(encodeOid('1.2.3'), sequence(cps(ia5String('a'))), z)),
    'value',
    'DER_TRAILING_DATA',
    '[0]',
    z,
  ],
  ['policyMappings', 'no mapping', sequence(), 'strict', 'X509_LIST_EMPTY', '', hex('30 00 30 0d')],
  [
    'policyMappings',
    'a third policy',
    sequence(sequence(encodeOid('1.2.3'), encodeOid('1.2.4'), z)),
    'value',
    'DER_TRAILING_DATA',
    '[0]',
    z,
  ],
  ['policyConstraints', 'nothing in it', sequence(), 'strict', 'X509_LIST_EMPTY', '', hex('30 00 30 0d')],
  [
    'policyConstraints',
    'a negative number',
    sequence(implicit(0, hex('ff'))),
    'value',
    'DER_INTEGER_RANGE',
    '.requireExplicitPolicy',
    hex('80 01 ff'),
  ],
  ['policyConstraints', 'a field too many', sequence(implicit(1, hex('00')), z), 'value', 'DER_TRAILING_DATA', '', z],
  ['inhibitAnyPolicy', 'a negative number', integer(-1), 'value', 'DER_INTEGER_RANGE', '', hex('02 01 ff')],
  ['extKeyUsage', 'no purpose', sequence(), 'strict', 'X509_LIST_EMPTY', '', hex('30 00 30 0d')],
  [
    'extKeyUsage',
    'a purpose that is no object identifier',
    sequence(encodeOid('1.2.3'), z),
    'value',
    'DER_TAG_UNEXPECTED',
    '[1]',
    z,
  ],
  [
    'tlsFeature',
    'a number too large',
    sequence(integer(0x10000)),
    'value',
    'DER_INTEGER_RANGE',
    '[0]',
    integer(0x10000),
  ],
  ['subjectDirectoryAttributes', 'no attribute', sequence(), 'strict', 'X509_LIST_EMPTY', '', hex('30 00 30 0d')],
  [
    'subjectDirectoryAttributes',
    'values that are no SET',
    sequence(sequence(encodeOid('1.2.3'), z)),
    'value',
    'DER_TAG_UNEXPECTED',
    '[0].values',
    z,
  ],
  [
    'subjectDirectoryAttributes',
    'a value that is no DER',
    sequence(sequence(encodeOid('1.2.3'), element(0x31, nullValue(), hex('04 02 5a')))),
    'value',
    'DER_TRUNCATED',
    '[0].values[1]',
    hex('04 02 5a'),
  ],
  [
    'subjectDirectoryAttributes',
    'a field too many',
    sequence(sequence(encodeOid('1.2.3'), setOf(nullValue()), z)),
    'value',
    'DER_TRAILING_DATA',
    '[0]',
    z,
  ],
  ['authorityInfoAccess', 'no description', sequence(), 'strict', 'X509_LIST_EMPTY', '', hex('30 00 30 0d')],
  [
    'authorityInfoAccess',
    'no place',
    sequence(sequence(encodeOid('1.2.3'))),
    'value',
    'DER_VALUE_MISSING',
    '[0].accessLocation',
    hex('2a 03 30 0d'),
    2,
  ],
  [
    'authorityInfoAccess',
    'a third field',
    sequence(sequence(encodeOid('1.2.3'), uri('a'), z)),
    'value',
    'DER_TRAILING_DATA',
    '[0]',
    z,
  ],
  [
    'privateKeyUsagePeriod',
    'a date that does not exist',
    sequence(implicit(1, time('20261301000000Z'))),
    'value',
    'DER_TIME_VALUE',
    '.notAfter',
    time('20261301000000Z'),
  ],
  [
    'privateKeyUsagePeriod',
    'a third date',
    sequence(implicit(1, time('20261201000000Z')), z),
    'value',
    'DER_TRAILING_DATA',
    '',
    z,
  ],
  [
    'cabfOrganizationIdentifier',
    'a scheme in another type',
    sequence(utf8String('NTR')),
    'value',
    'DER_TAG_UNEXPECTED',
    '.registrationSchemeIdentifier',
    utf8String('NTR'),
  ],
  [
    'cabfOrganizationIdentifier',
    'a field too many',
    sequence(printableString('NTR'), printableString('US'), utf8String('1'), z),
    'value',
    'DER_TRAILING_DATA',
    '',
    z,
  ],
  ['noRevAvail', 'content', hex('05 01 5a'), 'value', 'DER_NULL_CONTENT', '', hex('05 01 5a')],
  [
    'signedCertificateTimestampList',
    'another type',
    nullValue(),
    'value',
    'DER_TAG_UNEXPECTED',
    '',
    hex('05 00 30 0d'),
  ],
]

describe('breaches in extensions', () => {
  it('subjectDirectoryAttributes: values out of order, and none', () => {
    const unsorted = element(0x31, printableString('FR'), printableString('DE'))
    const place = 'tbsCertificate.extensions[0].subjectDirectoryAttributes[0].values'
    const item = (values: Der) => extension('2.5.29.9', sequence(sequence(encodeOid('1.2.3'), values)))
    const der = certificate({ extensions: [item(unsorted)] })
    const offset = offsetOf(der, unsorted) + 6
    expectBreach(der, 'strict', { code: 'DER_SET_ORDER', path: `${place}[1]`, offset })
    const empty = certificate({ extensions: [item(hex('31 00'))] })
    const emptyAt = offsetOf(empty, hex('31 00'))
    expectBreach(empty, 'strict', { code: 'X509_LIST_EMPTY', path: place, offset: emptyAt })
  })

  it.each(rows)('%s: %s', (name, _, value, firmness, code, path, at, shift = 0) => {
    const list = extension(extensionReaders[name].oid, value)
    const der = certificate({ extensions: [list] })
    const start = offsetOf(der, list) + list.length - value.length
    const offset =
      start + offsetOf(der.subarray(start, start + value.length + 3), at.subarray(0, value.length + 3)) + shift
    expectBreach(der, firmness, { code, path: `tbsCertificate.extensions[0].${name}${path}`, offset })
  })

  // A qualifier that cannot be read is left out alone; the policy stays.
  const notice = (...fields: Der[]) => sequence(encodeOid('1.3.6.1.5.5.7.2.2'), sequence(...fields))
  it.each<[string, Der, string, string, Uint8Array]>([
    ['NUL in an address', cps(element(0x16, hex('5a 00'))), 'DER_STRING_INVALID', '.qualifier', hex('00')],
    ['an address in UTF8String', cps(utf8String('Z')), 'DER_TAG_UNEXPECTED', '.qualifier', utf8String('Z')],
    [
      'Latin-1 in a notice',
      notice(element(0x0c, hex('f1'))),
      'DER_STRING_INVALID',
      '.qualifier.explicitText',
      hex('f1'),
    ],
    ['a notice with a field too many', notice(utf8String('a'), z), 'DER_TRAILING_DATA', '.qualifier', z],
    [
      'a reference with a field too many',
      notice(sequence(utf8String('a'), sequence(), z)),
      'DER_TRAILING_DATA',
      '.qualifier.noticeRef',
      z,
    ],
    [
      'a reference without numbers',
      notice(sequence(utf8String('Z'))),
      'DER_VALUE_MISSING',
      '.qualifier.noticeRef.noticeNumbers',
      hex(''),
    ],
    ['no qualifier', sequence(encodeOid('1.2.4')), 'DER_VALUE_MISSING', '.qualifier', hex('')],
    ['two qualifiers', sequence(encodeOid('1.2.4'), nullValue(), z), 'DER_TRAILING_DATA', '', z],
  ])('certificatePolicies: %s', (_, qualifier, code, path, at) => {
    const list = extension('2.5.29.32', policy(cps(ia5String('http://a')), qualifier))
    const der = certificate({ extensions: [list] })
    const item = offsetOf(der, qualifier)
    const offset = item + (at.length === 0 ? qualifier.length : offsetOf(qualifier, at))
    const place = 'tbsCertificate.extensions[0].certificatePolicies[0].policyQualifiers[1]'
    expect(() => certificateOf({ extensions: [list] })).toThrow(
      expect.objectContaining({ code, path: place + path, offset }),
    )
    const read = certificateOf({ extensions: [list] }, 'tolerant')
    expect(read.deviations).toEqual([expect.objectContaining({ code: 'X509_POLICY_QUALIFIER', path: place, offset })])
    expect(read.extension('certificatePolicies')?.decoded?.[0]?.qualifiers.map(({ cps: address }) => address)).toEqual([
      'http://a',
    ])
  })
})
