import { write } from '../../../src/der/index.ts'
import { type Content, constraints, directory, dns, email, ip, names, other, uri } from './contents.ts'
import { authority, distinguished, leaf, type Minted, nameOf, type Plan } from './mint.ts'
import { accepted, type Case, extensionAt, type PathVector, refused, root } from './vector.ts'

type Names = readonly Uint8Array[]

/** A certificate with these names, under an authority with these constraints. */
function constrained(content: Content, list: Names, plan: Plan = {}, rest: Partial<Case> = {}): Case {
  const middle = authority('constrained', root, { extensions: { nameConstraints: content } })
  const certificate = leaf(middle, {
    ...plan,
    extensions: list.length === 0 ? { subjectAltName: undefined } : { subjectAltName: names(...list) },
  })
  return { certificate, intermediates: [middle], ...rest }
}

const san = extensionAt(0, 3, '.subjectAltName[0]')

/** One form of name: a base, a name in it and a name outside. */
interface Form {
  readonly form: string
  readonly base: Uint8Array
  readonly inside: Uint8Array
  readonly outside: Uint8Array
}

const forms: readonly Form[] = [
  { form: 'dns', base: dns('psp.example'), inside: dns('api.PSP.example'), outside: dns('notpsp.example') },
  { form: 'ip', base: ip(192, 0, 2, 0, 255, 255, 255, 0), inside: ip(192, 0, 2, 77), outside: ip(192, 0, 3, 77) },
  {
    form: 'ip-6',
    base: ip(0x20, 1, 0xd, 0xb8, ...new Uint8Array(12), 255, 255, 255, 255, ...new Uint8Array(12)),
    inside: ip(0x20, 1, 0xd, 0xb8, ...new Uint8Array(12)),
    outside: ip(0x20, 1, 0xd, 0xb9, ...new Uint8Array(12)),
  },
  {
    form: 'mailbox',
    base: email('seal@psp.example'),
    inside: email('seal@PSP.example'),
    outside: email('Seal@psp.example'),
  },
  {
    form: 'mail-host',
    base: email('psp.example'),
    inside: email('any@psp.example'),
    outside: email('any@api.psp.example'),
  },
  {
    form: 'mail-domain',
    base: email('.psp.example'),
    inside: email('any@api.psp.example'),
    outside: email('any@psp.example'),
  },
  {
    form: 'uri-host',
    base: uri('psp.example'),
    inside: uri('https://psp.example:8443/x'),
    outside: uri('https://api.psp.example/'),
  },
  {
    form: 'uri-domain',
    base: uri('.psp.example'),
    inside: uri('https://u@api.psp.example/'),
    outside: uri('https://psp.example/'),
  },
  {
    form: 'directory',
    base: directory(distinguished([['2.5.4.10', 'vectors']], 'printableString')),
    inside: directory(nameOf('inside')),
    outside: directory(distinguished([['2.5.4.10', 'Others']])),
  },
]

function formVectors({ form, base, inside, outside }: Form): PathVector[] {
  const family = 'CHN-11'
  const permit = constraints([base])
  const exclude = constraints([], [base])
  return [
    accepted(
      `${form}-permitted`,
      family,
      `a ${form} name lies in the permitted subtree`,
      constrained(permit, [inside]),
    ),
    refused(
      `${form}-not-permitted`,
      family,
      `a ${form} name lies outside of the permitted subtree`,
      constrained(permit, [outside]),
      'PATH_NAME_NOT_PERMITTED',
      san,
    ),
    accepted(
      `${form}-not-excluded`,
      family,
      `a ${form} name lies outside of the excluded subtree`,
      excludedCase(form, exclude, outside),
    ),
    refused(
      `${form}-excluded`,
      family,
      `a ${form} name lies in the excluded subtree`,
      excludedCase(form, exclude, inside),
      'PATH_NAME_EXCLUDED',
      form === 'directory' ? 'path[0].tbsCertificate.subject' : san,
    ),
  ]
}

