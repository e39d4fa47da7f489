import { describe, expect, it } from 'vitest'
import { defaultLimits, withLimits } from '../../src/core/limits.ts'

describe('withLimits', () => {
  it('gives the defaults where nothing is put over them', () => {
    expect(withLimits(undefined)).toBe(defaultLimits)
    expect(Object.isFrozen(defaultLimits)).toBe(true)
  })

  it('puts caps over the defaults and leaves the defaults alone', () => {
    expect(withLimits({ depth: 1 })).toEqual({ ...defaultLimits, depth: 1 })
    expect(defaultLimits.depth).toBe(48)
  })

  it.each([
    ['an unknown name', { deep: 1 }],
    ['a name of Object', { toString: 1 }],
    ['zero', { depth: 0 }],
    ['a negative number', { depth: -1 }],
    ['a fraction', { depth: 1.5 }],
    ['no number', { depth: Number.NaN }],
    ['no bound', { depth: Number.POSITIVE_INFINITY }],
    ['text', { depth: '5' }],
    ['undefined', { depth: undefined }],
  ])('refuses %s', (_, over) => {
    expect(() => withLimits(over as never)).toThrow(TypeError)
  })
})
