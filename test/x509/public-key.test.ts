import { describe, expect, it } from 'vitest'
import { bitString, type Der, encodeOid, integer, nullValue, sequence } from '../../src/der/writer.ts'
import { expectBreach, type Firmness } from '../support/breach.ts'
import {
  algorithm,
  certificate,
  certificateOf,
  ecKey,
  filler,
  hex,
  modulus,
  offsetOf,
  rsaKey,
  spki,
} from '../support/build.ts'

const EC = '1.2.840.10045.2.1'
const P256 = '1.2.840.10045.3.1.7'
const PSS = '1.2.840.113549.1.1.10'

describe('PublicKeyInfo', () => {
  it.each([1900, 2047, 2048, 3072, 4096, 4097, 16_384])('reads an RSA key of %i bits', (bits) => {
    const { publicKey, deviations } = certificateOf({ publicKey: rsaKey(modulus(bits)) })
    expect(publicKey).toMatchObject({ size: bits, curve: undefined })
    expect(publicKey.modulus?.length).toBe(Math.ceil(bits / 8))
    expect(publicKey.modulus?.value[0]).not.toBe(0)
    expect(publicKey.exponent?.hex).toBe('010001')
    expect(deviations).toEqual([])
  })

  it.each([
    ['3', 3, '03'],
    ['a padded one', 0x8001, '8001'],
  ])('takes exponent %s', (_, exponent, text) => {
    const { publicKey } = certificateOf({ publicKey: rsaKey(modulus(2048), integer(exponent)) })
    expect(publicKey.exponent?.hex).toBe(text)
  })

  it.each([
    ['P-256', P256, 32, 256],
    ['P-384', '1.3.132.0.34', 48, 384],
    ['P-521', '1.3.132.0.35', 66, 521],
    ['P-224', '1.3.132.0.33', 28, 224],
    ['secp256k1', '1.3.132.0.10', 32, 256],
    ['brainpoolP512r1', '1.3.36.3.3.2.8.1.1.13', 64, 512],
    ['1.2.3.4', '1.2.3.4', 9, undefined],
  ])('reads an EC key on %s, uncompressed and compressed', (name, curve, octets, size) => {
    for (const form of [2, 3, 4]) {
      const { publicKey, deviations } = certificateOf({ publicKey: ecKey(curve, octets, form) })
      expect(publicKey).toMatchObject({ curve: name, size, modulus: undefined, exponent: undefined })
      expect(publicKey.key.value[0]).toBe(form)
      expect(deviations).toEqual([])
    }
  })

  it.each([
    ['X25519', '1.3.101.110', 32, 255],
    ['X448', '1.3.101.111', 56, 448],
    ['Ed25519', '1.3.101.112', 32, 255],
    ['Ed448', '1.3.101.113', 57, 448],
  ])('reads an %s key', (_, oid, octets, size) => {
    const { publicKey } = certificateOf({ publicKey: spki(algorithm(oid), bitString(filler(octets))) })
    expect(publicKey).toMatchObject({ size, curve: undefined })
    expect(publicKey.key.length).toBe(octets)
  })

  it('reads a key of an unknown algorithm as octets', () => {
    const { publicKey } = certificateOf({ publicKey: spki(algorithm('1.2.3'), bitString(hex('5a5a'))) })
    expect(publicKey).toMatchObject({ size: undefined, curve: undefined })
    expect(publicKey.key.hex).toBe('5a5a')
  })

  it('reads an RSASSA-PSS key and says what it cannot do', () => {
    const publicKey = rsaKey(modulus(2048), integer(65_537), PSS)
    const withoutParameters = spki(algorithm(PSS), bitString(sequence(modulus(2048), integer(65_537))))
    const der = certificate({ publicKey: withoutParameters })
    expectBreach(der, 'note', {
      code: 'X509_KEY_PSS_ONLY',
      path: 'tbsCertificate.subjectPublicKeyInfo.algorithm',
      offset: offsetOf(der, algorithm(PSS)),
    })
    expect(() => certificateOf({ publicKey })).toThrow(/parameters do not belong/)
  })

  const key = 'tbsCertificate.subjectPublicKeyInfo.subjectPublicKey'
  const even = integer(2n ** 2047n + 2n)
  const negative = integer(-(2n ** 2047n) + 1n)
  const point = (...octets: number[]) => spki(algorithm(EC, encodeOid(P256)), bitString(Uint8Array.from(octets)))
  const short = ecKey(P256, 31)
  const rawShort = filler(31)
  type Row = [
    what: string,
    publicKey: Der,
    firmness: Firmness,
    code: string,
    path: string,
    at: Uint8Array,
    shift?: number,
  ]
  it.each<Row>([
    [
      'a modulus of 1899 bits',
      rsaKey(modulus(1899)),
      'note',
      'X509_RSA_SIZE',
      `${key}.modulus`,
      modulus(1899).subarray(3),
    ],
    [
      'a modulus of 16385 bits',
      rsaKey(modulus(16_385)),
      'note',
      'X509_RSA_SIZE',
      `${key}.modulus`,
      modulus(16_385).subarray(4),
    ],
    ['an even modulus', rsaKey(even), 'strict', 'X509_RSA_MODULUS', `${key}.modulus`, even.subarray(5)],
    ['a negative modulus', rsaKey(negative), 'strict', 'X509_RSA_MODULUS', `${key}.modulus`, negative.subarray(4)],
    [
      'exponent 1',
      rsaKey(modulus(2048), integer(1)),
      'strict',
      'X509_RSA_EXPONENT',
      `${key}.publicExponent`,
      hex('02 01 01'),
    ],
    [
      'exponent 4',
      rsaKey(modulus(2048), integer(4)),
      'strict',
      'X509_RSA_EXPONENT',
      `${key}.publicExponent`,
      hex('02 01 04'),
    ],
    [
      'exponent -3',
      rsaKey(modulus(2048), integer(-3)),
      'strict',
      'X509_RSA_EXPONENT',
      `${key}.publicExponent`,
      hex('02 01 fd'),
    ],
    [
      'a third number in the RSA key',
      spki(algorithm('1.2.840.113549.1.1.1', nullValue()), bitString(sequence(modulus(2048), integer(3), integer(5)))),
      'always',
      'DER_TRAILING_DATA',
      key,
      hex('02 01 05'),
    ],
    [
      'octets after the RSA key',
      spki(algorithm('1.2.840.113549.1.1.1', nullValue()), bitString(hex('30 06 02 01 0f 02 01 03 5a5a'))),
      'always',
      'DER_TRAILING_DATA',
      key,
      hex('5a5a'),
    ],
    [
      'no exponent',
      spki(algorithm('1.2.840.113549.1.1.1', nullValue()), bitString(hex('30 03 02 01 0f'))),
      'always',
      'DER_VALUE_MISSING',
      `${key}.publicExponent`,
      hex('30 03 02 01 0f'),
      5,
    ],
    [
      'an RSA key that is none',
      spki(algorithm('1.2.840.113549.1.1.1', nullValue()), bitString(hex('04 01 5a'))),
      'always',
      'DER_TAG_UNEXPECTED',
      key,
      hex('04 01 5a'),
    ],
    [
      'unused bits',
      spki(algorithm('1.2.3'), bitString(hex('5a50'), 4)),
      'always',
      'DER_BITS_UNUSED',
      key,
      hex('04 5a 50'),
    ],
    [
      'a field after the key',
      spki(algorithm('1.2.3'), new Uint8Array([...bitString(hex('5a')), 5, 0])),
      'always',
      'DER_TRAILING_DATA',
      'tbsCertificate.subjectPublicKeyInfo',
      hex('5a 05 00'),
      1,
    ],
    [
      'an EC key without curve',
      spki(algorithm(EC), bitString(hex('045a'))),
      'always',
      'X509_ALGORITHM_PARAMETERS',
      'tbsCertificate.subjectPublicKeyInfo.algorithm.parameters',
      hex('03 03 00 04 5a'),
    ],
    [
      'an implicit curve',
      spki(algorithm(EC, nullValue()), bitString(hex('045a'))),
      'strict',
      'X509_EC_PARAMETERS',
      'tbsCertificate.subjectPublicKeyInfo.algorithm.parameters',
      hex('05 00 03 03'),
    ],
    [
      'an explicit curve',
      spki(algorithm(EC, sequence(integer(1))), bitString(hex('045a'))),
      'strict',
      'X509_EC_PARAMETERS',
      'tbsCertificate.subjectPublicKeyInfo.algorithm.parameters',
      hex('30 03 02 01 01'),
    ],
    ['the point at infinity', point(0), 'strict', 'X509_EC_POINT', key, hex('03 02 00 00'), 3],
    ['no point', point(), 'strict', 'X509_EC_POINT', key, hex('03 01 00'), 3],
    ['a hybrid point', point(6, ...filler(64)), 'strict', 'X509_EC_POINT', key, filler(64), -1],
    ['a point too short', short, 'strict', 'X509_EC_POINT', key, filler(62, 7), -1],
    ['a compressed point too long', ecKey(P256, 33, 2), 'strict', 'X509_EC_POINT', key, filler(33, 7), -1],
    [
      'an Ed25519 key too short',
      spki(algorithm('1.3.101.112'), bitString(rawShort)),
      'strict',
      'X509_KEY_LENGTH',
      key,
      rawShort,
    ],
  ])('%s', (_, publicKey, firmness, code, path, at, shift = 0) => {
    const der = certificate({ publicKey })
    expectBreach(der, firmness, { code, path, offset: offsetOf(der, publicKey) + offsetOf(publicKey, at) + shift })
  })
})
