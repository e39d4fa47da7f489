import { concatBytes } from '../../src/core/bytes.ts'
import { defaultLimits } from '../../src/core/limits.ts'
import { Tag, write } from '../../src/der/index.ts'
import { at, attribute, certificate, list, next, rdn, tbs, unknown, value, valuePath } from './base-certificate.ts'
import type { Definition } from './definition.ts'
import { accepted, type Expectation, elementNumber, equalElementNumber, refused, type Where } from './expectation.ts'
import { add, type Edit, literal, part, rewrite, swap, text } from './part.ts'

const { depth, elements, size, string } = defaultLimits

const subject = `${tbs}.subject`
const unknownValue = `${at(next)}.extnValue:value`

/** SEQUENCEs, each the only content of the one before, and where each begins. */
function nested(count: number): { readonly octets: Uint8Array<ArrayBuffer>; readonly starts: readonly number[] } {
  const headers: number[][] = []
  let length = 0
  for (let i = 0; i < count; i++) {
    const header: number[] = length < 0x80 ? [length] : longLength(length)
    headers.push([Tag.SEQUENCE, ...header])
    length += header.length + 1
  }
  const octets = new Uint8Array(length)
  const starts: number[] = []
  let at = 0
  for (const header of headers.reverse()) {
    starts.push(at)
    octets.set(header, at)
    at += header.length
  }
  return { octets, starts }
}

function longLength(length: number): number[] {
  const octets: number[] = []
  for (let rest = length; rest > 0; rest >>= 8) octets.unshift(rest & 0xff)
  return [0x80 | octets.length, ...octets]
}

function unknownOf(octets: Uint8Array): Edit {
  return add(
    list,
    unknown(next, (label) => literal(label, octets)),
  )
}

/** The SEQUENCE of `nested` that is one too deep, where `levels` are open before the first. */
function tooDeep(label: string, count: number, levels: number): Where {
  const index = depth - levels
  return ({ places }) => {
    const place = places.find((candidate) => candidate.label === label)
    const start = nested(count).starts[index]
    if (place === undefined || start === undefined) throw new Error(`'${label}' is not so deep`)
    return { path: label.replace(/:.*$/, '') + '[0]'.repeat(index), offset: place.start + start }
  }
}

/** Certificate, TBSCertificate, [3], the list, the extension and its extnValue. */
const levelsOfExtension = 6
/** Certificate, TBSCertificate, the name, the SET and the attribute. */
const levelsOfAttribute = 5

function nestedIn(count: number, stored: boolean): Definition {
  const deep = count > depth - levelsOfExtension
  return {
    id: `nested-${count}-in-extension`,
    family: 'DER-38',
    says: `${count} SEQUENCEs in each other as the value of an extension that nobody knows`,
    edits: [unknownOf(nested(count).octets)],
    ...(stored ? {} : { stored }),
    expect: deep ? refused('LIMIT_DEPTH', tooDeep(unknownValue, count, levelsOfExtension)) : accepted,
  }
}

const deepAttribute = `${subject}[4][0].value`

/** An attribute that nobody knows, at the end of the subject. */
function unknownAttribute(octets: Uint8Array): Edit {
  const label = `${subject}[4]`
  return (root) => {
    const added = attribute(`${label}[0]`, '1.3.6.1.4.1.99999.2', write.nullValue())
    return swap(deepAttribute, literal(deepAttribute, octets))(add(subject, part(label, Tag.SET, added))(root))
  }
}

function nulls(count: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(count * 2).map((_, i) => (i % 2 === 0 ? Tag.NULL : 0))
}

const nullList = (count: number): Edit =>
  add(
    list,
    unknown(next, (label) => part(label, Tag.SEQUENCE, nulls(count))),
  )

/**
 * Elements that a reader meets in the base certificate with an empty list added: all but the two of the outer signature
 * algorithm, which is compared and not read.
 */
const elementsBefore = certificate([nullList(0)]).places.length - 2

/** An octet string that brings the certificate to this size. */
function filledTo(total: number): Edit {
  const octets = (count: number) => write.octetString(new Uint8Array(count))
  const guess = total - 2000
  return unknownOf(octets(guess + total - certificate([unknownOf(octets(guess))]).bytes.length))
}

function organizationOf(count: number): Edit {
  return swap(`${subject}[1]`, rdn(`${subject}[1]`, ['2.5.4.10', write.utf8String('x'.repeat(count))]))
}

function large(id: string, says: string, edits: readonly Edit[], expect: Expectation, stored = true): Definition {
  return { id, family: 'DER-40', says, edits, ...(stored ? {} : { stored: false as const }), expect }
}

const tooLarge = refused('LIMIT_SIZE', () => ({ path: '', offset: 0 }))

