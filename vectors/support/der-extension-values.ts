import { Tag, write } from '../../src/der/index.ts'
import type { ExtensionName } from '../../src/x509/extensions/table.ts'
import { at, type MakeValue, next, valueIs, valuePath } from './base-certificate.ts'
import type { Definition } from './definition.ts'
import { accepted, type Breach, type Expectation, named, noted, start, stepped, unreadable } from './expectation.ts'
import { hex, literal, part, text, written } from './part.ts'

/** One extension added, in a value that RFC 5280 does not want. */
function added(id: string, says: string, name: ExtensionName, make: MakeValue, expect: Expectation): Definition {
  return { id, family: 'RFC 5280', says, edits: [valueIs(name, make)], expect }
}

const altName = valuePath('subjectAltName')

function oneName(tag: number, octets: string): MakeValue {
  return (path) => part(path, Tag.SEQUENCE, part(`${path}[0]`, tag, hex(octets)))
}

/** nameConstraints with one permitted subtree. */
function permitted(...content: readonly ((path: string) => ReturnType<MakeValue>)[]): MakeValue {
  return (path) => {
    const subtree = `${path}.permittedSubtrees[0]`
    return part(
      path,
      Tag.SEQUENCE,
      part(`${path}.permittedSubtrees`, 0xa0, part(subtree, Tag.SEQUENCE, ...content.map((make) => make(subtree)))),
    )
  }
}

const base = (tag: number, octets: string) => (path: string) => part(`${path}.base`, tag, hex(octets))
const minimum = (octets: string) => (path: string) => part(`${path}.minimum`, 0x80, hex(octets))

const policies = `${at(next)}.certificatePolicies`

function policy(label: string, oid: string, ...qualifiers: readonly ReturnType<MakeValue>[]) {
  return part(
    label,
    Tag.SEQUENCE,
    written(`${label}.policyIdentifier`, write.encodeOid(oid)),
    ...(qualifiers.length > 0 ? [part(`${label}.policyQualifiers`, Tag.SEQUENCE, ...qualifiers)] : []),
  )
}

function qualifier(label: string, oid: string, octets: string) {
  return part(
    label,
    Tag.SEQUENCE,
    written(`${label}.policyQualifierId`, write.encodeOid(oid)),
    literal(`${label}.qualifier`, octets),
  )
}

const cps = '1.3.6.1.5.5.7.2.1'
const userNotice = '1.3.6.1.5.5.7.2.2'
const firstQualifier = `${policies}[0].policyQualifiers[0]`

/** A qualifier whose content breaks: strict refuses, tolerant leaves it out. */
function brokenQualifier(id: string, says: string, oid: string, octets: string, breach: Breach): Definition {
  const [, where] = breach
  const place = typeof where === 'string' ? start(where) : where
  return added(
    `policy-qualifier-${id}`,
    says,
    'certificatePolicies',
    (path) =>
      part(path, Tag.SEQUENCE, policy(`${path}[0]`, '1.3.6.1.4.1.99999.3', qualifier(firstQualifier, oid, octets))),
    {
      strict: { refuse: breach },
      tolerant: { accept: [['X509_POLICY_QUALIFIER', named(firstQualifier, place)]] },
    },
  )
}

