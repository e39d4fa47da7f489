import { describe, expect, it } from 'vitest'
import {
  boolean,
  type Der,
  element,
  encodeOid,
  explicit,
  nullValue,
  octetString,
  sequence,
  utf8String,
} from '../../src/der/writer.ts'
import { expectBreach, type Firmness } from '../support/breach.ts'
import { certificate, certificateOf, extension, hex, isTrue, offsetOf, QC_STATEMENTS } from '../support/build.ts'

describe('Extension', () => {
  it('has object identifier, name, place, criticality and value', () => {
    const list = [extension('1.2.3', utf8String('value')), extension('2.5.29.15', hex('03 02 07 80'), isTrue)]
    const { extensions, deviations } = certificateOf({ extensions: list })
    expect(
      extensions.map(({ oid, name, critical, index, path, hex: octets }) => [oid, name, critical, index, path, octets]),
    ).toEqual([
      ['1.2.3', '1.2.3', false, 0, 'tbsCertificate.extensions[0]', '0c0576616c7565'],
      ['2.5.29.15', 'keyUsage', true, 1, 'tbsCertificate.extensions[1]', '03020780'],
    ])
    expect(extensions[0]?.decoded).toBeUndefined()
    expect(deviations).toEqual([])
  })

  it('lets qcStatements be critical, whose reader is elsewhere', () => {
    expect(certificateOf({ extensions: [extension(QC_STATEMENTS, sequence(), isTrue)] }).deviations).toEqual([])
  })

  const at = 'tbsCertificate.extensions'
  const unknown = extension('1.2.3', nullValue())
  const many = (count: number) => Array.from({ length: count }, (_, i) => extension(`1.2.3.${i}`, nullValue()))
  type Row = [what: string, list: Der[], firmness: Firmness, code: string, path: string, place: Uint8Array]
  it.each<Row>([
    [
      'an extension twice',
      [unknown, extension('1.2.3', utf8String('Z'))],
      'always',
      'X509_EXTENSION_TWICE',
      `${at}[1]`,
      extension('1.2.3', utf8String('Z')),
    ],
    [
      'the first of many again',
      [...many(40), extension('1.2.3.0', utf8String('Z'))],
      'always',
      'X509_EXTENSION_TWICE',
      `${at}[40]`,
      extension('1.2.3.0', utf8String('Z')),
    ],
    [
      'qcStatements twice',
      [extension(QC_STATEMENTS, sequence()), extension(QC_STATEMENTS, sequence(), isTrue)],
      'always',
      'X509_EXTENSION_TWICE',
      `${at}[1]`,
      extension(QC_STATEMENTS, sequence(), isTrue),
    ],
    [
      'FALSE written out',
      [sequence(encodeOid('1.2.3'), boolean(false), octetString(nullValue()))],
      'strict',
      'DER_DEFAULT_ENCODED',
      `${at}[0].critical`,
      boolean(false),
    ],
    [
      'TRUE as 01',
      [sequence(encodeOid('1.2.3'), hex('01 01 01'), octetString(nullValue()))],
      'always',
      'DER_BOOLEAN_VALUE',
      `${at}[0].critical`,
      hex('01 04 02 05'),
    ],
    [
      'an unknown one that is critical',
      [extension('1.2.3', nullValue(), isTrue)],
      'note',
      'X509_EXTENSION_CRITICAL_UNKNOWN',
      `${at}[0]`,
      extension('1.2.3', nullValue(), isTrue),
    ],
    [
      'a value that is no DER',
      [extension('1.2.3', hex('04 05 5a'))],
      'value',
      'DER_TRUNCATED',
      `${at}[0].extnValue`,
      hex('04 05 5a'),
    ],
    ['no value', [extension('1.2.3', hex(''))], 'value', 'DER_VALUE_MISSING', `${at}[0].extnValue`, hex('30 0d 06 09')],
    [
      'two values',
      [extension('1.2.3', hex('05 00 04 01 5a'))],
      'value',
      'DER_TRAILING_DATA',
      `${at}[0].extnValue`,
      hex('04 01 5a'),
    ],
    [
      'a fault in the third part of a value',
      [extension('1.2.3', sequence(nullValue(), sequence(nullValue()), hex('04 81 00')))],
      'value',
      'DER_LENGTH_NOT_MINIMAL',
      `${at}[0].extnValue[2]`,
      hex('04 81 00'),
    ],
    [
      'a constructed OCTET STRING',
      [sequence(encodeOid('1.2.3'), element(0x24, octetString(nullValue())))],
      'always',
      'DER_FORM_CONSTRUCTED',
      `${at}[0].extnValue`,
      element(0x24, octetString(nullValue())),
    ],
    [
      'no OCTET STRING',
      [sequence(encodeOid('1.2.3'))],
      'always',
      'DER_VALUE_MISSING',
      `${at}[0].extnValue`,
      hex('30 0d 06 09'),
    ],
    [
      'something after the value',
      [sequence(encodeOid('1.2.3'), octetString(nullValue()), hex('04 01 5a'))],
      'always',
      'DER_TRAILING_DATA',
      `${at}[0]`,
      hex('04 01 5a'),
    ],
    [
      'no object identifier',
      [sequence(octetString(hex('5a')))],
      'always',
      'DER_TAG_UNEXPECTED',
      `${at}[0].extnID`,
      octetString(hex('5a')),
    ],
  ])('%s', (_, list, firmness, code, path, place) => {
    const der = certificate({ extensions: list })
    const field = explicit(3, sequence(...list))
    const start = offsetOf(der, field)
    expectBreach(der, firmness, {
      code,
      path,
      offset: start + offsetOf(der.subarray(start, start + field.length + 4), place),
    })
  })

  it('an empty list', () => {
    const der = certificate({ extensionsField: explicit(3, sequence()) })
    expectBreach(der, 'strict', {
      code: 'X509_EXTENSIONS_EMPTY',
      path: at,
      offset: offsetOf(der, hex('a3 02 30 00')) + 2,
    })
  })
})
