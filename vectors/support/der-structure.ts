import { Tag, write } from '../../src/der/index.ts'
import { at, bothAlgorithms, entryOf, list, next, spki, tbs, unknown, valuePath } from './base-certificate.ts'
import type { Definition } from './definition.ts'
import { accepted, end, named, noted, refused, refusedLater, start, stepped, unreadable } from './expectation.ts'
import { add, drop, fill, fixedHeader, follow, literal, part, retag, segmented, swap, written } from './part.ts'

const number = `${tbs}.version:number`
const version = `${tbs}.version`
const serial = `${tbs}.serialNumber`
const extensions = `${tbs}.extensions`
const key = `${spki}.subjectPublicKey`

const extra = (label: string) => written(`${label}:extra`, write.integer(7))

/** A Boolean that is not DER, in `critical` and in `cA`. */
function booleans(id: string, family: string, says: string, octets: string, valueCode: boolean): readonly Definition[] {
  const critical = `${entryOf('keyUsage')}.critical`
  const cA = `${valuePath('basicConstraints')}.cA`
  const code = valueCode ? 'DER_BOOLEAN_VALUE' : 'DER_BOOLEAN_LENGTH'
  const where = (label: string) => (valueCode ? named(label, end(label, 1)) : start(label))
  return [
    {
      id: `boolean-${id}-critical`,
      family,
      says: `critical is ${says}`,
      edits: [swap(critical, literal(critical, octets))],
      expect: refused(code, where(critical)),
    },
    {
      id: `boolean-${id}-ca`,
      family,
      says: `cA is ${says}`,
      edits: [fill(valuePath('basicConstraints'), literal(cA, octets))],
      expect: unreadable(code, where(cA)),
    },
  ]
}

function versionIs(id: string, says: string, octets: string, expect: Definition['expect']): Definition {
  return { id: `version-${id}`, family: 'DER-13', says, edits: [swap(number, literal(number, octets))], expect }
}

function uniqueId(field: 'issuerUniqueID' | 'subjectUniqueID', tag: number, octets: string) {
  return follow(spki, literalContent(`${tbs}.${field}`, tag, octets))
}

function literalContent(label: string, tag: number, octets: string) {
  return part(label, tag, ...literal('', octets).content)
}

