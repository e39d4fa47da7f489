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
})
