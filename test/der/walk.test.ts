import { describe, expect, it } from 'vitest'
import { defaultLimits } from '../../src/core/limits.ts'
import { attemptPart, type Cursor, derCodes, readInteger, readNull, walk } from '../../src/der/index.ts'
import { element } from '../../src/der/writer.ts'
import { breaches, cursorOver, refusalOf } from '../support/breach.ts'
import { hex } from '../support/build.ts'

describe('walk', () => {
  it.each([
    ['a primitive', '05 00'],
    ['an empty SEQUENCE', '30 00'],
    ['siblings after a nested list', '30 08 30 02 30 00 05 00 31 00'],
    ['context and private tags in both forms', '30 08 80 00 a0 00 c1 00 61 00'],
    ['EXTERNAL', '28 00'],
    ['EMBEDDED PDV and an unrestricted string', '30 04 2b 00 3d 00'],
  ])('reads %s and nothing more', (_, octets) => {
    const der = hex(octets)
    const cursor = cursorOver(`${octets} 05 00`)
    walk(cursor, 'x')
    expect(cursor.position).toBe(der.length)
    readNull(cursor, 'next')
    cursor.finish()
  })

  it.each([
    ['a constructed INTEGER', '30 02 22 00', 'DER_FORM_CONSTRUCTED', 'root.x[0]', 2],
    ['a primitive SET', '30 04 05 00 11 00', 'DER_FORM_PRIMITIVE', 'root.x[1]', 4],
    ['a primitive SEQUENCE at the top', '10 00', 'DER_FORM_PRIMITIVE', 'root.x', 0],
    ['a bad length deep inside', '30 06 a0 04 30 02 05 01', 'DER_TRUNCATED', 'root.x[0][0][0]', 6],
    ['what follows a list that was left', '30 08 30 02 05 00 04 81 01 00', 'DER_LENGTH_NOT_MINIMAL', 'root.x[1]', 6],
    ['end-of-contents', '30 02 00 00', 'DER_TAG_UNEXPECTED', 'root.x[0]', 2],
    ['a universal tag that no type has', '30 03 0f 01 00', 'DER_TAG_UNEXPECTED', 'root.x[0]', 2],
    ['nothing', '', 'DER_VALUE_MISSING', 'root.x', 0],
  ])('refuses %s', (_, octets, code, path, offset) => {
    const cursor = cursorOver(`${octets} 05 00`.trim())
    if (octets === '') readNull(cursor, '')
    expect(refusalOf(() => walk(cursor, 'x'))).toEqual({ code, path, offset: octets === '' ? 2 : offset })
  })

  it('is bounded by the limit of depth', () => {
    const nested = (levels: number) => {
      let der = hex('05 00')
      for (let i = 0; i < levels; i++) der = element(0x30, der)
      return der
    }
    const cursor = cursorOver(nested(1000), 'strict', { ...defaultLimits, depth: 1000 })
    walk(cursor, 'x')
    expect(cursor.isEmpty).toBe(true)
    walk(cursorOver(nested(defaultLimits.depth)), 'x')
    expect(refusalOf(() => walk(cursorOver(nested(defaultLimits.depth + 1)), 'x')).code).toBe('LIMIT_DEPTH')
    expect(refusalOf(() => walk(cursorOver(nested(50_000)), 'x')).code).toBe('LIMIT_DEPTH')
  })
})

describe('attemptPart', () => {
  const read = (cursor: Cursor) => {
    readInteger(cursor, 'x')
    return cursor.valueStart
  }
  const attempt = (octets: string, mode: 'strict' | 'tolerant', limits = defaultLimits) => {
    const cursor = cursorOver(octets, mode, limits)
    const value = attemptPart(cursor, 'PART', derCodes.DER_DEFAULT_ENCODED, read)
    return { value, deviations: cursor.scope.deviations }
  }

  it.each(['strict', 'tolerant'] as const)('gives the value in %s mode', (mode) => {
    expect(attempt('02 01 05', mode)).toEqual({ value: 2, deviations: [] })
  })

  it.each([
    ['a breach', '02 02 00 05', 'DER_INTEGER_NOT_MINIMAL', 'root.x', 0],
    ['octets left over', '02 01 05 05 00', 'DER_TRAILING_DATA', 'root', 3],
  ])('refuses %s in strict mode and records it under its own code in tolerant', (_, octets, code, path, offset) => {
    expect(refusalOf(() => attempt(octets, 'strict'))).toEqual({ code, path, offset })
    const { value, deviations } = attempt(octets, 'tolerant')
    expect(value).toBeUndefined()
    expect(breaches(deviations)).toEqual([{ code: 'PART', path: 'root', offset }])
    expect(deviations[0]?.detail).toBe(`${code} at ${path}`)
  })

  it('holds limits in both modes', () => {
    const limits = { ...defaultLimits, integer: 1 }
    expect(refusalOf(() => attempt('02 02 01 00', 'tolerant', limits)).code).toBe('LIMIT_INTEGER')
  })

  it('does not hide a fault of the reader', () => {
    const cursor = cursorOver('05 00', 'tolerant')
    const fault = () => {
      throw new RangeError('fault')
    }
    expect(() => attemptPart(cursor, 'PART', derCodes.DER_DEFAULT_ENCODED, fault)).toThrow(RangeError)
  })
})
