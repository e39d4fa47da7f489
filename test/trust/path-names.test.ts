import { isIP } from 'node:net'
import fc from 'fast-check'
import { write } from 'psd2-toolkit/der'
import { parseCertificate } from 'psd2-toolkit/x509'
import { describe, expect, it } from 'vitest'
import { canonicalName, sameName } from '../../src/trust/path/names/canonical.ts'
import { dnsPattern, hostName, isUnder, liesWithin, overlaps, patternMatches } from '../../src/trust/path/names/dns.ts'
import { hostSubtree, mailbox, mailboxInSubtree, mailboxSubtree } from '../../src/trust/path/names/email.ts'
import { addressOctets, addressRange, inRange } from '../../src/trust/path/names/ip.ts'
import { uriHost } from '../../src/trust/path/names/uri.ts'
import { authority, nameOf } from '../../vectors/trust/make/mint.ts'

const label = fc.stringMatching(/^[a-c]{1,2}$/)
const host = fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => labels.join('.'))

describe('host names', () => {
  const none = [
    '',
    '.',
    'a.',
    '.a',
    'a..b',
    '-a',
    'a-',
    'a.-b.c',
    'a b',
    'a*',
    '*',
    'ä.example',
    `${'a'.repeat(64)}.example`,
  ]
  it.each(none)('%j is none', (text) => {
    expect(hostName(text)).toBeUndefined()
  })

  it('are of 253 octets at most, in lower case, with underscores as they occur', () => {
    const longest = `${'a.'.repeat(126)}b`
    expect(hostName(longest)).toBe(longest)
    expect(hostName(`${longest}b`)).toBe(undefined)
    expect(hostName('_DMARC.Example.COM')).toBe('_dmarc.example.com')
  })

  it('a pattern has its asterisk in front of two labels at least', () => {
    for (const text of ['*', '*.', '*.com', 'a.*.com', '*a.example.com', '*.*.com', '**.example.com']) {
      expect(dnsPattern(text), text).toBeUndefined()
    }
    expect(dnsPattern('*.Example.com')).toEqual({ wildcard: true, base: 'example.com' })
  })

  it('an asterisk lies in a subtree where all that it stands for does, and meets it where any does', () => {
    fc.assert(
      fc.property(host, host, fc.boolean(), (base, subtree, wildcard) => {
        const pattern = { wildcard, base }
        // Labels of the subtree, and one that is in none.
        const hosts = wildcard ? [...subtree.split('.'), 'zz'].map((first) => `${first}.${base}`) : [base]
        expect(liesWithin(pattern, subtree)).toBe(hosts.every((each) => isUnder(each, subtree)))
        expect(overlaps(pattern, subtree)).toBe(hosts.some((each) => isUnder(each, subtree)))
        for (const each of hosts) expect(patternMatches(pattern, each)).toBe(true)
      }),
    )
  })

  it('a host under another ends in it behind a period', () => {
    fc.assert(
      fc.property(host, host, (one, other) => {
        expect(isUnder(one, other)).toBe(one === other || one.endsWith(`.${other}`))
      }),
    )
  })
})

describe('addresses', () => {
  it('are those that the platform takes for addresses, without zones', () => {
    const texts = fc.oneof(
      fc.ipV4(),
      fc.ipV6(),
      fc.stringMatching(/^[0-9a-f:.]{0,24}$/),
      fc
        .tuple(fc.ipV6(), fc.nat(39), fc.constantFrom(':', '.', '0', ''))
        .map(([ip, at, text]) => ip.slice(0, at) + text + ip.slice(at + 1)),
    )
    fc.assert(
      fc.property(texts, (text) => {
        expect(addressOctets(text) !== undefined).toBe(isIP(text) !== 0)
      }),
      { numRuns: 1000 },
    )
  })

  it('are the octets that the text names', () => {
    fc.assert(
      fc.property(fc.ipV6(), (text) => {
        const normal = new URL(`http://[${text}]`).hostname.slice(1, -1)
        expect(addressOctets(text)).toEqual(addressOctets(normal))
      }),
    )
    expect(addressOctets('192.0.2.1')).toEqual(Uint8Array.of(192, 0, 2, 1))
    expect(addressOctets('2001:db8::1')).toEqual(Uint8Array.of(0x20, 1, 0xd, 0xb8, ...new Uint8Array(11), 1))
    expect(addressOctets('::ffff:192.0.2.1')).toEqual(Uint8Array.of(...new Uint8Array(10), 255, 255, 192, 0, 2, 1))
    expect(addressOctets('1.2.3.4::')).toBeUndefined()
  })

  it('a range has a mask whose set bits come first', () => {
    for (let bits = 0; bits <= 32; bits++) {
      const mask = bits === 0 ? 0 : (-1 << (32 - bits)) >>> 0
      const octets = Uint8Array.of(0, 0, 0, 0, mask >>> 24, mask >>> 16, mask >>> 8, mask)
      expect(addressRange(octets), String(bits)).toBeDefined()
    }
    for (const mask of [
      [255, 0, 255, 0],
      [0, 255, 255, 255],
      [254, 128, 0, 0],
      [127, 0, 0, 0],
      [255, 255, 253, 0],
    ]) {
      expect(addressRange(Uint8Array.of(192, 0, 2, 0, ...mask)), mask.join('.')).toBeUndefined()
    }
    expect(addressRange(new Uint8Array(10))).toBeUndefined()
  })

  it('an address lies in a range where the bits of the mask agree', () => {
    const range = addressRange(Uint8Array.of(192, 0, 2, 128, 255, 255, 255, 128)) as NonNullable<
      ReturnType<typeof addressRange>
    >
    expect([127, 128, 255].map((last) => inRange(Uint8Array.of(192, 0, 2, last), range))).toEqual([false, true, true])
    expect(inRange(new Uint8Array(16), range)).toBe(false)
  })
})