/** A constraint on directory names holds for the subject too. */
function excludedCase(form: string, content: Content, name: Uint8Array): Case {
  const outside = distinguished([['2.5.4.10', 'Somebody']])
  return constrained(content, [name], form === 'directory' && !name.includes(0x56) ? { name: outside } : {})
}

const psp = constraints([dns('psp.example')])
const bomb = (count: number): Case => {
  const bases = Array.from({ length: count }, (_, index) => dns(`n${index}.example`))
  const list = Array.from({ length: count }, (_, index) => dns(`m${index}.psp.example`))
  return constrained(constraints([], bases), list, {}, { stored: false })
}

/** Constraints in a chain, from the root down. */
function chained(contents: readonly (Content | undefined)[], list: Names): Case {
  let above: Minted = root
  const intermediates = contents.map((content, index) => {
    above = authority(`level ${index}`, above, { extensions: { nameConstraints: content } })
    return above
  })
  return { certificate: leaf(above, { extensions: { subjectAltName: names(...list) } }), intermediates }
}

const constrainedRoot = authority('root', undefined, { extensions: { nameConstraints: psp } })
const otherName = other('1.3.6.1.4.1.99999.2', write.utf8String('x'))
const malformed = 'path[1].tbsCertificate.extensions[4].nameConstraints.permittedSubtrees[0].base'

