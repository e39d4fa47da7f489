import { describe, expect, it } from 'vitest'
import {
  type Der,
  element,
  encodeOid,
  explicit,
  ia5String,
  implicit,
  integer,
  nullValue,
  printableString,
  sequence,
  utf8String,
} from '../../src/der/writer.ts'
import { qcStatements, type StatementName, statementReaders } from '../../src/eidas/index.ts'
import { parseCertificate } from '../../src/x509/index.ts'
import { breaches, refusalOf } from '../support/breach.ts'
import {
  certificate,
  extension,
  hex,
  offsetOf,
  psd2Info,
  psd2Statement,
  QC_STATEMENTS,
  qcCompliance,
  qcPds,
  qcStatementsExtension,
  qcType,
  role,
  roleOids,
  rolePair,
  statement,
} from '../support/build.ts'

type Mode = 'strict' | 'tolerant'
const withStatements = (...statements: Der[]) => certificate({ extensions: [qcStatementsExtension(...statements)] })
const read = (der: Uint8Array, mode: Mode = 'strict') => qcStatements(parseCertificate(der), { mode })
const list = 'tbsCertificate.extensions[0].qcStatements'

describe('qcStatements', () => {
  it('reads nothing where the extension is not', () => {
    expect(read(certificate())).toBeUndefined()
  })

  it('reads an empty list as one', () => {
    expect(read(withStatements())?.list).toEqual([])
  })

  it('reads as the certificate was read, if not told otherwise', () => {
    const der = withStatements(statement('0.4.0.1862.1.3', utf8String('x')))
    expect(refusalOf(() => qcStatements(parseCertificate(der))).code).toBe('DER_TAG_UNEXPECTED')
    expect(qcStatements(parseCertificate(der, { mode: 'tolerant' }))?.list).toHaveLength(1)
    expect(qcStatements(parseCertificate(der), { mode: 'tolerant' })?.list).toHaveLength(1)
  })

  it.each([
    ['an unknown option', { modes: 'strict' }],
    ['an unknown mode', { mode: 'lax' }],
  ])('takes %s as the mistake of its caller', (_, options) => {
    expect(() => qcStatements(parseCertificate(withStatements()), options as never)).toThrow(TypeError)
  })

  it('gives each statement its name, place and octets', () => {
    const other = statement('1.2.3', sequence(nullValue()))
    const der = withStatements(qcCompliance, qcType(3), other)
    const statements = read(der)
    expect(statements?.deviations).toEqual([])
    expect(statements?.list.map(({ oid, name, index, path, decoded }) => [oid, name, index, path, decoded])).toEqual([
      ['0.4.0.1862.1.1', 'QcCompliance', 0, `${list}[0]`, undefined],
      ['0.4.0.1862.1.6', 'QcType', 1, `${list}[1]`, ['0.4.0.1862.1.6.3']],
      ['1.2.3', '1.2.3', 2, `${list}[2]`, undefined],
    ])
    expect(statements?.list[2]?.value).toEqual(other)
    expect(statements?.list[2]?.offset).toBe(offsetOf(der, other))
  })

  it('tells what occurs, and takes none of two', () => {
    const twice = read(withStatements(qcCompliance, qcType(1), qcType(2)))
    expect(['QcCompliance', 'QcType', 'QcSSCD', 'PSD2'].map((name) => twice?.has(name as StatementName))).toEqual([
      true,
      true,
      false,
      false,
    ])
    expect(twice?.only('QcType')).toBeUndefined()
    expect(twice?.only('QcPDS')).toBeUndefined()
    expect(twice?.all('QcType').map(({ decoded }) => decoded)).toEqual([['0.4.0.1862.1.6.1'], ['0.4.0.1862.1.6.2']])
    expect(read(withStatements(qcPds))?.only('QcPDS')).toEqual([{ url: 'https://ca.example/pds', language: 'en' }])
  })

  it.each<[StatementName, string, Der, unknown]>([
    [
      'QcLimitValue',
      'letters',
      sequence(printableString('EUR'), integer(100), integer(3)),
      { currency: 'EUR', amount: 100, exponent: 3 },
    ],
    [
      'QcLimitValue',
      'a number',
      sequence(integer(978), integer(-1), integer(-2)),
      { currency: 978, amount: -1, exponent: -2 },
    ],
    ['QcRetentionPeriod', 'ten years', integer(10), 10],
    [
      'QcPDS',
      'two languages',
      sequence(
        sequence(ia5String('https://a'), printableString('en')),
        sequence(ia5String('https://b'), printableString('fr')),
      ),
      [
        { url: 'https://a', language: 'en' },
        { url: 'https://b', language: 'fr' },
      ],
    ],
    ['QcType', 'web', sequence(encodeOid('0.4.0.1862.1.6.3')), ['0.4.0.1862.1.6.3']],
    ['QcIdentMethod', 'a method', sequence(encodeOid('0.4.0.1862.1.8.1')), ['0.4.0.1862.1.8.1']],
    ['QcCClegislation', 'two countries', sequence(printableString('GB'), printableString('CH')), ['GB', 'CH']],
    ['QcQSCDlegislation', 'a country', sequence(printableString('CH')), ['CH']],
  ])('decodes %s with %s', (name, _, info, expected) => {
    const statements = read(withStatements(statement(statementReaders[name].oid, info)))
    expect(statements?.only(name)).toEqual(expected)
    expect(statements?.deviations).toEqual([])
  })

  it.each<[string, Der, string | undefined, string[]]>([
    ['an identifier', sequence(encodeOid('0.4.0.194121.1.2')), '0.4.0.194121.1.2', []],
    ['an authority', sequence(sequence(implicit(6, hex('61')))), undefined, ['a']],
    ['both', sequence(encodeOid('1.2.3'), sequence(implicit(6, hex('61')))), '1.2.3', ['a']],
  ])('decodes SemanticsInformation with %s', (_, info, semantics, authorities) => {
    const found = read(withStatements(statement('1.3.6.1.5.5.7.11.2', info)))?.only('SemanticsInformation')
    expect(found?.semanticsIdentifier).toBe(semantics)
    expect(found?.nameRegistrationAuthorities.map(({ text }) => text)).toEqual(authorities)
  })

  const z = hex('04 01 5a')
  /** note: recorded in both modes. strict: refused in strict mode. part: refused, and in tolerant mode the statement has no value. */
  type Row = [
    what: string,
    statement: Der,
    how: 'note' | 'strict' | 'part',
    code: string,
    path: string,
    at: Uint8Array,
    shift?: number,
  ]
  const pds = (...fields: Der[]) => statement('0.4.0.1862.1.5', sequence(sequence(...fields)))
  const oid = (name: StatementName, info: Der) => statement(statementReaders[name].oid, info)
  const countries = sequence(printableString('FRA'))
  it.each<Row>([
    ['QcCompliance with information', statement('0.4.0.1862.1.1', z), 'note', 'QC_STATEMENT_INFO', '.statementInfo', z],
    ['QcType without information', statement('0.4.0.1862.1.6'), 'note', 'QC_STATEMENT_INFO', '.statementInfo', hex('')],
    ['QcType without a type', qcType(), 'note', 'QC_STATEMENT_INFO', '.statementInfo', hex('30 00')],
    ['QcType with two types', qcType(2, 3), 'note', 'QC_STATEMENT_INFO', '.statementInfo', qcType(2, 3).subarray(10)],
    [
      'QcType as a bare identifier',
      oid('QcType', encodeOid('0.4.0.1862.1.6.2')),
      'part',
      'DER_TAG_UNEXPECTED',
      '.statementInfo',
      encodeOid('0.4.0.1862.1.6.2'),
    ],
    [
      'two values',
      statement('0.4.0.1862.1.3', new Uint8Array([...integer(1), ...z])),
      'part',
      'DER_TRAILING_DATA',
      '',
      z,
    ],
    [
      'a purpose as statement',
      statement('0.4.0.1862.1.6.2'),
      'note',
      'QC_STATEMENT_MISPLACED',
      '.statementId',
      hex(''),
    ],
    [
      'a semantics identifier as statement',
      statement('0.4.0.194121.1.2'),
      'note',
      'QC_STATEMENT_MISPLACED',
      '.statementId',
      hex(''),
    ],
    ['no location of a PDS', oid('QcPDS', sequence()), 'note', 'QC_STATEMENT_INFO', '.statementInfo', hex('30 00')],
    [
      'an address in UTF8String',
      pds(utf8String('https://a'), printableString('en')),
      'strict',
      'QC_STRING_TYPE',
      '.statementInfo[0].url',
      utf8String('https://a'),
    ],
    [
      'a language of three letters',
      pds(ia5String('https://a'), printableString('eng')),
      'note',
      'QC_STATEMENT_INFO',
      '.statementInfo[0].language',
      printableString('eng').subarray(2),
    ],
    [
      'a language in UTF8String',
      pds(ia5String('https://a'), utf8String('en')),
      'part',
      'DER_TAG_UNEXPECTED',
      '.statementInfo[0].language',
      utf8String('en'),
    ],
    [
      'two languages of one address',
      pds(ia5String('https://a'), printableString('en'), printableString('fr')),
      'part',
      'DER_TRAILING_DATA',
      '.statementInfo[0]',
      printableString('fr'),
    ],
    [
      'an address that is no string',
      pds(integer(0x5a), printableString('en')),
      'part',
      'DER_TAG_UNEXPECTED',
      '.statementInfo[0].url',
      integer(0x5a),
    ],
    [
      'no country of legislation',
      oid('QcCClegislation', sequence()),
      'note',
      'QC_STATEMENT_INFO',
      '.statementInfo',
      hex('30 00'),
    ],
    [
      'a country of three letters',
      oid('QcQSCDlegislation', countries),
      'note',
      'QC_STATEMENT_INFO',
      '.statementInfo[0]',
      countries.subarray(4),
    ],
    [
      'currency 0',
      oid('QcLimitValue', sequence(integer(0), integer(1), integer(2))),
      'part',
      'DER_INTEGER_RANGE',
      '.statementInfo.currency',
      integer(0),
    ],
    [
      'currency 1000',
      oid('QcLimitValue', sequence(integer(1000), integer(1), integer(2))),
      'part',
      'DER_INTEGER_RANGE',
      '.statementInfo.currency',
      integer(1000),
    ],
    [
      'no exponent',
      oid('QcLimitValue', sequence(printableString('EUR'), integer(1))),
      'part',
      'DER_VALUE_MISSING',
      '.statementInfo.exponent',
      integer(1),
      3,
    ],
    [
      'a fourth field',
      oid('QcLimitValue', sequence(printableString('EUR'), integer(1), integer(2), z)),
      'part',
      'DER_TRAILING_DATA',
      '.statementInfo',
      z,
    ],
    [
      'empty semantics',
      oid('SemanticsInformation', sequence()),
      'note',
      'QC_STATEMENT_INFO',
      '.statementInfo',
      hex('30 00'),
    ],
    [
      'semantics with a field too many',
      oid('SemanticsInformation', sequence(encodeOid('1.2.3'), sequence(implicit(6, hex('61'))), z)),
      'part',
      'DER_TRAILING_DATA',
      '.statementInfo',
      z,
    ],
    ['a retention period that is none', oid('QcRetentionPeriod', z), 'part', 'DER_TAG_UNEXPECTED', '.statementInfo', z],
  ])('%s', (_, wrong, how, code, path, at, shift = 0) => {
    const der = withStatements(statement('1.2.9'), wrong, psd2Statement())
    const start = offsetOf(der, wrong)
    const offset = start + (at.length === 0 ? 0 : offsetOf(wrong, at)) + shift
    const breach = { code, path: `${list}[1]${path}`, offset }
    if (how === 'note') expect(breaches(read(der)?.deviations ?? [])).toEqual([breach])
    else expect(refusalOf(() => read(der))).toEqual(breach)
    const tolerant = read(der, 'tolerant')
    const recorded = how === 'part' ? { code: 'QC_STATEMENT_INVALID', path: `${list}[1]`, offset } : breach
    expect(breaches(tolerant?.deviations ?? [])).toEqual([recorded])
    // One bad statement does not cost the others.
    expect(tolerant?.list.map((found) => found.index)).toEqual([0, 1, 2])
    expect(tolerant?.only('PSD2')?.ncaId).toBe('FR-ACPR')
    if (how === 'part') expect(tolerant?.list[1]?.decoded).toBeUndefined()
  })

  it('a statement twice', () => {
    const der = withStatements(qcType(1), qcType(2))
    const breach = { code: 'QC_STATEMENT_TWICE', path: `${list}[1]`, offset: offsetOf(der, qcType(2)) }
    expect(breaches(read(der)?.deviations ?? [])).toEqual([breach])
  })

  it('something after the information of an unknown statement', () => {
    const wrong = sequence(encodeOid('1.2.3'), nullValue(), z)
    const der = withStatements(qcCompliance, wrong)
    expect(refusalOf(() => read(der))).toEqual({
      code: 'DER_TRAILING_DATA',
      path: `${list}[1]`,
      offset: offsetOf(der, z),
    })
    expect(read(der, 'tolerant')?.deviations[0]).toMatchObject({ code: 'QC_STATEMENT_INVALID' })
  })

  it('a list that is none', () => {
    const der = certificate({ extensions: [extension(QC_STATEMENTS, nullValue())] })
    const offset = offsetOf(der, hex('05 00 30 0d 06 09 2a 86 48 86 f7 0d 01 01 0b 05 00 03'))
    expect(refusalOf(() => read(der))).toEqual({ code: 'DER_TAG_UNEXPECTED', path: list, offset })
    const tolerant = read(der, 'tolerant')
    expect(tolerant?.list).toEqual([])
    expect(breaches(tolerant?.deviations ?? [])).toEqual([{ code: 'QC_STATEMENT_INVALID', path: list, offset }])
  })

  it('a statement without the list around it', () => {
    const bare = psd2Statement()
    const der = certificate({ extensions: [extension(QC_STATEMENTS, bare)] })
    const breach = { code: 'QC_OUTER_SEQUENCE_MISSING', path: list, offset: offsetOf(der, bare) }
    expect(refusalOf(() => read(der))).toEqual(breach)
    const tolerant = read(der, 'tolerant')
    expect(breaches(tolerant?.deviations ?? [])).toEqual([breach])
    expect(tolerant?.only('PSD2')?.ncaId).toBe('FR-ACPR')
    expect(tolerant?.list.map(({ path, offset, index }) => [path, offset, index])).toEqual([[list, breach.offset, -1]])
  })

  it('never reads a list behind a statement without its list', () => {
    const mixed = sequence(encodeOid('0.4.0.1862.1.1'), nullValue(), psd2Statement())
    const tolerant = read(certificate({ extensions: [extension(QC_STATEMENTS, mixed)] }), 'tolerant')
    expect(tolerant?.has('PSD2')).toBe(false)
    expect(tolerant?.deviations.map(({ code }) => code)).toContain('QC_STATEMENT_INVALID')
  })

  it('keeps limits in tolerant mode', () => {
    // Text of statements is first looked at here; the limits are those that the certificate was read with.
    const info = psd2Info(sequence(role('PSP_AI')), utf8String('x'.repeat(100)))
    const limited = parseCertificate(withStatements(psd2Statement(info)), { limits: { string: 99 } })
    expect(refusalOf(() => qcStatements(limited, { mode: 'tolerant' })).code).toBe('LIMIT_STRING')
    const wider = parseCertificate(withStatements(psd2Statement(info)), { limits: { string: 100 } })
    expect(qcStatements(wider)?.only('PSD2')?.ncaName).toHaveLength(100)
  })
})