/** DER-07 to DER-13 and DER-37: fields, BOOLEAN, version and tags. */
export const structureVectors: readonly Definition[] = [
  ...Object.entries({
    certificate: '',
    tbs,
    version,
    spki,
    'spki-algorithm': `${spki}.algorithm`,
    validity: `${tbs}.validity`,
    algorithm: `${tbs}.signature`,
    attribute: `${tbs}.subject[1][0]`,
    extension: entryOf('subjectAltName'),
    'extensions-field': extensions,
  }).map(
    ([id, label]): Definition => ({
      id: `extra-in-${id}`,
      family: 'DER-07',
      says: `an INTEGER after the last field of '${label}'`,
      edits: [add(label, extra(label))],
      expect: refused('DER_TRAILING_DATA', `${label}:extra`),
    }),
  ),
  {
    id: 'extra-in-both-algorithms',
    family: 'DER-07',
    says: 'an INTEGER after the parameters of both signature algorithms',
    edits: [add(`${tbs}.signature`, extra(`${tbs}.signature`)), add('signatureAlgorithm', extra('signatureAlgorithm'))],
    expect: refused('DER_TRAILING_DATA', `${tbs}.signature:extra`),
  },
  {
    id: 'extra-in-outer-algorithm',
    family: 'DER-07',
    says: 'an INTEGER after the parameters of the outer signature algorithm, which nobody signed',
    edits: [add('signatureAlgorithm', extra('signatureAlgorithm'))],
    expect: refused('X509_SIGNATURE_ALGORITHM_MISMATCH', 'signatureAlgorithm'),
  },
  {
    id: 'extra-between-fields',
    family: 'DER-07',
    says: 'an INTEGER between validity and subject',
    edits: [follow(`${tbs}.validity`, literal(`${tbs}.subject:extra`, '02 01 07'))],
    expect: refused('DER_TAG_UNEXPECTED', `${tbs}.subject:extra`),
  },
  {
    id: 'missing-signature',
    family: 'DER-07',
    says: 'signatureValue is missing',
    afterSigning: [drop('signatureValue')],
    expect: refused('DER_VALUE_MISSING', named('signatureValue', end(''))),
  },
  {
    id: 'missing-outer-algorithm',
    family: 'DER-07',
    says: 'the outer signature algorithm is missing',
    edits: [drop('signatureAlgorithm')],
    expect: refused('DER_TAG_UNEXPECTED', named('signatureAlgorithm', start('signatureValue'))),
  },
  {
    id: 'missing-subject',
    family: 'DER-07',
    says: 'the subject is missing, so that the key stands in its place',
    edits: [drop(`${tbs}.subject`)],
    expect: refused('DER_TAG_UNEXPECTED', named(`${tbs}.subject[0]`, start(`${spki}.algorithm`))),
  },
  {
    id: 'missing-not-after',
    family: 'DER-07',
    says: 'notAfter is missing',
    edits: [drop(`${tbs}.validity.notAfter`)],
    expect: refused('DER_VALUE_MISSING', named(`${tbs}.validity.notAfter`, end(`${tbs}.validity`))),
  },

  ...(['basicConstraints', 'keyUsage', 'subjectAltName', 'extKeyUsage', 'subjectKeyIdentifier'] as const).map(
    (extensionName): Definition => ({
      id: `extra-after-${extensionName.toLowerCase()}`,
      family: 'DER-08',
      says: `octets in extnValue after ${extensionName}`,
      edits: [follow(valuePath(extensionName), extra(valuePath(extensionName)))],
      expect: unreadable('DER_TRAILING_DATA', `${valuePath(extensionName)}:extra`),
    }),
  ),
  {
    id: 'extra-after-unknown-extension',
    family: 'DER-08',
    says: 'two values in the extnValue of an extension that nobody knows',
    edits: [
      add(
        list,
        unknown(next, (label) => written(label, write.nullValue())),
      ),
      add(`${at(next)}.extnValue`, extra(`${at(next)}.extnValue`)),
    ],
    expect: unreadable('DER_TRAILING_DATA', `${at(next)}.extnValue:extra`),
  },
  {
    id: 'extra-in-basicconstraints',
    family: 'DER-08',
    says: 'an INTEGER after pathLenConstraint',
    edits: [
      fill(
        valuePath('basicConstraints'),
        written(`${valuePath('basicConstraints')}.cA`, write.boolean(true)),
        written(`${valuePath('basicConstraints')}.pathLenConstraint`, write.integer(0)),
        extra(valuePath('basicConstraints')),
      ),
    ],
    expect: unreadable('DER_TRAILING_DATA', `${valuePath('basicConstraints')}:extra`),
  },

  {
    id: 'extra-in-rsa-key',
    family: 'DER-09',
    says: 'a third INTEGER in RSAPublicKey',
    edits: [add(`${key}:key`, extra(key))],
    expect: refused('DER_TRAILING_DATA', `${key}:extra`),
  },
  {
    id: 'extra-after-rsa-key',
    family: 'DER-09',
    says: 'a NULL after RSAPublicKey in the BIT STRING',
    edits: [add(key, written(`${key}:extra`, write.nullValue()))],
    expect: refused('DER_TRAILING_DATA', `${key}:extra`),
  },
  {
    id: 'zero-after-rsa-key',
    family: 'DER-09',
    says: 'a zero octet after RSAPublicKey in the BIT STRING',
    edits: [add(key, literal(`${key}:extra`, '00'))],
    expect: refused('DER_TRAILING_DATA', `${key}:extra`),
  },
  {
    id: 'missing-rsa-exponent',
    family: 'DER-09',
    says: 'RSAPublicKey without publicExponent',
    edits: [drop(`${key}.publicExponent`)],
    expect: refused('DER_VALUE_MISSING', named(`${key}.publicExponent`, end(`${key}:key`))),
  },

  ...booleans('01', 'DER-10', '01, TRUE in BER only', '01 01 01', true),
  ...booleans('80', 'DER-10', '80, TRUE in BER only', '01 01 80', true),
  {
    id: 'boolean-control-ca-true',
    family: 'DER-10',
    says: 'cA is FF',
    edits: [fill(valuePath('basicConstraints'), written(`${valuePath('basicConstraints')}.cA`, write.boolean(true)))],
    expect: accepted,
  },

  {
    id: 'default-critical-false',
    family: 'DER-11',
    says: 'critical FALSE is encoded',
    edits: [swap(`${entryOf('keyUsage')}.critical`, written(`${entryOf('keyUsage')}.critical`, write.boolean(false)))],
    expect: stepped(['DER_DEFAULT_ENCODED', `${entryOf('keyUsage')}.critical`]),
  },
  {
    id: 'default-ca-false',
    family: 'DER-11',
    says: 'cA FALSE is encoded',
    edits: [fill(valuePath('basicConstraints'), written(`${valuePath('basicConstraints')}.cA`, write.boolean(false)))],
    expect: stepped(['DER_DEFAULT_ENCODED', `${valuePath('basicConstraints')}.cA`]),
  },
  {
    id: 'default-version-v1',
    family: 'DER-11',
    says: 'version v1 is encoded, without extensions',
    edits: [swap(number, written(number, write.integer(0))), drop(extensions)],
    expect: stepped(['DER_DEFAULT_ENCODED', version]),
  },
  {
    id: 'default-ca-false-then-extra',
    family: 'DER-11',
    says: 'cA FALSE is encoded and an octet string follows in pathLenConstraint',
    edits: [
      fill(
        valuePath('basicConstraints'),
        written(`${valuePath('basicConstraints')}.cA`, write.boolean(false)),
        written(`${valuePath('basicConstraints')}.pathLenConstraint`, write.octetString(Uint8Array.of(0))),
      ),
    ],
    expect: {
      strict: { refuse: ['DER_DEFAULT_ENCODED', `${valuePath('basicConstraints')}.cA`] },
      tolerant: {
        accept: [
          ['DER_DEFAULT_ENCODED', `${valuePath('basicConstraints')}.cA`],
          [
            'X509_EXTENSION_VALUE',
            named(valuePath('basicConstraints'), start(`${valuePath('basicConstraints')}.pathLenConstraint`)),
          ],
        ],
      },
    },
  },

  ...booleans('empty', 'DER-12', 'a BOOLEAN without content', '01 00', false),
  ...booleans('two-octets', 'DER-12', 'a BOOLEAN of two octets', '01 02 ff ff', false),

  {
    id: 'version-missing-with-extensions',
    family: 'DER-13',
    says: 'no version, so v1, with extensions',
    edits: [drop(version)],
    expect: refused('X509_VERSION_FIELDS', extensions),
  },
  versionIs(
    'v1-with-extensions',
    'v1 encoded, with extensions',
    '02 01 00',
    refusedLater(['DER_DEFAULT_ENCODED', version], ['X509_VERSION_FIELDS', extensions]),
  ),
  versionIs('v2-with-extensions', 'v2 with extensions', '02 01 01', refused('X509_VERSION_FIELDS', extensions)),
  versionIs('v4', 'v4', '02 01 03', refused('X509_VERSION', number)),
  versionIs('127', 'version 127', '02 01 7f', refused('X509_VERSION', number)),
  versionIs('255', 'version 255', '02 02 00 ff', refused('X509_VERSION', number)),
  versionIs('258', 'version 258: 2 in its low octet', '02 02 01 02', refused('X509_VERSION', number)),
  versionIs('2-pow-32-plus-2', 'version 2^32 + 2', '02 05 01 00 00 00 02', refused('X509_VERSION', number)),
  versionIs('minus-1', 'version -1', '02 01 ff', refused('X509_VERSION', number)),
  versionIs('not-minimal', 'v3 in two octets', '02 02 00 02', refused('DER_INTEGER_NOT_MINIMAL', number)),
  versionIs('no-content', 'an INTEGER without content', '02 00', refused('DER_INTEGER_EMPTY', number)),
  versionIs('boolean', 'a BOOLEAN', '01 01 ff', refused('DER_TAG_UNEXPECTED', number)),
  {
    id: 'version-without-integer',
    family: 'DER-13',
    says: '[0] with nothing in it',
    edits: [drop(number)],
    expect: refused('DER_VALUE_MISSING', end(version)),
  },
  {
    id: 'version-primitive',
    family: 'DER-13',
    says: '[0] in primitive form is no version: the serial number is wanted there',
    edits: [swap(version, literal(version, '80 01 02'))],
    expect: refused('DER_TAG_UNEXPECTED', named(serial, start(version))),
  },
  {
    id: 'version-v1-with-unique-id',
    family: 'DER-13',
    says: 'v1 with issuerUniqueID',
    edits: [drop(version), drop(extensions), uniqueId('issuerUniqueID', 0x81, '00 a5')],
    expect: refused('X509_VERSION_FIELDS', `${tbs}.issuerUniqueID`),
  },
  {
    id: 'version-control-v1',
    family: 'DER-13',
    says: 'v1 as it should be: no version, no extensions',
    edits: [drop(version), drop(extensions)],
    expect: accepted,
  },
  {
    id: 'version-control-v2',
    family: 'DER-13',
    says: 'v2 with both unique identifiers',
    edits: [
      swap(number, written(number, write.integer(1))),
      drop(extensions),
      uniqueId('subjectUniqueID', 0x82, '00 5a'),
      uniqueId('issuerUniqueID', 0x81, '00 a5'),
    ],
    expect: noted(['X509_UNIQUE_ID', `${tbs}.issuerUniqueID`], ['X509_UNIQUE_ID', `${tbs}.subjectUniqueID`]),
  },
  {
    id: 'version-control-v3-with-unique-id',
    family: 'DER-13',
    says: 'v3 with issuerUniqueID, of seven bits',
    edits: [uniqueId('issuerUniqueID', 0x81, '01 a4')],
    expect: noted(['X509_UNIQUE_ID', `${tbs}.issuerUniqueID`]),
  },
  {
    id: 'version-control-v3-without-extensions',
    family: 'DER-13',
    says: 'v3 without extensions',
    edits: [drop(extensions)],
    expect: accepted,
  },
  {
    id: 'unique-ids-in-wrong-order',
    family: 'DER-13',
    says: 'subjectUniqueID before issuerUniqueID',
    edits: [uniqueId('issuerUniqueID', 0x81, '00 a5'), uniqueId('subjectUniqueID', 0x82, '00 5a')],
    expect: refused('DER_TRAILING_DATA', named(tbs, start(`${tbs}.issuerUniqueID`))),
  },

  ...Object.entries({
    'high-form': ['3f 10 82 03 80', 'DER_TAG_HIGH_FORM', 'the tag of SEQUENCE in the high-tag-number form'],
    application: ['70', 'DER_TAG_UNEXPECTED', 'class APPLICATION for UNIVERSAL'],
    context: ['a0', 'DER_TAG_UNEXPECTED', 'a context-specific tag for a SEQUENCE'],
    private: ['f0', 'DER_TAG_UNEXPECTED', 'class PRIVATE for UNIVERSAL'],
    primitive: ['10', 'DER_FORM_PRIMITIVE', 'a SEQUENCE in primitive form'],
    set: ['31', 'DER_TAG_UNEXPECTED', 'a SET for a SEQUENCE'],
    zero: ['00', 'DER_TAG_UNEXPECTED', 'tag 00'],
  } as const).flatMap(([id, [octets, code, says]]) =>
    Object.entries({ certificate: '', tbs, validity: `${tbs}.validity` }).map(
      ([place, label]): Definition => ({
        id: `tag-${id}-${place}`,
        family: 'DER-37',
        says: `${says}, for '${label}'`,
        edits: [octets.length === 2 ? retag(label, Number.parseInt(octets, 16)) : fixedHeader(label, octets)],
        expect: refused(code, label),
      }),
    ),
  ),
  {
    id: 'tag-constructed-integer',
    family: 'DER-37',
    says: 'the serial number in constructed form',
    edits: [segmented(serial, Tag.INTEGER)],
    expect: refused('DER_FORM_CONSTRUCTED', serial),
  },
  {
    id: 'tag-constructed-oid',
    family: 'DER-37',
    says: 'an object identifier in constructed form',
    edits: [segmented(`${entryOf('keyUsage')}.extnID`, Tag.OBJECT_IDENTIFIER)],
    expect: refused('DER_FORM_CONSTRUCTED', `${entryOf('keyUsage')}.extnID`),
  },
  {
    id: 'tag-constructed-null',
    family: 'DER-37',
    says: 'NULL parameters in constructed form',
    edits: [
      bothAlgorithms((label) =>
        part(
          label,
          Tag.SEQUENCE,
          written(`${label}.algorithm`, write.encodeOid('1.2.840.113549.1.1.11')),
          literal(`${label}.parameters`, '25 00'),
        ),
      ),
    ],
    expect: refused('X509_ALGORITHM_PARAMETERS', `${tbs}.signature.parameters`),
  },
  {
    id: 'tag-sequence-for-set',
    family: 'DER-37',
    says: 'a SEQUENCE for the SET of a relative distinguished name',
    edits: [retag(`${tbs}.subject[1]`, Tag.SEQUENCE)],
    expect: refused('DER_TAG_UNEXPECTED', `${tbs}.subject[1]`),
  },
  {
    id: 'tag-high-form-extension-field',
    family: 'DER-37',
    says: '[3] in the high-tag-number form is no extensions field',
    edits: [fixedHeader(extensions, 'bf 03 81 80')],
    expect: refused('DER_TRAILING_DATA', named(tbs, start(extensions))),
  },
  {
    id: 'tag-end-of-contents-in-validity',
    family: 'DER-37',
    says: '00 00 inside a definite length',
    edits: [add(`${tbs}.validity`, literal(`${tbs}.validity:end`, '00 00'))],
    expect: refused('DER_TRAILING_DATA', `${tbs}.validity:end`),
  },
  {
    id: 'tag-end-of-contents-in-subject',
    family: 'DER-37',
    says: '00 00 where a relative distinguished name belongs',
    edits: [add(`${tbs}.subject`, literal(`${tbs}.subject[4]`, '00 00'))],
    expect: refused('DER_TAG_UNEXPECTED', `${tbs}.subject[4]`),
  },
  {
    id: 'tag-end-of-contents-in-unknown-extension',
    family: 'DER-37',
    says: '00 00 inside the value of an extension that nobody knows',
    edits: [
      add(
        list,
        unknown(next, (label) =>
          part(
            label,
            Tag.SEQUENCE,
            written(`${at(next)}.extnValue[0]`, write.nullValue()),
            literal(`${at(next)}.extnValue[1]`, '00 00'),
          ),
        ),
      ),
    ],
    expect: unreadable('DER_TAG_UNEXPECTED', `${at(next)}.extnValue[1]`),
  },
  {
    id: 'tag-after-constructed-in-unknown-extension',
    family: 'DER-37',
    says: 'a SET in primitive form after a SEQUENCE, in an extension that nobody knows',
    edits: [
      add(
        list,
        unknown(next, (label) =>
          part(
            label,
            Tag.SEQUENCE,
            part(`${at(next)}.extnValue[0]`, Tag.SEQUENCE, written(`${at(next)}.extnValue[0][0]`, write.nullValue())),
            literal(`${at(next)}.extnValue[1]`, '11 00'),
          ),
        ),
      ),
    ],
    expect: unreadable('DER_FORM_PRIMITIVE', `${at(next)}.extnValue[1]`),
  },
]
