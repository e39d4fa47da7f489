import { describe, expect, it } from 'vitest'
import { defaultLimits } from '../../src/core/limits.ts'
import { derCodes, openPart, Scope, Tag } from '../../src/der/index.ts'
import { breaches, cursorOver, refusalOf } from '../support/breach.ts'
import { hex } from '../support/build.ts'

describe('openDer', () => {
  it('refuses no octets and too many', () => {
    expect(refusalOf(() => cursorOver(''))).toEqual({ code: 'DER_EMPTY', path: 'root', offset: 0 })
    const limits = { ...defaultLimits, size: 3 }
    expect(refusalOf(() => cursorOver('05 00 05 00', 'strict', limits))).toEqual({
      code: 'LIMIT_SIZE',
      path: 'root',
      offset: 0,
    })
    expect(cursorOver('05 00 05', 'strict', limits).isEmpty).toBe(false)
  })

  it('counts from the view that is given', () => {
    const outside = hex('ff ff 02 01 07 ff')
    const cursor = cursorOver(outside.subarray(2, 5))
    cursor.read(Tag.INTEGER, 'x')
    expect([cursor.valueStart, cursor.valueEnd, cursor.isEmpty]).toEqual([2, 3, true])
  })
})

describe('openPart', () => {
  it('keeps absolute offsets and does not read past its end', () => {
    const part = openPart(hex('05 00 02 01 07 02 01'), 2, 5, new Scope(), 'part')
    part.read(Tag.INTEGER, 'x')
    expect([part.valueStart, part.position, part.isEmpty]).toEqual([4, 5, true])
    expect(refusalOf(() => part.read(Tag.INTEGER, 'y'))).toEqual({
      code: 'DER_VALUE_MISSING',
      path: 'part.y',
      offset: 5,
    })
  })
})

describe('Cursor lengths', () => {
  it.each([
    ['0', 0],
    ['7f', 127],
    ['8180', 128],
    ['81ff', 255],
    ['820100', 256],
    ['82ffff', 65_535],
    ['83010000', 65_536],
  ])('reads the shortest form %s', (octets, length) => {
    const header = hex(`04${octets.padStart(2, '0')}`)
    const bytes = new Uint8Array(header.length + length)
    bytes.set(header)
    const cursor = cursorOver(bytes)
    cursor.read(Tag.OCTET_STRING, 'x')
    expect([cursor.valueStart, cursor.valueEnd - cursor.valueStart]).toEqual([header.length, length])
    expect(cursor.isEmpty).toBe(true)
    expect(refusalOf(() => cursorOver(bytes.subarray(0, -1)).read(Tag.OCTET_STRING, 'x')).code).toBe('DER_TRUNCATED')
  })

  it('reads a length of four octets', () => {
    const bytes = new Uint8Array((1 << 24) + 6)
    bytes.set(hex('04 84 01 00 00 00'))
    const cursor = cursorOver(bytes, 'strict', { ...defaultLimits, size: 1 << 25 })
    cursor.read(Tag.OCTET_STRING, 'x')
    expect(cursor.valueEnd - cursor.valueStart).toBe(1 << 24)
  })

  it.each([
    ['no length', '04', 'DER_TRUNCATED'],
    ['indefinite', '04 80 00 00', 'DER_LENGTH_INDEFINITE'],
    ['one octet for 127', `04 81 7f ${'00'.repeat(127)}`, 'DER_LENGTH_NOT_MINIMAL'],
    ['one octet for 0', '04 81 00', 'DER_LENGTH_NOT_MINIMAL'],
    ['two octets for 128', `04 82 00 80 ${'00'.repeat(128)}`, 'DER_LENGTH_NOT_MINIMAL'],
    ['nine octets with zeros', '04 89 00 00 00 00 00 00 00 00 01 00', 'DER_LENGTH_NOT_MINIMAL'],
    ['five octets', '04 85 01 00 00 00 00', 'DER_LENGTH_TOO_LONG'],
    ['2^32 and a bit', '04 85 01 00 00 00 01 00', 'DER_LENGTH_TOO_LONG'],
    ['the reserved FF', '04 ff 01', 'DER_LENGTH_TOO_LONG'],
    ['length octets cut off', '04 82 01', 'DER_TRUNCATED'],
    ['no length octets at all', '04 82', 'DER_TRUNCATED'],
    ['more than there is', '04 02 00', 'DER_TRUNCATED'],
    ['2^32-1', '04 84 ff ff ff ff', 'DER_TRUNCATED'],
  ])('refuses %s', (_, octets, code) => {
    for (const mode of ['strict', 'tolerant'] as const) {
      expect(refusalOf(() => cursorOver(octets, mode).readAny('x'))).toEqual({ code, path: 'root.x', offset: 0 })
    }
  })

  it('refuses a child that is longer than its parent, though the octets are there', () => {
    const cursor = cursorOver('30 03 04 02 00 00')
    cursor.open(Tag.SEQUENCE, 'outer')
    expect(refusalOf(() => cursor.read(Tag.OCTET_STRING, 'x'))).toEqual({
      code: 'DER_TRUNCATED',
      path: 'root.outer.x',
      offset: 2,
    })
  })
})

