import { concatBytes } from '../../src/core/bytes.ts'
import { Tag, write } from '../../src/der/index.ts'
import { list, next, rdn, spki, tbs, unknown, value, valuePath } from './base-certificate.ts'
import type { Definition } from './definition.ts'
import { accepted, refused, unreadable } from './expectation.ts'
import { add, fixedHeader, hex, indefinite, literal, paddedLength, part, reheader, swap, written } from './part.ts'

const serial = `${tbs}.serialNumber`
const unknownValue = `${tbs}.extensions[${next}].extnValue:value`

/** DER-01 to DER-06: the length octets (X.690 8.1.3, 10.1), and what follows the last value. */
export const lengthVectors: readonly Definition[] = [
  { id: 'control-base', family: 'DER-01', says: 'the certificate that every vector changes', expect: accepted },
  ...[127, 128, 255, 256].map(
    (count): Definition => ({
      id: `length-value-of-${count}`,
      family: 'DER-01',
      says: `a value of ${count} octets, at a boundary of the length forms`,
      edits: [swap(`${tbs}.subject[1]`, rdn(`${tbs}.subject[1]`, ['2.5.4.10', write.utf8String('x'.repeat(count))]))],
      expect: accepted,
    }),
  ),
  ...Object.entries({
    certificate: ['', 3],
    tbs: [tbs, 4],
    serial: [serial, 1],
    validity: [`${tbs}.validity`, 1],
    'rsa-key': [`${spki}.subjectPublicKey:key`, 3],
    modulus: [`${spki}.subjectPublicKey.modulus`, 3],
    boolean: [`${tbs}.extensions[2].critical`, 1],
  } as const).map(
    ([id, [label, count]]): Definition => ({
      id: `length-not-minimal-${id}`,
      family: 'DER-01',
      says: `the length of '${label}' has more octets than it needs`,
      edits: [paddedLength(label, count)],
      expect: refused('DER_LENGTH_NOT_MINIMAL', label),
    }),
  ),
  {
    id: 'length-not-minimal-signature',
    family: 'DER-01',
    says: 'the length of signatureValue has a leading zero',
    afterSigning: [paddedLength('signatureValue', 3)],
    expect: refused('DER_LENGTH_NOT_MINIMAL', 'signatureValue'),
  },
  {
    id: 'length-not-minimal-extension-value',
    family: 'DER-01',
    says: 'the length of subjectAltName is in the long form',
    edits: [paddedLength(valuePath('subjectAltName'), 1)],
    expect: unreadable('DER_LENGTH_NOT_MINIMAL', valuePath('subjectAltName')),
  },
  {
    id: 'length-not-minimal-unknown-extension',
    family: 'DER-01',
    says: 'the value of an extension that nobody knows has a length in the long form',
    edits: [
      add(
        list,
        unknown(next, (label) => written(label, write.integer(5))),
      ),
      paddedLength(unknownValue, 1),
    ],
    expect: unreadable('DER_LENGTH_NOT_MINIMAL', unknownValue),
  },

  ...Object.entries({
    certificate: '',
    tbs,
    validity: `${tbs}.validity`,
    subject: `${tbs}.subject`,
    extensions: list,
    serial,
  }).map(
    ([id, label]): Definition => ({
      id: `length-indefinite-${id}`,
      family: 'DER-02',
      says: `'${label}' is in BER's indefinite form`,
      edits: [indefinite(label)],
      expect: refused('DER_LENGTH_INDEFINITE', label),
    }),
  ),
  {
    id: 'length-indefinite-extension-value',
    family: 'DER-02',
    says: 'extKeyUsage is in the indefinite form',
    edits: [indefinite(valuePath('extKeyUsage'))],
    expect: unreadable('DER_LENGTH_INDEFINITE', valuePath('extKeyUsage')),
  },

  ...Object.entries({ certificate: '', serial } as const).map(
    ([id, label]): Definition => ({
      id: `length-wraps-32-bits-${id}`,
      family: 'DER-03',
      says: 'a length of five octets whose last four are the true length: 2^32 too much',
      edits: [reheader(label, (tag, length) => Uint8Array.of(tag, 0x85, 1, 0, 0, length >> 8, length & 0xff))],
      expect: refused('DER_LENGTH_TOO_LONG', label),
    }),
  ),

  ...[8, 9, 126].map(
    (count): Definition => ({
      id: `length-of-${count}-octets-padded`,
      family: 'DER-04',
      says: `the true length in ${count} octets, zeros before it`,
      edits: [paddedLength('', count)],
      expect: refused('DER_LENGTH_NOT_MINIMAL', ''),
    }),
  ),
  {
    id: 'length-of-8-octets-padded-serial',
    family: 'DER-04',
    says: 'the length of the serial number in 8 octets, zeros before it',
    edits: [paddedLength(serial, 8)],
    expect: refused('DER_LENGTH_NOT_MINIMAL', serial),
  },

  {
    id: 'length-84-ff-ff-ff-ff',
    family: 'DER-05',
    says: 'a certificate that promises 4 GiB',
    edits: [fixedHeader('', '30 84 ff ff ff ff')],
    expect: refused('DER_TRUNCATED', ''),
  },
  {
    id: 'length-84-7f-ff-ff-ff-serial',
    family: 'DER-05',
    says: 'a serial number that promises 2 GiB',
    edits: [fixedHeader(serial, '02 84 7f ff ff ff')],
    expect: refused('DER_TRUNCATED', serial),
  },
  {
    id: 'length-of-8-octets-huge',
    family: 'DER-05',
    says: 'a length of 2^63 - 1',
    edits: [fixedHeader('', '30 88 7f ff ff ff ff ff ff ff')],
    expect: refused('DER_LENGTH_TOO_LONG', ''),
  },
  {
    id: 'length-reserved-ff',
    family: 'DER-05',
    says: 'the length octet FF, which X.690 8.1.3.5 reserves',
    edits: [fixedHeader('', '30 ff')],
    expect: refused('DER_LENGTH_TOO_LONG', ''),
  },
  {
    id: 'length-past-the-end',
    family: 'DER-05',
    says: 'the certificate promises one octet more than there is',
    finish: (octets) => octets.with(3, (octets[3] as number) + 1),
    expect: refused('DER_TRUNCATED', ''),
  },
  {
    id: 'length-inner-past-outer',
    family: 'DER-05',
    says: 'notAfter reaches beyond the validity that it stands in',
    edits: [fixedHeader(`${tbs}.validity.notAfter`, '17 0e')],
    expect: refused('DER_TRUNCATED', `${tbs}.validity.notAfter`),
  },
  {
    id: 'length-inner-past-outer-in-extension',
    family: 'DER-05',
    says: 'a dNSName reaches beyond its list, though not beyond the certificate',
    edits: [fixedHeader(`${valuePath('subjectAltName')}[0]`, '82 0c')],
    expect: unreadable('DER_TRUNCATED', `${valuePath('subjectAltName')}[0]`),
  },
  {
    id: 'length-missing',
    family: 'DER-05',
    says: 'the last octet of an extension value is an identifier without a length',
    edits: [value('basicConstraints', (path) => part(path, Tag.SEQUENCE, literal(`${path}.cA`, '01')))],
    expect: unreadable('DER_TRUNCATED', `${valuePath('basicConstraints')}.cA`),
  },
  {
    id: 'length-octets-cut-off',
    family: 'DER-05',
    says: 'an identifier and 82, then nothing, as the value of an unknown extension',
    edits: [
      add(
        list,
        unknown(next, (label) => literal(label, '04 82')),
      ),
    ],
    expect: unreadable('DER_TRUNCATED', unknownValue),
  },
  {
    id: 'truncated-last-octet',
    family: 'DER-05',
    says: 'the last octet is missing',
    finish: (octets) => octets.slice(0, -1),
    expect: refused('DER_TRUNCATED', ''),
  },
  {
    id: 'truncated-half',
    family: 'DER-05',
    says: 'the second half is missing',
    finish: (octets) => octets.slice(0, octets.length / 2),
    expect: refused('DER_TRUNCATED', ''),
  },
  ...[1, 2, 3, 4].map(
    (count): Definition => ({
      id: `truncated-to-${count}`,
      family: 'DER-05',
      says: `only the first ${count} octets`,
      finish: (octets) => octets.slice(0, count),
      expect: refused('DER_TRUNCATED', ''),
    }),
  ),
  {
    id: 'truncated-to-nothing',
    family: 'DER-05',
    says: 'no octets at all',
    finish: () => new Uint8Array(),
    expect: refused('DER_EMPTY', ''),
  },

  ...Object.entries({
    'one-zero': hex('00'),
    'line-feed': hex('0a'),
    '16-octets': new Uint8Array(16).fill(0xa5),
    'end-of-contents': hex('00 00'),
  }).map(
    ([id, more]): Definition => ({
      id: `trailing-${id}`,
      family: 'DER-06',
      says: 'the certificate is followed by octets that are none of it',
      finish: (octets) => concatBytes(octets, more),
      expect: refused('DER_TRAILING_DATA', (encoded) => ({ path: '', offset: encoded.bytes.length })),
    }),
  ),
  {
    id: 'trailing-second-certificate',
    family: 'DER-06',
    says: 'two certificates, one after the other',
    finish: (octets) => concatBytes(octets, octets),
    expect: refused('DER_TRAILING_DATA', (encoded) => ({ path: '', offset: encoded.bytes.length })),
  },
]
