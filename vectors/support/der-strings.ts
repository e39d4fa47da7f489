import { concatBytes } from '../../src/core/bytes.ts'
import { Tag, write } from '../../src/der/index.ts'
import { at, attribute, known, list, next, tbs, value, valuePath } from './base-certificate.ts'
import type { Definition } from './definition.ts'
import {
  accepted,
  content,
  type Expectation,
  noted,
  refused,
  refusedLater,
  start,
  stepped,
  unreadable,
} from './expectation.ts'
import { add, type Edit, hex, literal, part, swap, text, written } from './part.ts'

const organization = `${tbs}.subject[1][0].value`
const country = `${tbs}.subject[0][0].value`
const dnsName = `${valuePath('subjectAltName')}[0]`

function organizationIs(tag: number, octets: Uint8Array): Edit {
  return swap(organization, part(organization, tag, octets))
}

/** A string type that organizationName may no longer be issued with, which is noted. */
const oldType = ['X509_NAME_STRING_TYPE', organization] as const

/** organizationName in UTF-8: three good characters and then these octets. */
function utf8(id: string, says: string, octets: string, expect: Expectation): Definition {
  return {
    id: `utf8-${id}`,
    family: 'DER-23',
    says: `a UTF8String with ${says}`,
    edits: [organizationIs(Tag.UTF8_STRING, concatBytes(text('PSP'), hex(octets)))],
    expect,
  }
}

/** organizationName in another string type. */
function other(id: string, family: string, says: string, tag: number, octets: string, expect: Expectation): Definition {
  return { id, family, says, edits: [organizationIs(tag, hex(octets))], expect }
}

const third = content(organization, 3)
const notUtf8 = refused('DER_STRING_INVALID', third)

/** A dNSName in ASCII and these octets. */
function dns(id: string, says: string, octets: string, expect: Expectation): Definition {
  return {
    id: `ia5-${id}`,
    family: 'DER-24',
    says: `a dNSName with ${says}`,
    edits: [value('subjectAltName', (path) => part(path, Tag.SEQUENCE, part(dnsName, 0x82, text('psp'), hex(octets))))],
    expect,
  }
}

function subjectHas(type: string, octets: Uint8Array): Edit {
  const label = `${tbs}.subject[4]`
  return add(`${tbs}.subject`, part(label, Tag.SET, attribute(`${label}[0]`, type, octets)))
}

const added = `${tbs}.subject[4][0].value`

function printable(id: string, says: string, octets: string, expect: Expectation): Definition {
  return other(`printable-${id}`, 'DER-24', `a PrintableString with ${says}`, Tag.PRINTABLE_STRING, octets, expect)
}

