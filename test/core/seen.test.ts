import { describe, expect, it } from 'vitest'
import { Seen } from '../../src/core/seen.ts'

describe('Seen', () => {
  it.each([1, 23, 24, 25, 26, 500])('knows which of %i identifiers a growing list has', (count) => {
    const seen = new Seen()
    const list: { oid: string }[] = []
    const add = (oid: string) => {
      const again = seen.again(oid, list)
      list.push({ oid })
      return again
    }
    const oids = Array.from({ length: count }, (_, index) => `1.2.${index}`)
    expect(oids.filter(add)).toEqual([])
    expect(oids.filter(add)).toEqual(oids)
    expect(add('1.3')).toBe(false)
    expect(add('1.3')).toBe(true)
  })
})
