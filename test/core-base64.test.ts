import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import * as base64 from '../src/core/base64.ts'
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
  /** What comes before: nothing, and so much that the runtime reads it where it can. */
  const starts = ['', 'AAAA'.repeat(16), 'AAAA'.repeat(100)]

  it.each(Object.entries(refused))('%s', (_, [text, code, offset]) => {
    for (const start of starts) {
      for (const decode of [decodeBase64, base64.viewBase64]) {
        const error = refusal(decode, start + text)
        expect(error?.code).toBe(code)
        if (text.length % 4 === 0) expect(error?.offset).toBe(start.length + offset)
        expect(error?.citation?.document).toBe('RFC 4648')
        expect(error?.mend).toBeTruthy()
      }
    }
  })

  it('the same where the runtime has no Buffer', async () => {
    const bare = await withoutBuffer()
    for (const [text, code, offset] of Object.values(refused)) {
      for (const start of starts) {
        const error = codeAndOffset(bare.viewBase64, start + text)
        expect(error).toEqual({ code, offset: text.length % 4 === 0 ? start.length + offset : expect.any(Number) })
        expect(error).toEqual(codeAndOffset(base64.viewBase64, start + text))
      }
    }
  })
})

/** The module as it is where there is no Buffer. */
async function withoutBuffer(): Promise<typeof import('../src/core/base64.ts')> {
  vi.resetModules()
  vi.stubGlobal('Buffer', undefined)
  try {
    return await import('../src/core/base64.ts')
  } finally {
    vi.unstubAllGlobals()
  }
}

/** An error by what it says: one of a module that was loaded twice is of another class. */
function codeAndOffset(decode: (text: string) => Uint8Array, text: string): unknown {
  try {
    return decode(text)
  } catch (error) {
    const { code, offset } = error as Psd2Error
    return { code, offset }
  }
}

describe('octets', () => {
  const lengths = [0, 1, 2, 31, 32, 47, 48, 49, 50, 64, 256, 3000, 20_000]

  it('are the same with and without a Buffer, as text and back', async () => {
    const bare = await withoutBuffer()
    for (const length of lengths) {
      const bytes = new Uint8Array(length).map((_, i) => (i * 31) & 0xff)
      const text = Buffer.from(bytes).toString('base64')
      for (const { encodeBase64: encode, decodeBase64: decode, viewBase64: view } of [bare, { ...base64 }]) {
        expect(encode(bytes)).toBe(text)
        expect(plain(decode(text))).toEqual(plain(bytes))
        expect(plain(view(text))).toEqual(plain(bytes))
      }
    }
  })

  it('have memory of their own where they are decoded, and are no Buffer', () => {
    for (const length of lengths) {
      const text = encodeBase64(new Uint8Array(length))
      expect(decodeBase64(text).buffer.byteLength).toBe(length)
      for (const decoded of [decodeBase64(text), base64.viewBase64(text)]) {
        expect(Object.getPrototypeOf(decoded)).toBe(Uint8Array.prototype)
      }
    }
  })

  it('that are decoded never lie in the memory that the runtime shares out, not even for a moment', () => {
    // A key of a PEM file is decoded so; whoever has a small Buffer has all of its slab.
    const mark = new Uint8Array(140).map((_, i) => i * 37 + 11)
    const text = encodeBase64(mark)
    const before = Buffer.from('x')
    expect(plain(decodeBase64(text))).toEqual(plain(mark))
    const after = Buffer.from('y')
    for (const { buffer } of [before, after]) expect(Buffer.from(buffer).includes(Buffer.from(mark.buffer))).toBe(false)
  })

  it('that were given as a view stay as they are while others are decoded', () => {
    const views = Array.from({ length: 300 }, (_, i) => base64.viewBase64(encodeBase64(new Uint8Array(100).fill(i))))
    for (const [i, view] of views.entries()) expect(view.every((octet) => octet === (i & 0xff))).toBe(true)
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

  it('a long text is read as its end is', () => {
    const text = fc.string({ unit: fc.constantFrom(...'AQgwBCZaz059+/-_= \n\u0141'), maxLength: 8 })
    const start = 'abcd'.repeat(20)
    fc.assert(
      fc.property(text, (end) => {
        expect(refusal(base64.viewBase64, start + end)?.code).toBe(refusal(decodeBase64, end)?.code)
      }),
      { numRuns: 5000 },
    )
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
