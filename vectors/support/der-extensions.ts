import { Tag, write } from '../../src/der/index.ts'
import { type ExtensionName, extensionReaders } from '../../src/x509/extensions/table.ts'
import {
  at,
  type BaseExtension,
  entryOf,
  known,
  list,
  type MakeValue,
  next,
  tbs,
  unknown,
  value,
  valueOf,
} from './base-certificate.ts'
import type { Definition } from './definition.ts'
import {
  accepted,
  type Breach,
  end,
  type Expectation,
  named,
  noted,
  refused,
  refusedLater,
  start,
  stepped,
  unreadable,
} from './expectation.ts'
import {
  add,
  drop,
  type Edit,
  fill,
  follow,
  hex,
  literal,
  type Part,
  part,
  rewrite,
  swap,
  text,
  written,
} from './part.ts'

const extensions = `${tbs}.extensions`
const basicConstraints = valueOf('basicConstraints')
const cA = `${basicConstraints}.cA`
const pathLength = `${basicConstraints}.pathLenConstraint`

const isBase = (name: ExtensionName): name is BaseExtension => Object.hasOwn(baseNames, name)
const baseNames = {
  authorityKeyIdentifier: true,
  subjectKeyIdentifier: true,
  keyUsage: true,
  basicConstraints: true,
  extKeyUsage: true,
  subjectAltName: true,
}

/** An extension of this name with another value, in its place or added. */
function valueIs(name: ExtensionName, make: MakeValue): Edit {
  return isBase(name) ? value(name, make) : add(list, known(next, name, make))
}

function pathOfValue(name: ExtensionName): string {
  return isBase(name) ? valueOf(name) : `${at(next)}.${name}`
}

const names = Object.keys(extensionReaders) as ExtensionName[]

/** A second extension of a kind that is there already. */
function duplicate(id: string, says: string, again: Edit, expect?: Expectation): Definition {
  return {
    id: `extension-twice-${id}`,
    family: 'DER-33',
    says,
    edits: [again],
    expect: expect ?? refused('X509_EXTENSION_TWICE', at(next)),
  }
}

/** basicConstraints with cA, where it is TRUE, and pathLenConstraint. */
function constraints(id: string, says: string, ca: boolean, octets: string, expect: Expectation): Definition {
  return {
    id: `path-length-${id}`,
    family: 'DER-36',
    says,
    edits: [fill(basicConstraints, ...(ca ? [written(cA, write.boolean(true))] : []), literal(pathLength, octets))],
    expect,
  }
}

/** Extensions that are a list with at least one element. */
const lists: readonly ExtensionName[] = [
  'subjectDirectoryAttributes',
  'subjectAltName',
  'issuerAltName',
  'nameConstraints',
  'cRLDistributionPoints',
  'certificatePolicies',
  'policyMappings',
  'policyConstraints',
  'extKeyUsage',
  'freshestCRL',
  'authorityInfoAccess',
  'subjectInfoAccess',
]

/** Extensions whose value is NULL. */
const nulls: readonly ExtensionName[] = ['noRevAvail', 'ocspNoCheck', 'ctPoison', 'validityAssured']

/** One extension added, in a value that RFC 5280 does not want. */
function added(id: string, says: string, name: ExtensionName, make: MakeValue, expect: Expectation): Definition {
  return { id, family: 'RFC 5280', says, edits: [valueIs(name, make)], expect }
}

const altName = valueOf('subjectAltName')

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

