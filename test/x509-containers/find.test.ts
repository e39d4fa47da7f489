import { describe, expect, it } from 'vitest'
import { integer, sequence, utf8String } from '../../src/der/writer.ts'
import { findCertificates, parseCertificate } from '../../src/x509/index.ts'
import { algorithm, certificate, filler, nameOf, oids } from '../support/build.ts'
import {
  authority,
  base64,
  bytesOf,
  certificateAt,
  expectLinear,
  found,
  onlyError,
  pem,
  pkcs7,
  qsealc,
  qwac,
  thrownBy,
} from './support.ts'

const mark = '\ufeff'

describe('findCertificates finds certificates in', () => {
  const wrapped = base64(qwac).replaceAll(/.{64}/g, '$&\n')
  const inputs: Readonly<Record<string, [input: string | Uint8Array, ...entries: [place: string, der: Uint8Array][]]>> =
    {
      DER: [qwac, ['', qwac]],
      PEM: [pem(qwac), ['line 1', qwac]],
      'a bundle': [pem(qwac) + pem(authority), ['line 1', qwac], [`line ${pem(qwac).split('\n').length}`, authority]],
      'a bundle with text': [`leaf\n${pem(qwac)}`, ['line 2', qwac]],
      'PEM with a byte order mark': [mark + pem(qwac), ['line 1', qwac]],
      'PEM with CRLF': [pem(qwac).replaceAll('\n', '\r\n'), ['line 1', qwac]],
      'PEM with the label X509 CERTIFICATE': [pem(qwac, 'X509 CERTIFICATE'), ['line 1', qwac]],
      'PEM among blocks that are something else': [
        pem(filler(9), 'EC PARAMETERS') + pem(qwac) + pem(filler(20), 'DH PARAMETERS'),
        ['line 4', qwac],
      ],
      'base64 in one line': [base64(qwac), ['', qwac]],
      'base64 in one line that ends': [`${base64(qwac)}\n`, ['', qwac]],
      'base64 in lines': [wrapped, ['', qwac]],
      'base64 in lines with CRLF': [wrapped.replaceAll('\n', '\r\n'), ['', qwac]],
      'base64 with spaces around': [`  ${base64(qwac)}\t\n\n`, ['', qwac]],
      'base64 with a byte order mark': [mark + base64(qwac), ['', qwac]],
      'base64 in lines with a byte order mark': [mark + wrapped, ['', qwac]],
    }
  it.each(Object.entries(inputs))('%s', (_, [input, ...entries]) => {
    expect(found(input)).toEqual(entries.map(([place, der]) => certificateAt(place, der)))
  })

  it('a view with an offset of its own', () => {
    const whole = new Uint8Array(qwac.length + 20)
    whole.set(qwac, 10)
    expect(found(whole.subarray(10, 10 + qwac.length))).toEqual([certificateAt('', qwac)])
  })

  it('a Buffer', () => {
    expect(found(Buffer.from(pem(qwac)))).toEqual([certificateAt('line 1', qwac)])
  })
})

describe('text before PEM is passed over when it begins with', () => {
  const beginnings = [
    'Bag Attributes\n',
    'subject=/C=FR\n',
    '[bundle]\n',
    '{ certificate of the seal }\n',
    '010 certificates\n',
    '0 0 * * *\n',
    '01/02/2026\n',
    'MIIB\n',
    '3082\n',
    'https://example.com/ca.pem\n',
    '%PDF\n',
    '\u00a0\u00a0',
  ]
  it.each(beginnings.map((text) => [JSON.stringify(text), text] as const))('%s', (_, text) => {
    expect(found(text + pem(qwac)).map(({ der }) => der)).toEqual([Buffer.from(qwac).toString('hex')])
  })
})

describe('DER is DER whatever octets it has', () => {
  it('without a NUL in its first thousands', () => {
    const values = Array.from({ length: 300 }, () => [oids.organization, utf8String('Example Payments')] as const)
    const ecdsa = algorithm('1.2.840.10045.4.3.2')
    const wide = certificate({ subject: nameOf(...values), serialNumber: integer(0x1122), signature: ecdsa })
    expect(wide.indexOf(0)).toBeGreaterThan(4096)
    expect(found(wide)).toEqual([certificateAt('', wide)])
    expect(found(pkcs7(wide))).toEqual([certificateAt('certificate 1', wide)])
  })

  it('cut off before its first NUL', () => {
    const part = qwac.subarray(0, qwac.indexOf(0))
    expect(found(part)).toEqual([certificateAt('', part)])
  })

  it('with the octets of a PEM block in it', () => {
    const odd = certificate({ subject: nameOf([oids.organization, utf8String(pem(qsealc))]) })
    expect(found(odd)).toEqual([certificateAt('', odd)])
  })
})

