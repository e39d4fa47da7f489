import { Tag, write } from '../../src/der/index.ts'
import {
  type Attribute,
  algorithm,
  at,
  attribute,
  bothAlgorithms,
  entryOf,
  known,
  list,
  next,
  spki,
  tbs,
  unknown,
  valuePath,
} from './base-certificate.ts'
import type { Definition } from './definition.ts'
import { accepted, content, end, noted, refused, start, stepped, unreadable } from './expectation.ts'
import { add, drop, type Edit, fill, hex, literal, part, rewrite, segmented, swap, text, written } from './part.ts'

const serial = `${tbs}.serialNumber`
const key = `${spki}.subjectPublicKey`
const keyUsage = valuePath('keyUsage')

function serialIs(octets: string | Uint8Array): Edit {
  return fill(serial, typeof octets === 'string' ? hex(octets) : octets)
}

/** Octets of a positive number: 5a, then zeros. */
function positive(count: number): Uint8Array {
  const octets = new Uint8Array(count)
  octets[0] = 0x5a
  return octets
}

const brokenOids = {
  empty: ['', 'DER_OID_EMPTY', start, 'has no content'],
  truncated: ['2a 03 84', 'DER_OID_TRUNCATED', (label: string) => end(label, 1), 'ends inside an arc'],
  'first-arc-padded': ['80 2a 03', 'DER_OID_ARC_PADDED', (label: string) => content(label), 'begins with 80'],
  'arc-padded': [
    '2a 03 80 04',
    'DER_OID_ARC_PADDED',
    (label: string) => content(label, 2),
    'has an arc that begins with 80',
  ],
} as const

/** The same identifier with an arc that a reader of 32 or 53 bits takes for another. */
function alias(id: string, family: string, oid: string, critical: boolean, says: string): Definition {
  return {
    id,
    family,
    says,
    edits: [
      drop(entryOf('subjectAltName')),
      drop(entryOf('extKeyUsage')),
      drop(entryOf('basicConstraints')),
      drop(entryOf('keyUsage')),
      add(
        list,
        unknown(2, (label) => written(label, write.namedBits([5, 6])), critical, oid),
      ),
    ],
    expect: critical ? noted(['X509_EXTENSION_CRITICAL_UNKNOWN', at(2)]) : accepted,
  }
}

function subjectHas(...[type, octets]: Attribute): Edit {
  const label = `${tbs}.subject[4]`
  return add(`${tbs}.subject`, part(label, Tag.SET, attribute(`${label}[0]`, type, octets)))
}

function keyUsageIs(octets: string): Edit {
  return fill(keyUsage, hex(octets))
}

function unknownOf(octets: Uint8Array): Edit {
  return add(
    list,
    unknown(next, (label) => written(label, octets)),
  )
}

/** A CRL distribution point with reasons. */
function reasons(octets: string): Edit {
  return add(
    list,
    known(next, 'cRLDistributionPoints', (path) =>
      part(
        path,
        Tag.SEQUENCE,
        part(
          `${path}[0]`,
          Tag.SEQUENCE,
          part(
            `${path}[0].distributionPoint`,
            0xa0,
            part(
              `${path}[0].distributionPoint.fullName`,
              0xa0,
              part(`${path}[0].distributionPoint.fullName[0]`, 0x86, text('http://ca.example/crl')),
            ),
          ),
          part(`${path}[0].reasons`, 0x81, hex(octets)),
        ),
      ),
    ),
  )
}

const reasonsPath = `${at(next)}.cRLDistributionPoints[0].reasons`

/** The signature's last octet with its lowest bit set or not, and a count of one unused bit. */
function oneUnusedBit(last: 0 | 1): Edit {
  return rewrite('signatureValue', (item) => {
    const octets = item.content[1] as Uint8Array
    const changed = octets.slice()
    changed[changed.length - 1] = ((octets[octets.length - 1] as number) & 0xfe) | last
    return [{ ...item, content: [Uint8Array.of(1), changed] }]
  })
}