/** DER-23 to DER-26: character strings (X.680 clause 41, X.690 8.23) and the values of a name. */
export const stringVectors: readonly Definition[] = [
  utf8('overlong-nul', 'NUL in two octets', 'c0 80 41', notUtf8),
  utf8('overlong-slash', 'an overlong solidus', 'c0 af 41', notUtf8),
  utf8('overlong-two', 'a letter in two octets', 'c1 81 41', notUtf8),
  utf8('overlong-three', 'a character of two octets in three', 'e0 9f bf 41', notUtf8),
  utf8('overlong-four', 'a character of three octets in four', 'f0 8f bf bf 41', notUtf8),
  utf8('surrogate-high', 'a high surrogate', 'ed a0 80 41', notUtf8),
  utf8('surrogate-pair', 'a surrogate pair, as CESU-8 has it', 'ed a0 b4 ed b4 9e', notUtf8),
  utf8('octet-ff', 'the octet FF', 'ff 41', notUtf8),
  utf8('octet-fe', 'the octet FE', 'fe 41', notUtf8),
  utf8('above-10ffff', 'U+110000', 'f4 90 80 80 41', notUtf8),
  utf8('five-octets', 'a sequence of five octets', 'f8 88 80 80 80', notUtf8),
  utf8('continuation', 'a continuation octet on its own', '80 41', notUtf8),
  utf8('cut-off', 'a sequence that the end of the value cuts off', 'e2 82', notUtf8),
  utf8('cut-by-ascii', 'a sequence that ends in an ASCII letter', 'e2 82 41', notUtf8),
  utf8(
    'invalid-after-control',
    'a tabulator and then the octet FF',
    '09 ff',
    refused('DER_STRING_INVALID', content(organization, 4)),
  ),
  utf8('tabulator', 'a tabulator', '09 41', noted(['DER_STRING_HAS_CONTROL', third])),
  utf8('delete', 'DELETE', '7f 41', noted(['DER_STRING_HAS_CONTROL', third])),
  utf8('next-line', 'NEXT LINE, a C1 control', 'c2 85 41', noted(['DER_STRING_HAS_CONTROL', third])),
  utf8(
    'nul',
    'NUL, which ends the text for some readers and not for others',
    '00 2e 41',
    refused('DER_STRING_NUL', third),
  ),
  utf8(
    'tabulator-then-nul',
    'a tabulator and then NUL',
    '09 00 41',
    refused('DER_STRING_NUL', content(organization, 4)),
  ),
  utf8(
    'invalid-after-nul',
    'NUL and then the octet FF',
    '00 ff',
    refused('DER_STRING_INVALID', content(organization, 4)),
  ),
  utf8('control-two-octets', 'U+0080 to U+07FF', 'c3 a9 df bf', accepted),
  utf8('control-three-octets', 'U+0800, U+D7FF, U+E000 and U+FFFD', 'e0 a0 80 ed 9f bf ee 80 80 ef bf bd', accepted),
  utf8('control-four-octets', 'U+10000 and U+10FFFF', 'f0 90 80 80 f4 8f bf bf', accepted),

  printable('nul', 'NUL', '50 53 50 00 41', refused('DER_STRING_INVALID', third)),
  printable('latin-1', 'a letter of Latin-1', '50 53 50 e9', refused('DER_STRING_INVALID', third)),
  printable('utf8', 'a letter in UTF-8', '50 53 50 c3 a9', refused('DER_STRING_INVALID', third)),
  printable('line-feed', 'LINE FEED', '50 53 50 0a 41', stepped(['DER_STRING_CHARACTER', third])),
  printable('delete', 'DELETE', '50 53 50 7f 41', stepped(['DER_STRING_CHARACTER', third])),
  ...Object.entries({ at: '40', asterisk: '2a', ampersand: '26', underscore: '5f', quotation: '22' }).map(
    ([id, octet]) =>
      printable(
        id,
        `the character ${String.fromCharCode(Number.parseInt(octet, 16))}`,
        `50 53 50 ${octet} 41`,
        stepped(['DER_STRING_CHARACTER', third]),
      ),
  ),
  {
    ...printable(
      'at-then-nul',
      'an @ and then NUL: what may be stepped over must not hide what may not',
      '50 53 50 40 00 41',
      refusedLater(['DER_STRING_CHARACTER', third], ['DER_STRING_INVALID', content(organization, 4)]),
    ),
  },
  {
    ...printable(
      'at-then-latin-1',
      'an @ and then Latin-1, more than twelve octets',
      '50 53 50 40 e9 41 41 41 41 41 41 41 41 41 41',
      refusedLater(['DER_STRING_CHARACTER', third], ['DER_STRING_INVALID', content(organization, 4)]),
    ),
  },
  printable(
    'line-feed-then-at',
    'LINE FEED and then an @: one breach for the string',
    '50 53 50 0a 40',
    stepped(['DER_STRING_CHARACTER', third]),
  ),
  printable('control-all', 'every character that it may have', hexOf("AZaz09 '()+,-./:=?"), accepted),
  {
    id: 'printable-country-latin-1',
    family: 'DER-24',
    says: 'a countryName with a letter of Latin-1',
    edits: [swap(country, part(country, Tag.PRINTABLE_STRING, hex('46 d2')))],
    expect: refused('DER_STRING_INVALID', content(country, 1)),
  },
  dns('high-bit', 'a letter of Latin-1', 'e9 2e', unreadable('DER_STRING_INVALID', content(dnsName, 3))),
  dns('nul', 'NUL', '00 2e 61', unreadable('DER_STRING_INVALID', content(dnsName, 3))),
  dns('line-feed', 'LINE FEED', '0a 2e 61', noted(['DER_STRING_HAS_CONTROL', content(dnsName, 3)])),
  {
    ...dns('line-feed-then-nul', 'LINE FEED and then NUL', '0a 00 61', {
      strict: { refuse: ['DER_STRING_INVALID', content(dnsName, 4)] },
      tolerant: {
        accept: [
          ['DER_STRING_HAS_CONTROL', content(dnsName, 3)],
          [
            'X509_EXTENSION_VALUE',
            (encoded) => ({ ...content(dnsName, 4)(encoded), path: valuePath('subjectAltName') }),
          ],
        ],
      },
    }),
  },
  dns('control-asterisk', 'an asterisk and an @, which IA5String has', '2a 40', accepted),
  {
    id: 'ia5-high-bit-email',
    family: 'DER-24',
    says: 'an emailAddress with a letter of Latin-1',
    edits: [subjectHas('1.2.840.113549.1.9.1', hex('16 03 61 40 e9'))],
    expect: refused('DER_STRING_INVALID', content(added, 2)),
  },
  other(
    'numeric-letter',
    'DER-24',
    'a NumericString with a letter',
    Tag.NUMERIC_STRING,
    '31 32 41',
    stepped(['DER_STRING_CHARACTER', content(organization, 2)], oldType),
  ),
  other(
    'numeric-nul',
    'DER-24',
    'a NumericString with NUL',
    Tag.NUMERIC_STRING,
    '31 32 00',
    refused('DER_STRING_INVALID', content(organization, 2)),
  ),
  other('numeric-control', 'DER-24', 'a NumericString of digits', Tag.NUMERIC_STRING, '31 32 20 33', noted(oldType)),
  other(
    'visible-line-feed',
    'DER-24',
    'a VisibleString with LINE FEED',
    Tag.VISIBLE_STRING,
    '50 53 0a',
    stepped(['DER_STRING_CHARACTER', content(organization, 2)], oldType),
  ),
  other(
    'visible-latin-1',
    'DER-24',
    'a VisibleString with Latin-1',
    Tag.VISIBLE_STRING,
    '50 53 e9',
    refused('DER_STRING_INVALID', content(organization, 2)),
  ),
  other('visible-control', 'DER-24', 'a VisibleString', Tag.VISIBLE_STRING, '50 53 50 40', noted(oldType)),
  other(
    'teletex-control-latin-1',
    'DER-24',
    'a TeletexString with Latin-1, as they are in use',
    Tag.TELETEX_STRING,
    '50 53 50 e9',
    noted(oldType),
  ),
  other(
    'teletex-escape',
    'DER-24',
    'a TeletexString with ESCAPE',
    Tag.TELETEX_STRING,
    '50 53 50 1b',
    noted(['DER_STRING_HAS_CONTROL', third], oldType),
  ),
  other(
    'teletex-nul',
    'DER-24',
    'a TeletexString with NUL',
    Tag.TELETEX_STRING,
    '50 53 50 00 41',
    refused('DER_STRING_NUL', third),
  ),
  {
    ...other(
      'teletex-c1',
      'DER-24',
      'a TeletexString with the C1 control 85',
      Tag.TELETEX_STRING,
      '50 53 50 85 41',
      noted(['DER_STRING_HAS_CONTROL', third], oldType),
    ),
  },

  other(
    'bmp-odd',
    'DER-25',
    'a BMPString of three octets',
    Tag.BMP_STRING,
    '00 50 00',
    refused('DER_STRING_INVALID', content(organization)),
  ),
  other(
    'bmp-high-surrogate',
    'DER-25',
    'a BMPString with a high surrogate alone',
    Tag.BMP_STRING,
    '00 50 d8 01 00 41',
    refused('DER_STRING_INVALID', content(organization, 2)),
  ),
  other(
    'bmp-low-surrogate',
    'DER-25',
    'a BMPString with a low surrogate alone',
    Tag.BMP_STRING,
    '00 50 dc 01',
    refused('DER_STRING_INVALID', content(organization, 2)),
  ),
  other(
    'bmp-surrogate-pair',
    'DER-25',
    'a BMPString with a surrogate pair: it has the Basic Multilingual Plane only',
    Tag.BMP_STRING,
    '00 50 d8 34 dd 1e',
    refused('DER_STRING_INVALID', content(organization, 2)),
  ),
  other(
    'bmp-line-feed',
    'DER-25',
    'a BMPString with LINE FEED',
    Tag.BMP_STRING,
    '00 50 00 0a',
    noted(['DER_STRING_HAS_CONTROL', content(organization, 2)], oldType),
  ),
  other(
    'bmp-nul',
    'DER-25',
    'a BMPString with NUL',
    Tag.BMP_STRING,
    '00 50 00 00 00 41',
    refused('DER_STRING_NUL', content(organization, 2)),
  ),
  {
    ...other(
      'bmp-delete',
      'DER-25',
      'a BMPString with DELETE',
      Tag.BMP_STRING,
      '00 50 00 7f',
      noted(['DER_STRING_HAS_CONTROL', content(organization, 2)], oldType),
    ),
  },
  {
    ...other(
      'bmp-line-feed-then-surrogate',
      'DER-25',
      'a BMPString with LINE FEED and then a surrogate alone',
      Tag.BMP_STRING,
      '00 0a d8 01',
      refused('DER_STRING_INVALID', content(organization, 2)),
    ),
  },
  other('bmp-control', 'DER-25', 'a BMPString', Tag.BMP_STRING, '00 50 20 ac ff fd', noted(oldType)),
  other(
    'universal-odd',
    'DER-25',
    'a UniversalString of six octets',
    Tag.UNIVERSAL_STRING,
    '00 00 00 50 00 00',
    refused('DER_STRING_INVALID', content(organization)),
  ),
  other(
    'universal-above-10ffff',
    'DER-25',
    'a UniversalString with U+110000',
    Tag.UNIVERSAL_STRING,
    '00 00 00 50 00 11 00 00',
    refused('DER_STRING_INVALID', content(organization, 4)),
  ),
  other(
    'universal-above-2-pow-31',
    'DER-25',
    'a UniversalString with FFFFFFFF',
    Tag.UNIVERSAL_STRING,
    '00 00 00 50 ff ff ff ff',
    refused('DER_STRING_INVALID', content(organization, 4)),
  ),
  other(
    'universal-surrogate',
    'DER-25',
    'a UniversalString with a surrogate',
    Tag.UNIVERSAL_STRING,
    '00 00 00 50 00 00 d8 00',
    refused('DER_STRING_INVALID', content(organization, 4)),
  ),
  other(
    'universal-line-feed',
    'DER-25',
    'a UniversalString with LINE FEED',
    Tag.UNIVERSAL_STRING,
    '00 00 00 50 00 00 00 0a',
    noted(['DER_STRING_HAS_CONTROL', content(organization, 4)], oldType),
  ),
  {
    ...other(
      'universal-line-feed-then-above-10ffff',
      'DER-25',
      'a UniversalString with LINE FEED and then U+110000',
      Tag.UNIVERSAL_STRING,
      '00 00 00 0a 00 11 00 00',
      refused('DER_STRING_INVALID', content(organization, 4)),
    ),
  },
  other(
    'universal-control',
    'DER-25',
    'a UniversalString',
    Tag.UNIVERSAL_STRING,
    '00 00 00 50 00 01 d1 1e 00 10 ff ff',
    noted(oldType),
  ),

  ...Object.entries({
    integer: '02 01 05',
    sequence: '30 03 0c 01 41',
    set: '31 03 0c 01 41',
    null: '05 00',
    'octet-string': '04 01 41',
    boolean: '01 01 ff',
    'context-tag': '80 01 41',
    'high-form': '1f 0c 01 41',
  }).map(
    ([id, octets]): Definition => ({
      id: `name-value-${id}`,
      family: 'DER-26',
      says: `organizationName is ${octets}, no character string`,
      edits: [swap(organization, literal(organization, octets))],
      expect: refused(id === 'high-form' ? 'DER_TAG_HIGH_FORM' : 'DER_TAG_UNEXPECTED', start(organization)),
    }),
  ),
  {
    id: 'name-value-missing',
    family: 'DER-26',
    says: 'organizationName without a value',
    edits: [swap(organization, literal(organization, ''))],
    expect: refused('DER_VALUE_MISSING', start(organization)),
  },
  {
    id: 'name-value-control-unknown-type',
    family: 'DER-26',
    says: 'an attribute that nobody knows may be of any type: an INTEGER',
    edits: [subjectHas('1.3.6.1.4.1.99999.2', write.integer(5))],
    expect: accepted,
  },
  {
    id: 'name-value-control-date-of-birth',
    family: 'DER-26',
    says: 'dateOfBirth is a GeneralizedTime (RFC 3739 3.2.2)',
    edits: [subjectHas('1.3.6.1.5.5.7.9.1', hex(`18 0f ${hexOf('19710101120000Z')}`))],
    expect: accepted,
  },
  {
    id: 'name-value-unknown-type-broken',
    family: 'DER-26',
    says: 'an attribute that nobody knows, whose value is not DER inside',
    edits: [
      add(
        `${tbs}.subject`,
        part(
          `${tbs}.subject[4]`,
          Tag.SET,
          part(
            `${tbs}.subject[4][0]`,
            Tag.SEQUENCE,
            written(`${tbs}.subject[4][0].type`, write.encodeOid('1.3.6.1.4.1.99999.2')),
            part(added, Tag.SEQUENCE, literal(`${added}[0]`, '04 81 01 41')),
          ),
        ),
      ),
    ],
    expect: refused('DER_LENGTH_NOT_MINIMAL', `${added}[0]`),
  },
  {
    id: 'name-value-directory-name',
    family: 'DER-26',
    says: 'a directoryName in issuerAltName whose organizationName is an INTEGER',
    edits: [
      add(
        list,
        known(next, 'issuerAltName', (path) =>
          part(
            path,
            Tag.SEQUENCE,
            part(
              `${path}[0]`,
              0xa4,
              part(
                `${path}[0]:name`,
                Tag.SEQUENCE,
                part(`${path}[0][0]`, Tag.SET, attribute(`${path}[0][0][0]`, '2.5.4.10', write.integer(5))),
              ),
            ),
          ),
        ),
      ),
    ],
    expect: unreadable('DER_TAG_UNEXPECTED', `${at(next)}.issuerAltName[0][0][0].value`),
  },
]

function hexOf(characters: string): string {
  return Buffer.from(characters, 'latin1').toString('hex')
}
