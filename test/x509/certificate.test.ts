import { describe, expect, it } from 'vitest'
import { Psd2Error } from '../../src/core/errors.ts'
import {
  bitString,
  type Der,
  element,
  explicit,
  implicit,
  integer,
  nullValue,
  sequence,
  time,
} from '../../src/der/writer.ts'
import { Certificate, parseCertificate, x509Codes } from '../../src/x509/index.ts'
import { expectBreach, type Firmness, refusalOf } from '../support/breach.ts'
import {
  algorithm,
  certificate,
  certificateOf,
  extension,
  filler,
  hex,
  isTrue,
  offsetOf,
  type Parts,
  pspSubject,
  rsaKey,
  seeds,
  testIssuer,
} from '../support/build.ts'

const dated = (from: string, to: string): Der => sequence(time(new Date(from)), time(new Date(to)))
const generalized = (text: string): Der => element(0x18, new TextEncoder().encode(text))

describe('parseCertificate', () => {
  it.each(Object.entries(seeds))('reads the seed %s in both modes alike', (_, der) => {
    const strict = parseCertificate(der)
    const tolerant = parseCertificate(der, { mode: 'tolerant' })
    expect([strict.mode, tolerant.mode]).toEqual(['strict', 'tolerant'])
    expect(tolerant.deviations).toEqual(strict.deviations)
    expect(String(tolerant.subject)).toBe(String(strict.subject))
  })

  it('keeps the octets that it was given, as a view', () => {
    const outside = new Uint8Array([...hex('ffffff'), ...(seeds.plain as Der), 0xff])
    const read = parseCertificate(outside.subarray(3, -1))
    expect(read).toBeInstanceOf(Certificate)
    expect(read.bytes).toEqual(seeds.plain)
    expect(read.bytes.buffer).toBe(outside.buffer)
    expect(read.tbs.value).toEqual(outside.subarray(3 + 4, 3 + 4 + read.tbs.length))
    expect(read.serial.hex).toBe('1122334455667788')
    expect(read.serialNumber).toBe(0x1122334455667788n)
    expect(read.signature.value).toEqual(filler(256, 3))
    expect(read.issuer.value).toEqual(testIssuer)
    expect(read.subject.value).toEqual(pspSubject('PSDFR-ACPR-12345'))
    expect(read.publicKey.value).toEqual(rsaKey())
    expect(read.extensions).toEqual([])
    expect(read.version).toBe(3)
  })

  it('reads a Buffer as the octets it is', () => {
    expect(parseCertificate(Buffer.from(seeds.plain as Der)).serial.hex).toBe('1122334455667788')
  })

  it.each([
    ['text', 'MII'],
    ['an ArrayBuffer', new ArrayBuffer(8)],
    ['a list of numbers', [48, 0]],
    ['nothing', undefined],
  ])('takes %s as the mistake of its caller', (_, input) => {
    expect(() => parseCertificate(input as never)).toThrow(TypeError)
  })

  it.each([
    ['an unknown option', { modus: 'strict' }],
    ['an unknown mode', { mode: 'lax' }],
    ['an unknown limit', { limits: { sizes: 1 } }],
    ['a limit that is no count', { limits: { size: 0 } }],
  ])('takes %s as the mistake of its caller', (_, options) => {
    expect(() => parseCertificate(seeds.plain as Der, options as never)).toThrow(TypeError)
  })

  it.each([
    ['LIMIT_SIZE', { size: 100 }],
    ['LIMIT_DEPTH', { depth: 3 }],
    ['LIMIT_ELEMENTS', { elements: 10 }],
    ['LIMIT_OID', { oid: 8 }],
    ['LIMIT_STRING', { string: 4 }],
    ['LIMIT_INTEGER', { integer: 7 }],
  ])('keeps the limit %s in both modes', (code, limits) => {
    for (const mode of ['strict', 'tolerant'] as const) {
      expect(refusalOf(() => parseCertificate(seeds.qwac as Der, { mode, limits })).code).toBe(code)
    }
  })

  it('throws a Psd2Error with code, place, clause and remedy', () => {
    try {
      parseCertificate(hex('30 80'))
      expect.unreachable()
    } catch (error) {
      expect(error).toBeInstanceOf(Psd2Error)
      expect(error).toMatchObject({
        code: 'DER_LENGTH_INDEFINITE',
        path: '',
        offset: 0,
        citation: { document: 'ITU-T X.690', clause: '10.1' },
        mend: 'this is BER: convert it to DER',
        message: 'the length is in the indefinite form, at the top, offset 0',
      })
    }
  })
})