describe('Cursor tags', () => {
  it.each([
    ['nothing left', '', 'DER_VALUE_MISSING'],
    ['another type', '04 00', 'DER_TAG_UNEXPECTED'],
    ['the constructed form', '22 00', 'DER_FORM_CONSTRUCTED'],
    ['another class', '42 00', 'DER_TAG_UNEXPECTED'],
    ['a high tag number', '1f 02 00', 'DER_TAG_HIGH_FORM'],
    ['end-of-contents', '00 00', 'DER_TAG_UNEXPECTED'],
  ])('refuses %s where an INTEGER is wanted', (_, octets, code) => {
    const cursor = cursorOver(`05 00 ${octets}`)
    cursor.read(Tag.NULL, 'first')
    expect(refusalOf(() => cursor.read(Tag.INTEGER, 'x'))).toEqual({ code, path: 'root.x', offset: 2 })
  })

  it('refuses a SEQUENCE in primitive form', () => {
    expect(refusalOf(() => cursorOver('10 00').open(Tag.SEQUENCE, 'x')).code).toBe('DER_FORM_PRIMITIVE')
  })

  it.each([
    ['a high tag number', 'bf 8f 01 00', 'DER_TAG_HIGH_FORM'],
    ['end-of-contents', '00 00', 'DER_TAG_UNEXPECTED'],
  ])('refuses %s where anything may stand', (_, octets, code) => {
    expect(refusalOf(() => cursorOver(octets).readAny('x'))).toEqual({ code, path: 'root.x', offset: 0 })
  })

  it('refuses nothing where anything may stand', () => {
    const cursor = cursorOver('30 00')
    cursor.open(Tag.SEQUENCE, 0)
    expect(refusalOf(() => cursor.readAny('x'))).toEqual({ code: 'DER_VALUE_MISSING', path: 'root[0].x', offset: 2 })
  })

  it('looks ahead without moving', () => {
    const cursor = cursorOver('05 00')
    expect([cursor.next(Tag.NULL), cursor.next(Tag.INTEGER), cursor.peek(), cursor.position]).toEqual([
      true,
      false,
      5,
      0,
    ])
    expect(cursor.readAny('x')).toBe(Tag.NULL)
    expect([cursor.next(Tag.NULL), cursor.peek(), cursor.isEmpty]).toEqual([false, -1, true])
  })
})

