import { describe, expect, it } from 'vitest'
import {
  encodeOid,
  explicit,
  namedBits,
  nullValue,
  printableString,
  sequence,
  time,
  utf8String,
} from '../../src/der/writer.ts'
import { certificateKind, psd2Attributes, psd2Remarks } from '../../src/eidas/index.ts'
import { parseCertificate } from '../../src/x509/index.ts'
import {
  algorithm,
  certificate,
  extension,
  isTrue,
  nameOf,
  oids,
  type Parts,
  psd2Info,
  psd2Statement,
  pspSubject,
  qcCompliance,
  qcPds,
  qcStatementsExtension,
  qcType,
  seeds,
} from '../support/build.ts'

function remarksOf(parts: Parts) {
  const parsed = parseCertificate(certificate(parts), { mode: 'tolerant' })
  return psd2Remarks(parsed, psd2Attributes(parsed), certificateKind(parsed).kind)
}

const statements = qcStatementsExtension(qcCompliance, qcPds, qcType(3), psd2Statement())
const keyUsage = extension('2.5.29.15', namedBits([0]))
const eku = extension('2.5.29.37', sequence(encodeOid('1.3.6.1.5.5.7.3.1')))
const complete = [statements, keyUsage, eku]
const SHA1 = '1.3.14.3.2.26'
const SHA256 = '2.16.840.1.101.3.4.2.1'
const pss = (hash: string) => algorithm('1.2.840.113549.1.1.10', sequence(explicit(0, algorithm(hash))))
const validFor = (to: string) => sequence(time(new Date('2024-02-01T00:00:00Z')), time(new Date(to)))
const country = (...codes: string[]) =>
  nameOf(...codes.map((code) => [oids.country, printableString(code)] as const), [
    oids.organizationIdentifier,
    utf8String('PSDFR-ACPR-1'),
  ])

