import { describe, expect, it } from 'vitest'
import { citationOf } from '../../src/core/codes.ts'
import { Psd2Error } from '../../src/core/errors.ts'

describe('Psd2Error', () => {
  it('is an Error that carries all it was given', () => {
    const cause = new Error('inner')
    const citation = { document: 'RFC 5280', clause: '4.1' }
    const error = new Psd2Error('X', 'message', { path: 'a.b', offset: 0, citation, mend: 'mend it', cause })
    expect(error).toBeInstanceOf(Error)
    expect(error.name).toBe('Psd2Error')
    expect(error).toMatchObject({ code: 'X', message: 'message', path: 'a.b', offset: 0, citation, mend: 'mend it' })
    expect(error.cause).toBe(cause)
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      code: 'X',
      message: 'message',
      path: 'a.b',
      offset: 0,
      clause: 'RFC 5280 4.1',
      mend: 'mend it',
    })
  })

  it('leaves out what it was not given', () => {
    const error = new Psd2Error('X', 'message')
    expect(Object.hasOwn(error, 'cause')).toBe(false)
    expect(error.toJSON()).toEqual({ code: 'X', message: 'message' })
  })
})

describe('citationOf', () => {
  it('takes document and clause from a code', () => {
    const info = { leniency: 'note', document: 'D', clause: 'C', says: 's', mend: 'm' } as const
    expect(citationOf(info)).toEqual({ document: 'D', clause: 'C' })
  })
})