/** DER-38 to DER-40: depth, count and size. */
export const sizeVectors: readonly Definition[] = [
  nestedIn(depth - levelsOfExtension, true),
  nestedIn(depth - levelsOfExtension + 1, true),
  nestedIn(200, true),
  nestedIn(5000, true),
  nestedIn(100_000, false),
  {
    id: 'nested-43-in-attribute',
    family: 'DER-38',
    says: '43 SEQUENCEs in each other in a name, the limit',
    edits: [unknownAttribute(nested(depth - levelsOfAttribute).octets)],
    expect: accepted,
  },
  {
    id: 'nested-5000-in-attribute',
    family: 'DER-38',
    says: '5000 SEQUENCEs in each other in a name',
    edits: [unknownAttribute(nested(5000).octets)],
    expect: refused('LIMIT_DEPTH', tooDeep(deepAttribute, 5000, levelsOfAttribute)),
  },
  {
    id: 'nested-5000-in-known-attribute',
    family: 'DER-38',
    says: '5000 SEQUENCEs in each other as organizationName',
    edits: [swap(`${subject}[1][0].value`, literal(`${subject}[1][0].value`, nested(5000).octets))],
    expect: refused('DER_TAG_UNEXPECTED', `${subject}[1][0].value`),
  },
  {
    id: 'nested-100000-bare',
    family: 'DER-38',
    says: '100000 SEQUENCEs in each other and nothing else',
    finish: () => nested(100_000).octets,
    stored: false,
    expect: refused('DER_TAG_UNEXPECTED', () => ({
      path: `${tbs}.serialNumber`,
      offset: nested(100_000).starts[2] as number,
    })),
  },

  {
    id: 'wide-elements-10000',
    family: 'DER-39',
    says: 'as many elements as the limit allows',
    edits: [nullList(elements - elementsBefore)],
    expect: accepted,
  },
  {
    id: 'wide-elements-10001',
    family: 'DER-39',
    says: 'one element more than the limit allows',
    edits: [nullList(elements - elementsBefore + 1)],
    expect: refused('LIMIT_ELEMENTS', 'signatureValue'),
  },
  {
    id: 'wide-20000-extensions',
    family: 'DER-39',
    says: '20000 extensions',
    edits: [
      add(
        list,
        ...Array.from({ length: 20_000 }, (_, i) =>
          unknown(next + i, (label) => part(label, Tag.NULL), false, `1.3.6.1.4.1.99999.9.${i}`),
        ),
      ),
    ],
    stored: false,
    expect: refused('LIMIT_ELEMENTS', elementNumber(elements + 1)),
  },
  {
    id: 'wide-20000-rdns',
    family: 'DER-39',
    says: '20000 relative distinguished names',
    edits: [
      rewrite(subject, (item) => [
        {
          ...item,
          content: Array.from({ length: 20_000 }, (_, i) =>
            rdn(`${subject}[${i}]`, ['2.5.4.3', write.utf8String(`${i}`)]),
          ),
        },
      ]),
    ],
    stored: false,
    expect: refused('LIMIT_ELEMENTS', elementNumber(elements + 1)),
  },
  {
    id: 'wide-20000-attributes-in-one-rdn',
    family: 'DER-39',
    says: '20000 attributes of different types in one relative distinguished name, in order',
    edits: [
      swap(
        `${subject}[3]`,
        rdn(
          `${subject}[3]`,
          ...Array.from({ length: 20_000 }, (_, i) => [`1.3.6.1.4.1.99999.${20_000 + i}`, write.nullValue()] as const),
        ),
      ),
    ],
    stored: false,
    expect: refused('LIMIT_ELEMENTS', elementNumber(elements + 1)),
  },
  {
    id: 'wide-200000-nulls',
    family: 'DER-39',
    says: '200000 NULLs as the value of an extension that nobody knows',
    edits: [nullList(200_000)],
    stored: false,
    expect: refused('LIMIT_ELEMENTS', equalElementNumber(elements + 1, unknownValue, 2)),
  },
  {
    id: 'wide-200000-nulls-bare',
    family: 'DER-39',
    says: 'a SEQUENCE of 200000 NULLs and nothing else',
    finish: () => write.sequence(nulls(200_000)),
    stored: false,
    expect: refused('DER_TAG_UNEXPECTED', () => ({ path: tbs, offset: 5 })),
  },

  large('string-32768', 'a string of 32768 octets, the limit', [organizationOf(string)], accepted),
  large(
    'string-32769',
    'a string of 32769 octets',
    [organizationOf(string + 1)],
    refused('LIMIT_STRING', `${subject}[1][0].value`),
  ),
  large(
    'string-32769-in-extension',
    'a dNSName of 32769 octets',
    [
      value('subjectAltName', (path) =>
        part(path, Tag.SEQUENCE, part(`${path}[0]`, 0x82, text('x'.repeat(string + 1)))),
      ),
    ],
    refused('LIMIT_STRING', `${valuePath('subjectAltName')}[0]`),
  ),
  large('size-1-mib', 'a certificate of 1 MiB, the limit', [filledTo(size)], accepted, false),
  large('size-1-mib-and-1', 'a certificate of 1 MiB and one octet', [filledTo(size + 1)], tooLarge, false),
  large('size-1-mib-name', 'organizationName of 1 MiB', [organizationOf(1 << 20)], tooLarge, false),
  large('size-16-mib', 'a certificate of 16 MiB', [filledTo(1 << 24)], tooLarge, false),
  {
    id: 'size-1-mib-trailing',
    family: 'DER-40',
    says: 'a certificate and 1 MiB of zeros after it',
    finish: (octets) => concatBytes(octets, new Uint8Array(1 << 20)),
    stored: false,
    expect: tooLarge,
  },
]