describe('psd2Remarks', () => {
  it.each(['qwac', 'qsealc'] as const)('says nothing of a sound %s', (name) => {
    const parsed = parseCertificate(seeds[name] as Uint8Array)
    expect(psd2Remarks(parsed, psd2Attributes(parsed), certificateKind(parsed).kind)).toEqual([])
  })

  it.each<[string, Parts, string[]]>([
    [
      'a CA that names a PSP',
      { extensions: [...complete, extension('2.5.29.19', sequence(isTrue))] },
      ['EIDAS_LEAF_IS_CA'],
    ],
    [
      'no QcCompliance',
      { extensions: [qcStatementsExtension(qcPds, qcType(3), psd2Statement()), keyUsage, eku] },
      ['EIDAS_NO_QC_COMPLIANCE'],
    ],
    [
      'no QcType',
      { extensions: [qcStatementsExtension(qcCompliance, qcPds, psd2Statement()), keyUsage, eku] },
      ['EIDAS_NO_QC_TYPE'],
    ],
    [
      'no QcPDS',
      { extensions: [qcStatementsExtension(qcCompliance, qcType(3), psd2Statement()), keyUsage, eku] },
      ['EIDAS_NO_QC_PDS'],
    ],
    [
      'no statements beside a PSD identifier',
      { extensions: [keyUsage] },
      ['EIDAS_NO_QC_COMPLIANCE', 'EIDAS_NO_QC_TYPE', 'EIDAS_NO_QC_PDS', 'EIDAS_NO_PSD2_STATEMENT'],
    ],
    ['no keyUsage', { extensions: [statements, eku] }, ['EIDAS_NO_KEY_USAGE']],
    ['no extKeyUsage for the web', { extensions: [statements, keyUsage] }, ['EIDAS_NO_EXTENDED_KEY_USAGE']],
    [
      'no extKeyUsage for web and seal',
      { extensions: [qcStatementsExtension(qcCompliance, qcPds, qcType(2, 3), psd2Statement()), keyUsage] },
      ['EIDAS_NO_EXTENDED_KEY_USAGE'],
    ],
    [
      'no extKeyUsage by policy for the web',
      {
        extensions: [
          qcStatementsExtension(qcCompliance, qcPds, psd2Statement()),
          keyUsage,
          extension('2.5.29.32', sequence(sequence(encodeOid('0.4.0.19495.3.1')))),
        ],
      },
      ['EIDAS_NO_QC_TYPE', 'EIDAS_NO_EXTENDED_KEY_USAGE'],
    ],
    [
      'no extKeyUsage for a seal',
      { extensions: [qcStatementsExtension(qcCompliance, qcPds, qcType(2), psd2Statement()), keyUsage] },
      [],
    ],
    [
      'SHA-1',
      { extensions: complete, signature: algorithm('1.2.840.113549.1.1.5', nullValue()) },
      ['EIDAS_SIGNATURE_WEAK'],
    ],
    [
      'MD5',
      { extensions: complete, signature: algorithm('1.2.840.113549.1.1.4', nullValue()) },
      ['EIDAS_SIGNATURE_WEAK'],
    ],
    ['ECDSA with SHA-1', { extensions: complete, signature: algorithm('1.2.840.10045.4.1') }, ['EIDAS_SIGNATURE_WEAK']],
    [
      'PSS with SHA-1 by default',
      { extensions: complete, signature: algorithm('1.2.840.113549.1.1.10', sequence()) },
      ['EIDAS_SIGNATURE_PSS', 'EIDAS_SIGNATURE_WEAK'],
    ],
    ['PSS with SHA-1', { extensions: complete, signature: pss(SHA1) }, ['EIDAS_SIGNATURE_PSS', 'EIDAS_SIGNATURE_WEAK']],
    ['PSS with SHA-256', { extensions: complete, signature: pss(SHA256) }, ['EIDAS_SIGNATURE_PSS']],
    ['ten years with three leap days', { extensions: complete, validity: validFor('2034-02-01T00:00:00Z') }, []],
    ['a second more', { extensions: complete, validity: validFor('2034-02-01T00:00:01Z') }, ['EIDAS_VALIDITY_LONG']],
    ['the country of another authority', { extensions: complete, subject: country('DE') }, ['PSD2_COUNTRY_MISMATCH']],
    ['no country', { extensions: complete, subject: country() }, []],
    [
      'two countries, of which none is taken',
      { extensions: complete, subject: country('FR', 'DE') },
      ['PSD2_COUNTRY_MISMATCH'],
    ],
    [
      'the country of the statement before that of the identifier',
      {
        extensions: [
          qcStatementsExtension(
            qcCompliance,
            qcPds,
            qcType(3),
            psd2Statement(psd2Info(undefined, utf8String('A'), utf8String('DE-BAFIN'))),
          ),
          keyUsage,
          eku,
        ],
      },
      ['PSD2_COUNTRY_MISMATCH'],
    ],
    [
      'the country of the identifier where the statement names none',
      {
        extensions: [
          qcStatementsExtension(
            qcCompliance,
            qcPds,
            qcType(3),
            psd2Statement(psd2Info(undefined, utf8String('A'), utf8String('NA'))),
          ),
          keyUsage,
          eku,
        ],
        subject: country('DE'),
      },
      ['PSD2_COUNTRY_MISMATCH'],
    ],
    [
      'another scheme, which names no authority',
      {
        extensions: [qcStatementsExtension(qcCompliance, qcPds, qcType(3)), keyUsage, eku],
        subject: pspSubject('VATDE-1'),
      },
      [],
    ],
    [
      'no identifier',
      {
        extensions: [qcStatementsExtension(qcCompliance, qcPds, qcType(3)), keyUsage, eku],
        subject: nameOf([oids.country, printableString('DE')]),
      },
      [],
    ],
    ['neither PSD2 nor statements', { subject: pspSubject('VATFR-1') }, []],
    [
      'a CA with statements of its own',
      {
        subject: pspSubject('VATFR-1'),
        extensions: [qcStatementsExtension(), extension('2.5.29.19', sequence(isTrue))],
      },
      [],
    ],
    [
      'a leaf with empty statements',
      { subject: pspSubject('VATFR-1'), extensions: [qcStatementsExtension()] },
      ['EIDAS_NO_QC_COMPLIANCE', 'EIDAS_NO_QC_TYPE', 'EIDAS_NO_QC_PDS', 'EIDAS_NO_KEY_USAGE'],
    ],
  ])('%s', (_, parts, codes) => {
    const remarks = remarksOf(parts)
    expect(remarks.map(({ code }) => code)).toEqual(codes)
    for (const { path, offset } of remarks) {
      expect(path).toMatch(/^tbsCertificate\.(signature|validity|subject\[\d\]\[0\]|extensions.*)$/)
      expect(offset).toBeGreaterThan(0)
    }
  })

  it('says where it is, or would be', () => {
    const weakAndLong = {
      extensions: [extension('2.5.29.19', sequence(isTrue)), qcStatementsExtension(psd2Statement())],
      signature: algorithm('1.2.840.113549.1.1.5', nullValue()),
      validity: validFor('2044-01-01T00:00:00Z'),
      subject: country('DE'),
    }
    const parsed = parseCertificate(certificate(weakAndLong))
    const [constraints, statementsAt] = parsed.extensions
    const [named] = parsed.subject.all(oids.country)
    const statementsPlace = { path: 'tbsCertificate.extensions[1].qcStatements', offset: statementsAt?.offset }
    const places = Object.fromEntries(remarksOf(weakAndLong).map(({ code, ...place }) => [code, place]))
    expect(places).toEqual({
      PSD2_COUNTRY_MISMATCH: { path: 'tbsCertificate.subject[0][0]', offset: named?.offset, detail: 'DE and FR' },
      EIDAS_LEAF_IS_CA: { path: 'tbsCertificate.extensions[0].basicConstraints', offset: constraints?.offset },
      EIDAS_NO_QC_COMPLIANCE: statementsPlace,
      EIDAS_NO_QC_TYPE: statementsPlace,
      EIDAS_NO_QC_PDS: statementsPlace,
      EIDAS_NO_KEY_USAGE: { path: 'tbsCertificate.extensions', offset: constraints?.offset },
      EIDAS_SIGNATURE_WEAK: { path: 'tbsCertificate.signature', offset: parsed.signatureAlgorithm.offset },
      EIDAS_VALIDITY_LONG: { path: 'tbsCertificate.validity', offset: parsed.issuer.offset + parsed.issuer.length },
    })
  })

  it('has a place in a certificate without extensions too', () => {
    const { tbs } = parseCertificate(certificate({ extensions: [] }))
    expect(remarksOf({ extensions: [] })[0]).toMatchObject({ path: 'tbsCertificate.extensions', offset: tbs.offset })
  })
})
