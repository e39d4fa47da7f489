import { generateKeyPairSync, sign, verify } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { takeEcdsaDer } from '../../src/crypto/ecdsa-signature.ts'
import { ecdsaDerFromRaw, ecdsaRawFromDer } from '../../src/crypto/index.ts'
import { write } from '../../src/der/index.ts'

const { element, integer, sequence } = write
const curves = [
  ['P-256', 'sha256', 64],
  ['P-384', 'sha384', 96],
  ['P-521', 'sha512', 132],
] as const

describe.each(curves)('signatures on %s', (curve, hash, octets) => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: curve })

  it('are the same in both forms', () => {
    for (let i = 0; i < 40; i++) {
      const data = Buffer.from(String(i))
      const der = sign(hash, data, privateKey)
      const raw = ecdsaRawFromDer(der, curve)
      expect(raw.length).toBe(octets)
      expect(verify(hash, data, { key: publicKey, dsaEncoding: 'ieee-p1363' }, raw)).toBe(true)
      expect(Buffer.from(ecdsaDerFromRaw(raw, curve))).toEqual(der)
    }
  })

  it('with small numbers are padded', () => {
    const raw = ecdsaRawFromDer(sequence(integer(1), integer(0x80)), curve)
    expect(raw[octets / 2 - 1]).toBe(1)
    expect(raw[octets - 1]).toBe(0x80)
    expect(raw.filter((octet) => octet !== 0).length).toBe(2)
    expect(Buffer.from(ecdsaDerFromRaw(raw, curve))).toEqual(Buffer.from(sequence(integer(1), integer(0x80))))
  })

  it('with numbers of every length are what the writer of DER makes', () => {
    const half = octets / 2
    for (let length = 0; length <= half; length++) {
      for (const [first, other] of [
        [0x01, 3],
        [0x80, half],
        [0xff, length],
      ] as const) {
        const numberOf = (size: number) => (size === 0 ? 0n : BigInt(first) << BigInt(8 * (size - 1)))
        const numbers = [numberOf(length), numberOf(other)] as const
        const raw = Buffer.from(numbers.map((value) => value.toString(16).padStart(octets, '0')).join(''), 'hex')
        const der = sequence(integer(numbers[0]), integer(numbers[1]))
        expect(Buffer.from(ecdsaDerFromRaw(raw, curve))).toEqual(Buffer.from(der))
        expect(Buffer.from(ecdsaRawFromDer(der, curve))).toEqual(raw)
        expect(Buffer.from(takeEcdsaDer(der, half))).toEqual(raw)
      }
    }
  })

  const large = 1n << BigInt(octets * 4)
  const refused = {
    'a negative number': [sequence(integer(-1), integer(1)), 'ECDSA_DER_RANGE'],
    'the negative number of one octet that is the smallest': [sequence(integer(-128), integer(1)), 'ECDSA_DER_RANGE'],
    'a number above the curve': [sequence(integer(1), integer(large)), 'ECDSA_DER_RANGE'],
    'a third number': [sequence(integer(1), integer(1), integer(1)), 'DER_TRAILING_DATA'],
    'octets after it': [Buffer.concat([sequence(integer(1), integer(1)), Buffer.of(0)]), 'DER_TRAILING_DATA'],
    'one number': [sequence(integer(1)), 'DER_VALUE_MISSING'],
    'a superfluous zero': [sequence(element(2, Uint8Array.of(0, 1)), integer(1)), 'DER_INTEGER_NOT_MINIMAL'],
    'a long-form length': [Uint8Array.of(0x30, 0x81, 6, 2, 1, 1, 2, 1, 1), 'DER_LENGTH_NOT_MINIMAL'],
    'r || s': [new Uint8Array(octets).fill(7), 'DER_TAG_UNEXPECTED'],
    nothing: [new Uint8Array(), 'DER_EMPTY'],
  } as const
  it.each(Object.entries(refused))('are refused: %s', (_, [der, code]) => {
    expect(() => ecdsaRawFromDer(der, curve)).toThrow(expect.objectContaining({ code }))
  })

  it('of another length are a TypeError', () => {
    expect(() => ecdsaDerFromRaw(new Uint8Array(octets - 1), curve)).toThrow(TypeError)
    expect(() => ecdsaRawFromDer(new Uint8Array(), 'P-192' as 'P-256')).toThrow(TypeError)
  })
})
