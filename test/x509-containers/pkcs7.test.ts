import { describe, expect, it } from 'vitest'
import { element, encodeOid, explicit, integer, sequence, setOf } from '../../src/der/writer.ts'
import { findCertificates, parseCertificate } from '../../src/x509/index.ts'
import { filler } from '../support/build.ts'
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
  withOpenssl,
} from './support.ts'

/** The same value with indefinite lengths on the outer levels (X.690 8.1.3.6). */
function indefinite(tag: number, ...content: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const body = content.flatMap((part) => [...part])
  return Uint8Array.of(tag, 0x80, ...body, 0, 0)
}

const ber = indefinite(
  0x30,
  encodeOid('1.2.840.113549.1.7.2'),
  indefinite(
    0xa0,
    indefinite(
      0x30,
      integer(1),
      setOf(),
      indefinite(0x30, encodeOid('1.2.840.113549.1.7.1')),
      indefinite(0xa0, qwac),
      setOf(),
    ),
  ),
)

describe('a PKCS#7 chain', () => {
  it('made by openssl is read as DER, PEM and base64', () => {
    const files = { 'leaf.pem': pem(qwac), 'ca.pem': pem(authority) }
    const arguments_ = ['crl2pkcs7', '-nocrl', '-certfile', 'leaf.pem', '-certfile', 'ca.pem']
    const [der, text] = withOpenssl(files, (run) => [
      run(...arguments_, '-outform', 'DER'),
      Buffer.from(run(...arguments_)).toString(),
    ])
    expect(text).toContain('-----BEGIN PKCS7-----')
    const both = (place: string) => [certificateAt(`${place}1`, qwac), certificateAt(`${place}2`, authority)]
    expect(found(der)).toEqual(both('certificate '))
    expect(found(base64(der))).toEqual(both('certificate '))
    expect(found(text)).toEqual(both('line 1, certificate '))
    expect(found(pem(qsealc) + text).map(({ place }) => place)).toEqual([
      'line 1',
      `line ${pem(qsealc).split('\n').length}, certificate 1`,
      `line ${pem(qsealc).split('\n').length}, certificate 2`,
    ])
  })

  it.each(['PKCS7', 'PKCS #7 SIGNED DATA', 'CMS'])('is read under the label %s', (label) => {
    expect(found(pem(pkcs7(qwac), label))).toEqual([certificateAt('line 1, certificate 1', qwac)])
  })

  it('gives views of its octets, exactly', () => {
    const der = pkcs7(qwac, qsealc, authority)
    for (const entry of findCertificates(der)) {
      if ('error' in entry) throw entry.error
      expect(entry.der.buffer).toBe(der.buffer)
    }
    expect(found(der).map((entry) => entry.der)).toEqual(
      [qwac, qsealc, authority].map((octets) => Buffer.from(octets).toString('hex')),
    )
  })

  it('without certificates has none', () => {
    expect(onlyError(pkcs7()).code).toBe('INPUT_NO_CERTIFICATE')
    expect(onlyError(pem(pkcs7(), 'PKCS7')).code).toBe('INPUT_NO_CERTIFICATE')
  })

  it('in BER is named as such, with the command that converts it', () => {
    for (const input of [ber, base64(ber)]) {
      const error = onlyError(input)
      expect(error.code).toBe('INPUT_PKCS7_BER')
      expect(error.mend).toContain('openssl pkcs7')
    }
    expect(found(pem(ber, 'PKCS7') + pem(qsealc))).toEqual([
      { place: 'line 1', code: 'INPUT_PKCS7_BER' },
      certificateAt(`line ${pem(ber, 'PKCS7').split('\n').length}`, qsealc),
    ])
  })

  it('in BER is what openssl reads as the same chain', () => {
    const text = withOpenssl({ 'chain.p7b': ber }, (run) =>
      Buffer.from(run('pkcs7', '-inform', 'DER', '-in', 'chain.p7b', '-print_certs')).toString(),
    )
    expect(found(text).map((entry) => entry.der)).toEqual([Buffer.from(qwac).toString('hex')])
  })

  it('of another content type is named as such', () => {
    for (const type of ['1.2.840.113549.1.7.1', '1.2.840.113549.1.7.3', '1.2.840.113549.1.9.16.1.2']) {
      expect(onlyError(sequence(encodeOid(type), explicit(0, sequence()))).code).toBe('INPUT_PKCS7_CONTENT')
    }
  })

  const broken: Readonly<Record<string, Uint8Array>> = {
    'cut off': pkcs7(qwac).subarray(0, 700),
    'with octets after it': new Uint8Array([...pkcs7(qwac), 0]),
    'with a certificate that is cut off': pkcs7(qwac.subarray(0, 900)),
    'with a length of its own making': new Uint8Array([...pkcs7(qwac)].map((octet, i) => (i === 3 ? 0xff : octet))),
    'without content': sequence(encodeOid('1.2.840.113549.1.7.2')),
    'with a primitive content': sequence(encodeOid('1.2.840.113549.1.7.2'), element(0x80, filler(4))),
    'with an object identifier that does not end': sequence(element(6, Uint8Array.of(0x2a, 0x86))),
  }
  it.each(Object.entries(broken))('%s is one entry with an error', (_, input) => {
    expect(onlyError(input).code).toMatch(/^DER_/)
    expect(found(pem(input, 'PKCS7'))).toEqual([{ place: 'line 1', code: expect.stringMatching(/^DER_/) }])
  })

  it('nested deeper than anybody needs is refused, at the latest by the reader', () => {
    let nested = sequence()
    for (let i = 0; i < 5000; i++) nested = sequence(nested)
    const content = sequence(encodeOid('1.2.840.113549.1.7.1'), explicit(0, nested))
    const chain = sequence(integer(1), setOf(), content, element(0xa0, qwac), setOf())
    const error = onlyError(sequence(encodeOid('1.2.840.113549.1.7.2'), explicit(0, chain)))
    expect(error.code).toMatch(/^LIMIT_/)
    const [entry] = findCertificates(pkcs7(nested))
    if (entry === undefined || 'error' in entry) throw new Error('no certificate')
    expect(thrownBy(() => parseCertificate(entry.der, { mode: 'tolerant' })).code).toMatch(/^LIMIT_|^DER_/)
  })

  it.each([200_000, 500_000])('of %i tiny elements throws nothing', (count) => {
    const items = Uint8Array.from({ length: 2 * count }, (_, i) => (i % 2 === 0 ? 0x30 : 0))
    const der = pkcs7(items)
    // The first hundred thousand, and one entry that says that there are more.
    const found = findCertificates(der)
    expect(found).toHaveLength(100_001)
    const last = found.at(-1)
    expect(last !== undefined && 'error' in last && last.error.code).toBe('LIMIT_INPUT_CERTIFICATES')
    expect(findCertificates(bytesOf(pem(der, 'PKCS7')))).toHaveLength(100_001)
  })

  it('takes linear work', () => {
    expectLinear(
      20_000,
      (count) => pkcs7(Uint8Array.from({ length: 2 * count }, (_, i) => (i % 2 === 0 ? 0x30 : 0))),
      findCertificates,
    )
  })
})