describe('PSD2QcType', () => {
  const psd2 = (info: Der, mode: Mode = 'strict') => read(withStatements(psd2Statement(info)), mode)
  const at = `${list}[0].statementInfo`

  it.each<[string, Der, 'listed' | 'flattened' | 'pairs']>([
    ['each in its SEQUENCE', sequence(role('PSP_AI'), role('PSP_PI')), 'listed'],
    ['all in one SEQUENCE', sequence(sequence(...rolePair('PSP_AI'), ...rolePair('PSP_PI'))), 'flattened'],
    ['in no SEQUENCE', sequence(...rolePair('PSP_AI'), ...rolePair('PSP_PI')), 'pairs'],
  ])('reads roles %s', (_, roles, form) => {
    const der = withStatements(psd2Statement(psd2Info(roles)))
    const start = offsetOf(der, roles)
    const tolerant = read(der, 'tolerant')
    expect(tolerant?.only('PSD2')?.roles).toEqual([
      { oid: roleOids.PSP_AI, role: 'PSP_AI', name: 'PSP_AI' },
      { oid: roleOids.PSP_PI, role: 'PSP_PI', name: 'PSP_PI' },
    ])
    const breach = {
      code: 'PSD2_ROLES_FLATTENED',
      path: `${at}.rolesOfPSP${form === 'flattened' ? '[0]' : ''}`,
      offset: form === 'flattened' ? start + 2 : start,
    }
    expect(breaches(tolerant?.deviations ?? [])).toEqual(form === 'listed' ? [] : [breach])
    if (form === 'listed') expect(read(der)?.deviations).toEqual([])
    else expect(refusalOf(() => read(der))).toEqual(breach)
  })

  const named = (oid: string, name: Der) => sequence(sequence(encodeOid(oid), name))
  const authority = utf8String('A')
  const long = 'x'.repeat(257)
  type Row = [what: string, info: Der, how: 'note' | 'strict', code: string, path: string, place: Uint8Array]
  it.each<Row>([
    ['no role', psd2Info(sequence()), 'note', 'PSD2_ROLES_NONE', '.rolesOfPSP', hex('30 00')],
    [
      'a role twice',
      psd2Info(sequence(role('PSP_AI'), role('PSP_PI'), role('PSP_AI'))),
      'note',
      'PSD2_ROLE_TWICE',
      '.rolesOfPSP[2].roleOfPspOid',
      new Uint8Array([...encodeOid(roleOids.PSP_AI), ...utf8String('PSP_AI'), 0x0c]),
    ],
    [
      'an unknown role',
      psd2Info(named('0.4.0.19495.1.9', utf8String('PSP_XX'))),
      'note',
      'PSD2_ROLE_UNKNOWN',
      '.rolesOfPSP[0].roleOfPspOid',
      encodeOid('0.4.0.19495.1.9'),
    ],
    [
      'the name of another role',
      psd2Info(named(roleOids.PSP_AI, utf8String('PSP_PI'))),
      'note',
      'PSD2_ROLE_NAME',
      '.rolesOfPSP[0].roleOfPspName',
      utf8String('PSP_PI'),
    ],
    [
      'a name in lower case',
      psd2Info(named(roleOids.PSP_AI, utf8String('psp_ai'))),
      'note',
      'PSD2_ROLE_NAME',
      '.rolesOfPSP[0].roleOfPspName',
      utf8String('psp_ai'),
    ],
    [
      'a name in IA5String',
      psd2Info(named(roleOids.PSP_AI, ia5String('PSP_AI'))),
      'strict',
      'PSD2_STRING_TYPE',
      '.rolesOfPSP[0].roleOfPspName',
      ia5String('PSP_AI'),
    ],
    ['an empty nCAName', psd2Info(undefined, utf8String('')), 'strict', 'PSD2_STRING_SIZE', '.nCAName', utf8String('')],
    [
      'an nCAName of 257 characters',
      psd2Info(undefined, utf8String(long)),
      'strict',
      'PSD2_STRING_SIZE',
      '.nCAName',
      utf8String(long),
    ],
    [
      'nCAName in PrintableString',
      psd2Info(undefined, printableString('ACPR')),
      'strict',
      'PSD2_STRING_TYPE',
      '.nCAName',
      printableString('ACPR'),
    ],
    [
      'nCAId in PrintableString',
      psd2Info(undefined, authority, printableString('FR-ACPR')),
      'strict',
      'PSD2_STRING_TYPE',
      '.nCAId',
      printableString('FR-ACPR'),
    ],
    [
      'an nCAId without a hyphen',
      psd2Info(undefined, authority, utf8String('ncaid')),
      'note',
      'PSD2_NCA_ID_FORM',
      '.nCAId',
      utf8String('ncaid'),
    ],
    [
      'an nCAId of one letter',
      psd2Info(undefined, authority, utf8String('FR-A')),
      'note',
      'PSD2_NCA_ID_FORM',
      '.nCAId',
      utf8String('FR-A'),
    ],
    [
      'an nCAId of nine letters',
      psd2Info(undefined, authority, utf8String('FR-ABCDEFGHI')),
      'note',
      'PSD2_NCA_ID_FORM',
      '.nCAId',
      utf8String('FR-ABCDEFGHI'),
    ],
    [
      'an nCAId in lower case',
      psd2Info(undefined, authority, utf8String('fr-acpr')),
      'note',
      'PSD2_NCA_ID_FORM',
      '.nCAId',
      utf8String('fr-acpr'),
    ],
    [
      'an nCAId with a line feed',
      psd2Info(undefined, authority, utf8String('FR-ACPR\u00a0')),
      'note',
      'PSD2_NCA_ID_FORM',
      '.nCAId',
      utf8String('FR-ACPR\u00a0'),
    ],
    [
      'an authority that no list has',
      psd2Info(undefined, authority, utf8String('FR-BAFIN')),
      'note',
      'PSD2_NCA_UNKNOWN',
      '.nCAId',
      utf8String('FR-BAFIN'),
    ],
    [
      'another spelling of an authority',
      psd2Info(undefined, authority, utf8String('ES-BDE')),
      'note',
      'PSD2_NCA_UNKNOWN',
      '.nCAId',
      utf8String('ES-BDE'),
    ],
  ])('%s', (_, info, how, code, path, place) => {
    const der = withStatements(psd2Statement(info))
    const start = offsetOf(der, info)
    const offset = start + offsetOf(info, place)
    const breach = { code, path: at + path, offset }
    if (how === 'note') expect(breaches(read(der)?.deviations ?? [])).toContainEqual(breach)
    else expect(refusalOf(() => read(der))).toEqual(breach)
    expect(breaches(read(der, 'tolerant')?.deviations ?? [])).toEqual([breach])
  })

  it('hints at the published spelling', () => {
    const hint = (id: string) => psd2(psd2Info(undefined, authority, utf8String(id)))?.deviations[0]?.detail
    expect(hint('ES-BDE')).toBe('ES-BDE; ES-BE is published')
    expect(hint('FR-BAFIN')).toBe('FR-BAFIN')
  })

  it.each(['FR-ACPR', 'EE-FI', 'GB-FCA'])('takes nCAId %s', (id) => {
    expect(psd2(psd2Info(undefined, authority, utf8String(id)))?.deviations).toEqual([])
  })

  it.each([
    ['PSP_AI', '0.4.0.19495.1.3', 'NA', false],
    ['PSP_AI', '0.4.0.19495.1.3', 'FR-ACPR', true],
    ['PSP_CB', '0.4.0.19495.1.5', 'NA', true],
    ['PSP_CB', '0.4.0.19495.1.5', 'FR-ACPR', false],
    ['PSP_PA', '0.4.0.19495.1.6', 'NA', true],
  ])('%s (%s) with nCAId %s is right: %s', (name, oid, id, right) => {
    const info = psd2Info(named(oid, utf8String(name)), authority, utf8String(id))
    const der = withStatements(psd2Statement(info))
    const breach = { code: 'PSD2_NCA_NOT_APPLICABLE', path: `${at}.nCAId`, offset: offsetOf(der, utf8String(id)) }
    expect(breaches(read(der)?.deviations ?? [])).toEqual(right ? [] : [breach])
  })

  it('counts characters, not code units, up to 256', () => {
    const name = '\u{1f600}'.repeat(256)
    expect(psd2(psd2Info(undefined, utf8String(name)))?.only('PSD2')?.ncaName).toBe(name)
    expect(psd2(psd2Info(undefined, utf8String('x'.repeat(256))))?.deviations).toEqual([])
  })

  const z = hex('04 01 5a')
  it.each<[string, Der, string, string, Uint8Array, number?]>([
    [
      'no name of a role',
      psd2Info(sequence(sequence(encodeOid(roleOids.PSP_AI)))),
      'DER_VALUE_MISSING',
      '.rolesOfPSP[0].roleOfPspName',
      encodeOid(roleOids.PSP_AI),
      9,
    ],
    [
      'a name for the object identifier',
      psd2Info(sequence(sequence(utf8String('PSP_AI')))),
      'DER_TAG_UNEXPECTED',
      '.rolesOfPSP[0].roleOfPspOid',
      utf8String('PSP_AI'),
    ],
    [
      'a third field of a role',
      psd2Info(sequence(sequence(...rolePair('PSP_AI'), z))),
      'DER_TRAILING_DATA',
      '.rolesOfPSP[0]',
      z,
    ],
    [
      'no nCAId',
      sequence(sequence(role('PSP_AI')), utf8String('A')),
      'DER_VALUE_MISSING',
      '.nCAId',
      utf8String('A'),
      3,
    ],
    [
      'no roles',
      sequence(utf8String('A'), utf8String('FR-ACPR')),
      'DER_TAG_UNEXPECTED',
      '.rolesOfPSP',
      utf8String('A'),
    ],
    [
      'a fourth field',
      sequence(sequence(role('PSP_AI')), utf8String('A'), utf8String('FR-ACPR'), z),
      'DER_TRAILING_DATA',
      '',
      z,
    ],
    ['a name that is no string', psd2Info(undefined, integer(0x5a)), 'DER_TAG_UNEXPECTED', '.nCAName', integer(0x5a)],
    [
      'a name that is no UTF-8',
      psd2Info(undefined, element(0x0c, hex('5a ff'))),
      'DER_STRING_INVALID',
      '.nCAName',
      hex('5a ff'),
      1,
    ],
    [
      'an explicit tag',
      sequence(explicit(0, sequence(role('PSP_AI'))), utf8String('A'), utf8String('FR-ACPR')),
      'DER_TAG_UNEXPECTED',
      '.rolesOfPSP',
      explicit(0, sequence(role('PSP_AI'))),
    ],
  ])('%s: unreadable', (_, info, code, path, place, shift = 0) => {
    const der = withStatements(qcCompliance, psd2Statement(info))
    const offset = offsetOf(der, info) + offsetOf(info, place) + shift
    expect(refusalOf(() => read(der))).toEqual({ code, path: `${list}[1].statementInfo${path}`, offset })
    const tolerant = read(der, 'tolerant')
    expect(tolerant?.deviations.at(-1)).toMatchObject({ code: 'QC_STATEMENT_INVALID', path: `${list}[1]`, offset })
    expect([tolerant?.has('PSD2'), tolerant?.only('PSD2'), tolerant?.has('QcCompliance')]).toEqual([
      true,
      undefined,
      true,
    ])
  })

  it.each<[string, (...fields: Der[]) => Der]>([
    ['in no SEQUENCE', (...fields) => sequence(...fields)],
    ['all in one SEQUENCE', (...fields) => sequence(sequence(...fields))],
  ])('half a pair, %s: unreadable', (_, wrap) => {
    const roles = wrap(...rolePair('PSP_AI'), encodeOid(roleOids.PSP_PI))
    const tolerant = psd2(psd2Info(roles), 'tolerant')
    expect(tolerant?.only('PSD2')).toBeUndefined()
    expect(tolerant?.deviations.map(({ code }) => code)).toEqual(['PSD2_ROLES_FLATTENED', 'QC_STATEMENT_INVALID'])
  })

  it('counts the places of roles as they stand, behind a flattened one too', () => {
    const roles = sequence(
      sequence(...rolePair('PSP_AI'), ...rolePair('PSP_PI')),
      named('1.2.3', utf8String('x')).subarray(2),
    )
    const paths = psd2(psd2Info(roles), 'tolerant')?.deviations.map(({ path }) => path)
    expect(paths).toEqual([`${at}.rolesOfPSP[0]`, `${at}.rolesOfPSP[1].roleOfPspOid`])
  })
})
