import { describe, expect, it } from 'vitest'
import { Octets } from '../../src/core/octets.ts'

describe('Octets', () => {
  const whole = Uint8Array.of(1, 2, 0xab, 4)

  it('is a place in octets, not a copy', () => {
    const part = new Octets(whole, 1, 3)
    expect([part.offset, part.length, part.hex]).toEqual([1, 2, '02ab'])
    expect(part.value.buffer).toBe(whole.buffer)
    expect([...part.value]).toEqual([2, 0xab])
  })

  it('counts from the view that was given, wherever that view begins', () => {
    expect(new Octets(whole.subarray(2), 1, 2).hex).toBe('04')
  })

  it('may be empty', () => {
    expect(new Octets(whole, 4, 4)).toMatchObject({ length: 0, hex: '' })
  })

  it('equals the same octets elsewhere, and has their hash', () => {
    const twice = Uint8Array.of(7, 2, 0xab, 9, 2, 0xab, 3)
    const [one, other] = [new Octets(twice, 1, 3), new Octets(twice, 4, 6)]
    expect(one.equals(other)).toBe(true)
    expect(one.equals(new Octets(whole, 1, 3))).toBe(true)
    expect(one.hash).toBe(other.hash)
    for (const [start, end] of [
      [0, 2],
      [1, 4],
      [5, 7],
      [0, 0],
    ] as const) {
      expect(one.equals(new Octets(twice, start, end))).toBe(false)
    }
    expect(new Octets(twice, 0, 2).hash).not.toBe(one.hash)
    // FNV-1a of nothing and of `a`, as published.
    expect(new Octets(whole, 0, 0).hash >>> 0).toBe(0x811c9dc5)
    expect(new Octets(Uint8Array.of(0x61), 0, 1).hash >>> 0).toBe(0xe40c292c)
  })

  it('gives one octet, and nothing from behind its end', () => {
    const part = new Octets(whole, 1, 3)
    expect([part.at(0), part.at(1), part.at(2), part.at(9)]).toEqual([2, 0xab, undefined, undefined])
  })
})
