import { Tag } from '../../src/der/index.ts'
import { at, known, list, next, tbs } from './base-certificate.ts'
import type { Definition } from './definition.ts'
import { accepted, content, type Expectation, noted, refused, start, stepped, unreadable } from './expectation.ts'
import { add, type Edit, part, swap, text } from './part.ts'

const validity = `${tbs}.validity`
const notBefore = `${validity}.notBefore`
const notAfter = `${validity}.notAfter`

function time(label: string, tag: number, characters: string): Edit {
  return swap(label, part(label, tag, text(characters)))
}

/** The place of the first character that is not like the form. */
type Place = number | 'value'

const badUtc: readonly (readonly [id: string, says: string, characters: string, at: Place])[] = [
  ['no-seconds', 'without seconds', '2701010000Z', 0],
  ['offset', 'with an offset', '270101000000+0000', 0],
  ['offset-no-seconds', 'with an offset and without seconds, as long as it should be', '2701010+0100Z', 7],
  ['month-13', 'in month 13', '271301000000Z', 'value'],
  ['month-00', 'in month 00', '270001000000Z', 'value'],
  ['day-00', 'on day 00', '270100000000Z', 'value'],
  ['february-30', 'on 30 February', '270230000000Z', 'value'],
  ['february-29', 'on 29 February of a year that has none', '270229000000Z', 'value'],
  ['april-31', 'on 31 April', '270431000000Z', 'value'],
  ['hour-24', 'at hour 24', '270101240000Z', 'value'],
  ['minute-60', 'at minute 60', '270101006000Z', 'value'],
  ['second-60', 'at second 60', '270101000060Z', 'value'],
  ['letters', 'with letters in the year', 'XX0101000000Z', 0],
  ['sign', 'with a sign', '+70101000000Z', 0],
  ['sign-inside', 'with a sign in the day', '2701+1000000Z', 4],
  ['space', 'with a space', '2701 1000000Z', 4],
  ['trailing-space', 'with a space after it', '270101000000Z ', 0],
  ['trailing-nul', 'with NUL after it', '270101000000Z\0', 0],
  ['no-z', 'without Z', '270101000000', 0],
  ['small-z', 'with a small z', '270101000000z', 0],
  ['fraction', 'with a fraction', '270101000000.5Z', 0],
  ['four-digit-year', 'with a year of four digits', '20270101000000Z', 0],
  ['empty', 'without content', '', 0],
]

const badGeneralized: typeof badUtc = [
  ['fraction', 'with a fraction', '20500101000000.5Z', 0],
  ['fraction-zero', 'with a fraction of zero', '20500101000000.0Z', 0],
  ['no-z', 'without Z', '20500101000000', 0],
  ['no-seconds', 'without seconds', '205001010000Z', 0],
  ['offset', 'with an offset', '20500101000000+0000', 0],
  ['month-13', 'in month 13', '20501301000000Z', 'value'],
  ['century-29-february', 'on 29 February 2100', '21000229000000Z', 'value'],
  ['letters', 'with letters', '2050010100000OZ', 13],
]

function bad(kind: string, tag: number, rows: typeof badUtc): Definition[] {
  return rows.map(([id, says, characters, place]) => ({
    id: `time-${kind}-${id}`,
    family: kind === 'utc' ? 'DER-28' : 'DER-29',
    says: `notAfter is a time ${says}`,
    edits: [time(notAfter, tag, characters)],
    expect:
      place === 'value'
        ? refused('DER_TIME_VALUE', content(notAfter))
        : refused('DER_TIME_SYNTAX', content(notAfter, place)),
  }))
}

function sound(
  id: string,
  family: string,
  says: string,
  edits: readonly Edit[],
  expect: Expectation = accepted,
): Definition {
  return { id: `time-${id}`, family, says, edits, expect }
}

const utc = (label: string, characters: string) => time(label, Tag.UTC_TIME, characters)
const generalized = (label: string, characters: string) => time(label, Tag.GENERALIZED_TIME, characters)

