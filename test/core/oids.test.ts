import { describe, expect, it } from 'vitest'
import { oidName, oidNames } from '../../src/core/oids.ts'

describe('oidName', () => {
  it.each([
    ['2.5.4.97', 'organizationIdentifier'],
    ['0.4.0.19495.2', 'PSD2'],
    ['0.4.0.19495.1.3', 'PSP_AI'],
    ['1.2.3', undefined],
    ['', undefined],
    ['toString', undefined],
    ['__proto__', undefined],
  ])('names %s', (oid, name) => {
    expect(oidName(oid)).toBe(name)
  })

  it('has object identifiers only', () => {
    const wrong = Object.keys(oidNames).filter((oid) => !/^[0-2](\.(0|[1-9]\d*))+$/.test(oid))
    expect(wrong).toEqual([])
  })
})