/** DER-14 to DER-22: INTEGER, OBJECT IDENTIFIER, BIT STRING and constructed strings. */
export const valueVectors: readonly Definition[] = [
  {
    id: 'serial-not-minimal',
    family: 'DER-14',
    says: 'the serial number has a superfluous 00 before it',
    edits: [serialIs('00 4a 5b 6c')],
    expect: refused('DER_INTEGER_NOT_MINIMAL', serial),
  },
  {
    id: 'serial-not-minimal-ff',
    family: 'DER-14',
    says: 'a negative serial number has a superfluous FF before it',
    edits: [serialIs('ff 80')],
    expect: refused('DER_INTEGER_NOT_MINIMAL', serial),
  },
  {
    id: 'serial-zero-in-two-octets',
    family: 'DER-14',
    says: 'zero in two octets',
    edits: [serialIs('00 00')],
    expect: refused('DER_INTEGER_NOT_MINIMAL', serial),
  },
  {
    id: 'serial-no-content',
    family: 'DER-14',
    says: 'the serial number has no content',
    edits: [serialIs('')],
    expect: refused('DER_INTEGER_EMPTY', serial),
  },
  {
    id: 'serial-control-sign-octet',
    family: 'DER-14',
    says: 'a 00 that is needed, since the next octet has its high bit set',
    edits: [serialIs('00 8a 5b 6c')],
    expect: accepted,
  },
  ...Object.entries({ zero: '00', 'minus-1': 'ff', negative: '8a 5b 6c 7d' }).map(
    ([id, octets]): Definition => ({
      id: `serial-${id}`,
      family: 'DER-15',
      says: `the serial number is ${id}`,
      edits: [serialIs(octets)],
      expect: noted(['X509_SERIAL_NOT_POSITIVE', serial]),
    }),
  ),
  {
    id: 'serial-control-20-octets',
    family: 'DER-15',
    says: 'a serial number of 20 octets',
    edits: [serialIs(positive(20))],
    expect: accepted,
  },
  {
    id: 'serial-21-octets',
    family: 'DER-15',
    says: 'a serial number of 20 octets and a sign octet',
    edits: [serialIs(`00${'ab'.repeat(20)}`)],
    expect: noted(['X509_SERIAL_TOO_LONG', serial]),
  },
  {
    id: 'serial-negative-21-octets',
    family: 'DER-15',
    says: 'a negative serial number of 21 octets',
    edits: [serialIs('ab'.repeat(21))],
    expect: noted(['X509_SERIAL_NOT_POSITIVE', serial], ['X509_SERIAL_TOO_LONG', serial]),
  },
  {
    id: 'serial-8200-octets',
    family: 'DER-15',
    says: 'as many octets as the limit of an INTEGER allows',
    edits: [serialIs(positive(8200))],
    expect: noted(['X509_SERIAL_TOO_LONG', serial]),
  },
  {
    id: 'serial-8201-octets',
    family: 'DER-15',
    says: 'one octet more than the limit of an INTEGER allows',
    edits: [serialIs(positive(8201))],
    expect: refused('LIMIT_INTEGER', serial),
  },
  {
    id: 'serial-64-kib',
    family: 'DER-15',
    says: 'a serial number of 65536 octets',
    edits: [serialIs(positive(65_536))],
    stored: false,
    expect: refused('LIMIT_INTEGER', serial),
  },

  ...Object.entries(brokenOids).flatMap(([id, [octets, code, where, says]]): Definition[] => [
    {
      id: `oid-${id}-extension`,
      family: 'DER-16',
      says: `extnID ${says}`,
      edits: [unknownOf(write.nullValue()), fill(`${at(next)}.extnID`, hex(octets))],
      expect: refused(code, where(`${at(next)}.extnID`)),
    },
    {
      id: `oid-${id}-attribute`,
      family: 'DER-16',
      says: `an attribute type ${says}`,
      edits: [fill(`${tbs}.subject[1][0].type`, hex(octets))],
      expect: refused(code, where(`${tbs}.subject[1][0].type`)),
    },
    {
      id: `oid-${id}-algorithm`,
      family: 'DER-16',
      says: `the signature algorithm ${says}`,
      edits: [
        bothAlgorithms((label) =>
          part(label, Tag.SEQUENCE, part(`${label}.algorithm`, Tag.OBJECT_IDENTIFIER, hex(octets))),
        ),
      ],
      expect: refused(code, where(`${tbs}.signature.algorithm`)),
    },
    {
      id: `oid-${id}-purpose`,
      family: 'DER-16',
      says: `an extended key usage ${says}`,
      edits: [fill(`${valuePath('extKeyUsage')}[1]`, hex(octets))],
      expect: unreadable(code, where(`${valuePath('extKeyUsage')}[1]`)),
    },
  ]),
  {
    id: 'oid-padded-key-usage',
    family: 'DER-16',
    says: 'keyUsage with 80 before its last arc: equal in value, not in octets',
    edits: [fill(`${entryOf('keyUsage')}.extnID`, hex('55 1d 80 0f'))],
    expect: refused('DER_OID_ARC_PADDED', content(`${entryOf('keyUsage')}.extnID`, 2)),
  },

  alias('oid-alias-2-pow-32-plus-15', 'DER-17', '2.5.29.4294967311', false, 'keyUsage in 32 bits: another extension'),
  alias('oid-alias-2-pow-32-plus-15-critical', 'DER-17', '2.5.29.4294967311', true, 'the same, critical'),
  alias('oid-alias-first-arc', 'DER-17', '2.4294967301.29.15', false, 'keyUsage where the first arcs are of 32 bits'),
  alias('oid-alias-2-pow-31-plus-15', 'DER-17', '2.5.29.2147483663', false, 'keyUsage in 31 bits'),
  {
    id: 'oid-alias-beside-key-usage',
    family: 'DER-17',
    says: 'keyUsage and its alias in 32 bits: two extensions, none of them twice',
    edits: [
      add(
        list,
        unknown(next, (label) => written(label, write.namedBits([5, 6])), false, '2.5.29.4294967311'),
      ),
    ],
    expect: accepted,
  },
  {
    id: 'oid-alias-attribute',
    family: 'DER-17',
    says: 'an attribute that is organizationIdentifier in 32 bits only',
    edits: [subjectHas('2.5.4.4294967393', write.utf8String('PSDFR-ACPR-99999'))],
    expect: accepted,
  },
  {
    id: 'oid-alias-algorithm',
    family: 'DER-17',
    says: 'a signature algorithm that is sha256WithRSAEncryption in 32 bits only',
    edits: [
      bothAlgorithms((label) =>
        algorithm(label, '1.2.840.113549.1.1.4294967307', written(`${label}.parameters`, write.nullValue())),
      ),
    ],
    expect: accepted,
  },
  alias('oid-alias-2-pow-53-plus-1', 'DER-18', '2.5.29.9007199254740993', false, 'an arc that a Number cannot hold'),
  alias('oid-alias-2-pow-64-plus-15', 'DER-18', '2.5.29.18446744073709551631', false, 'keyUsage in 64 bits'),
  alias(
    'oid-alias-first-arc-2-pow-64',
    'DER-18',
    '2.18446744073709551621.29.15',
    false,
    'keyUsage where the first arcs are of 64 bits',
  ),
  {
    id: 'oid-alias-2-pow-53-both',
    family: 'DER-18',
    says: 'arcs 2^53 and 2^53 + 1, equal as Numbers: two extensions, none of them twice',
    edits: [
      add(
        list,
        unknown(next, (label) => written(label, write.nullValue()), false, '2.5.29.9007199254740992'),
        unknown(next + 1, (label) => written(label, write.nullValue()), false, '2.5.29.9007199254740993'),
      ),
    ],
    expect: accepted,
  },

  ...Object.entries({
    'many-arcs': (count: number) => new Uint8Array(count).fill(1),
    'one-arc': (count: number) => new Uint8Array(count).fill(0x81).with(count - 1, 1),
  }).flatMap(([id, octets]): Definition[] => [
    {
      id: `oid-128-octets-${id}`,
      family: 'DER-19',
      says: 'an object identifier of 128 octets, the limit',
      edits: [unknownOf(write.nullValue()), fill(`${at(next)}.extnID`, octets(128))],
      expect: accepted,
    },
    {
      id: `oid-129-octets-${id}`,
      family: 'DER-19',
      says: 'an object identifier of 129 octets',
      edits: [unknownOf(write.nullValue()), fill(`${at(next)}.extnID`, octets(129))],
      expect: refused('LIMIT_OID', `${at(next)}.extnID`),
    },
    {
      id: `oid-254-kb-${id}`,
      family: 'DER-19',
      says: 'an object identifier of 254,000 octets',
      edits: [unknownOf(write.nullValue()), fill(`${at(next)}.extnID`, octets(254_000))],
      stored: false,
      expect: refused('LIMIT_OID', `${at(next)}.extnID`),
    },
  ]),

  {
    id: 'bits-signature-8-unused',
    family: 'DER-20',
    says: 'signatureValue counts 8 unused bits',
    afterSigning: [
      rewrite('signatureValue', (item) => [{ ...item, content: [Uint8Array.of(8), ...item.content.slice(1)] }]),
    ],
    expect: refused('DER_BITS_UNUSED', content('signatureValue')),
  },
  {
    id: 'bits-signature-255-unused',
    family: 'DER-20',
    says: 'signatureValue counts 255 unused bits',
    afterSigning: [
      rewrite('signatureValue', (item) => [{ ...item, content: [Uint8Array.of(255), ...item.content.slice(1)] }]),
    ],
    expect: refused('DER_BITS_UNUSED', content('signatureValue')),
  },
  {
    id: 'bits-signature-1-unused',
    family: 'DER-20',
    says: 'signatureValue counts one unused bit, which is zero',
    afterSigning: [oneUnusedBit(0)],
    expect: refused('DER_BITS_UNUSED', content('signatureValue')),
  },
  {
    id: 'bits-signature-padding',
    family: 'DER-20',
    says: 'signatureValue counts one unused bit, which is set',
    afterSigning: [oneUnusedBit(1)],
    expect: refused('DER_BITS_PADDING', end('signatureValue', 1)),
  },
  {
    id: 'bits-signature-no-content',
    family: 'DER-20',
    says: 'signatureValue lacks the octet that counts unused bits',
    afterSigning: [fill('signatureValue')],
    expect: refused('DER_BITS_EMPTY', 'signatureValue'),
  },
  {
    id: 'bits-signature-unused-of-nothing',
    family: 'DER-20',
    says: 'signatureValue counts three unused bits of none',
    afterSigning: [fill('signatureValue', Uint8Array.of(3))],
    expect: refused('DER_BITS_UNUSED', content('signatureValue')),
  },
  {
    id: 'bits-control-signature-empty',
    family: 'DER-20',
    says: 'a signature of no bits: DER, and no signature that verifies',
    afterSigning: [fill('signatureValue', Uint8Array.of(0))],
    expect: accepted,
  },
  {
    id: 'bits-spki-padding',
    family: 'DER-20',
    says: 'subjectPublicKey counts one unused bit, which is set',
    edits: [rewrite(key, (item) => [{ ...item, content: [Uint8Array.of(1), ...item.content.slice(1)] }])],
    expect: refused('DER_BITS_PADDING', end(key, 1)),
  },
  {
    id: 'bits-spki-unused',
    family: 'DER-20',
    says: 'subjectPublicKey counts four unused bits, which are zero',
    edits: [
      swap(`${key}.publicExponent`, written(`${key}.publicExponent`, write.integer(65_536))),
      rewrite(key, (item) => [{ ...item, content: [Uint8Array.of(4), ...item.content.slice(1)] }]),
    ],
    expect: refused('DER_BITS_UNUSED', content(key)),
  },
  {
    id: 'bits-spki-no-content',
    family: 'DER-20',
    says: 'subjectPublicKey lacks the octet that counts unused bits',
    edits: [fill(key)],
    expect: refused('DER_BITS_EMPTY', key),
  },
  {
    id: 'bits-spki-empty',
    family: 'DER-20',
    says: 'an RSA key of no bits',
    edits: [fill(key, Uint8Array.of(0))],
    expect: refused('DER_VALUE_MISSING', end(key)),
  },
  {
    id: 'bits-unique-id-padding',
    family: 'DER-20',
    says: 'issuerUniqueID with an unused bit that is set',
    edits: [rewrite(spki, (item) => [item, part(`${tbs}.issuerUniqueID`, 0x81, hex('01 a5'))])],
    expect: refused('DER_BITS_PADDING', end(`${tbs}.issuerUniqueID`, 1)),
  },
  ...Object.entries({
    padding: ['07 81', 'DER_BITS_PADDING', end(keyUsage, 1), 'has unused bits that are set'],
    '8-unused': ['08 80', 'DER_BITS_UNUSED', content(keyUsage), 'counts 8 unused bits'],
    'no-content': ['', 'DER_BITS_EMPTY', start(keyUsage), 'lacks the octet that counts unused bits'],
    'unused-of-nothing': ['07', 'DER_BITS_UNUSED', content(keyUsage), 'counts seven unused bits of none'],
  } as const).map(
    ([id, [octets, code, where, says]]): Definition => ({
      id: `bits-key-usage-${id}`,
      family: 'DER-20',
      says: `keyUsage ${says}`,
      edits: [keyUsageIs(octets)],
      expect: unreadable(code, where),
    }),
  ),
  {
    id: 'bits-reasons-padding',
    family: 'DER-20',
    says: 'the reasons of a distribution point have an unused bit that is set',
    edits: [reasons('01 61')],
    expect: unreadable('DER_BITS_PADDING', end(reasonsPath, 1)),
  },

  ...Object.entries({
    bit: ['05 80', 'two zero bits after digitalSignature'],
    octet: ['00 80 00', 'a zero octet after digitalSignature'],
    'last-octet-unused': ['07 80 00', 'a ninth bit that is zero'],
  } as const).map(
    ([id, [octets, says]]): Definition => ({
      id: `bits-key-usage-trailing-zero-${id}`,
      family: 'DER-21',
      says: `keyUsage with ${says}`,
      edits: [keyUsageIs(octets)],
      expect: stepped(['DER_BITS_TRAILING_ZERO', keyUsage]),
    }),
  ),
  {
    id: 'bits-key-usage-all-zero',
    family: 'DER-21',
    says: 'keyUsage of one bit that is zero',
    edits: [keyUsageIs('07 00')],
    expect: stepped(['DER_BITS_TRAILING_ZERO', keyUsage], ['X509_KEY_USAGE_EMPTY', keyUsage]),
  },
  {
    id: 'bits-key-usage-empty',
    family: 'DER-21',
    says: 'keyUsage without bits, in DER',
    edits: [keyUsageIs('00')],
    expect: noted(['X509_KEY_USAGE_EMPTY', keyUsage]),
  },
  {
    id: 'bits-reasons-trailing-zero',
    family: 'DER-21',
    says: 'the reasons of a distribution point end in zero bits',
    edits: [reasons('04 40')],
    expect: stepped(['DER_BITS_TRAILING_ZERO', reasonsPath]),
  },
  {
    id: 'bits-control-decipher-only',
    family: 'DER-21',
    says: 'the ninth bit of keyUsage, in two octets',
    edits: [keyUsageIs('07 08 80')],
    expect: accepted,
  },
  {
    id: 'bits-control-reasons',
    family: 'DER-21',
    says: 'the reasons of a distribution point in DER',
    edits: [reasons('05 60')],
    expect: accepted,
  },
  {
    id: 'bits-control-key-usage-16-bits',
    family: 'DER-21',
    says: 'a bit of keyUsage that has no name is no breach of DER',
    edits: [keyUsageIs('00 80 01')],
    expect: accepted,
  },
  {
    id: 'bits-control-key-usage-17-bits',
    family: 'DER-21',
    says: 'the same with a bit more than two octets have',
    edits: [keyUsageIs('07 80 00 80')],
    expect: accepted,
  },

  ...Object.entries({
    signature: ['signatureValue', Tag.BIT_STRING],
    spki: [key, Tag.BIT_STRING],
    'extension-value': [`${entryOf('keyUsage')}.extnValue`, Tag.OCTET_STRING],
    utf8: [`${tbs}.subject[1][0].value`, Tag.UTF8_STRING],
    printable: [`${tbs}.subject[0][0].value`, Tag.PRINTABLE_STRING],
    'utc-time': [`${tbs}.validity.notBefore`, Tag.UTC_TIME],
  } as const).map(
    ([id, [label, tag]]): Definition => ({
      id: `constructed-${id}`,
      family: 'DER-22',
      says: `'${label}' in segments`,
      [label === 'signatureValue' ? 'afterSigning' : 'edits']: [segmented(label, tag)],
      expect: refused('DER_FORM_CONSTRUCTED', label),
    }),
  ),
  ...Object.entries({
    'key-usage': [keyUsage, Tag.BIT_STRING],
    'subject-key-identifier': [valuePath('subjectKeyIdentifier'), Tag.OCTET_STRING],
    'dns-name': [`${valuePath('subjectAltName')}[0]`, Tag.IA5_STRING],
  } as const).map(
    ([id, [label, tag]]): Definition => ({
      id: `constructed-${id}`,
      family: 'DER-22',
      says: `'${label}' in segments`,
      edits: [segmented(label, tag)],
      expect: unreadable('DER_FORM_CONSTRUCTED', label),
    }),
  ),
  {
    id: 'constructed-in-unknown-extension',
    family: 'DER-22',
    says: 'an OCTET STRING in segments as the value of an extension that nobody knows',
    edits: [
      add(
        list,
        unknown(next, (label) => literal(label, '24 04 04 02 a5 5a')),
      ),
    ],
    expect: unreadable('DER_FORM_CONSTRUCTED', `${at(next)}.extnValue:value`),
  },
  {
    id: 'constructed-in-unknown-attribute',
    family: 'DER-22',
    says: 'a UTF8String in segments as the value of an attribute that nobody knows',
    edits: [subjectHas('1.3.6.1.4.1.99999.2', hex('2c 04 0c 02 61 62'))],
    expect: refused('DER_FORM_CONSTRUCTED', `${tbs}.subject[4][0].value`),
  },
]