/** What RFC 5280 4.2.1 wants of single extensions. */
export const extensionValueVectors: readonly Definition[] = [
  added(
    'san-dns-empty',
    'a dNSName is empty',
    'subjectAltName',
    oneName(0x82, ''),
    stepped(['X509_DNS_NAME', `${altName}[0]`]),
  ),
  added(
    'san-ip-3-octets',
    'an iPAddress of three octets',
    'subjectAltName',
    oneName(0x87, '0a 00 01'),
    stepped(['X509_IP_ADDRESS', `${altName}[0]`]),
  ),
  added(
    'san-ip-8-octets',
    'an iPAddress with a mask',
    'subjectAltName',
    oneName(0x87, '0a 00 00 00 ff 00 00 00'),
    stepped(['X509_IP_ADDRESS', `${altName}[0]`]),
  ),
  added(
    'san-tag-9',
    'a name with tag [9]',
    'subjectAltName',
    oneName(0x89, '61'),
    unreadable('DER_TAG_UNEXPECTED', `${altName}[0]`),
  ),
  added(
    'san-universal-tag',
    'an IA5String without its tag',
    'subjectAltName',
    oneName(Tag.IA5_STRING, '61'),
    unreadable('DER_TAG_UNEXPECTED', `${altName}[0]`),
  ),
  added(
    'san-primitive-directory-name',
    'a directoryName in primitive form',
    'subjectAltName',
    oneName(0x84, '30 00'),
    unreadable('DER_FORM_PRIMITIVE', `${altName}[0]`),
  ),
  added('san-control-ip', 'an iPAddress of 4 octets', 'subjectAltName', oneName(0x87, '0a 00 00 01'), accepted),
  added(
    'san-control-ip-6',
    'an iPAddress of 16 octets',
    'subjectAltName',
    oneName(0x87, '20 01 0d b8 00 00 00 00 00 00 00 00 00 00 00 01'),
    accepted,
  ),
  added('san-control-registered-id', 'a registeredID', 'subjectAltName', oneName(0x88, '2a 03 04'), accepted),
  added(
    'san-registered-id-padded',
    'a registeredID whose arc begins with 80',
    'subjectAltName',
    oneName(0x88, '2a 80 04'),
    unreadable('DER_OID_ARC_PADDED', (encoded) => {
      const { path, offset } = start(`${altName}[0]`)(encoded)
      return { path, offset: offset + 3 }
    }),
  ),
  added(
    'san-control-other-name',
    'an otherName',
    'subjectAltName',
    oneName(0xa0, '06 02 2a 03 a0 03 0c 01 41'),
    accepted,
  ),
  added(
    'constraints-minimum-0',
    'a minimum of 0 is encoded',
    'nameConstraints',
    permitted(base(0x82, '61'), minimum('00')),
    stepped(['DER_DEFAULT_ENCODED', `${at(next)}.nameConstraints.permittedSubtrees[0].minimum`]),
  ),
  added(
    'constraints-minimum-negative',
    'a minimum of -1',
    'nameConstraints',
    permitted(base(0x82, '61'), minimum('ff')),
    unreadable('DER_INTEGER_RANGE', `${at(next)}.nameConstraints.permittedSubtrees[0].minimum`),
  ),
  added(
    'constraints-ip-without-mask',
    'an iPAddress without a mask',
    'nameConstraints',
    permitted(base(0x87, '0a 00 00 00')),
    stepped(['X509_IP_ADDRESS', `${at(next)}.nameConstraints.permittedSubtrees[0].base`]),
  ),
  added(
    'constraints-control-ip',
    'an iPAddress and its mask',
    'nameConstraints',
    permitted(base(0x87, '0a 00 00 00 ff 00 00 00')),
    accepted,
  ),
  added(
    'constraints-control-empty-dns',
    'an empty dNSName covers every name',
    'nameConstraints',
    permitted(base(0x82, '')),
    accepted,
  ),
  added(
    'constraints-subtrees-empty',
    'a list of subtrees with nothing in it',
    'nameConstraints',
    (path) => part(path, Tag.SEQUENCE, part(`${path}.permittedSubtrees`, 0xa0)),
    stepped(['X509_LIST_EMPTY', `${at(next)}.nameConstraints.permittedSubtrees`]),
  ),
  added(
    'distribution-point-nothing',
    'a distribution point with nothing in it',
    'cRLDistributionPoints',
    (path) => part(path, Tag.SEQUENCE, part(`${path}[0]`, Tag.SEQUENCE)),
    stepped(['X509_DISTRIBUTION_POINT', `${at(next)}.cRLDistributionPoints[0]`]),
  ),
  {
    ...added(
      'policy-twice',
      'a policy twice',
      'certificatePolicies',
      (path) =>
        part(
          path,
          Tag.SEQUENCE,
          policy(`${path}[0]`, '1.3.6.1.4.1.99999.3'),
          policy(`${path}[1]`, '1.3.6.1.4.1.99999.3'),
        ),
      noted(['X509_POLICY_TWICE', `${policies}[1].policyIdentifier`]),
    ),
  },
  brokenQualifier('cps-utf8', 'the address of a practice statement is a UTF8String', cps, '0c 01 61', [
    'DER_TAG_UNEXPECTED',
    `${firstQualifier}.qualifier`,
  ]),
  brokenQualifier('cps-latin-1', 'the address of a practice statement has Latin-1', cps, '16 01 e9', [
    'DER_STRING_INVALID',
    (encoded) => ({
      path: `${firstQualifier}.qualifier`,
      offset: start(`${firstQualifier}.qualifier`)(encoded).offset + 2,
    }),
  ]),
  brokenQualifier('notice-integer', 'a user notice is an INTEGER', userNotice, '02 01 05', [
    'DER_TAG_UNEXPECTED',
    `${firstQualifier}.qualifier`,
  ]),
  added(
    'policy-qualifiers-empty',
    'a list of qualifiers with nothing in it',
    'certificatePolicies',
    (path) =>
      part(
        path,
        Tag.SEQUENCE,
        part(
          `${path}[0]`,
          Tag.SEQUENCE,
          written(`${path}[0].policyIdentifier`, write.encodeOid('1.3.6.1.4.1.99999.3')),
          part(`${path}[0].policyQualifiers`, Tag.SEQUENCE),
        ),
      ),
    stepped(['X509_LIST_EMPTY', `${policies}[0].policyQualifiers`]),
  ),
  added(
    'policy-control-notice',
    'a user notice with a text',
    'certificatePolicies',
    (path) =>
      part(
        path,
        Tag.SEQUENCE,
        policy(
          `${path}[0]`,
          '1.3.6.1.4.1.99999.3',
          qualifier(firstQualifier, userNotice, '30 03 0c 01 41'),
          qualifier(`${path}[0].policyQualifiers[1]`, cps, '16 01 61'),
        ),
      ),
    accepted,
  ),
  {
    ...added(
      'directory-attributes-out-of-order',
      'the SET OF values of an attribute is out of order',
      'subjectDirectoryAttributes',
      directoryAttribute('0c 01 62', '0c 01 61'),
      stepped(['DER_SET_ORDER', `${at(next)}.subjectDirectoryAttributes[0].values[1]`]),
    ),
    family: 'DER-27',
  },
  {
    ...added(
      'directory-attributes-no-value',
      'an attribute without values',
      'subjectDirectoryAttributes',
      directoryAttribute(),
      stepped(['X509_LIST_EMPTY', `${at(next)}.subjectDirectoryAttributes[0].values`]),
    ),
  },
  added(
    'directory-attributes-control',
    'an attribute with two values in order',
    'subjectDirectoryAttributes',
    directoryAttribute('0c 01 61', '0c 01 62'),
    accepted,
  ),
  added(
    'info-access-control',
    'an OCSP address',
    'authorityInfoAccess',
    (path) =>
      part(
        path,
        Tag.SEQUENCE,
        part(
          `${path}[0]`,
          Tag.SEQUENCE,
          written(`${path}[0].accessMethod`, write.encodeOid('1.3.6.1.5.5.7.48.1')),
          part(`${path}[0].accessLocation`, 0x86, text('http://ocsp.example')),
        ),
      ),
    accepted,
  ),
]

function directoryAttribute(...values: readonly string[]): MakeValue {
  return (path) =>
    part(
      path,
      Tag.SEQUENCE,
      part(
        `${path}[0]`,
        Tag.SEQUENCE,
        written(`${path}[0].type`, write.encodeOid('1.3.6.1.4.1.99999.2')),
        part(`${path}[0].values`, Tag.SET, ...values.map((octets, i) => literal(`${path}[0].values[${i}]`, octets))),
      ),
    )
}
