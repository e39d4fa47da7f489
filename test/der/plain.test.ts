import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { concatBytes } from '../../src/core/bytes.ts'
import { defaultLimits, type Limits } from '../../src/core/limits.ts'
import { walk } from '../../src/der/index.ts'
import { countPlain } from '../../src/der/plain.ts'
import { element } from '../../src/der/writer.ts'
import { cursorOver, refusalOf } from '../support/breach.ts'
import { hex } from '../support/build.ts'

const plainTags = [0x02, 0x04, 0x06, 0x0c, 0x13, 0x16, 0x80, 0x82]
const otherTags = [0x01, 0x03, 0x05, 0x0f, 0x17, 0x22, 0x41, 0x9f, 0xc1]

const octets = fc.oneof(
  fc.uint8Array({ maxLength: 6 }),
  fc.constantFrom(hex('2a 03'), hex('55 1d 0f'), hex('01'), hex('00'), hex('7f ff'), hex('ff'), hex('00 80')),
)
const primitive = (tags: readonly number[]) =>
  fc.tuple(fc.constantFrom(...tags), octets).map(([tag, of]) => element(tag, of))
const leaf = fc.oneof({ weight: 9, arbitrary: primitive(plainTags) }, { weight: 1, arbitrary: primitive(otherTags) })
const { tree } = fc.letrec<{ tree: Uint8Array }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5 },
    leaf,
    fc
      .tuple(fc.constantFrom(0x30, 0x31, 0xa0, 0xa3), fc.array(tie('tree'), { maxLength: 4 }))
      .map(([tag, parts]) => element(tag, ...parts)),
  ),
}))
const list = fc
  .array(fc.array(tree, { maxLength: 6 }), { minLength: 1, maxLength: 2 })
  .map((lists) => concatBytes(...lists.map((parts) => element(0x30, ...parts))))
const mutated = fc
  .tuple(list, fc.nat(), fc.integer({ min: 0, max: 255 }))
  .map(([der, at, octet]) => der.map((old, i) => (i === at % der.length ? octet : old)))

/** Where a walk over everything ends, one value after the other, or its refusal. */
function outcome(der: Uint8Array, limits: Limits): unknown {
  const cursor = cursorOver(der, 'strict', limits)
  const walkAll = () => {
    for (let index = 0; !cursor.isEmpty; index++) walk(cursor, index)
  }
  try {
    walkAll()
    return cursor.position
  } catch (error) {
    return refusalOf(() => {
      throw error
    })
  }
}

describe('a walk at a glance', () => {
  it('ends as the careful one, whatever the octets and the limits', () => {
    const limits = fc.record({ elements: fc.integer({ min: 1, max: 40 }), depth: fc.integer({ min: 1, max: 5 }) })
    fc.assert(
      fc.property(fc.oneof(list, mutated), fc.oneof(fc.constant({}), limits), (der, over) => {
        const quick = { ...defaultLimits, ...over }
        // Under a lower cap on identifiers each is measured, so that nothing is passed at a glance.
        expect(outcome(der, quick)).toEqual(outcome(der, { ...quick, oid: defaultLimits.oid - 1 }))
      }),
      { numRuns: 3000 },
    )
  })

  it.each([
    ['oid', '30 06 06 04 2a 03 04 05'],
    ['integer', '30 06 02 04 01 02 03 04'],
  ] as const)('holds the limit %s', (name, octets) => {
    const limits = { ...defaultLimits, [name]: 3 }
    expect(outcome(hex(octets), limits)).toEqual({ code: `LIMIT_${name.toUpperCase()}`, path: 'root[0][0]', offset: 2 })
    expect(outcome(hex(octets), { ...limits, [name]: 4 })).toBe(8)
  })

  it.each([
    ['nothing', '', 0],
    ['texts and octets', '04 00 0c 01 ff 13 01 00 16 00 80 01 80', 5],
    ['an identifier', '06 03 55 1d 0f', 1],
    ['numbers', '02 01 00 02 02 7f ff', 2],
    ['lists in lists', '30 04 a0 02 31 00 04 00', 4],
    ['elements down to the last level', '30 04 30 02 30 00', 3],
  ])('counts %s', (_, text, count) => {
    const der = hex(text)
    expect(countPlain(der, 0, der.length, 3)).toBe(count)
  })

  it.each([
    ['half a header', '04'],
    ['a length beyond the end', '04 02 00'],
    ['a length beyond the value around it', '30 03 04 02 00 00'],
    ['a length of more octets', `04 81 80 ${'00 '.repeat(128)}`.trim()],
    ['an indefinite length', '30 80 00 00'],
    ['a type that has rules of its own', '05 00'],
    ['a number without content', '02 00'],
    ['a number below zero, which may be padded', '02 01 80'],
    ['a number with a zero before it', '02 02 00 80'],
    ['an identifier without content', '06 00'],
    ['an identifier with an octet that may be padding', '06 03 2a 80 01'],
    ['an identifier that does not end', '06 02 2a 83'],
    ['a tag in its high form', '9f 01 00'],
    ['a level too deep', '30 06 30 04 30 02 30 00'],
  ])('leaves %s to a closer look', (_, text) => {
    const der = hex(text)
    expect(countPlain(der, 0, der.length, 3)).toBe(-1)
  })
})
