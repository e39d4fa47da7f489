import { describe, expect, it } from 'vitest'
import { type Der, encodeOid, explicit, integer, nullValue, octetString, sequence } from '../../src/der/writer.ts'
import { parseCertificate } from '../../src/x509/index.ts'
import { expectBreach, type Firmness, refusalOf } from '../support/breach.ts'
import { algorithm, certificate, certificateOf, hex, offsetOf, seeds } from '../support/build.ts'

const PSS = '1.2.840.113549.1.1.10'
const SHA1 = '1.3.14.3.2.26'
const SHA256 = '2.16.840.1.101.3.4.2.1'
const hash = (oid: string) => explicit(0, algorithm(oid, nullValue()))
const mgf = (oid: string, function1 = '1.2.840.113549.1.1.8') =>
  explicit(1, algorithm(function1, algorithm(oid, nullValue())))
const salt = (octets: number) => explicit(2, integer(octets))
const pss = (...fields: Der[]) => algorithm(PSS, sequence(...fields))

describe('AlgorithmIdentifier', () => {
  it('names the algorithm and says what its parameters are', () => {
    const { signatureAlgorithm: rsa } = certificateOf({})
    expect(rsa).toMatchObject({ oid: '1.2.840.113549.1.1.11', name: 'sha256WithRSAEncryption', form: 'null' })
    expect(rsa).toMatchObject({ pss: undefined, curve: undefined, length: 15 })
    const { signatureAlgorithm: ecdsa } = parseCertificate(seeds.ec as Der)
    expect(ecdsa).toMatchObject({ name: 'ecdsaWithSHA256', form: 'absent' })
    const { signatureAlgorithm: unknown } = certificateOf({ signature: algorithm('1.2.3', octetString(hex('01'))) })
    expect(unknown).toMatchObject({ oid: '1.2.3', name: undefined, form: 'present' })
  })

  it.each<[string, Der, object]>([
    [
      'all four written out',
      pss(hash(SHA256), mgf(SHA256), salt(32)),
      { hash: SHA256, mgfHash: SHA256, saltLength: 32 },
    ],
    ['none written out', pss(), { hash: SHA1, mgfHash: SHA1, saltLength: 20 }],
    ['the hash alone', pss(hash(SHA256)), { hash: SHA256, mgfHash: SHA1, saltLength: 20 }],
    ['the salt alone', pss(salt(0)), { hash: SHA1, mgfHash: SHA1, saltLength: 0 }],
  ])('reads parameters of RSASSA-PSS with %s', (_, signature, expected) => {
    const { signatureAlgorithm, deviations } = certificateOf({ signature })
    expect(signatureAlgorithm.pss).toEqual(expected)
    expect(deviations).toEqual([])
  })

  type Row = [what: string, signature: Der, firmness: Firmness, code: string, path: string, at: Uint8Array]
  const path = 'tbsCertificate.signature.parameters'
  it.each<Row>([
    ['RSA without NULL', algorithm('1.2.840.113549.1.1.13'), 'note', 'X509_ALGORITHM_NULL_MISSING', path, hex('')],
    [
      'RSA with other parameters',
      algorithm('1.2.840.113549.1.1.13', octetString(hex('5a'))),
      'always',
      'X509_ALGORITHM_PARAMETERS',
      path,
      octetString(hex('5a')),
    ],
    [
      'NULL with content',
      algorithm('1.2.840.113549.1.1.13', hex('05 01 00')),
      'always',
      'DER_NULL_CONTENT',
      path,
      hex('05 01 00'),
    ],
    [
      'ECDSA with NULL',
      algorithm('1.2.840.10045.4.3.2', nullValue()),
      'strict',
      'X509_ALGORITHM_NULL_PRESENT',
      path,
      nullValue(),
    ],
    [
      'Ed25519 with parameters',
      algorithm('1.3.101.112', octetString(hex('5a'))),
      'always',
      'X509_ALGORITHM_PARAMETERS',
      path,
      octetString(hex('5a')),
    ],
    ['PSS with NULL', algorithm(PSS, nullValue()), 'always', 'X509_ALGORITHM_PARAMETERS', path, nullValue()],
    [
      'PSS with no SEQUENCE',
      algorithm(PSS, octetString(hex('5a'))),
      'always',
      'DER_TAG_UNEXPECTED',
      path,
      octetString(hex('5a')),
    ],
    [
      'PSS with SHA-1 written out',
      pss(hash(SHA1)),
      'strict',
      'DER_DEFAULT_ENCODED',
      `${path}.hashAlgorithm`,
      hash(SHA1),
    ],
    [
      'PSS with MGF1 of SHA-1 written out',
      pss(mgf(SHA1)),
      'strict',
      'DER_DEFAULT_ENCODED',
      `${path}.maskGenAlgorithm`,
      mgf(SHA1),
    ],
    ['PSS with salt 20 written out', pss(salt(20)), 'strict', 'DER_DEFAULT_ENCODED', `${path}.saltLength`, salt(20)],
    [
      'PSS with trailer 1 written out',
      pss(explicit(3, integer(1))),
      'strict',
      'DER_DEFAULT_ENCODED',
      `${path}.trailerField`,
      explicit(3, integer(1)),
    ],
    [
      'PSS with another trailer',
      pss(explicit(3, integer(2))),
      'always',
      'DER_INTEGER_RANGE',
      `${path}.trailerField`,
      hex('02 01 02 30'),
    ],
    ['PSS with a negative salt', pss(salt(-1)), 'always', 'DER_INTEGER_RANGE', `${path}.saltLength`, integer(-1)],
    [
      'PSS with another mask function',
      pss(mgf(SHA256, '1.2.3')),
      'always',
      'X509_ALGORITHM_PARAMETERS',
      `${path}.maskGenAlgorithm.algorithm`,
      encodeOid('1.2.3'),
    ],
    ['PSS with fields out of order', pss(salt(32), hash(SHA256)), 'always', 'DER_TRAILING_DATA', path, hash(SHA256)],
    [
      'PSS with two hashes',
      pss(explicit(0, algorithm(SHA256), nullValue())),
      'always',
      'DER_TRAILING_DATA',
      `${path}.hashAlgorithm`,
      nullValue(),
    ],
    [
      'parameters of an unknown algorithm that are no DER',
      algorithm('1.2.3', hex('04 02 5a')),
      'always',
      'DER_TRUNCATED',
      path,
      hex('04 02 5a'),
    ],
    [
      'something after the parameters',
      algorithm('1.2.3', nullValue(), octetString(hex('5a'))),
      'always',
      'DER_TRAILING_DATA',
      'tbsCertificate.signature',
      octetString(hex('5a')),
    ],
  ])('%s', (_, signature, firmness, code, breachPath, at) => {
    // Inside and outside must be the same octets, so the place is that of the first.
    const der = certificate({ signature })
    const inside = offsetOf(der.subarray(0, der.length - 300), signature)
    const offset = inside + (at.length === 0 ? signature.length : offsetOf(new Uint8Array([...signature, 0x30]), at))
    expectBreach(der, firmness, { code, path: breachPath, offset })
  })

  it('of a hash are NULL or absent (RFC 4055 2.1)', () => {
    const withParameters = (...parameters: Der[]) => pss(explicit(0, algorithm(SHA256, ...parameters)))
    for (const signature of [withParameters(), withParameters(nullValue())]) {
      expect(certificateOf({ signature }).signatureAlgorithm.pss?.hash).toBe(SHA256)
    }
    expect(() => certificateOf({ signature: withParameters(octetString(hex('5a'))) })).toThrow(
      expect.objectContaining({ code: 'X509_ALGORITHM_PARAMETERS', path: `${path}.hashAlgorithm.parameters` }),
    )
  })

  it('of a signature with RSASSA-PSS must have parameters (RFC 4055 3.1)', () => {
    const der = certificate({ signature: algorithm(PSS) })
    const offset = offsetOf(der.subarray(0, 60), encodeOid(PSS)) + encodeOid(PSS).length
    expect(refusalOf(() => parseCertificate(der))).toEqual({ code: 'X509_ALGORITHM_PARAMETERS', path, offset })
  })
})
