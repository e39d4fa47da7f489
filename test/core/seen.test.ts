import { describe, expect, it } from 'vitest'
import { Seen } from '../../src/core/seen.ts'

describe('Seen', () => {
  it.each([1, 24, 25, 26, 500])('knows which of %i texts have come before', (count) => {
    const seen = new Seen()
    const texts = Array.from({ length: count }, (_, index) => `1.2.${index}`)
    expect(texts.map((text) => seen.again(text))).toEqual(texts.map(() => false))
    expect(texts.map((text) => seen.again(text))).toEqual(texts.map(() => true))
    expect(seen.again('1.3')).toBe(false)
  })
})
