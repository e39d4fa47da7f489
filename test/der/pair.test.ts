import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defaultLimits } from '../../src/core/limits.ts'
import { type Cursor, readNull, Tag } from '../../src/der/index.ts'
import { readInteger } from '../../src/der/integer.ts'
import { readAll } from '../../src/der/list.ts'
import { element } from '../../src/der/writer.ts'
import { cursorOver, refusalOf } from '../support/breach.ts'
import { hex } from '../support/build.ts'

/** What can be seen of a cursor. */
function stateOf(cursor: Cursor) {
  return { position: cursor.position, end: cursor.end, path: cursor.path() }
}

const openTwice = (cursor: Cursor) => [cursor.open(Tag.SET, 'set'), cursor.open(Tag.SEQUENCE, 0)] as const

describe('openPair', () => {
  const octet = fc.constantFrom(0x31, 0x30, 0, 1, 2, 3, 4, 5, 6, 0x7d, 0x7e, 0x7f, 0x80, 0x81, 0x82)
  const limits = fc.record({ depth: fc.integer({ min: 1, max: 3 }), elements: fc.integer({ min: 1, max: 4 }) })

  it('steps where open steps twice, or nowhere', () => {
    let stepped = 0
    fc.assert(
      fc.property(fc.array(octet, { minLength: 1, maxLength: 12 }), limits, fc.boolean(), (random, given, sound) => {
        // Half of them begin as a pair does.
        const rest = random.length
        const octets = Uint8Array.from(sound ? [0x31, rest + 2, 0x30, rest, ...random] : random)
        const cursor = cursorOver(octets, 'strict', { ...defaultLimits, ...given })
        const other = cursorOver(octets, 'strict', { ...defaultLimits, ...given })
        const before = stateOf(cursor)
        const end = cursor.openPair(Tag.SET, 'set', Tag.SEQUENCE, 0)
        if (end < 0) {
          expect(stateOf(cursor)).toEqual(before)
          return
        }
        stepped++
        const [setEnd, sequenceEnd] = openTwice(other)
        expect(stateOf(cursor)).toEqual(stateOf(other))
        const readOn = (each: Cursor) => [each.readAny('x'), stateOf(each)]
        expect(outcome(() => readOn(cursor))).toEqual(outcome(() => readOn(other)))
        cursor.position = cursor.end
        other.position = other.end
        cursor.closePair(end)
        other.close(sequenceEnd)
        other.close(setEnd)
        expect(stateOf(cursor)).toEqual(stateOf(other))
      }),
    )
    expect(stepped).toBeGreaterThan(10)
  })

  it('refuses what is left over where open would', () => {
    const cursor = cursorOver('31 06 30 04 05 00 05 00')
    const end = cursor.openPair(Tag.SET, 'set', Tag.SEQUENCE, 0)
    readNull(cursor, 'x')
    expect(refusalOf(() => cursor.closePair(end))).toEqual({
      code: 'DER_TRAILING_DATA',
      path: 'root.set[0]',
      offset: 6,
    })
  })

  it('leaves a SET that holds more to open', () => {
    expect(cursorOver('31 06 30 02 05 00 05 00').openPair(Tag.SET, 'set', Tag.SEQUENCE, 0)).toBe(-1)
  })
})

function outcome(read: () => unknown): unknown {
  try {
    return read()
  } catch (error) {
    return error
  }
}

describe('readAll', () => {
  const read = (cursor: Cursor, index: number) => {
    readInteger(cursor, index)
    return [index, cursor.bytes[cursor.valueStart]]
  }

  it.each([0, 1, 2, 3, 4, 5, 40])('gives all of %i elements, each with its place', (count) => {
    const cursor = cursorOver(element(Tag.SEQUENCE, hex('02 01 07'.repeat(count))))
    cursor.open(Tag.SEQUENCE, 'list')
    expect(readAll(cursor, read)).toEqual(Array.from({ length: count }, (_, index) => [index, 7]))
    expect(cursor.isEmpty).toBe(true)
  })

  it.each([0, 1, 2, 3, 4])('is refused at element %i', (index) => {
    const cursor = cursorOver(`${'02 01 07 '.repeat(index)}05 00`)
    expect(refusalOf(() => readAll(cursor, read))).toEqual({
      code: 'DER_TAG_UNEXPECTED',
      path: `root[${index}]`,
      offset: index * 3,
    })
  })
})
