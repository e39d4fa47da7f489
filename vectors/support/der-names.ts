import { Tag, write } from '../../src/der/index.ts'
import { type Attribute, commonName, country, entryOf, name, organization, rdn, tbs } from './base-certificate.ts'
import type { Definition } from './definition.ts'
import { accepted, type Expectation, noted, stepped } from './expectation.ts'
import { add, fill, follow, part, retag, swap, written } from './part.ts'

const subject = `${tbs}.subject`

/** CN of one letter, so that the order in a SET is plain to see. */
const cn = (letter: string): Attribute => ['2.5.4.3', write.utf8String(letter)]

/** The subject's last relative distinguished name. */
function last(id: string, says: string, attributes: readonly Attribute[], expect: Expectation): Definition {
  return { id, family: 'DER-27', says, edits: [swap(`${subject}[3]`, rdn(`${subject}[3]`, ...attributes))], expect }
}

/** DER-27: RelativeDistinguishedName (X.501 clause 9, X.690 11.6), and what RFC 5280 wants of names. */
export const nameVectors: readonly Definition[] = [
  last('rdn-empty', 'a SET without attributes', [], stepped(['X509_RDN_EMPTY', `${subject}[3]`])),
  last(
    'rdn-out-of-order',
    'a SET OF whose second element sorts before the first',
    [organization, cn('a')],
    stepped(['DER_SET_ORDER', `${subject}[3][1]`]),
  ),
  last(
    'rdn-out-of-order-by-type',
    'a SET OF whose elements differ in the last octet of the attribute type alone',
    [
      ['2.5.4.11', write.utf8String('b')],
      ['2.5.4.10', write.utf8String('b')],
    ],
    stepped(['DER_SET_ORDER', `${subject}[3][1]`]),
  ),
  last(
    'rdn-out-of-order-by-length',
    'a SET OF whose longer element comes first',
    [['2.5.4.10', write.utf8String('bbb')], cn('a')],
    stepped(['DER_SET_ORDER', `${subject}[3][1]`]),
  ),
  last(
    'rdn-third-out-of-order',
    'a SET OF of three whose last element belongs into the middle',
    [cn('a'), ['2.5.4.11', write.utf8String('a')], ['2.5.4.10', write.utf8String('a')]],
    stepped(['DER_SET_ORDER', `${subject}[3][2]`]),
  ),
  last(
    'rdn-attribute-twice',
    'the same attribute twice in a SET',
    [cn('a'), cn('a')],
    stepped(['X509_RDN_TYPE_TWICE', `${subject}[3][1]`]),
  ),
  last(
    'rdn-type-twice',
    'two values of an attribute type in a SET, in order',
    [cn('a'), cn('b')],
    stepped(['X509_RDN_TYPE_TWICE', `${subject}[3][1]`]),
  ),
  last(
    'rdn-type-twice-not-neighbours',
    'two values of an attribute type with another between them',
    [cn('a'), ['2.5.4.10', write.utf8String('a')], ['2.5.4.3', write.utf8String('aa')]],
    stepped(['X509_RDN_TYPE_TWICE', `${subject}[3][2]`]),
  ),
  last(
    'rdn-type-twice-out-of-order',
    'two values of an attribute type in a SET, the greater first',
    [cn('b'), cn('a')],
    stepped(['DER_SET_ORDER', `${subject}[3][1]`], ['X509_RDN_TYPE_TWICE', `${subject}[3][1]`]),
  ),
  last('rdn-control-two', 'a SET OF two types in order', [cn('a'), ['2.5.4.10', write.utf8String('a')]], accepted),
  last(
    'rdn-control-order-by-length',
    'a SET OF in order: the shorter encoding first, whatever the types are',
    [
      ['2.5.4.10', write.utf8String('a')],
      ['2.5.4.3', write.utf8String('aa')],
    ],
    accepted,
  ),
  {
    id: 'rdn-control-type-in-two-sets',
    family: 'DER-27',
    says: 'two values of an attribute type, each in its own SET',
    edits: [fill(subject, ...name(subject, [country], [commonName], [commonName]).content)],
    expect: accepted,
  },
  {
    id: 'rdn-empty-in-issuer',
    family: 'DER-27',
    says: 'an empty SET in the issuer',
    edits: [add(`${tbs}.issuer`, part(`${tbs}.issuer[3]`, Tag.SET))],
    expect: stepped(['X509_RDN_EMPTY', `${tbs}.issuer[3]`]),
  },

  {
    id: 'issuer-empty',
    family: 'RFC 5280',
    says: 'the issuer is an empty name',
    edits: [fill(`${tbs}.issuer`)],
    expect: stepped(['X509_ISSUER_EMPTY', `${tbs}.issuer`]),
  },
  {
    id: 'subject-empty',
    family: 'RFC 5280',
    says: 'the subject is an empty name and subjectAltName is not critical',
    edits: [fill(subject)],
    expect: noted(['X509_SUBJECT_EMPTY', subject]),
  },
  {
    id: 'subject-control-empty',
    family: 'RFC 5280',
    says: 'the subject is an empty name and subjectAltName is critical',
    edits: [
      fill(subject),
      follow(
        `${entryOf('subjectAltName')}.extnID`,
        written(`${entryOf('subjectAltName')}.critical`, write.boolean(true)),
      ),
    ],
    expect: accepted,
  },
  {
    id: 'attribute-empty',
    family: 'RFC 5280',
    says: 'organizationName is an empty string',
    edits: [fill(`${subject}[1][0].value`)],
    expect: stepped(['X509_NAME_VALUE_EMPTY', `${subject}[1][0].value`]),
  },
  {
    id: 'country-three-letters',
    family: 'RFC 5280',
    says: 'countryName has three letters',
    edits: [swap(`${subject}[0]`, rdn(`${subject}[0]`, ['2.5.4.6', write.printableString('FRA')]))],
    expect: noted(['X509_COUNTRY', `${subject}[0][0].value`]),
  },
  {
    id: 'country-digits',
    family: 'RFC 5280',
    says: 'countryName is two digits',
    edits: [swap(`${subject}[0]`, rdn(`${subject}[0]`, ['2.5.4.6', write.printableString('12')]))],
    expect: noted(['X509_COUNTRY', `${subject}[0][0].value`]),
  },
  {
    id: 'country-utf8',
    family: 'RFC 5280',
    says: 'countryName is a UTF8String',
    edits: [retag(`${subject}[0][0].value`, Tag.UTF8_STRING)],
    expect: noted(['X509_NAME_STRING_TYPE', `${subject}[0][0].value`]),
  },
]
