import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { vector } from '../../bench/support/subjects.ts'
import { elementLengths } from '../../src/audit/element-lengths.ts'
import { auditCertificate } from '../../src/audit/index.ts'
import { bitString, integer, octetString, sequence } from '../../src/der/writer.ts'

describe('elementLengths', () => {
  it('finds elements at every depth, also inside strings, and nothing between them', () => {
    const inner = sequence(integer(5n))
    const der = sequence(integer(1n), octetString(inner), bitString(inner), octetString(Uint8Array.of(2, 1)))
    const every = new Set(der.keys())
    const found = elementLengths(der, every)
    expect([...found].sort(([a], [b]) => a - b)).toEqual([
      [0, der.length],
      [2, 3],
      [5, 7],
      [7, 5],
      [9, 3],
      [12, 8],
      [15, 5],
      [17, 3],
      [20, 4],
    ])
  })

  it('never leaves the octets, whatever they are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (octets) => {
        for (const [offset, length] of elementLengths(octets, new Set(octets.keys()))) {
          expect(offset + length).toBeLessThanOrEqual(octets.length)
          expect(length).toBeGreaterThanOrEqual(2)
        }
      }),
    )
  })

  it('gives findings of the readers the octets that they are about', async () => {
    const der = vector('qsealc-long-serial-number')
    const { findings } = await auditCertificate(der, { at: new Date('2026-06-01') })
    const finding = findings.find(({ rule }) => rule === 'rfc5280.serial-number')
    // A SEQUENCE in a SEQUENCE, version, and then the INTEGER of 21 octets and its header.
    expect(finding).toMatchObject({ offset: 13, length: 23 })
    expect(der[13]).toBe(2)
  })
})
