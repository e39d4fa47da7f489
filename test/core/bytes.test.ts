import { describe, expect, it } from 'vitest'
import { concatBytes, equalBytes, toHex } from '../../src/core/bytes.ts'

describe('equalBytes', () => {
  const whole = Uint8Array.of(1, 2, 3, 1, 2, 4)
  it.each([
    ['nothing and nothing', new Uint8Array(), new Uint8Array(), true],
    ['the same octets in other places', whole.subarray(0, 2), whole.subarray(3, 5), true],
    ['a different last octet', whole.subarray(0, 3), whole.subarray(3, 6), false],
    ['a beginning of the other', whole.subarray(0, 2), whole.subarray(0, 3), false],
  ])('compares %s', (_, a, b, equal) => {
    expect(equalBytes(a, b)).toBe(equal)
    expect(equalBytes(b, a)).toBe(equal)
  })
})

describe('toHex', () => {
  it('gives two lower-case digits an octet', () => {
    expect(toHex(Uint8Array.of(0, 9, 10, 0x7f, 0x80, 0xff))).toBe('00090a7f80ff')
    expect(toHex(new Uint8Array())).toBe('')
  })
})

describe('concatBytes', () => {
  it('puts parts one after the other into octets of their own', () => {
    const part = Uint8Array.of(1, 2)
    const whole = concatBytes(part, new Uint8Array(), Uint8Array.of(3))
    part[0] = 9
    expect([...whole]).toEqual([1, 2, 3])
    expect(concatBytes()).toHaveLength(0)
  })
})