/** What is wrong, the parts, how firmly it is refused, the code, the path, and the octets that stand where it is. */
type Row = [what: string, parts: Parts, firmness: Firmness, code: string, path: string, at: Uint8Array]

const uniqueId = implicit(1, hex('00 5a'))
const rows: Row[] = [
  [
    'v1 written out',
    { version: explicit(0, integer(0)) },
    'strict',
    'DER_DEFAULT_ENCODED',
    'tbsCertificate.version',
    explicit(0, integer(0)),
  ],
  [
    'v4',
    { version: explicit(0, integer(3)) },
    'always',
    'X509_VERSION',
    'tbsCertificate.version',
    hex('02 01 03 02 08 11'),
  ],
  [
    'version -1',
    { version: explicit(0, integer(-1)) },
    'always',
    'X509_VERSION',
    'tbsCertificate.version',
    hex('02 01 ff 02 08 11'),
  ],
  [
    'version 256',
    { version: explicit(0, integer(256)) },
    'always',
    'X509_VERSION',
    'tbsCertificate.version',
    hex('02 02 01 00 02 08'),
  ],
  [
    'a version with more behind it',
    { version: explicit(0, integer(2), nullValue()) },
    'always',
    'DER_TRAILING_DATA',
    'tbsCertificate.version',
    hex('05 00 02 08'),
  ],
  [
    'extensions in v1',
    { version: null, extensions: [extension('1.2.3', nullValue())] },
    'always',
    'X509_VERSION_FIELDS',
    'tbsCertificate.extensions',
    explicit(3, sequence(extension('1.2.3', nullValue()))),
  ],
  [
    'extensions in v2',
    { version: explicit(0, integer(1)), extensions: [extension('1.2.3', nullValue())] },
    'always',
    'X509_VERSION_FIELDS',
    'tbsCertificate.extensions',
    explicit(3, sequence(extension('1.2.3', nullValue()))),
  ],
  [
    'serial zero',
    { serialNumber: hex('02 01 00') },
    'note',
    'X509_SERIAL_NOT_POSITIVE',
    'tbsCertificate.serialNumber',
    hex('02 01 00 30 0d'),
  ],
  [
    'a negative serial',
    { serialNumber: hex('02 02 80 01') },
    'note',
    'X509_SERIAL_NOT_POSITIVE',
    'tbsCertificate.serialNumber',
    hex('02 02 80 01'),
  ],
  [
    'a serial of 21 octets',
    { serialNumber: element(2, hex(`11${'00'.repeat(20)}`)) },
    'note',
    'X509_SERIAL_TOO_LONG',
    'tbsCertificate.serialNumber',
    hex('02 15 11'),
  ],
  [
    'a padded serial',
    { serialNumber: hex('02 02 00 7f') },
    'always',
    'DER_INTEGER_NOT_MINIMAL',
    'tbsCertificate.serialNumber',
    hex('02 02 00 7f'),
  ],
  [
    'another algorithm outside',
    { signatureAlgorithm: algorithm('1.2.840.113549.1.1.12', nullValue()) },
    'always',
    'X509_SIGNATURE_ALGORITHM_MISMATCH',
    'signatureAlgorithm',
    algorithm('1.2.840.113549.1.1.12', nullValue()),
  ],
  [
    'the same algorithm in other octets',
    { signatureAlgorithm: algorithm('1.2.840.113549.1.1.11') },
    'always',
    'X509_SIGNATURE_ALGORITHM_MISMATCH',
    'signatureAlgorithm',
    algorithm('1.2.840.113549.1.1.11'),
  ],
  ['an empty issuer', { issuer: sequence() }, 'strict', 'X509_ISSUER_EMPTY', 'tbsCertificate.issuer', hex('30 00')],
  [
    'an end before the beginning',
    { validity: dated('2028-01-01', '2026-01-01') },
    'note',
    'X509_VALIDITY_ORDER',
    'tbsCertificate.validity',
    dated('2028-01-01', '2026-01-01'),
  ],
  [
    'a date of 2049 as GeneralizedTime',
    { validity: sequence(time(new Date('2026-01-01')), generalized('20491231235959Z')) },
    'strict',
    'X509_TIME_FORM',
    'tbsCertificate.validity.notAfter',
    generalized('20491231235959Z'),
  ],
  [
    'a date that does not exist',
    { validity: sequence(generalized('20500230000000Z'), time(new Date('2060-01-01'))) },
    'always',
    'DER_TIME_VALUE',
    'tbsCertificate.validity.notBefore',
    new TextEncoder().encode('20500230000000Z'),
  ],
  [
    'a third date',
    { validity: sequence(time(new Date('2026-01-01')), time(new Date('2027-01-01')), nullValue()) },
    'always',
    'DER_TRAILING_DATA',
    'tbsCertificate.validity',
    new Uint8Array([...nullValue(), ...pspSubject('PSDFR-ACPR-12345')]),
  ],
  [
    'an empty subject',
    { subject: sequence() },
    'note',
    'X509_SUBJECT_EMPTY',
    'tbsCertificate.subject',
    hex('30 00 30 82'),
  ],
  [
    'an empty subject beside names that are not critical',
    { subject: sequence(), extensions: [extension('2.5.29.17', sequence(implicit(2, hex('61'))))] },
    'note',
    'X509_SUBJECT_EMPTY',
    'tbsCertificate.subject',
    hex('30 00 30 82'),
  ],
  [
    'a unique identifier in v1',
    { version: null, uniqueIds: [uniqueId] },
    'always',
    'X509_VERSION_FIELDS',
    'tbsCertificate.issuerUniqueID',
    uniqueId,
  ],
  [
    'an issuerUniqueID',
    { version: explicit(0, integer(1)), uniqueIds: [uniqueId] },
    'note',
    'X509_UNIQUE_ID',
    'tbsCertificate.issuerUniqueID',
    uniqueId,
  ],
  [
    'a subjectUniqueID',
    { uniqueIds: [implicit(2, hex('00 5a'))] },
    'note',
    'X509_UNIQUE_ID',
    'tbsCertificate.subjectUniqueID',
    implicit(2, hex('00 5a')),
  ],
  [
    'unique identifiers in the wrong order',
    { uniqueIds: [implicit(2, hex('00 5a')), uniqueId] },
    'always',
    'DER_TRAILING_DATA',
    'tbsCertificate',
    uniqueId,
  ],
  [
    'a unique identifier that is no BIT STRING',
    { uniqueIds: [implicit(1, hex('08 5a'))] },
    'always',
    'DER_BITS_UNUSED',
    'tbsCertificate.issuerUniqueID',
    hex('08 5a'),
  ],
  [
    'no list of extensions in the field',
    { extensionsField: explicit(3, nullValue()) },
    'always',
    'DER_TAG_UNEXPECTED',
    'tbsCertificate.extensions',
    hex('05 00 30 0d'),
  ],
  [
    'two lists in the field',
    { extensionsField: explicit(3, sequence(extension('1.2.3', nullValue())), sequence()) },
    'always',
    'DER_TRAILING_DATA',
    'tbsCertificate.extensions',
    hex('30 00 30 0d'),
  ],
  [
    "an element after TBSCertificate's last",
    { afterTbs: nullValue() },
    'always',
    'DER_TRAILING_DATA',
    'tbsCertificate',
    hex('05 00 30 0d'),
  ],
  [
    'an element after the signature',
    { signatureValue: bitString(hex('5a5a')), afterAll: nullValue() },
    'always',
    'DER_TRAILING_DATA',
    '',
    nullValue(),
  ],
  [
    'unused bits in the signature',
    { signatureValue: bitString(hex('5a50'), 4) },
    'always',
    'DER_BITS_UNUSED',
    'signatureValue',
    hex('04 5a 50'),
  ],
]

