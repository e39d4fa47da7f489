import { describe, expect, it } from 'vitest'
import {
  type Der,
  element,
  encodeOid,
  ia5String,
  integer,
  nullValue,
  octetString,
  printableString,
  sequence,
  setOf,
  utf8String,
} from '../../src/der/writer.ts'
import { expectBreach, type Firmness } from '../support/breach.ts'
import { attribute, certificate, certificateOf, hex, nameOf, offsetOf, oids } from '../support/build.ts'

const { commonName, country, organization, organizationIdentifier } = oids
const subjectOf = (subject: Der, mode: 'strict' | 'tolerant' = 'strict') => certificateOf({ subject }, mode).subject

describe('Name', () => {
  const name = subjectOf(
    sequence(
      setOf(attribute(country, printableString('FR'))),
      setOf(attribute(organization, utf8String('Société')), attribute(commonName, utf8String('seal'))),
      setOf(attribute(organizationIdentifier, utf8String('PSDFR-ACPR-1'))),
      setOf(attribute(organizationIdentifier, utf8String('PSDFR-ACPR-2'))),
    ),
  )

  it('lists attributes with type, text and relative distinguished name', () => {
    expect(name.attributes.map(({ type, text, tag, rdn }) => [type, text, tag, rdn])).toEqual([
      ['countryName', 'FR', 0x13, 0],
      // SET OF is sorted: commonName comes first.
      ['commonName', 'seal', 0x0c, 1],
      ['organizationName', 'Société', 0x0c, 1],
      ['organizationIdentifier', 'PSDFR-ACPR-1', 0x0c, 2],
      ['organizationIdentifier', 'PSDFR-ACPR-2', 0x0c, 3],
    ])
  })

  it('never takes the first of several', () => {
    expect(name.only(commonName)).toBe('seal')
    expect(name.only(organizationIdentifier)).toBeUndefined()
    expect(name.only('1.2.3')).toBeUndefined()
    expect(name.all(organizationIdentifier)).toHaveLength(2)
  })

  it('writes itself in the order of the certificate', () => {
    expect(String(name)).toBe(
      'C=FR, CN=seal + O=Société, organizationIdentifier=PSDFR-ACPR-1, organizationIdentifier=PSDFR-ACPR-2',
    )
  })

  it.each([
    ['a, b', 'a\\, b'],
    ['a+b;c<d>e"f\\g', 'a\\+b\\;c\\<d\\>e\\"f\\\\g'],
    ['#1', '\\#1'],
    ['1#', '1#'],
    [' a ', '\\ a\\ '],
    ['a  ', 'a \\ '],
    [' ', '\\ '],
    ['  ', '\\ \\ '],
    ['a=b', 'a=b'],
  ])('escapes %j as RFC 4514 2.4 has it', (text, escaped) => {
    expect(String(subjectOf(nameOf([commonName, utf8String(text)])))).toBe(`CN=${escaped}`)
  })

  it('never has NUL, which ends the text for some readers', () => {
    const parts = { subject: nameOf([commonName, utf8String('a\0b')]) }
    for (const mode of ['strict', 'tolerant'] as const) expect(() => certificateOf(parts, mode)).toThrow(/NUL/)
  })

  it('shows a value that is no string in hexadecimal, whole', () => {
    const value = element(0x18, new TextEncoder().encode('19700101000000Z'))
    const subject = subjectOf(nameOf(['1.3.6.1.5.5.7.9.1', value], ['1.2.3', sequence(nullValue())]))
    expect(subject.attributes.map(({ type, text, tag }) => [type, text, tag])).toEqual([
      ['dateOfBirth', `#${Buffer.from(value).toString('hex')}`, 0],
      ['1.2.3', '#30020500', 0],
    ])
    expect(String(subject)).toBe(`1.3.6.1.5.5.7.9.1=#${Buffer.from(value).toString('hex')}, 1.2.3=#30020500`)
  })

  it.each([
    ['an unknown attribute with a string', '1.2.3', utf8String('text'), 'text'],
    ['an e-mail address', '1.2.840.113549.1.9.1', ia5String('a@b.example'), 'a@b.example'],
    ['a domain component', '0.9.2342.19200300.100.1.25', ia5String('example'), 'example'],
    ['an unknown attribute in BMPString', '1.2.3', element(0x1e, hex('0041')), 'A'],
  ])('takes %s without a remark', (_, oid, value, text) => {
    const { subject, deviations } = certificateOf({ subject: nameOf([oid, value]) })
    expect(subject.attributes[0]?.text).toBe(text)
    expect(deviations).toEqual([])
  })

  const at = 'tbsCertificate.subject'
  const cn = (text: string) => attribute(commonName, utf8String(text))
  const o = attribute(organization, utf8String('O'))
  type Row = [what: string, subject: Der, firmness: Firmness, code: string, path: string, at: Uint8Array]
  it.each<Row>([
    [
      'no attribute in a relative distinguished name',
      sequence(hex('31 00')),
      'strict',
      'X509_RDN_EMPTY',
      `${at}[0]`,
      hex('31 00'),
    ],
    [
      'one that is no SET',
      sequence(setOf(cn('a')), sequence(cn('b'))),
      'always',
      'DER_TAG_UNEXPECTED',
      `${at}[1]`,
      sequence(cn('b')),
    ],
    [
      'an attribute that is no SEQUENCE',
      sequence(setOf(octetString(hex('5a')))),
      'always',
      'DER_TAG_UNEXPECTED',
      `${at}[0][0]`,
      octetString(hex('5a')),
    ],
    [
      'a type twice in one',
      sequence(element(0x31, cn('a'), cn('b'))),
      'strict',
      'X509_RDN_TYPE_TWICE',
      `${at}[0][1]`,
      cn('b'),
    ],
    [
      'the same attribute twice in one',
      sequence(element(0x31, o, cn('b'), cn('b'))),
      'strict',
      'DER_SET_ORDER',
      `${at}[0][1]`,
      new Uint8Array([...cn('b'), ...cn('b')]),
    ],
    ['a wrong order in one', sequence(element(0x31, o, cn('b'))), 'strict', 'DER_SET_ORDER', `${at}[0][1]`, cn('b')],
    ['an empty value', sequence(setOf(cn(''))), 'strict', 'X509_NAME_VALUE_EMPTY', `${at}[0][0].value`, hex('0c 00')],
    [
      'an empty value of an unknown type',
      sequence(setOf(attribute('1.2.3', utf8String('')))),
      'strict',
      'X509_NAME_VALUE_EMPTY',
      `${at}[0][0].value`,
      hex('0c 00'),
    ],
    [
      'no value',
      sequence(setOf(sequence(encodeOid(commonName)))),
      'always',
      'DER_VALUE_MISSING',
      `${at}[0][0].value`,
      hex('30 82 01'),
    ],
    [
      'no value of an unknown type',
      sequence(setOf(sequence(encodeOid('1.2.3')))),
      'always',
      'DER_VALUE_MISSING',
      `${at}[0][0].value`,
      hex('30 82 01'),
    ],
    [
      'a number for a name',
      nameOf([commonName, integer(0x5a)]),
      'always',
      'DER_TAG_UNEXPECTED',
      `${at}[0][0].value`,
      integer(0x5a),
    ],
    [
      'a second value',
      sequence(setOf(sequence(encodeOid(commonName), utf8String('a'), utf8String('Z')))),
      'always',
      'DER_TRAILING_DATA',
      `${at}[0][0]`,
      utf8String('Z'),
    ],
    [
      'UTF8String for a country',
      nameOf([country, utf8String('FR')]),
      'note',
      'X509_NAME_STRING_TYPE',
      `${at}[0][0].value`,
      utf8String('FR'),
    ],
    [
      'TeletexString for a name',
      nameOf([commonName, element(0x14, hex('5a'))]),
      'note',
      'X509_NAME_STRING_TYPE',
      `${at}[0][0].value`,
      element(0x14, hex('5a')),
    ],
    [
      'BMPString for organizationIdentifier',
      nameOf([organizationIdentifier, element(0x1e, hex('0050'))]),
      'note',
      'X509_NAME_STRING_TYPE',
      `${at}[0][0].value`,
      element(0x1e, hex('0050')),
    ],
    [
      'a country of three letters',
      nameOf([country, printableString('FRA')]),
      'note',
      'X509_COUNTRY',
      `${at}[0][0].value`,
      printableString('FRA'),
    ],
    [
      'a jurisdiction of one letter',
      nameOf(['1.3.6.1.4.1.311.60.2.1.3', printableString('F')]),
      'note',
      'X509_COUNTRY',
      `${at}[0][0].value`,
      printableString('F'),
    ],
    [
      'a control character',
      nameOf([commonName, utf8String('Z\n')]),
      'note',
      'DER_STRING_HAS_CONTROL',
      `${at}[0][0].value`,
      hex('0a 30 82'),
    ],
    [
      '@ in PrintableString',
      nameOf([commonName, element(0x13, hex('5a 40'))]),
      'strict',
      'DER_STRING_CHARACTER',
      `${at}[0][0].value`,
      hex('40 30 82'),
    ],
    [
      'NUL in PrintableString',
      nameOf([commonName, element(0x13, hex('5a 00'))]),
      'always',
      'DER_STRING_INVALID',
      `${at}[0][0].value`,
      hex('00 30 82'),
    ],
  ])('%s', (_, subject, firmness, code, path, place) => {
    const der = certificate({ subject })
    const start = offsetOf(der, subject)
    expectBreach(der, firmness, {
      code,
      path,
      offset: start + offsetOf(der.subarray(start, start + subject.length + 3), place),
    })
  })

  it('compares the order of a SET OF over the whole of each element', () => {
    const { deviations } = certificateOf({
      subject: sequence(setOf(cn('b'), o, attribute('2.5.4.5', printableString('1')))),
    })
    expect(deviations).toEqual([])
  })
})
