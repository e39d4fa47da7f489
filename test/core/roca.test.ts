import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRocaModulus, remainderOf } from '../../src/core/roca.ts'

const octetsOf = (number: bigint): Uint8Array => {
  const hex = number.toString(16)
  return Uint8Array.from(Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex'))
}
const primes = [11, 13, 17, 19, 37, 53, 61, 71, 73, 79, 97, 103, 107, 109, 127, 151, 157]

/** The definition, in big integers. */
const isPower = (number: bigint): boolean =>
  primes.every((prime) => {
    const powers = new Set<number>()
    for (let power = 1; !powers.has(power); power = (power * 65_537) % prime) powers.add(power)
    return powers.has(Number(number % BigInt(prime)))
  })

describe('isRocaModulus', () => {
  it('is the definition, for numbers that have the fingerprint and for others', () => {
    const product = primes.reduce((all, prime) => all * BigInt(prime), 1n)
    const fingerprinted = fc.tuple(fc.bigInt({ min: 1n, max: 1n << 900n }), fc.integer({ min: 0, max: 40 }))
    fc.assert(
      fc.property(fingerprinted, ([factor, power]) => {
        const number = factor * product + (65_537n ** BigInt(power) % product)
        expect(isPower(number)).toBe(true)
        expect(isRocaModulus(octetsOf(number))).toBe(true)
      }),
    )
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 1n << 2048n }), (number) => {
        expect(isRocaModulus(octetsOf(number))).toBe(isPower(number))
      }),
    )
  })
})

describe('remainderOf', () => {
  it('is the remainder, up to 37 bits', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 1n << 3072n }),
        fc.integer({ min: 1, max: 2 ** 37 - 1 }),
        (number, divisor) => {
          expect(remainderOf(octetsOf(number), divisor)).toBe(Number(number % BigInt(divisor)))
        },
      ),
    )
  })
})