describe('the fields of a certificate', () => {
  it.each(rows)('%s', (_, parts, firmness, code, path, at) => {
    const der = certificate(parts)
    const offset = code === 'DER_TRAILING_DATA' && path === '' ? der.length - 2 : offsetOf(der, at)
    expectBreach(der, firmness, { code, path, offset })
  })

  it.each<[string, Parts]>([
    ['v2 without extensions', { version: explicit(0, integer(1)) }],
    ['a serial of 20 octets', { serialNumber: element(2, hex(`7f${'00'.repeat(19)}`)) }],
    ['dates that are the same', { validity: dated('2026-01-01', '2026-01-01') }],
    ['GeneralizedTime from 2050', { validity: dated('2049-12-31T23:59:59Z', '2050-01-01') }],
    [
      'an empty subject beside critical names',
      { subject: sequence(), extensions: [extension('2.5.29.17', sequence(implicit(2, hex('61'))), isTrue)] },
    ],
    ['a signature of no octets', { signatureValue: bitString(hex('')) }],
  ])('takes %s without a remark', (_, parts) => {
    expect(certificateOf(parts).deviations).toEqual([])
  })

  it('tells the versions apart', () => {
    expect(certificateOf({ version: null }).version).toBe(1)
    expect(certificateOf({ version: explicit(0, integer(1)) }).version).toBe(2)
    expect(certificateOf({ version: explicit(0, integer(0)) }, 'tolerant').version).toBe(1)
  })

  it('gives a negative serial its sign', () => {
    expect(certificateOf({ serialNumber: hex('02 01 ff') }).serialNumber).toBe(-1n)
  })

  it('refuses whatever is left out', () => {
    for (const missing of ['signature', 'issuer', 'validity', 'subject', 'publicKey'] as const) {
      expect(() => parseCertificate(certificate({ [missing]: hex('') }))).toThrow(Psd2Error)
    }
  })
})

