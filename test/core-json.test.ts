import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defaultJsonLimits, type JsonValue, Psd2Error, parseJson } from '../src/core/index.ts'

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
const read = (text: string): JsonValue => parseJson(bytesOf(text))

/** The refusal of a text; undefined where it is read. */
function refusal(input: string | Uint8Array, limits = defaultJsonLimits): Psd2Error | undefined {
  try {
    parseJson(typeof input === 'string' ? bytesOf(input) : input, limits)
    return undefined
  } catch (error) {
    if (error instanceof Psd2Error) return error
    throw error
  }
}

/** Equal as JSON values: order of members, negative zero and the name `__proto__` included. */
function same(a: unknown, b: unknown): boolean {
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, i) => same(item, b[i]))
  if (typeof a !== 'object' || a === null) return Object.is(a, b)
  if (typeof b !== 'object' || b === null || Array.isArray(b)) return false
  const mine = Object.entries(a)
  const theirs = Object.entries(b)
  return (
    mine.length === theirs.length &&
    mine.every(([name, value], i) => theirs[i]?.[0] === name && same(value, theirs[i][1]))
  )
}

describe('parseJson reads', () => {
  const accepted = [
    'null',
    'true',
    'false',
    '0',
    '-0',
    '1',
    '-1',
    '10',
    '0.5',
    '-0.0',
    '1.25e2',
    '1E+2',
    '1e-2',
    '0e0',
    '0E-0',
    '123456789012345678901234567890',
    '9007199254740993',
    '1e308',
    '-1.7976931348623157e308',
    '5e-324',
    '1e-400',
    '""',
    '"a"',
    '"é"',
    '"\u{1f600}"',
    '"\\ud83d\\ude00"',
    '"\\uD83D\\uDE00"',
    '"\\u0000"',
    '"\\b\\f\\n\\r\\t\\"\\\\\\/"',
    '"\\u2028"',
    '"\u2028\u2029"',
    '"\u007f"',
    '"\ufeff"',
    '"\uffff"',
    '[]',
    '[ ]',
    '[1]',
    '[1,2,[3,[]],{}]',
    '{}',
    '{ }',
    '{"a":1}',
    '{"":1}',
    '{"a":1,"A":2,"a ":3}',
    '{"__proto__":1}',
    '{"__proto__":{"a":1},"constructor":2,"toString":3,"hasOwnProperty":4}',
    '{"a":{"a":{"a":1}}}',
    '{"b":1,"a":2}',
    '{"é":1,"e\u0301":2}',
    ' \t\r\n 1 \t\r\n ',
    ' { "a" : [ 1 , 2 ] } ',
  ]
  it.each(accepted)('%s', (text) => {
    expect(same(read(text), JSON.parse(text))).toBe(true)
  })

  it('objects without a prototype', () => {
    const value = read('{"a":{"b":1}}') as { a: object }
    expect(Object.getPrototypeOf(value)).toBeNull()
    expect(Object.getPrototypeOf(value.a)).toBeNull()
    expect('toString' in value).toBe(false)
    expect('toString' in value.a).toBe(false)
  })

  it('a member named __proto__ as a member like any other', () => {
    const value = read('{"__proto__":{"polluted":true}}') as Record<string, JsonValue>
    expect(Object.keys(value)).toEqual(['__proto__'])
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  it('a view with an offset of its own', () => {
    expect(parseJson(bytesOf('xx[1]xx').subarray(2, 5))).toEqual([1])
  })
})

describe('parseJson refuses', () => {
  const refused: Readonly<Record<string, [text: string, code: string]>> = {
    nothing: ['', 'JSON_TRUNCATED'],
    'white space': [' \n', 'JSON_TRUNCATED'],
    'a byte order mark': ['\ufeff{}', 'JSON_SYNTAX'],
    'a no-break space': ['\u00a01', 'JSON_SYNTAX'],
    'a form feed': ['\f1', 'JSON_SYNTAX'],
    'a vertical tab': ['1\v', 'JSON_TRAILING_DATA'],
    'two values': ['1 2', 'JSON_TRAILING_DATA'],
    'two objects': ['{}{}', 'JSON_TRAILING_DATA'],
    'a comma after the value': ['{},', 'JSON_TRAILING_DATA'],
    NUL: ['1\0', 'JSON_TRAILING_DATA'],
    'a word cut off': ['tru', 'JSON_SYNTAX'],
    'a word that goes on': ['truefalse', 'JSON_TRAILING_DATA'],
    'a word in capitals': ['TRUE', 'JSON_SYNTAX'],
    'a word in capitals in a list': ['[Null]', 'JSON_SYNTAX'],
    undefined: ['undefined', 'JSON_SYNTAX'],
    NaN: ['NaN', 'JSON_SYNTAX'],
    Infinity: ['Infinity', 'JSON_SYNTAX'],
    'negative Infinity': ['-Infinity', 'JSON_NUMBER'],
    'a leading zero': ['01', 'JSON_NUMBER'],
    'two zeros': ['00', 'JSON_NUMBER'],
    'a negative leading zero': ['-01', 'JSON_NUMBER'],
    'a leading plus': ['+1', 'JSON_SYNTAX'],
    'a minus alone': ['-', 'JSON_NUMBER'],
    'two minuses': ['--1', 'JSON_NUMBER'],
    'a difference': ['[1-2]', 'JSON_NUMBER'],
    'a point at the end': ['1.', 'JSON_NUMBER'],
    'a point at the beginning': ['.5', 'JSON_SYNTAX'],
    'two points': ['1.2.3', 'JSON_NUMBER'],
    'an exponent without digits': ['1e', 'JSON_NUMBER'],
    'an exponent with a sign only': ['1e+', 'JSON_NUMBER'],
    'an exponent with a point': ['1e1.5', 'JSON_NUMBER'],
    'a hexadecimal number': ['0x1F', 'JSON_TRAILING_DATA'],
    'an octal number': ['0o7', 'JSON_TRAILING_DATA'],
    'a big integer': ['1n', 'JSON_TRAILING_DATA'],
    'a separator of digits': ['1_000', 'JSON_TRAILING_DATA'],
    'digits of another script': ['\u0661', 'JSON_SYNTAX'],
    'a number over every double': ['1e309', 'JSON_NUMBER'],
    'a number under every double': ['-1e309', 'JSON_NUMBER'],
    'a string that does not end': ['"abc', 'JSON_TRUNCATED'],
    'a string that ends in a backslash': ['"abc\\', 'JSON_TRUNCATED'],
    'a string whose end is escaped': ['"abc\\"', 'JSON_TRUNCATED'],
    'single quotes': ["'a'", 'JSON_SYNTAX'],
    'a line break in a string': ['"a\nb"', 'JSON_SYNTAX'],
    'a tab in a string': ['"a\tb"', 'JSON_SYNTAX'],
    'NUL in a string': ['"a\0b"', 'JSON_SYNTAX'],
    'an unknown escape': ['"\\x41"', 'JSON_SYNTAX'],
    'an escape in capitals': ['"\\N"', 'JSON_SYNTAX'],
    'an escaped quote of the other kind': ['"\\\'"', 'JSON_SYNTAX'],
    'an octal escape': ['"\\0"', 'JSON_SYNTAX'],
    'an escape of three digits': ['"\\u123"', 'JSON_SYNTAX'],
    'an escape cut off': ['"\\u12', 'JSON_TRUNCATED'],
    'an escape with a sign': ['"\\u+123"', 'JSON_SYNTAX'],
    'an escape with a space': ['"\\u 123"', 'JSON_SYNTAX'],
    'an escape with a prefix': ['"\\u0x12"', 'JSON_SYNTAX'],
    'an escape in braces': ['"\\u{1f600}"', 'JSON_SYNTAX'],
    'a high surrogate': ['"\\ud83d"', 'JSON_TEXT'],
    'a low surrogate': ['"\\ude00"', 'JSON_TEXT'],
    'surrogates in the wrong order': ['"\\ude00\\ud83d"', 'JSON_TEXT'],
    'a surrogate before text': ['"\\ud83dx"', 'JSON_TEXT'],
    'a surrogate in a name': ['{"\\ud83d":1}', 'JSON_TEXT'],
    'a list that does not end': ['[1', 'JSON_TRUNCATED'],
    'a list that ends in a comma': ['[1,', 'JSON_TRUNCATED'],
    'a comma before the end of a list': ['[1,]', 'JSON_SYNTAX'],
    'a comma at the beginning of a list': ['[,1]', 'JSON_SYNTAX'],
    'a comma alone': ['[,]', 'JSON_SYNTAX'],
    'items without a comma': ['[1 2]', 'JSON_SYNTAX'],
    'an end of the other kind': ['[1}', 'JSON_SYNTAX'],
    'an end without a beginning': [']', 'JSON_SYNTAX'],
    'a colon in a list': ['["a":1]', 'JSON_SYNTAX'],
    'an object that does not end': ['{"a":1', 'JSON_TRUNCATED'],
    'an object that ends after a name': ['{"a"', 'JSON_TRUNCATED'],
    'an object that ends after a colon': ['{"a":', 'JSON_TRUNCATED'],
    'a comma before the end of an object': ['{"a":1,}', 'JSON_SYNTAX'],
    'a comma in an empty object': ['{,}', 'JSON_SYNTAX'],
    'two commas': ['{"a":1,,"b":2}', 'JSON_SYNTAX'],
    'a name without quotes': ['{a:1}', 'JSON_SYNTAX'],
    'a name that is a number': ['{1:1}', 'JSON_SYNTAX'],
    'a name without a value': ['{"a"}', 'JSON_SYNTAX'],
    'a name with another sign': ['{"a"=1}', 'JSON_SYNTAX'],
    'a comment of a line': ['// a\n1', 'JSON_SYNTAX'],
    'a comment in an object': ['{/* a */}', 'JSON_SYNTAX'],
    'a member twice': ['{"a":1,"a":1}', 'JSON_MEMBER_TWICE'],
    'a member twice, not one after the other': ['{"a":1,"b":2,"a":3}', 'JSON_MEMBER_TWICE'],
    'a member twice within': ['[{"x":{"a":1,"a":1}}]', 'JSON_MEMBER_TWICE'],
    'a member twice, once escaped': ['{"a":1,"\\u0061":2}', 'JSON_MEMBER_TWICE'],
    'a member twice, escaped in two ways': ['{"\\u002f":1,"\\/":2}', 'JSON_MEMBER_TWICE'],
    'a member twice, hexadecimal in capitals': ['{"\\u00e9":1,"\\u00E9":2}', 'JSON_MEMBER_TWICE'],
    'a member twice, beyond the basic plane': ['{"\u{1f600}":1,"\\ud83d\\ude00":2}', 'JSON_MEMBER_TWICE'],
    'an empty name twice': ['{"":1,"":2}', 'JSON_MEMBER_TWICE'],
    '__proto__ twice': ['{"__proto__":1,"__proto__":2}', 'JSON_MEMBER_TWICE'],
    '__proto__ twice, once escaped': ['{"__proto__":{},"\\u005f_proto__":{}}', 'JSON_MEMBER_TWICE'],
    'constructor twice': ['{"constructor":1,"constructor":2}', 'JSON_MEMBER_TWICE'],
  }
  it.each(Object.entries(refused))('%s', (_, [text, code]) => {
    const error = refusal(text)
    expect(error?.code).toBe(code)
    expect(error?.mend).toBeTruthy()
    expect(error?.citation?.document).toBe('RFC 8259')
    expect(error?.offset).toBeGreaterThanOrEqual(0)
  })

  const octets: Readonly<Record<string, number[]>> = {
    'an octet that UTF-8 never has': [0x22, 0xff, 0x22],
    'a sequence cut off': [0x22, 0xc3, 0x22],
    'a continuation alone': [0x22, 0x80, 0x22],
    'a form that is too long': [0x22, 0xc0, 0xaf, 0x22],
    'a NUL in two octets': [0x22, 0xc0, 0x80, 0x22],
    'a surrogate in UTF-8': [0x22, 0xed, 0xa0, 0x80, 0x22],
    'a surrogate pair in UTF-8': [0x22, 0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80, 0x22],
    'a code point over the last': [0x22, 0xf4, 0x90, 0x80, 0x80, 0x22],
    'a sequence split by an escape': [0x22, 0xc3, 0x5c, 0x6e, 0xa9, 0x22],
  }
  it.each(Object.entries(octets))('%s', (_, list) => {
    expect(refusal(Uint8Array.from(list))?.code).toBe('JSON_TEXT')
  })

  it.each(['utf16le', 'utf16be'])('text in %s', (encoding) => {
    const buffer = Buffer.from('{"a":1}', 'utf16le')
    expect(refusal(encoding === 'utf16le' ? buffer : buffer.swap16())?.code).toMatch(/^JSON_/)
  })

  it('and says where, as a JSON Pointer and an offset', () => {
    const cases: [text: string, path: string, offset: number][] = [
      ['{"a":[1,{"b":01}]}', '/a/1/b', 13],
      ['{"a/b":{"c~d":x}}', '/a~1b/c~0d', 14],
      ['{"a":1,"a":2}', '/a', 7],
      ['[1,2] 3', '', 6],
      ['[[],[?]]', '/1/0', 5],
      ['{"a":1,"b":x}', '/b', 11],
    ]
    for (const [text, path, offset] of cases) expect(refusal(text)).toMatchObject({ path, offset })
  })

  it('and never shows a value', () => {
    const secret = 'hunter2hunter2'
    for (const text of [
      `{"d":"${secret}`,
      `{"d":"${secret}","d":"${secret}"}`,
      `{"d":"${secret}\\x"}`,
      `{"d":"${secret}\\ud800"}`,
      `{"d":${secret}}`,
      `["${secret}" 1]`,
    ]) {
      const error = refusal(text)
      expect(error).toBeDefined()
      expect(`${error?.stack} ${JSON.stringify(error)}`).not.toContain(secret)
    }
  })

  it('a caller who gives no octets', () => {
    for (const value of ['{}', '[1]', null, undefined, 1, {}]) {
      expect(() => parseJson(value as unknown as Uint8Array)).toThrow(TypeError)
    }
  })
})

describe('caps', () => {
  const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth)
  const nestedObjects = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`

  it('on depth', () => {
    expect(refusal(nested(defaultJsonLimits.depth))).toBeUndefined()
    expect(refusal(nestedObjects(defaultJsonLimits.depth))).toBeUndefined()
    expect(refusal(nested(defaultJsonLimits.depth + 2))?.code).toBe('LIMIT_JSON_DEPTH')
    expect(refusal(nestedObjects(defaultJsonLimits.depth + 1))?.code).toBe('LIMIT_JSON_DEPTH')
    expect(refusal('['.repeat(1_000_000))?.code).toBe('LIMIT_JSON_DEPTH')
    expect(refusal('{"a":'.repeat(200_000))?.code).toBe('LIMIT_JSON_DEPTH')
    expect(refusal(nested(3), { size: 100, depth: 3 })).toBeUndefined()
    expect(refusal(nestedObjects(4), { size: 100, depth: 3 })?.code).toBe('LIMIT_JSON_DEPTH')
  })

  it('on depth do not count what stands side by side', () => {
    expect(refusal(`[${'[[]],'.repeat(10_000)}1]`)).toBeUndefined()
  })

  it('on size, before anything is read', () => {
    expect(refusal('[1,2]', { size: 5, depth: 3 })).toBeUndefined()
    expect(refusal('[1,22]', { size: 5, depth: 3 })?.code).toBe('LIMIT_JSON_SIZE')
    expect(refusal('??????', { size: 5, depth: 3 })?.code).toBe('LIMIT_JSON_SIZE')
    expect(refusal(' '.repeat(defaultJsonLimits.size + 1))?.code).toBe('LIMIT_JSON_SIZE')
    expect(refusal(`${' '.repeat(defaultJsonLimits.size - 1)}1`)).toBeUndefined()
  })

  it('count octets, not characters', () => {
    expect(refusal('"éé"', { size: 6, depth: 1 })).toBeUndefined()
    expect(refusal('"éé"', { size: 5, depth: 1 })?.code).toBe('LIMIT_JSON_SIZE')
  })
})

describe('the law of agreement with JSON.parse', () => {
  const outcome = (text: string): { value: unknown } | undefined => {
    try {
      return { value: JSON.parse(text) }
    } catch {
      return undefined
    }
  }

  /** JSON with some characters put in, cut or changed. */
  const damaged = fc
    .tuple(
      fc.json({ maxDepth: 4 }),
      fc.array(fc.tuple(fc.nat(), fc.constantFrom(...'{}[]":,\\u0123456789eE+-. ntf\t\na'), fc.nat(2)), {
        maxLength: 3,
      }),
    )
    .map(([text, changes]) => {
      const letters = [...text]
      for (const [where, letter, how] of changes) {
        letters.splice(where % (letters.length + 1), how === 0 ? 0 : 1, ...(how === 2 ? [] : [letter]))
      }
      return letters.join('')
    })
  const tokens = fc
    .array(
      fc.constantFrom(
        ...[
          '{',
          '}',
          '[',
          ']',
          ':',
          ',',
          '"a"',
          '"b"',
          '"\\u0061"',
          '"__proto__"',
          '1',
          '-0',
          '1.5e3',
          '0',
          'true',
          'null',
          ' ',
        ],
        ...['"', '\\', '\n', '\t', 'e', '.', '-', '"\\ud800"', '"\u{1f600}"'],
      ),
      { maxLength: 14 },
    )
    .map((parts) => parts.join(''))
  const texts = fc.oneof(damaged, tokens, fc.string({ unit: 'grapheme', maxLength: 20 }))

  /** What RFC 8259 lets differ, and we refuse. */
  const ours = new Set(['JSON_MEMBER_TWICE', 'JSON_TEXT', 'LIMIT_JSON_DEPTH'])

  it('what we read, it reads with the same value; what it reads, we read or refuse by name', () => {
    let read = 0
    let refused = 0
    fc.assert(
      fc.property(texts, (text) => {
        const theirs = outcome(text)
        const error = refusal(text)
        if (error === undefined) {
          read++
          expect(theirs, text).toBeDefined()
          expect(same(parseJson(bytesOf(text)), theirs?.value), text).toBe(true)
          return
        }
        refused++
        if (theirs === undefined) return
        const infinite = error.code === 'JSON_NUMBER' && /Infinity/.test(String(deepNumbers(theirs.value)))
        if (!infinite) expect(ours, `${text}: ${error.code}`).toContain(error.code)
        if (error.code === 'JSON_TEXT') expect(JSON.stringify(theirs.value)).toMatch(/\\ud[89a-f]/)
      }),
      { numRuns: 20_000, seed: 8259 },
    )
    expect(read).toBeGreaterThan(1000)
    expect(refused).toBeGreaterThan(1000)
  })

  it('the offset of a refusal is in the text', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(refusal(text)?.offset ?? 0, text).toBeLessThanOrEqual(bytesOf(text).length)
      }),
      { numRuns: 10_000, seed: 8259 },
    )
  })

  it('everything that JSON.stringify writes is read back, whole', () => {
    fc.assert(
      fc.property(
        fc.jsonValue({ maxDepth: 6, stringUnit: 'grapheme' }),
        fc.constantFrom(undefined, 1, '\t'),
        (value, space) => {
          const text = JSON.stringify(value, null, space)
          expect(same(read(text), JSON.parse(text))).toBe(true)
        },
      ),
      { numRuns: 1000 },
    )
  })

  it('any double is read back', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
        const text = Object.is(number, -0) ? '-0' : String(number)
        expect(Object.is(read(text), number)).toBe(true)
      }),
    )
  })

  it('any octets are read or refused with a Psd2Error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (octets) => {
        refusal(octets)
        refusal(Uint8Array.of(0x22, ...octets, 0x22))
      }),
      { numRuns: 3000 },
    )
  })
})

function deepNumbers(value: unknown): number[] {
  if (typeof value === 'number') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(deepNumbers) : []
}

describe('work is linear', () => {
  const inputs: Readonly<Record<string, string>> = {
    'long numbers': `[${'1'.repeat(400_000)}]`,
    escapes: `"${'\\n'.repeat(300_000)}"`,
    'many members': `{${Array.from({ length: 60_000 }, (_, i) => `"m${i}":0`).join()}}`,
    'many objects': `[${'{"a":1},'.repeat(100_000)}1]`,
    'white space': ' '.repeat(900_000),
  }
  it.each(Object.entries(inputs))('%s take no second', (_, text) => {
    const start = performance.now()
    refusal(text)
    // A generous cap: the quadratic way takes minutes.
    expect(performance.now() - start).toBeLessThan(5000)
  })
})