/** Names under constraints. */
export const constraintVectors: readonly PathVector[] = [
  ...forms.flatMap(formVectors),
  refused(
    'excluded-beats-permitted',
    'CHN-11',
    'a name is permitted and excluded',
    constrained(constraints([dns('example')], [dns('psp.example')]), [dns('psp.example')]),
    'PATH_NAME_EXCLUDED',
    san,
  ),
  accepted(
    'empty-base-permits-all',
    'CHN-11',
    'the empty dNSName permits every host',
    constrained(constraints([dns('')]), [dns('psp.example')]),
  ),
  refused(
    'empty-base-excludes-all',
    'CHN-11',
    'the empty dNSName excludes every host',
    constrained(constraints([], [dns('')]), [dns('psp.example')]),
    'PATH_NAME_EXCLUDED',
    san,
  ),
  accepted(
    'another-form',
    'CHN-11',
    'a constraint on addresses says nothing of hosts',
    constrained(constraints([ip(192, 0, 2, 0, 255, 255, 255, 0)]), [dns('psp.example')]),
  ),
  refused(
    'second-name',
    'CHN-11',
    'the second of two names is not permitted',
    constrained(psp, [dns('psp.example'), dns('other.example')]),
    'PATH_NAME_NOT_PERMITTED',
    extensionAt(0, 3, '.subjectAltName[1]'),
  ),
  refused(
    'other-family-of-addresses',
    'CHN-11',
    'a range of IPv4 is permitted and the address is of IPv6',
    constrained(constraints([ip(192, 0, 2, 0, 255, 255, 255, 0)]), [ip(...new Uint8Array(16))]),
    'PATH_NAME_NOT_PERMITTED',
    san,
  ),
  refused(
    'wildcard-over-excluded',
    'CHN-11',
    'the asterisk stands for an excluded host too',
    constrained(constraints([], [dns('secret.psp.example')]), [dns('*.psp.example')]),
    'PATH_NAME_EXCLUDED',
    san,
  ),
  accepted(
    'wildcard-beside-excluded',
    'CHN-11',
    'the asterisk does not stand for two labels',
    constrained(constraints([], [dns('a.secret.psp.example')]), [dns('*.psp.example')]),
  ),
  refused(
    'wildcard-over-permitted',
    'CHN-11',
    'the asterisk stands for more than the permitted host',
    constrained(constraints([dns('api.psp.example')]), [dns('*.psp.example')]),
    'PATH_NAME_NOT_PERMITTED',
    san,
  ),
  accepted(
    'wildcard-in-permitted',
    'CHN-11',
    'all that the asterisk stands for is permitted',
    constrained(psp, [dns('*.psp.example')]),
  ),
  refused(
    'other-name-under-constraint',
    'CHN-11',
    'a constraint on otherName meets an otherName',
    constrained(constraints([], [otherName]), [otherName]),
    'PATH_NAME_FORM_UNSUPPORTED',
    san,
  ),
  accepted(
    'other-name-constraint-alone',
    'CHN-11',
    'a constraint on otherName meets none',
    constrained(constraints([], [otherName]), [dns('psp.example')]),
  ),
  refused(
    'malformed-host',
    'CHN-11',
    'a constrained host name has an empty label',
    constrained(psp, [dns('a..psp.example')]),
    'PATH_NAME_MALFORMED',
    san,
  ),
  refused(
    'malformed-mailbox',
    'CHN-11',
    'a constrained address has two at signs',
    constrained(constraints([email('psp.example')]), [email('a@b@psp.example')]),
    'PATH_NAME_MALFORMED',
    san,
  ),
  refused(
    'address-without-a-host',
    'CHN-11',
    'a constrained address names no host',
    constrained(constraints([uri('psp.example')]), [uri('urn:psp')]),
    'PATH_NAME_MALFORMED',
    san,
  ),
  refused(
    'address-of-numbers',
    'CHN-11',
    'a constrained address has an IP address for a host',
    constrained(constraints([], [uri('psp.example')]), [uri('https://192.0.2.1/')]),
    'PATH_NAME_MALFORMED',
    san,
  ),
  refused(
    'address-with-two-users',
    'CHN-11',
    'a constrained address hides its host behind an at sign',
    constrained(constraints([uri('psp.example')]), [uri('https://psp.example@evil.example@psp.example/')]),
    'PATH_NAME_MALFORMED',
    san,
  ),
  refused(
    'constraint-with-a-period',
    'CHN-11',
    'a constraint on hosts begins with a period',
    constrained(constraints([dns('.psp.example')]), [dns('a.psp.example')]),
    'PATH_CONSTRAINTS_FORM',
    malformed,
  ),
  refused(
    'constraint-with-an-asterisk',
    'CHN-11',
    'a constraint on hosts has an asterisk',
    constrained(constraints([dns('*.psp.example')]), [dns('a.psp.example')]),
    'PATH_CONSTRAINTS_FORM',
    malformed,
  ),
  refused(
    'constraint-with-a-hole',
    'CHN-11',
    'the mask of a range has a hole',
    constrained(constraints([ip(192, 0, 2, 0, 255, 0, 255, 0)]), [ip(192, 0, 2, 1)]),
    'PATH_CONSTRAINTS_FORM',
    malformed,
  ),
  refused(
    'constraint-with-a-minimum',
    'CHN-11',
    'a subtree has a minimum',
    constrained(
      {
        critical: true,
        value: write.sequence(
          write.explicit(0, write.sequence(dns('psp.example'), write.implicit(0, Uint8Array.of(1)))),
        ),
      },
      [dns('psp.example')],
    ),
    'PATH_CONSTRAINTS_FORM',
    malformed,
  ),
  refused(
    'mail-in-the-subject',
    'CHN-11',
    'without subjectAltName the address in the subject counts',
    constrained(constraints([email('psp.example')]), [], {
      name: distinguished([['1.2.840.113549.1.9.1', 'a@evil.example']], 'ia5String'),
    }),
    'PATH_NAME_NOT_PERMITTED',
    'path[0].tbsCertificate.subject[0]',
  ),
  accepted(
    'mail-in-the-subject-permitted',
    'CHN-11',
    'without subjectAltName the address in the subject counts, and is permitted',
    constrained(constraints([email('psp.example')]), [], {
      name: distinguished([['1.2.840.113549.1.9.1', 'a@psp.example']], 'ia5String'),
    }),
  ),
  refused(
    'narrowed',
    'CHN-11',
    'a lower authority permits less',
    chained([constraints([dns('a.example'), dns('b.example')]), constraints([dns('b.example')])], [dns('a.example')]),
    'PATH_NAME_NOT_PERMITTED',
    san,
  ),
  refused(
    'widened',
    'CHN-11',
    'a lower authority permits more, which gives nothing',
    chained([constraints([dns('b.example')]), constraints([dns('a.example'), dns('b.example')])], [dns('a.example')]),
    'PATH_NAME_NOT_PERMITTED',
    san,
  ),
  accepted('permitted-by-both', 'CHN-11', 'both authorities permit', chained([psp, psp], [dns('psp.example')]), 4),
  refused(
    'authority-under-constraint',
    'CHN-11',
    'the name of an authority is not permitted',
    (() => {
      const one = authority('one', root, { extensions: { nameConstraints: psp } })
      const two = authority('two', one, { extensions: { subjectAltName: names(dns('evil.example')) } })
      return { certificate: leaf(two), intermediates: [one, two] }
    })(),
    'PATH_NAME_NOT_PERMITTED',
    extensionAt(1, 4, '.subjectAltName[0]'),
  ),
  accepted(
    'self-issued-under-constraint',
    'CHN-11',
    'a self-issued authority is exempt',
    (() => {
      const one = authority('one', root, { extensions: { nameConstraints: psp } })
      const two = authority('two', one, {
        name: nameOf('one'),
        extensions: { subjectAltName: names(dns('evil.example')) },
      })
      return { certificate: leaf(two), intermediates: [one, two] }
    })(),
    4,
  ),
  refused(
    'constraint-in-the-anchor',
    'CHN-11',
    'the anchor does not permit the name',
    {
      certificate: leaf(constrainedRoot, { extensions: { subjectAltName: names(dns('evil.example')) } }),
      anchors: [constrainedRoot],
    },
    'PATH_NAME_NOT_PERMITTED',
    san,
  ),
  accepted(
    'constraint-in-the-anchor-kept',
    'CHN-11',
    'the anchor permits the name',
    { certificate: leaf(constrainedRoot), anchors: [constrainedRoot] },
    2,
  ),
  accepted('another-way-around', 'CHN-11', 'one certificate of the authority is constrained, the other is not', {
    ...constrained(psp, [dns('evil.example')]),
    intermediates: [
      authority('constrained', root, { extensions: { nameConstraints: psp } }),
      authority('constrained', root, { from: '2021-01-01T00:00:00Z' }),
    ],
  }),
  refused('bomb', 'CHN-12', 'six hundred names meet six hundred subtrees', bomb(600), 'LIMIT_PATH_NAMES', ''),
  accepted('many-names', 'CHN-12', 'three hundred names meet three hundred subtrees', bomb(300)),
  refused(
    'constraints-not-critical',
    'CHN-13',
    'nameConstraints is not critical',
    constrained(constraints([dns('psp.example')], [], false), [dns('psp.example')]),
    'PATH_CONSTRAINTS_NOT_CRITICAL',
    extensionAt(1, 4),
  ),
  refused(
    'constraints-not-critical-hold',
    'CHN-13',
    'nameConstraints is not critical, which the caller lets pass, and holds',
    constrained(
      constraints([dns('psp.example')], [], false),
      [dns('evil.example')],
      {},
      { accept: ['PATH_CONSTRAINTS_NOT_CRITICAL'] },
    ),
    'PATH_NAME_NOT_PERMITTED',
    san,
  ),
  accepted(
    'constraints-not-critical-kept',
    'CHN-13',
    'nameConstraints is not critical, which the caller lets pass, and is kept',
    constrained(
      constraints([dns('psp.example')], [], false),
      [dns('psp.example')],
      {},
      { accept: ['PATH_CONSTRAINTS_NOT_CRITICAL'] },
    ),
  ),
]