describe('Validity', () => {
  const { validity } = certificateOf({})
  it.each([
    ['2025-12-31T23:59:59.999Z', false],
    ['2026-01-01T00:00:00.000Z', true],
    ['2028-01-01T00:00:00.000Z', true],
    ['2028-01-01T00:00:00.001Z', false],
  ])('at %s is %s', (at, valid) => {
    expect(validity.includes(new Date(at))).toBe(valid)
  })

  it('gives dates of its own each time', () => {
    validity.notBefore.setTime(0)
    expect([validity.notBefore.toISOString(), validity.notAfter.toISOString()]).toEqual([
      '2026-01-01T00:00:00.000Z',
      '2028-01-01T00:00:00.000Z',
    ])
  })

  it('takes no moment as the mistake of its caller', () => {
    expect(() => validity.includes(new Date(Number.NaN))).toThrow(TypeError)
  })
})

describe('Certificate.extension', () => {
  const read = parseCertificate(seeds.qwac as Der)
  it('finds an extension by name and by object identifier', () => {
    expect(read.extension('keyUsage')?.decoded?.names).toEqual(['digitalSignature', 'keyEncipherment'])
    expect(read.extension('nameConstraints')).toBeUndefined()
    expect(read.extensionByOid('1.3.6.1.5.5.7.1.3')?.name).toBe('qcStatements')
    expect(read.extensionByOid('1.2.3')).toBeUndefined()
  })
})

describe('x509Codes', () => {
  it.each(Object.entries(x509Codes))('%s cites a clause, says what and how to mend it', (code, info) => {
    expect(code).toMatch(/^X509_[A-Z0-9_]+$/)
    expect([info.document, info.clause, info.says, info.mend].every((text) => text.length > 0)).toBe(true)
  })
})