describe('Cursor paths and limits', () => {
  it('joins names, list indexes and nothing, and leaves them on the way out', () => {
    const cursor = cursorOver('30 06 30 04 30 02 05 00')
    const ends = [cursor.open(Tag.SEQUENCE, 'list'), cursor.open(Tag.SEQUENCE, 3), cursor.open(Tag.SEQUENCE, '')]
    expect([cursor.path(), cursor.pathTo('x'), cursor.pathTo(0)]).toEqual([
      'root.list[3]',
      'root.list[3].x',
      'root.list[3][0]',
    ])
    cursor.read(Tag.NULL, 'x')
    const paths = ends.reverse().map((end) => {
      cursor.close(end)
      return cursor.path()
    })
    expect(paths).toEqual(['root.list[3]', 'root.list', 'root'])
    expect([cursor.isEmpty, cursor.end]).toEqual([true, 8])
  })

  it('steps out only when all is read', () => {
    const cursor = cursorOver('30 02 05 00')
    const end = cursor.open(Tag.SEQUENCE, 'list')
    expect(refusalOf(() => cursor.close(end))).toEqual({ code: 'DER_TRAILING_DATA', path: 'root.list', offset: 2 })
  })

  it('gives up what is left of a value, and everything opened since', () => {
    const cursor = cursorOver('30 06 30 02 05 00 05 00 04 00')
    cursor.open(Tag.SEQUENCE, 'list')
    const place = cursor.place()
    cursor.open(Tag.SEQUENCE, 0)
    cursor.skipTo(place)
    expect([cursor.path(), cursor.position, cursor.end]).toEqual(['root.list', 8, 8])
  })

  it('begins a path without a root', () => {
    expect(openPart(hex('05 00'), 0, 2, new Scope(), '').pathTo('x')).toBe('x')
  })

  it('refuses octets after the last field', () => {
    const cursor = cursorOver('05 00 01')
    cursor.read(Tag.NULL, 'x')
    expect(refusalOf(() => cursor.finish())).toEqual({ code: 'DER_TRAILING_DATA', path: 'root', offset: 2 })
  })

  it('caps depth', () => {
    const cursor = cursorOver('30 04 30 02 30 00', 'tolerant', { ...defaultLimits, depth: 2 })
    cursor.open(Tag.SEQUENCE, 'a')
    cursor.open(Tag.SEQUENCE, 'b')
    expect(refusalOf(() => cursor.open(Tag.SEQUENCE, 'c'))).toEqual({
      code: 'LIMIT_DEPTH',
      path: 'root.a.b.c',
      offset: 4,
    })
  })

  it('caps elements, at whatever depth they are', () => {
    const cursor = cursorOver('30 04 05 00 05 00', 'tolerant', { ...defaultLimits, elements: 2 })
    cursor.open(Tag.SEQUENCE, 'a')
    cursor.read(Tag.NULL, 0)
    expect(refusalOf(() => cursor.read(Tag.NULL, 1))).toEqual({ code: 'LIMIT_ELEMENTS', path: 'root.a[1]', offset: 4 })
  })
})

describe('Scope', () => {
  it('takes two modes', () => {
    expect(new Scope().mode).toBe('strict')
    expect(() => new Scope('lax' as never)).toThrow(TypeError)
  })

  it.each([
    ['refuse', 'strict', 'thrown'],
    ['refuse', 'tolerant', 'thrown'],
    ['strict', 'strict', 'thrown'],
    ['strict', 'tolerant', 'recorded'],
    ['note', 'strict', 'recorded'],
    ['note', 'tolerant', 'recorded'],
  ] as const)('of a code that is %s in %s mode makes a breach that is %s', (leniency, mode, outcome) => {
    const scope = new Scope(mode)
    const deviate = () => scope.deviate('CODE', { leniency, document: 'D', clause: 'C', says: 's', mend: 'm' }, 'p', 7)
    const breach = { code: 'CODE', path: 'p', offset: 7 }
    if (outcome === 'thrown') expect(refusalOf(deviate)).toEqual(breach)
    else {
      deviate()
      expect(scope.deviations).toEqual([breach])
    }
  })

  it('keeps the detail that was met', () => {
    const scope = new Scope('tolerant')
    scope.deviate('DER_SET_ORDER', derCodes.DER_SET_ORDER, '', 0, 'met')
    expect(scope.deviations[0]?.detail).toBe('met')
    expect(() => new Scope().deviate('DER_SET_ORDER', derCodes.DER_SET_ORDER, '', 0, 'met')).toThrow(
      /ascending order \(met\), at the top, offset 0/,
    )
  })
})

describe('codes', () => {
  it.each(Object.entries(derCodes))('%s says what, where and how to mend it', (code, info) => {
    expect(code).toMatch(/^(DER|LIMIT)_[A-Z0-9_]+$/)
    expect(info.says).not.toBe('')
    expect(info.mend).not.toBe('')
    expect(info.clause).not.toBe('')
    if (code.startsWith('LIMIT_')) expect(info.leniency).toBe('refuse')
  })

  it('deviates through a cursor under its own path', () => {
    const cursor = cursorOver('05 00', 'tolerant')
    cursor.deviate('DER_SET_ORDER', 1, 4, 'met')
    cursor.report('OTHER', derCodes.DER_DEFAULT_ENCODED, 'x', 5)
    expect(breaches(cursor.scope.deviations)).toEqual([
      { code: 'DER_SET_ORDER', path: 'root[1]', offset: 4 },
      { code: 'OTHER', path: 'root.x', offset: 5 },
    ])
    const error = cursor.error('OTHER', derCodes.DER_DEFAULT_ENCODED, 'x', 5, 'met')
    expect([error.code, error.path, error.offset, error.citation?.clause]).toEqual(['OTHER', 'root.x', 5, '11.5'])
  })
})