describe('mailboxes', () => {
  it.each([
    '',
    'a',
    '@a.example',
    'a@',
    'a@b@c.example',
    '"a"@c.example',
    'a b@c.example',
    '.a@c.example',
    'a..b@c.example',
    `${'a'.repeat(65)}@c.example`,
  ])('%j is none', (text) => {
    expect(mailbox(text)).toBeUndefined()
  })

  it('are compared with one mailbox, a host, the hosts under a domain, or all', () => {
    const box = mailbox('Seal.x+1@API.psp.example') as NonNullable<ReturnType<typeof mailbox>>
    const within = (subtree: string) => {
      const read = mailboxSubtree(subtree)
      return read === undefined ? undefined : mailboxInSubtree(box, read)
    }
    expect(within('')).toBe(true)
    expect(within('Seal.x+1@api.PSP.example')).toBe(true)
    expect(within('seal.x+1@api.psp.example')).toBe(false)
    expect(within('api.psp.example')).toBe(true)
    expect(within('psp.example')).toBe(false)
    expect(within('.psp.example')).toBe(true)
    expect(within('.api.psp.example')).toBe(false)
    for (const text of ['a@b@c', '..psp.example', '.', '*.psp.example', '@psp.example'])
      expect(within(text), text).toBeUndefined()
    expect(hostSubtree('')).toBeUndefined()
  })
})

describe('addresses of resources', () => {
  it.each([
    ['https://Psp.Example/x', 'psp.example'],
    ['ldap://u:p@psp.example:389/?a#b', 'psp.example'],
    ['a+b.c-d://psp.example', 'psp.example'],
    ['https://psp.example?x', 'psp.example'],
    ['https://psp.example:/', 'psp.example'],
  ])('%j has the host %j', (text, expected) => {
    expect(uriHost(text)).toBe(expected)
  })

  it.each([
    '',
    'psp.example',
    'urn:a:b',
    'https:psp.example',
    'https:///x',
    'https://192.0.2.1/',
    'https://[2001:db8::1]/',
    'https://a@b@psp.example/',
    'https://psp.example\\@evil.example/',
    'https://psp.example:x/',
    '1a://psp.example',
    'https://psp..example/',
    'https://user@/',
  ])('%j has none', (text) => {
    expect(uriHost(text)).toBeUndefined()
  })
})

describe('distinguished names', () => {
  const subjectOf = (der: Uint8Array) => parseCertificate(authority('x', undefined, { name: der as never }).der).subject
  const attribute = (type: string, value: Uint8Array) => write.sequence(write.encodeOid(type), value)
  const [cn, ou] = [attribute('2.5.4.3', write.utf8String('A')), attribute('2.5.4.11', write.utf8String('B'))]

  it('are the same in another string type, case and space', () => {
    const one = subjectOf(nameOf('Root  of Names'))
    const other = subjectOf(nameOf(' ROOT of names ', 'printableString'))
    expect(sameName(one, other)).toBe(true)
    expect(canonicalName(one)).toBe(canonicalName(other))
  })

  it('are others with another value, type, order or number of attributes', () => {
    const base = subjectOf(write.sequence(write.setOf(cn), write.setOf(ou)))
    for (const der of [
      write.sequence(write.setOf(ou), write.setOf(cn)),
      write.sequence(write.setOf(cn)),
      write.sequence(write.setOf(cn, ou)),
      write.sequence(write.setOf(cn), write.setOf(attribute('2.5.4.11', write.utf8String('C')))),
      write.sequence(write.setOf(cn), write.setOf(attribute('2.5.4.10', write.utf8String('B')))),
    ]) {
      expect(sameName(base, subjectOf(der))).toBe(false)
      expect(canonicalName(base)).not.toBe(canonicalName(subjectOf(der)))
    }
  })

  it('a set of attributes is the same in another order, which other string types bring about', () => {
    const printable = (value: string) => write.printableString(value)
    const one = subjectOf(
      write.sequence(write.setOf(attribute('2.5.4.3', write.utf8String('A')), attribute('2.5.4.11', printable('BB')))),
    )
    const other = subjectOf(
      write.sequence(
        write.setOf(attribute('2.5.4.3', write.utf8String('a')), attribute('2.5.4.11', write.utf8String('bb'))),
      ),
    )
    expect(sameName(one, other)).toBe(true)
  })

  it('a value that is no text equals its own octets', () => {
    const odd = (value: number) =>
      subjectOf(write.sequence(write.setOf(attribute('1.3.6.1.4.1.99999.3', write.integer(value)))))
    expect(sameName(odd(1), odd(1))).toBe(true)
    expect(sameName(odd(1), odd(2))).toBe(false)
  })

  it('the joint of two values is no value', () => {
    const two = subjectOf(write.sequence(write.setOf(cn), write.setOf(attribute('2.5.4.3', write.utf8String('B')))))
    const one = subjectOf(write.sequence(write.setOf(attribute('2.5.4.3', write.utf8String('A"]","2.5.4.3=B')))))
    expect(canonicalName(two)).not.toBe(canonicalName(one))
  })
})