/** DER-28 to DER-32: validity (X.690 11.7 and 11.8, RFC 5280 4.1.2.5). */
export const timeVectors: readonly Definition[] = [
  ...bad('utc', Tag.UTC_TIME, badUtc),
  {
    id: 'time-utc-month-13-not-before',
    family: 'DER-28',
    says: 'notBefore is a time in month 13',
    edits: [utc(notBefore, '251301000000Z')],
    expect: refused('DER_TIME_VALUE', content(notBefore)),
  },
  {
    id: 'time-utf8-string',
    family: 'DER-28',
    says: 'notAfter is a UTF8String',
    edits: [time(notAfter, Tag.UTF8_STRING, '270101000000Z')],
    expect: refused('DER_TAG_UNEXPECTED', start(notAfter)),
  },
  sound('utc-control-leap-day', 'DER-28', '29 February 2028', [utc(notAfter, '280229235959Z')]),
  sound('utc-control-leap-day-2000', 'DER-28', '29 February 2000', [utc(notBefore, '000229000000Z')]),

  ...bad('generalized', Tag.GENERALIZED_TIME, badGeneralized),
  sound(
    'generalized-before-2050',
    'DER-29',
    'GeneralizedTime where RFC 5280 wants UTCTime',
    [generalized(notAfter, '20270101000000Z')],
    stepped(['X509_TIME_FORM', notAfter]),
  ),
  sound(
    'generalized-2049',
    'DER-29',
    'GeneralizedTime in the last second of 2049',
    [generalized(notAfter, '20491231235959Z')],
    stepped(['X509_TIME_FORM', notAfter]),
  ),
  sound(
    'generalized-year-0000',
    'DER-29',
    'GeneralizedTime in the year 0000',
    [generalized(notBefore, '00000101000000Z')],
    stepped(['X509_TIME_FORM', notBefore]),
  ),
  sound('generalized-control-2050', 'DER-29', 'GeneralizedTime in the first second of 2050', [
    generalized(notAfter, '20500101000000Z'),
  ]),
  sound('generalized-control-leap-day', 'DER-29', '29 February 2400', [generalized(notAfter, '24000229000000Z')]),
  {
    id: 'time-generalized-fraction-in-extension',
    family: 'DER-29',
    says: 'privateKeyUsagePeriod with a fraction',
    edits: [
      add(
        list,
        known(next, 'privateKeyUsagePeriod', (path) =>
          part(path, Tag.SEQUENCE, part(`${path}.notAfter`, 0x81, text('20270101000000.5Z'))),
        ),
      ),
    ],
    expect: unreadable('DER_TIME_SYNTAX', content(`${at(next)}.privateKeyUsagePeriod.notAfter`)),
  },
  {
    id: 'time-generalized-control-in-extension',
    family: 'DER-29',
    says: 'privateKeyUsagePeriod is GeneralizedTime whatever the year',
    edits: [
      add(
        list,
        known(next, 'privateKeyUsagePeriod', (path) =>
          part(
            path,
            Tag.SEQUENCE,
            part(`${path}.notBefore`, 0x80, text('20250101000000Z')),
            part(`${path}.notAfter`, 0x81, text('20270101000000Z')),
          ),
        ),
      ),
    ],
    expect: accepted,
  },

  ...Object.entries({ letters: 'ABCDEFGHIJKLZ', nan: 'NaNaNaNaNaNaZ', infinity: 'Infinity0000Z' }).map(
    ([id, characters]): Definition => ({
      id: `time-never-${id}`,
      family: 'DER-30',
      says: `notAfter is ${characters}: a date that would compare with nothing`,
      edits: [utc(notAfter, characters)],
      expect: refused('DER_TIME_SYNTAX', content(notAfter)),
    }),
  ),
  {
    id: 'time-never-99',
    family: 'DER-30',
    says: 'notAfter is digits that are no date',
    edits: [utc(notAfter, '999999999999Z')],
    expect: refused('DER_TIME_VALUE', content(notAfter)),
  },

  sound('pivot-49', 'DER-31', 'year 49 is 2049', [utc(notAfter, '491231235959Z')]),
  sound('pivot-50', 'DER-31', 'year 50 is 1950', [utc(notBefore, '500101000000Z')]),
  sound(
    'pivot-50-not-after',
    'DER-31',
    'notAfter in year 50 is 1950, before notBefore',
    [utc(notAfter, '500101000000Z')],
    noted(['X509_VALIDITY_ORDER', validity]),
  ),
  sound('pivot-99', 'DER-31', 'year 99 is 1999', [utc(notBefore, '991231235959Z')]),
  sound('pivot-00', 'DER-31', 'year 00 is 2000', [utc(notBefore, '000101000000Z')]),

  sound(
    'order-reversed',
    'DER-32',
    'the certificate ends before it begins',
    [utc(notBefore, '270101000000Z'), utc(notAfter, '250101000000Z')],
    noted(['X509_VALIDITY_ORDER', validity]),
  ),
  sound(
    'order-reversed-by-a-second',
    'DER-32',
    'the certificate ends one second before it begins',
    [utc(notBefore, '270101000001Z')],
    noted(['X509_VALIDITY_ORDER', validity]),
  ),
  sound('order-control-one-second', 'DER-32', 'the certificate is valid for one second', [
    utc(notBefore, '270101000000Z'),
  ]),
  sound('order-control-no-end', 'DER-32', 'notAfter says that there is no end (RFC 5280 4.1.2.5)', [
    generalized(notAfter, '99991231235959Z'),
  ]),
]
