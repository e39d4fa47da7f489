import { describe, expect, it } from 'vitest'
import { checkOptionNames, nearestNames, unknownName } from '../../src/core/nearest.ts'
import { decodePemBlock, encodePem, pemLabels } from '../../src/issuance/pem.ts'

describe('nearestNames', () => {
  it('puts fewer changes first and equal ones in order', () => {
    expect(nearestNames('roles', ['role', 'rules', 'pds', 'Roles'])).toEqual(['Roles', 'role', 'rules'])
    expect(nearestNames('x', ['b', 'a', 'c'], 2)).toEqual(['a', 'b'])
    expect(nearestNames('x', [])).toEqual([])
  })

  it('says them', () => {
    expect(unknownName('option', 'rol', ['role', 'pds']).message).toBe(`unknown option 'rol'; nearest: role, pds`)
  })
})

describe('checkOptionNames', () => {
  it('refuses other names and what is no object', () => {
    expect(() => checkOptionNames({ a: 1 }, { a: true })).not.toThrow()
    expect(() => checkOptionNames({ toString: 1 }, { a: true })).toThrow(TypeError)
    expect(() => checkOptionNames(null as unknown as object, { a: true })).toThrow(TypeError)
  })
})

describe('PEM', () => {
  it('comes back as it went', () => {
    for (const length of [1, 2, 3, 48, 49, 300]) {
      const der = Uint8Array.from({ length }, (_, index) => index & 0xff)
      const pem = encodePem('X', der)
      expect(pem.split('\n').every((line) => line.length <= 64)).toBe(true)
      expect(pem.endsWith('-----END X-----\n')).toBe(true)
      expect(decodePemBlock(pem, 'X', 'here')).toEqual(der)
    }
  })

  it('finds the block with the label', () => {
    const both = encodePem('A', Uint8Array.of(1)) + encodePem('B', Uint8Array.of(2))
    expect(pemLabels(both)).toEqual(['A', 'B'])
    expect(decodePemBlock(both.replaceAll('\n', '\r\n'), 'B', 'here')).toEqual(Uint8Array.of(2))
  })
})
