import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeBase64, decodeBase64url, encodeBase64, encodeBase64url, Psd2Error } from '../src/core/index.ts'

const octets = fc.uint8Array({ maxLength: 200 })
const plain = (bytes: Uint8Array): number[] => [...bytes]

/** The error of a call, or undefined where it gives octets. */
function refusal(decode: (text: string) => Uint8Array, text: string): Psd2Error | undefined {
  try {
    decode(text)
    return undefined
  } catch (error) {
    expect(error).toBeInstanceOf(Psd2Error)
    return error as Psd2Error
  }
}

describe('the vectors of RFC 4648 clause 10', () => {
  const vectors = [
    ['', ''],
    ['f', 'Zg=='],
    ['fo', 'Zm8='],
    ['foo', 'Zm9v'],
    ['foob', 'Zm9vYg=='],
    ['fooba', 'Zm9vYmE='],
    ['foobar', 'Zm9vYmFy'],
  ] as const
  it.each(vectors)("'%s' is '%s'", (text, encoded) => {
    const bytes = new TextEncoder().encode(text)
    expect(encodeBase64(bytes)).toBe(encoded)
    expect(encodeBase64url(bytes)).toBe(encoded.replaceAll('=', ''))
    expect(plain(decodeBase64(encoded))).toEqual(plain(bytes))
    expect(plain(decodeBase64url(encoded.replaceAll('=', '')))).toEqual(plain(bytes))
  })
})

describe('base64 refuses', () => {
  const refused: Readonly<Record<string, [text: string, code: string, offset: number]>> = {
    'one character': ['A', 'BASE64_PADDING', 1],
    'two characters without padding': ['AA', 'BASE64_PADDING', 2],
    'three characters without padding': ['AAA', 'BASE64_PADDING', 3],
    'half of the padding': ['AA=', 'BASE64_PADDING', 3],
    'padding alone': ['====', 'BASE64_CHARACTER', 0],
    'three paddings': ['A===', 'BASE64_CHARACTER', 1],
    'padding within': ['AA==AAAA', 'BASE64_CHARACTER', 2],
    'padding after whole groups': ['AAAA====', 'BASE64_CHARACTER', 4],
    'a line break': ['AAAA\nAAAA', 'BASE64_PADDING', 9],
    'a line break in a length that fits': ['AAA\n', 'BASE64_CHARACTER', 3],
    'a space': ['AA A', 'BASE64_CHARACTER', 2],
    'a character of the other alphabet': ['AA-A', 'BASE64_CHARACTER', 2],
    'another character of the other alphabet': ['AAA_', 'BASE64_CHARACTER', 3],
    NUL: ['AAA\0', 'BASE64_CHARACTER', 3],
    'a character over 127': ['AAA\u00e9', 'BASE64_CHARACTER', 3],
    'a full-width letter': ['\uff21AAA', 'BASE64_CHARACTER', 0],
    'a character whose low octet is a letter': ['\u0141AAA', 'BASE64_CHARACTER', 0],
    'four bits too many': ['AB==', 'BASE64_BITS', 1],
    'two bits too many': ['AAB=', 'BASE64_BITS', 2],
  }
  it.each(Object.entries(refused))('%s', (_, [text, code, offset]) => {
    const error = refusal(decodeBase64, text)
    expect(error?.code).toBe(code)
    if (text.length % 4 === 0) expect(error?.offset).toBe(offset)
    expect(error?.citation?.document).toBe('RFC 4648')
    expect(error?.mend).toBeTruthy()
  })
})

describe('base64url refuses', () => {
  const refused: Readonly<Record<string, [text: string, code: string]>> = {
    'one character': ['A', 'BASE64_PADDING'],
    'five characters': ['AAAAA', 'BASE64_PADDING'],
    padding: ['AA==', 'BASE64_CHARACTER'],
    'one padding': ['AAA=', 'BASE64_CHARACTER'],
    plus: ['AA+A', 'BASE64_CHARACTER'],
    slash: ['AA/A', 'BASE64_CHARACTER'],
    'a space': ['AA A', 'BASE64_CHARACTER'],
    'a line break at the end': ['AAA\n', 'BASE64_CHARACTER'],
    'four bits too many': ['AB', 'BASE64_BITS'],
    'two bits too many': ['AAB', 'BASE64_BITS'],
  }
  it.each(Object.entries(refused))('%s', (_, [text, code]) => {
    expect(refusal(decodeBase64url, text)?.code).toBe(code)
  })
})

describe('laws', () => {
  it('encoding is what the platform does', () => {
    fc.assert(
      fc.property(octets, (bytes) => {
        expect(encodeBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'))
        expect(encodeBase64url(bytes)).toBe(Buffer.from(bytes).toString('base64url'))
      }),
    )
  })

  it('decoding turns encoding back', () => {
    fc.assert(
      fc.property(octets, (bytes) => {
        expect(plain(decodeBase64(encodeBase64(bytes)))).toEqual(plain(bytes))
        expect(plain(decodeBase64url(encodeBase64url(bytes)))).toEqual(plain(bytes))
      }),
    )
  })

  it('one text for one octet string: what is accepted encodes to itself', () => {
    const text = fc.string({ unit: fc.constantFrom(...'AQgwBCZaz059+/-_= \n'), maxLength: 12 })
    fc.assert(
      fc.property(text, (candidate) => {
        // One of both outcomes, and never a third.
        if (refusal(decodeBase64, candidate) === undefined) {
          expect(encodeBase64(decodeBase64(candidate))).toBe(candidate)
        } else expect(Buffer.from(candidate, 'base64').toString('base64')).not.toBe(candidate)
        if (refusal(decodeBase64url, candidate) === undefined) {
          expect(encodeBase64url(decodeBase64url(candidate))).toBe(candidate)
        } else expect(Buffer.from(candidate, 'base64url').toString('base64url')).not.toBe(candidate)
      }),
      { numRuns: 5000 },
    )
  })

  it('every text of up to four characters of a small alphabet is accepted only when canonical', () => {
    const alphabet = ['A', 'B', 'E', 'Q', '/', '=']
    let accepted = 0
    const visit = (text: string): void => {
      if (refusal(decodeBase64, text) === undefined) accepted++
      const canonical = Buffer.from(text, 'base64').toString('base64') === text
      expect(refusal(decodeBase64, text) === undefined, text).toBe(canonical)
      if (text.length < 4) for (const letter of alphabet) visit(text + letter)
    }
    visit('')
    expect(accepted).toBeGreaterThan(500)
  })

  it('any text is decoded or refused with a Psd2Error', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 20 }), (text) => {
        for (const decode of [decodeBase64, decodeBase64url]) {
          const error = refusal(decode, text)
          if (error === undefined) continue
          expect(error.offset).toBeGreaterThanOrEqual(0)
          expect(error.offset).toBeLessThanOrEqual(text.length)
        }
      }),
    )
  })

  it('a view is encoded as such', () => {
    const whole = Uint8Array.of(9, 1, 2, 3, 9)
    expect(encodeBase64(whole.subarray(1, 4))).toBe('AQID')
    expect(encodeBase64url(whole.subarray(1, 4))).toBe('AQID')
  })
})