/** DER-33 to DER-36, and what RFC 5280 wants of single extensions. */
export const extensionVectors: readonly Definition[] = [
  duplicate(
    'same',
    'keyUsage twice with the same value',
    add(
      list,
      known(next, 'keyUsage', (path) => written(path, write.namedBits([0])), true),
    ),
  ),
  duplicate(
    'differs',
    'keyUsage twice with different values',
    add(
      list,
      known(next, 'keyUsage', (path) => written(path, write.namedBits([5, 6])), true),
    ),
  ),
  duplicate(
    'second-ca',
    'basicConstraints twice, the second with cA TRUE',
    add(
      list,
      known(
        next,
        'basicConstraints',
        (path) => part(path, Tag.SEQUENCE, written(`${path}.cA`, write.boolean(true))),
        true,
      ),
    ),
  ),
  duplicate(
    'second-unreadable',
    'basicConstraints twice, the second unreadable',
    add(
      list,
      known(next, 'basicConstraints', (path) => literal(path, '05 00')),
    ),
    refusedLater(['DER_TAG_UNEXPECTED', `${at(next)}.basicConstraints`], ['X509_EXTENSION_TWICE', at(next)]),
  ),
  duplicate(
    'unknown',
    'an extension that nobody knows, twice',
    add(
      list,
      unknown(next, (label) => written(label, write.nullValue())),
      unknown(next + 1, (label) => written(label, write.integer(1))),
    ),
    refused('X509_EXTENSION_TWICE', at(next + 1)),
  ),
  duplicate(
    'after-30-others',
    'an extension that nobody knows, twice, with thirty others between',
    add(
      list,
      ...Array.from({ length: 31 }, (_, i) =>
        unknown(next + i, (label) => written(label, write.nullValue()), false, `1.3.6.1.4.1.99999.9.${i}`),
      ),
      unknown(next + 31, (label) => written(label, write.nullValue()), false, '1.3.6.1.4.1.99999.9.0'),
    ),
    refused('X509_EXTENSION_TWICE', at(next + 31)),
  ),
  duplicate(
    'control-two-unknown',
    'two extensions that nobody knows',
    add(
      list,
      unknown(next, (label) => written(label, write.nullValue())),
      unknown(next + 1, (label) => written(label, write.nullValue()), false, '1.3.6.1.4.1.99999.2'),
    ),
    accepted,
  ),

  {
    id: 'extensions-field-twice',
    family: 'DER-34',
    says: 'the field extensions twice',
    edits: [rewrite(extensions, (item) => [item, part(`${tbs}:again`, 0xa3, part(`${tbs}:again-list`, Tag.SEQUENCE))])],
    expect: refused('DER_TRAILING_DATA', `${tbs}:again`),
  },
  {
    id: 'extensions-list-twice',
    family: 'DER-34',
    says: 'two lists in the field extensions',
    edits: [follow(list, literal(`${extensions}:again`, '30 00'))],
    expect: refused('DER_TRAILING_DATA', `${extensions}:again`),
  },
  {
    id: 'extensions-list-empty',
    family: 'DER-34',
    says: 'the list of extensions is empty',
    edits: [fill(list)],
    expect: stepped(['X509_EXTENSIONS_EMPTY', list]),
  },
  {
    id: 'extensions-field-empty',
    family: 'DER-34',
    says: 'the field extensions without a list',
    edits: [fill(extensions)],
    expect: refused('DER_VALUE_MISSING', end(extensions)),
  },
  {
    id: 'extensions-field-primitive',
    family: 'DER-34',
    says: '[3] in primitive form is no extensions field',
    edits: [rewrite(extensions, (item) => [{ ...item, tag: 0x83 }])],
    expect: refused('DER_TRAILING_DATA', named(tbs, start(extensions))),
  },
  {
    id: 'extensions-field-implicit',
    family: 'DER-34',
    says: '[3] holds the extensions without their SEQUENCE',
    edits: [rewrite(list, ({ content }) => content.filter((inner): inner is Part => !(inner instanceof Uint8Array)))],
    expect: refused('DER_TAG_UNEXPECTED', named(at(0), start(`${at(0)}.extnID`))),
  },

  ...Object.entries({
    garbage: ['ff ff ff', 'DER_TAG_HIGH_FORM'],
    empty: ['', 'DER_VALUE_MISSING'],
    'wrong-type': ['02 01 05', 'DER_TAG_UNEXPECTED'],
    'cut-off': ['30 05 01', 'DER_TRUNCATED'],
  } as const).flatMap(([id, [octets, code]]) =>
    (['basicConstraints', 'keyUsage', 'subjectAltName', 'certificatePolicies'] as const).map((name): Definition => {
      const first = name === 'keyUsage' ? octets.replace(/^30/, '03') : octets
      return {
        id: `extension-${id}-${name.toLowerCase()}`,
        family: 'DER-35',
        says: `the value of ${name} is '${first}'`,
        edits: [valueIs(name, (path) => literal(path, first))],
        expect: unreadable(code, pathOfValue(name)),
      }
    }),
  ),
  ...names.map((name): Definition => {
    const other = nulls.includes(name) ? '02 01 00' : '05 00'
    return {
      id: `extension-other-type-${name.toLowerCase()}`,
      family: 'DER-35',
      says: `the value of ${name} is '${other}', of another type`,
      edits: [valueIs(name, (path) => literal(path, other))],
      expect: unreadable('DER_TAG_UNEXPECTED', pathOfValue(name)),
    }
  }),
  ...nulls.map(
    (name): Definition => ({
      id: `extension-null-content-${name.toLowerCase()}`,
      family: 'DER-35',
      says: `${name} is a NULL with content`,
      edits: [valueIs(name, (path) => literal(path, '05 01 00'))],
      expect: unreadable('DER_NULL_CONTENT', pathOfValue(name)),
    }),
  ),
  ...nulls.map(
    (name): Definition => ({
      id: `extension-control-null-${name.toLowerCase()}`,
      family: 'DER-35',
      says: `${name} is NULL`,
      edits: [valueIs(name, (path) => written(path, write.nullValue()))],
      expect: accepted,
    }),
  ),
  ...Object.entries({
    garbage: ['ff ff ff', 'DER_TAG_HIGH_FORM'],
    empty: ['', 'DER_VALUE_MISSING'],
    text: ['41 42 43', 'DER_TRUNCATED'],
    'inner-garbage': ['30 02 04 05', 'DER_TRUNCATED'],
  } as const).map(
    ([id, [octets, code]]): Definition => ({
      id: `extension-${id}-unknown`,
      family: 'DER-35',
      says: `the value of an extension that nobody knows is '${octets}', no DER`,
      edits: [
        add(
          list,
          unknown(next, (label) =>
            id === 'inner-garbage'
              ? part(label, Tag.SEQUENCE, literal(`${at(next)}.extnValue[0]`, '04 05'))
              : literal(label, octets),
          ),
        ),
      ],
      expect: unreadable(code, id === 'inner-garbage' ? `${at(next)}.extnValue[0]` : `${at(next)}.extnValue:value`),
    }),
  ),
  {
    id: 'extension-value-is-sequence',
    family: 'DER-35',
    says: 'extnValue is the value itself, without its OCTET STRING',
    edits: [
      swap(`${entryOf('basicConstraints')}.extnValue`, literal(`${entryOf('basicConstraints')}.extnValue`, '30 00')),
    ],
    expect: refused('DER_TAG_UNEXPECTED', `${entryOf('basicConstraints')}.extnValue`),
  },
  {
    id: 'extension-value-missing',
    family: 'DER-35',
    says: 'an extension without extnValue',
    edits: [drop(`${entryOf('basicConstraints')}.extnValue`)],
    expect: refused(
      'DER_VALUE_MISSING',
      named(`${entryOf('basicConstraints')}.extnValue`, end(entryOf('basicConstraints'))),
    ),
  },
  {
    id: 'extension-critical-twice',
    family: 'DER-35',
    says: 'critical twice',
    edits: [
      follow(
        `${entryOf('keyUsage')}.critical`,
        written(`${entryOf('keyUsage')}.extnValue:critical`, write.boolean(true)),
      ),
    ],
    expect: refused('DER_TAG_UNEXPECTED', `${entryOf('keyUsage')}.extnValue:critical`),
  },
  ...lists.map(
    (name): Definition => ({
      id: `extension-empty-list-${name.toLowerCase()}`,
      family: 'DER-35',
      says: `${name} is a SEQUENCE with nothing in it`,
      edits: [valueIs(name, (path) => part(path, Tag.SEQUENCE))],
      expect: stepped(['X509_LIST_EMPTY', pathOfValue(name)]),
    }),
  ),

  constraints('negative', 'pathLenConstraint is -1', true, '02 01 ff', unreadable('DER_INTEGER_RANGE', pathLength)),
  constraints(
    '65536',
    'pathLenConstraint is 65536',
    true,
    '02 03 01 00 00',
    unreadable('DER_INTEGER_RANGE', pathLength),
  ),
  constraints(
    'huge',
    'pathLenConstraint is 2^64',
    true,
    '02 09 01 00 00 00 00 00 00 00 00',
    unreadable('DER_INTEGER_RANGE', pathLength),
  ),
  constraints(
    '2-pow-32',
    'pathLenConstraint is 2^32: zero in 32 bits',
    true,
    '02 05 01 00 00 00 00',
    unreadable('DER_INTEGER_RANGE', pathLength),
  ),
  constraints(
    'not-minimal',
    'pathLenConstraint is zero in two octets',
    true,
    '02 02 00 00',
    unreadable('DER_INTEGER_NOT_MINIMAL', pathLength),
  ),
  constraints(
    'no-content',
    'pathLenConstraint has no content',
    true,
    '02 00',
    unreadable('DER_INTEGER_EMPTY', pathLength),
  ),
  constraints(
    'without-ca',
    'pathLenConstraint where cA is FALSE',
    false,
    '02 01 00',
    stepped(['X509_PATH_LENGTH', pathLength]),
  ),
  constraints('control-0', 'pathLenConstraint is 0', true, '02 01 00', accepted),
  constraints('control-65535', 'pathLenConstraint is 65535', true, '02 03 00 ff ff', accepted),

  {
    id: 'extension-unknown-critical',
    family: 'RFC 5280',
    says: 'an extension that nobody knows is critical',
    edits: [
      add(
        list,
        unknown(next, (label) => written(label, write.nullValue()), true),
      ),
    ],
    expect: noted(['X509_EXTENSION_CRITICAL_UNKNOWN', at(next)]),
  },
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
    disputed: 'the offset is that of the PolicyInformation, before the element that the path names',
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
    disputed: 'strict and tolerant accept it: the order of a SET OF is looked at in names only',
  },
  {
    ...added(
      'directory-attributes-no-value',
      'an attribute without values',
      'subjectDirectoryAttributes',
      directoryAttribute(),
      stepped(['X509_LIST_EMPTY', `${at(next)}.subjectDirectoryAttributes[0].values`]),
    ),
    disputed: 'strict and tolerant accept it',
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
