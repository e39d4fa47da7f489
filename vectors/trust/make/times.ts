import { dns, email, ip, names } from './contents.ts'
import { authority, leaf } from './mint.ts'
import { accepted, type Case, extensionAt, issuing, type PathVector, refused, root } from './vector.ts'

const span = { from: '2026-01-01T00:00:00Z', to: '2026-12-31T23:59:59Z' } as const

/** A path of which one certificate is valid in 2026 alone. */
const spans: Readonly<Record<string, () => Case>> = {
  leaf: () => ({ certificate: leaf(issuing, span), intermediates: [issuing] }),
  authority: () => ({ certificate: leaf(issuing), intermediates: [authority('issuing', root, span)] }),
  root: () => ({ certificate: leaf(issuing), intermediates: [issuing], anchors: [authority('root', undefined, span)] }),
}

const validity = Object.entries(spans).flatMap(([name, made], member): PathVector[] => {
  const place = `path[${member}].tbsCertificate.validity`
  return [
    refused(
      `${name}-expired`,
      'CHN-15',
      `the ${name} ended a second ago`,
      { ...made(), at: '2027-01-01T00:00:00Z' },
      'PATH_EXPIRED',
      `${place}.notAfter`,
    ),
    refused(
      `${name}-not-yet`,
      'CHN-15',
      `the ${name} begins in a second`,
      { ...made(), at: '2025-12-31T23:59:59Z' },
      'PATH_NOT_YET_VALID',
      `${place}.notBefore`,
    ),
    accepted(`${name}-first-second`, 'CHN-15', `the ${name} begins in this second`, { ...made(), at: span.from }),
    accepted(`${name}-last-second`, 'CHN-15', `the ${name} ends in this second`, { ...made(), at: span.to }),
    accepted(`${name}-last-second-nearly-over`, 'CHN-15', `the ${name} ends in this second, of which little is left`, {
      ...made(),
      at: '2026-12-31T23:59:59.999Z',
    }),
  ]
})

const named = (...list: readonly Uint8Array[]): Case => ({
  certificate: leaf(issuing, { extensions: { subjectAltName: names(...list) } }),
  intermediates: [issuing],
})
const place = extensionAt(0, 3)

/** When, and for which host. */
export const timeVectors: readonly PathVector[] = [
  ...validity,
  accepted('host', 'names', 'the host stands in subjectAltName', {
    ...named(dns('PSP.example')),
    names: [{ dns: 'psp.example' }],
  }),
  accepted('host-by-asterisk', 'names', 'an asterisk stands for one label', {
    ...named(dns('*.psp.example')),
    names: [{ dns: 'api.psp.example' }],
  }),
  accepted('address', 'names', 'the address stands in subjectAltName', {
    ...named(ip(192, 0, 2, 1)),
    names: [{ ip: '192.0.2.1' }],
  }),
  accepted('address-of-version-6', 'names', 'the address of IPv6 stands in subjectAltName', {
    ...named(ip(0x20, 1, 0xd, 0xb8, ...new Uint8Array(11), 1)),
    names: [{ ip: '2001:db8::1' }],
  }),
  accepted('mailbox', 'names', 'the mailbox stands in subjectAltName', {
    ...named(email('Seal@psp.example')),
    names: [{ email: 'Seal@PSP.example' }],
  }),
  accepted('two-names', 'names', 'both names stand in subjectAltName', {
    ...named(dns('a.example'), dns('b.example')),
    names: [{ dns: 'a.example' }, { dns: 'b.example' }],
  }),
  refused(
    'another-host',
    'names',
    'another host is asked for',
    { ...named(dns('psp.example')), names: [{ dns: 'api.psp.example' }] },
    'PATH_SERVER_NAME',
    place,
  ),
  refused(
    'one-of-two-names',
    'names',
    'one of two names is missing',
    { ...named(dns('a.example')), names: [{ dns: 'a.example' }, { dns: 'b.example' }] },
    'PATH_SERVER_NAME',
    place,
  ),
  refused(
    'asterisk-over-two-labels',
    'names',
    'an asterisk does not stand for two labels',
    { ...named(dns('*.psp.example')), names: [{ dns: 'a.b.psp.example' }] },
    'PATH_SERVER_NAME',
    place,
  ),
  refused(
    'asterisk-over-none',
    'names',
    'an asterisk does not stand for nothing',
    { ...named(dns('*.psp.example')), names: [{ dns: 'psp.example' }] },
    'PATH_SERVER_NAME',
    place,
  ),
  refused(
    'asterisk-in-a-label',
    'names',
    'an asterisk is a whole label',
    { ...named(dns('a*.psp.example')), names: [{ dns: 'ab.psp.example' }] },
    'PATH_SERVER_NAME',
    place,
  ),
  refused(
    'asterisk-over-a-top-level-domain',
    'names',
    'an asterisk does not stand for all of a domain',
    { ...named(dns('*.example')), names: [{ dns: 'psp.example' }] },
    'PATH_SERVER_NAME',
    place,
  ),
  refused(
    'address-as-host',
    'names',
    'an address that stands as a host is none',
    { ...named(dns('192.0.2.1')), names: [{ ip: '192.0.2.1' }] },
    'PATH_SERVER_NAME',
    place,
  ),
  refused(
    'mailbox-in-another-case',
    'names',
    'letters of a mailbox are of their case',
    { ...named(email('Seal@psp.example')), names: [{ email: 'seal@psp.example' }] },
    'PATH_SERVER_NAME',
    place,
  ),
  refused(
    'common-name-alone',
    'names',
    'commonName is no host',
    {
      certificate: leaf(issuing, { extensions: { subjectAltName: undefined } }, 'leaf.example'),
      intermediates: [issuing],
      names: [{ dns: 'leaf.example' }],
    },
    'PATH_SERVER_NAME',
    'path[0].tbsCertificate.extensions',
  ),
]
