import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fieldName } from '../../src/http/field-names.ts'

const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/

describe('fieldName', () => {
  it('is the name in lower case', () => {
    for (const name of ['X-Request-ID', 'x-request-id', 'PSU-IP-Address', 'X-rEQUEST-iD', 'X-Own']) {
      expect(fieldName(name)).toBe(name.toLowerCase())
    }
  })

  it('is undefined for what is no token', () => {
    for (const name of ['', ' Host', 'Host ', 'Ho st', 'Host:', 'H\u00f6st', 'Digest,Date', '\u212aey']) {
      expect(fieldName(name)).toBeUndefined()
    }
  })

  it('knows no members of objects', () => {
    for (const name of ['constructor', '__proto__', 'toString']) expect(fieldName(name)).toBe(name.toLowerCase())
  })

  it('is that for every text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' })), (text) => {
        expect(fieldName(text)).toBe(token.test(text) ? text.toLowerCase() : undefined)
      }),
    )
  })
})