describe('DER that is not only a certificate', () => {
  it('with octets after it stays one entry, which the reader refuses', () => {
    for (const rest of [Uint8Array.of(0), Uint8Array.of(10), qsealc]) {
      const whole = new Uint8Array([...qwac, ...rest])
      expect(found(whole)).toEqual([certificateAt('', whole)])
      const error = thrownBy(() => parseCertificate(whole))
      expect(error).toMatchObject({ code: 'DER_TRAILING_DATA', offset: qwac.length })
    }
  })

  it('cut off stays one entry, which the reader refuses', () => {
    const part = qwac.subarray(0, 1000)
    expect(found(part)).toEqual([certificateAt('', part)])
    expect(thrownBy(() => parseCertificate(part)).code).toMatch(/^DER_/)
  })

  it('in a block too', () => {
    const whole = new Uint8Array([...qwac, 0])
    expect(found(pem(whole))).toEqual([certificateAt('line 1', whole)])
  })

  it('two DER certificates in one base64 text stay one entry', () => {
    const whole = new Uint8Array([...qwac, ...qsealc])
    expect(found(base64(whole))).toEqual([certificateAt('', whole)])
  })
})

describe('findCertificates says what is wrong with', () => {
  const hex = Buffer.from(qwac).toString('hex')
  const inputs: Readonly<Record<string, [input: string | Uint8Array, code: string]>> = {
    'no octets': ['', 'INPUT_EMPTY'],
    'one space': [' ', 'INPUT_EMPTY'],
    'white space': [' \r\n\t \n', 'INPUT_EMPTY'],
    'a byte order mark alone': [mark, 'INPUT_EMPTY'],
    'a million zeros': [new Uint8Array(1_000_000), 'INPUT_UNKNOWN'],
    'octets without a sense': [filler(5000, 3), 'INPUT_UNKNOWN'],
    'octets without NUL': [Uint8Array.from({ length: 9000 }, (_, i) => 128 + (i % 100)), 'INPUT_UNKNOWN'],
    'plain text': ['This is no certificate.', 'INPUT_UNKNOWN'],
    'a web page': ['<!doctype html><title>Not found</title>', 'INPUT_UNKNOWN'],
    'four dashes': [pem(qwac).replaceAll('-----', '----'), 'INPUT_UNKNOWN'],
    'base64 in the alphabet of URLs': [Buffer.from(filler(300, 5)).toString('base64url'), 'INPUT_UNKNOWN'],
    hexadecimal: [hex, 'INPUT_HEX'],
    'hexadecimal in capitals': [hex.toUpperCase(), 'INPUT_HEX'],
    'hexadecimal with colons': [hex.replaceAll(/..(?!$)/g, '$&:'), 'INPUT_HEX'],
    'hexadecimal with spaces': [hex.replaceAll(/../g, '$& '), 'INPUT_HEX'],
    'hexadecimal in lines': [hex.replaceAll(/.{32}/g, '$&\n'), 'INPUT_HEX'],
    'hexadecimal with a byte order mark': [mark + hex, 'INPUT_HEX'],
    'a data address': [`data:application/x-x509-ca-cert;base64,${base64(qwac)}`, 'INPUT_URL'],
    'a web address': ['https://ca.example/qwac.cer', 'INPUT_URL'],
    'an address with a line break': ['HTTP://ca.example/qwac.cer\n', 'INPUT_URL'],
    'a file address': ['file:///etc/ssl/cert.pem', 'INPUT_URL'],
    'an LDAP address': ['ldap://ca.example/cn=x', 'INPUT_URL'],
    'blocks of other kinds only': [pem(filler(30), 'DH PARAMETERS'), 'INPUT_NO_CERTIFICATE'],
    'base64 without its padding': [base64(filler(301, 5)).replace(/^./, 'M').replace(/=+$/, ''), 'BASE64_PADDING'],
    'a PEM block without its END line': [pem(qwac).slice(0, 300), 'PEM_END_MISSING'],
  }
  it.each(Object.entries(inputs))('%s', (_, [input, code]) => {
    const error = onlyError(input)
    expect(error.code).toBe(code)
    expect(error.mend).toBeTruthy()
    expect(error.message).not.toBe('')
  })

  it('a bundle without a certificate, by the labels that it has', () => {
    const error = onlyError(pem(filler(30), 'DH PARAMETERS') + pem(filler(8), 'PUBLIC KEY'))
    expect(error.code).toBe('INPUT_NO_CERTIFICATE')
    expect(error.message).toContain('DH PARAMETERS, PUBLIC KEY')
  })

  it('a text whose labels are too long, without empty parentheses', () => {
    const error = onlyError(`-----BEGIN ${'x'.repeat(80)}-----\n`)
    expect(error.code).toBe('INPUT_NO_CERTIFICATE')
    expect(error.message).not.toContain('()')
  })

  it('a label that no table has but every object', () => {
    for (const label of ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf']) {
      expect(
        found(pem(filler(9), label) + pem(qwac)).map(({ der }) => der),
        label,
      ).toEqual([Buffer.from(qwac).toString('hex')])
    }
  })
})

