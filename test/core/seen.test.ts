import { describe, expect, it } from 'vitest'
import { Seen } from '../../src/core/seen.ts'

describe('Seen', () => {
  const numberings = {
    'that are not known': () => 0,
    'of which each has a bit, up to 32': (oid: string) => Number(oid.slice(4)) + 1,
    'of which many share a bit': (oid: string) => Number(oid.slice(4)) % 3,
    'of which half are not known': (oid: string) => (Number(oid.slice(4)) % 2) * Number(oid.slice(4)),
  }
  const cases = Object.entries(numberings).flatMap(([what, numberOf]) =>
    [1, 2, 23, 24, 25, 26, 500].map((count) => [count, what, numberOf] as const),
  )

  it.each(cases)('knows which of %i identifiers, %s, a growing list has', (count, _, numberOf) => {
    const seen = new Seen()
    const list: { oid: string }[] = []
    const add = (oid: string) => {
      const again = seen.again(oid, numberOf(oid), list)
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
