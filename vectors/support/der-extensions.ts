import { Tag, write } from '../../src/der/index.ts'
import { type ExtensionName, extensionReaders } from '../../src/x509/extensions/table.ts'
import { at, entryOf, known, list, next, pathOfValue, tbs, unknown, valueIs, valuePath } from './base-certificate.ts'
import type { Definition } from './definition.ts'
import {
  accepted,
  type Expectation,
  end,
  named,
  noted,
  refused,
  refusedLater,
  start,
  stepped,
  unreadable,
} from './expectation.ts'
import { add, drop, type Edit, fill, follow, literal, type Part, part, rewrite, swap, written } from './part.ts'

const extensions = `${tbs}.extensions`
const basicConstraints = valuePath('basicConstraints')
const cA = `${basicConstraints}.cA`
const pathLength = `${basicConstraints}.pathLenConstraint`

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

/** DER-33 to DER-36: extensions (RFC 5280 4.1.2.9 and 4.2). */
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
]