describe('UTF-16 is named as such', () => {
  const texts = {
    PEM: pem(qwac),
    'PEM after a line of text': `subject: CN=x\n${pem(qwac)}`,
    base64: base64(qwac),
    JSON: JSON.stringify({ x5c: [base64(qwac)] }),
  }
  const little = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'utf16le'))
  const big = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'utf16le').swap16())
  const forms = Object.entries(texts).flatMap(([name, text]): [string, Uint8Array][] => [
    [`${name}, little-endian with mark`, little(mark + text)],
    [`${name}, big-endian with mark`, big(mark + text)],
    [`${name}, little-endian without mark`, little(text)],
    [`${name}, big-endian without mark`, big(text)],
  ])
  it.each(forms)('%s', (_, octets) => {
    expect(onlyError(octets).code).toBe('INPUT_UTF16')
  })
})

describe('findCertificates', () => {
  it('takes octets only', () => {
    expect(() => findCertificates('text' as unknown as Uint8Array)).toThrow(TypeError)
    expect(() => findCertificates(null as unknown as Uint8Array)).toThrow(TypeError)
    expect(() => findCertificates([1] as unknown as Uint8Array)).toThrow(TypeError)
    expect(() => findCertificates(new ArrayBuffer(4) as unknown as Uint8Array)).toThrow(TypeError)
  })

  it('does not change what it reads', () => {
    for (const input of [bytesOf(pem(qwac)), bytesOf(base64(qwac)), qwac.slice()]) {
      const before = input.slice()
      findCertificates(input)
      expect(input).toEqual(before)
    }
  })

  const large: Readonly<Record<string, () => string>> = {
    'hexadecimal of twenty million digits': () => `3082${'A1'.repeat(10_000_000)}`,
    'almost hexadecimal of twenty million digits': () => `3082${'A1'.repeat(10_000_000)}z`,
    'base64 of twenty million characters': () => `M${'A'.repeat(20_000_000 - 1)}`,
    'almost base64 of twenty million characters': () => `M${'A'.repeat(20_000_000)}!`,
    'a block of twenty million characters': () =>
      `-----BEGIN CERTIFICATE-----\n${'A'.repeat(20_000_000)}\n-----END CERTIFICATE-----`,
    'white space of twenty million characters': () => ' '.repeat(20_000_000),
  }
  it.each(Object.entries(large))('throws nothing at %s', (_, make) => {
    expect(findCertificates(bytesOf(make()))).toHaveLength(1)
  })

  const sizes: Readonly<Record<string, [size: number, make: (size: number) => Uint8Array]>> = {
    zeros: [2_000_000, (size) => new Uint8Array(size)],
    'octets over 127': [500_000, (size) => new Uint8Array(size).fill(0xe9)],
    spaces: [500_000, (size) => bytesOf(' '.repeat(size))],
    'spaces before base64': [500_000, (size) => bytesOf(`${' '.repeat(size)}MIIB`)],
    hexadecimal: [500_000, (size) => bytesOf('30'.repeat(size))],
    'hexadecimal with colons': [500_000, (size) => bytesOf(`30${':82'.repeat(size)}`)],
    'almost hexadecimal': [500_000, (size) => bytesOf(`30${':82'.repeat(size)}:`)],
    base64: [500_000, (size) => bytesOf(`M${'A'.repeat(size - 1)}`)],
    'almost base64': [500_000, (size) => bytesOf(`M${'A'.repeat(size)}!`)],
    'padding only': [500_000, (size) => bytesOf(`M${'='.repeat(size)}`)],
    'certificates in a bundle': [500, (size) => bytesOf(pem(qwac).repeat(size))],
    'sequences of sequences': [200_000, (size) => sequence(new Uint8Array(size).fill(0x30))],
  }
  it.each(Object.entries(sizes))('does linear work on %s', (_, [size, make]) => {
    expectLinear(size, make, findCertificates)
  })

  it('looks for JSON after any white space', () => {
    const json = JSON.stringify({ x5c: [base64(qwac)] })
    for (const count of [1, 4000, 5000, 100_000]) {
      expect(found(' '.repeat(count) + json), `${count} spaces`).toEqual([certificateAt('/x5c/0', qwac)])
    }
  })
})
