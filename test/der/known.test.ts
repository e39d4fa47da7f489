import { describe, expect, it } from 'vitest'
import { oidNames } from '../../src/core/oids.ts'
import { byNumber, readIdentifier } from '../../src/der/oid.ts'
import { encodeOid } from '../../src/der/writer.ts'
import { cursorOver } from '../support/breach.ts'

const texts = Object.keys(oidNames)

describe('known identifiers', () => {
  it('have each a number of their own, and the text that was written', () => {
    const read = texts.map((text) => readIdentifier(cursorOver(encodeOid(text)), 'x'))
    expect(read.map(({ text }) => text)).toEqual(texts)
    expect(new Set(read.map(({ number }) => number)).size).toBe(texts.length)
    expect(read.every(({ number }) => number > 0)).toBe(true)
  })

  it.each(['1.2', '2.5.4', '2.5.4.3.1', '2.5.4.16383', '1.3.6.1.5.5.7.1.99', '2.999.4.3'])('%s is none', (text) => {
    expect(readIdentifier(cursorOver(encodeOid(text)), 'x')).toEqual({ text, number: 0 })
  })

  it('differ from every identifier that differs in one octet', () => {
    for (const text of texts) {
      const der = encodeOid(text)
      for (let i = 2; i < der.length; i++) {
        const other = Uint8Array.from(der)
        other[i] = (other[i] as number) ^ 1
        const cursor = cursorOver(other)
        const read = readIdentifierOrNothing(cursor)
        expect(read?.text).not.toBe(text)
        if (read !== undefined) expect(encodeOid(read.text)).toEqual(other)
      }
    }
  })
})

function readIdentifierOrNothing(cursor: Parameters<typeof readIdentifier>[0]) {
  try {
    return readIdentifier(cursor, 'x')
  } catch {
    return undefined
  }
}

describe('byNumber', () => {
  it('gives values by the number of their identifier, and nothing for all others', () => {
    const table = byNumber([
      ['2.5.4.3', 'a'],
      ['2.5.4.97', 'b'],
    ])
    const found = (text: string) => table[readIdentifier(cursorOver(encodeOid(text)), 'x').number]
    expect(['2.5.4.3', '2.5.4.97', '2.5.4.6', '2.999.1'].map(found)).toEqual(['a', 'b', undefined, undefined])
  })

  it.each(['2.999.1', ''])('takes no identifier that is not known: "%s"', (oid) => {
    expect(() => byNumber([[oid, 'a']])).toThrow(TypeError)
  })
})
