import { describe, expect, it } from 'vitest'
import {
  type Der,
  element,
  encodeOid,
  explicit,
  printableString,
  sequence,
  setOf,
  utf8String,
} from '../../src/der/writer.ts'
import { psd2Attributes } from '../../src/eidas/index.ts'
import { parseCertificate } from '../../src/x509/index.ts'
import { breaches, refusalOf } from '../support/breach.ts'
import {
  attribute,
  certificate,
  extension,
  hex,
  nameOf,
  offsetOf,
  oids,
  type Parts,
  psd2Info,
  psd2Statement,
  pspSubject,
  qcCompliance,
  qcStatementsExtension,
  qcType,
  role,
  statement,
} from '../support/build.ts'

const psp: Parts = { extensions: [qcStatementsExtension(qcCompliance, psd2Statement())] }
const attributesOf = (parts: Parts, mode: 'strict' | 'tolerant' = 'strict') =>
  psd2Attributes(parseCertificate(certificate(parts), { mode }))
const ncaId = (id: string): Parts => ({
  extensions: [qcStatementsExtension(psd2Statement(psd2Info(undefined, utf8String('A'), utf8String(id))))],
})

describe('psd2Attributes', () => {
  it('says who the PSP is and what it may do', () => {
    const { organizationIdentifier, statements, ...rest } = attributesOf(psp)
    expect(organizationIdentifier).toMatchObject({
      value: 'PSDFR-ACPR-12345',
      authority: 'ACPR',
      number: '12345',
      problem: undefined,
    })
    expect(statements?.list).toHaveLength(2)
    expect(rest).toEqual({
      roles: [{ oid: '0.4.0.19495.1.3', role: 'PSP_AI', name: 'PSP_AI' }],
      ncaName: 'Prudential Supervisory and Resolution Authority',
      ncaId: 'FR-ACPR',
      deviations: [],
    })
  })

  it('says nothing where there is nothing', () => {
    expect(attributesOf({ subject: nameOf([oids.commonName, utf8String('x')]) })).toEqual({
      organizationIdentifier: null,
      roles: [],
      ncaName: null,
      ncaId: null,
      statements: null,
      deviations: [],
    })
  })

  it('reads as the certificate was read, if not told otherwise', () => {
    const parsed = parseCertificate(
      certificate({ extensions: [qcStatementsExtension(statement('0.4.0.19495.2', sequence()))] }),
    )
    expect(refusalOf(() => psd2Attributes(parsed)).code).toBe('DER_VALUE_MISSING')
    expect(psd2Attributes(parsed, { mode: 'tolerant' })).toMatchObject({ roles: [], ncaId: null })
  })

  it.each([
    ['an unknown option', { modus: 'strict' }],
    ['an unknown mode', { mode: 'lax' }],
  ])('takes %s as the mistake of its caller', (_, options) => {
    for (const parts of [psp, {}]) {
      expect(() => psd2Attributes(parseCertificate(certificate(parts)), options as never)).toThrow(TypeError)
    }
  })

  it.each<[string, Der, Der]>([
    ['two statements', psd2Statement(), psd2Statement(psd2Info(sequence(role('PSP_PI'))))],
    ['the same statement twice', psd2Statement(), psd2Statement()],
    ['a second one that cannot be read', psd2Statement(), statement('0.4.0.19495.2', hex('04 01 5a'))],
    ['a first one that cannot be read', statement('0.4.0.19495.2', hex('04 01 5a')), psd2Statement()],
    ['a second one without information', psd2Statement(), statement('0.4.0.19495.2')],
  ])('refuses %s in tolerant mode too, and never joins roles', (_, first, second) => {
    const parts = { extensions: [qcStatementsExtension(first, second)] }
    const der = certificate(parts)
    const path = 'tbsCertificate.extensions[0].qcStatements[1]'
    const offset = offsetOf(der, new Uint8Array([...first, ...second])) + first.length
    expect(refusalOf(() => attributesOf(parts, 'tolerant'))).toEqual({ code: 'PSD2_STATEMENT_TWICE', path, offset })
    expect(() => attributesOf(parts)).toThrow()
  })

  it('refuses two statements in strict mode by that code', () => {
    const parts = { extensions: [qcStatementsExtension(psd2Statement(), psd2Statement())] }
    expect(refusalOf(() => attributesOf(parts)).code).toBe('PSD2_STATEMENT_TWICE')
  })

  describe('organizationIdentifier', () => {
    const subject = 'tbsCertificate.subject'
    const other = 'PSDDE-BAFIN-99'
    const identifier = (text: string) => attribute(oids.organizationIdentifier, utf8String(text))

    it.each<[string, Der, string]>([
      ['in two relative distinguished names', pspSubject('PSDFR-ACPR-12345', other), '[3][0]'],
      [
        'the same in both',
        nameOf([oids.organizationIdentifier, utf8String(other)], [oids.organizationIdentifier, utf8String(other)]),
        '[1][0]',
      ],
    ])('twice, %s, is refused in strict mode and none in tolerant', (_, name, place) => {
      const parts = { ...psp, subject: name }
      const second = parseCertificate(certificate(parts)).subject.all(oids.organizationIdentifier)[1]
      const breach = { code: 'PSD2_ORGANIZATION_IDENTIFIER_TWICE', path: `${subject}${place}`, offset: second?.offset }
      expect(refusalOf(() => attributesOf(parts))).toEqual(breach)
      const { organizationIdentifier, deviations, roles } = attributesOf(parts, 'tolerant')
      expect(organizationIdentifier).toBeNull()
      expect(roles).toHaveLength(1)
      expect(breaches(deviations)).toEqual([breach])
    })

    it('twice in one relative distinguished name is none', () => {
      const name = sequence(setOf(identifier('PSDFR-ACPR-12345'), identifier(other)))
      expect(() => attributesOf({ ...psp, subject: name })).toThrow(/same attribute type twice/)
      const { organizationIdentifier, deviations } = attributesOf({ ...psp, subject: name }, 'tolerant')
      expect(organizationIdentifier).toBeNull()
      expect(deviations.map(({ code, path }) => [code, path])).toEqual([
        ['PSD2_ORGANIZATION_IDENTIFIER_TWICE', `${subject}[0][1]`],
      ])
    })

    it('is missed beside a PSD2 statement only', () => {
      const name = nameOf([oids.commonName, utf8String('PSDFR-ACPR-12345')])
      const der = certificate({ ...psp, subject: name })
      const breach = { code: 'PSD2_ORGANIZATION_IDENTIFIER_MISSING', path: subject, offset: offsetOf(der, name) }
      expect(breaches(attributesOf({ ...psp, subject: name }).deviations)).toEqual([breach])
      expect(attributesOf({ subject: name, extensions: [qcStatementsExtension(qcCompliance)] }).deviations).toEqual([])
    })

    it.each<[string, Parts]>([
      ['commonName', { subject: nameOf([oids.commonName, utf8String(other)]) }],
      ['organizationalUnitName', { subject: nameOf(['2.5.4.11', utf8String(other)]) }],
      ['serialNumber', { subject: nameOf(['2.5.4.5', printableString(other)]) }],
      ['the issuer', { subject: nameOf([oids.commonName, utf8String('x')]), issuer: pspSubject(other) }],
      [
        'an otherName',
        {
          subject: nameOf([oids.commonName, utf8String('x')]),
          extensions: [
            extension(
              '2.5.29.17',
              sequence(explicit(0, encodeOid(oids.organizationIdentifier), explicit(0, utf8String(other)))),
            ),
          ],
        },
      ],
      [
        'a directoryName',
        {
          subject: nameOf([oids.commonName, utf8String('x')]),
          extensions: [extension('2.5.29.17', sequence(explicit(4, pspSubject(other))))],
        },
      ],
    ])('is not taken from %s', (_, parts) => {
      expect(attributesOf(parts).organizationIdentifier).toBeNull()
    })

    it.each<[string, string, string, string, boolean]>([
      ['of another form', '12345987', 'PSD2_ORGANIZATION_IDENTIFIER_FORM', '12345987: scheme', false],
      ['of a scheme for others', 'VATFR-123', 'PSD2_ORGANIZATION_IDENTIFIER_SCHEME', 'VATFR-123', true],
    ])('%s is recorded', (_, text, code, detail, aloneIsRight) => {
      const value = utf8String(text)
      const name = nameOf([oids.organizationIdentifier, value])
      const der = certificate({ ...psp, subject: name })
      const { deviations } = attributesOf({ ...psp, subject: name })
      expect(deviations).toEqual([{ code, path: `${subject}[0][0]`, offset: offsetOf(der, value) + 2, detail }])
      expect(attributesOf({ subject: name }).deviations).toHaveLength(aloneIsRight ? 0 : 1)
    })

    it.each([
      ['a hyphen that is another', 'PSDFR\u2010ACPR-12345'],
      ['a homoglyph', 'PSDFR-\u0410CPR-12345'],
      ['a zero-width space', 'PSDFR-ACPR-\u200b12345'],
      ['a line feed', 'PSDFR-ACPR-12345\n'],
    ])('with %s is refused in strict mode, and never read as the other', (_, text) => {
      const name = nameOf([oids.organizationIdentifier, utf8String(text)])
      const der = certificate({ ...psp, subject: name })
      const breach = {
        code: 'PSD2_ORGANIZATION_IDENTIFIER_CHARACTERS',
        path: `${subject}[0][0]`,
        offset: offsetOf(der, utf8String(text)) + 2,
      }
      expect(refusalOf(() => attributesOf({ ...psp, subject: name }))).toEqual(breach)
      const { organizationIdentifier, deviations } = attributesOf({ ...psp, subject: name }, 'tolerant')
      expect(organizationIdentifier).toMatchObject({ value: text, problem: 'characters' })
      expect(breaches(deviations)).toContainEqual(breach)
    })

    it('of another scheme is right for an international institution', () => {
      const central = sequence(sequence(encodeOid('0.4.0.19495.1.5'), utf8String('PSP_CB')))
      const info = psd2Info(central, utf8String('A'), utf8String('NA'))
      const parts = { subject: pspSubject('VATFR-123'), extensions: [qcStatementsExtension(psd2Statement(info))] }
      expect(attributesOf(parts).deviations).toEqual([])
    })

    it.each<[string, Der]>([
      ['BMPString', element(0x1e, Buffer.from(other, 'utf16le').swap16())],
      ['TeletexString', element(0x14, new TextEncoder().encode(other))],
    ])('in %s is the decoded text, with a remark on the type', (_, value) => {
      const parsed = parseCertificate(certificate({ subject: nameOf([oids.organizationIdentifier, value]) }))
      expect(parsed.deviations.map(({ code }) => code)).toEqual(['X509_NAME_STRING_TYPE'])
      expect(psd2Attributes(parsed).organizationIdentifier?.value).toBe(other)
    })
  })

  describe('nCAId', () => {
    it.each([
      ['differs in the authority', 'DE-BAFIN', ['PSD2_NCA_MISMATCH']],
      ['differs in spelling', 'FR-acpr', ['PSD2_NCA_ID_FORM', 'PSD2_NCA_MISMATCH']],
      ['is the same', 'FR-ACPR', []],
      ['is NA for a role with an authority', 'NA', ['PSD2_NCA_NOT_APPLICABLE']],
    ])('%s', (_, id, codes) => {
      const { deviations } = attributesOf(ncaId(id))
      expect(deviations.map(({ code }) => code)).toEqual(codes)
    })

    it('that differs is placed where it stands', () => {
      const parts = ncaId('DE-BAFIN')
      const { deviations } = attributesOf(parts)
      const path = 'tbsCertificate.extensions[0].qcStatements[0].statementInfo.nCAId'
      const offset = offsetOf(certificate(parts), utf8String('DE-BAFIN'))
      expect(deviations).toEqual([{ code: 'PSD2_NCA_MISMATCH', path, offset, detail: 'DE-BAFIN differs from FR-ACPR' }])
    })

    it('is not compared where the identifier names no authority', () => {
      const wrong = { 'PSDFR-ACPR': 'FORM', 'VATDE-1': 'SCHEME' }
      for (const [text, problem] of Object.entries(wrong)) {
        const codes = attributesOf({ ...psp, subject: pspSubject(text) }).deviations.map(({ code }) => code)
        expect(codes).toEqual([`PSD2_ORGANIZATION_IDENTIFIER_${problem}`])
      }
      const codes = attributesOf({ ...psp, subject: nameOf([oids.commonName, utf8String('x')]) }).deviations.map(
        ({ code }) => code,
      )
      expect(codes).toEqual(['PSD2_ORGANIZATION_IDENTIFIER_MISSING'])
    })
  })

  it('never takes a role by its name', () => {
    const lie = sequence(sequence(encodeOid('0.4.0.19495.1.3'), utf8String('PSP_PI')))
    const { roles } = attributesOf({ extensions: [qcStatementsExtension(qcType(2), psd2Statement(psd2Info(lie)))] })
    expect(roles).toEqual([{ oid: '0.4.0.19495.1.3', role: 'PSP_AI', name: 'PSP_PI' }])
    const unknown = sequence(sequence(encodeOid('1.2.3'), utf8String('PSP_PI')))
    expect(
      attributesOf({ extensions: [qcStatementsExtension(psd2Statement(psd2Info(unknown)))] }).roles[0]?.role,
    ).toBeNull()
    expect(attributesOf({ subject: nameOf([oids.commonName, utf8String('PSP_PI')]) }).roles).toEqual([])
  })
})
