import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Psd2Error } from '../../src/core/errors.ts'
import { type DialectName, type HeaderLines, parseSignatures, readMessage } from '../../src/http/index.ts'
import { signatureParser } from '../../src/http/parse.ts'
import type { SignatureParser } from '../../src/http/signature.ts'

const base64 = Buffer.alloc(64, 7).toString('base64')
const cavage = `keyId="k",algorithm="rsa-sha256",headers="(request-target) date",signature="${base64}"`
/** What marks the signature stands in another parameter too. */
const marked = cavage.replace('"k"', '"k,signature="')
const rfc9421 = '("@method" "@path" "date");created=1618884473;keyid="k"'
/** A parenthesis that does not end the list. */
const bracketed = rfc9421.replace('"@path"', '"@query-param";name="x)y"')

/** What a parser says of headers: all of the signatures, or the code of the refusal and where it is. */
function outcome(parse: SignatureParser, headers: HeaderLines): unknown {
  try {
    return parse(readMessage({ method: 'GET', target: '/a', headers }))
  } catch (error) {
    if (!(error instanceof Psd2Error)) throw error
    const { code, path, offset } = error
    return { code, path, offset }
  }
}

/** Texts like one that is right: as it is, with another signature, and with a few places changed or doubled. */
function variants(text: string): fc.Arbitrary<string> {
  const pieces = [
    '"',
    '\\',
    ',',
    ' ',
    ')',
    '(',
    ';',
    ':',
    '=',
    'signature="',
    '",signature="',
    base64,
    'A',
    '\u00e9',
    '',
  ]
  const change = fc.tuple(fc.nat(text.length), fc.nat(20), fc.constantFrom(...pieces))
  return fc
    .array(change, { maxLength: 3 })
    .map((changes) => changes.reduce((held, [at, cut, put]) => held.slice(0, at) + put + held.slice(at + cut), text))
}

function holdsFor(dialect: DialectName, headersOf: (text: string) => HeaderLines, text: string): void {
  fc.assert(
    fc.property(fc.array(variants(text), { minLength: 2, maxLength: 12 }), (texts) => {
      const remembering = signatureParser({ dialect })
      const fresh: SignatureParser = (message) => parseSignatures(message, { dialect })
      // Twice, so that each text is also read after all others and after itself.
      for (const sent of [text, ...texts, ...texts, text]) {
        const headers = headersOf(sent)
        expect(outcome(remembering, headers)).toEqual(outcome(fresh, headers))
      }
    }),
    { numRuns: 300 },
  )
}

describe('a parser that remembers says what a new one says', () => {
  it('of Signature and Authorization in the drafts', () => {
    holdsFor('cavage-10', (text) => [['Signature', text]], cavage)
    holdsFor('cavage-10', (text) => [['Signature', text]], marked)
    holdsFor('cavage-12', (text) => [['Signature', text]], `created=1618884473,${cavage}`)
    holdsFor('cavage-10', (text) => [['Authorization', `Signature ${text}`]], cavage)
  })

  it('of the same parameters in the other header', () => {
    const parse = signatureParser({ dialect: 'cavage-10' })
    const labels = (headers: HeaderLines) =>
      parse(readMessage({ method: 'GET', target: '/', headers })).map(({ label }) => label)
    expect(labels([['Signature', cavage]])).toEqual(['signature'])
    expect(labels([['Authorization', `Signature ${cavage}`]])).toEqual(['authorization'])
    expect(labels([['Signature', cavage]])).toEqual(['signature'])
  })

  it('of Signature-Input and Signature in RFC 9421', () => {
    for (const text of [rfc9421, bracketed]) {
      holdsFor(
        'rfc9421',
        (text) => [
          ['Signature-Input', `a=${text}`],
          ['Signature', `a=:${base64}:`],
        ],
        text,
      )
    }
    holdsFor(
      'rfc9421',
      (text) => [
        ['Signature-Input', `a=${text}, b=${text}`],
        ['Signature', `a=:${base64}:,b=:AA==:`],
      ],
      rfc9421,
    )
    holdsFor(
      'rfc9421',
      (text) => [
        ['Signature-Input', `a=${rfc9421}`],
        ['Signature', `a=${text}`],
      ],
      `:${base64}:`,
    )
  })

  it('of a field that is longer than what is kept', () => {
    const parse = signatureParser({ dialect: 'cavage-10' })
    const long = cavage.replace('k"', `${'k'.repeat(5000)}"`)
    for (let i = 0; i < 2; i++)
      expect(outcome(parse, [['Signature', long]])).toMatchObject([{ keyId: 'k'.repeat(5000) }])
  })

  it('and gives nothing that one caller could change for the next', () => {
    for (const [dialect, headers] of [
      ['cavage-10', [['Signature', cavage]]],
      [
        'rfc9421',
        [
          ['Signature-Input', `a=${rfc9421}`],
          ['Signature', `a=:${base64}:`],
        ],
      ],
    ] as const) {
      const [signature] = signatureParser({ dialect })(readMessage({ method: 'GET', target: '/', headers }))
      expect(Object.isFrozen(signature?.components)).toBe(true)
      expect(signature?.components.every(Object.isFrozen)).toBe(true)
      const parameters = signature?.parameters as Map<string, string>
      if (dialect === 'cavage-10') {
        expect(() => parameters.set('keyId', 'another')).toThrow(TypeError)
        expect(() => parameters.delete('keyId')).toThrow(TypeError)
        expect(() => parameters.clear()).toThrow(TypeError)
      }
    }
  })

  it('also when more senders came than it keeps', () => {
    const parse = signatureParser({ dialect: 'cavage-10' })
    const of = (i: number): HeaderLines => [['Signature', cavage.replace('"k"', `"k${i}"`)]]
    for (let i = 0; i < 1200; i++) expect(outcome(parse, of(i))).toMatchObject([{ keyId: `k${i}` }])
    for (let i = 0; i < 1200; i += 100) expect(outcome(parse, of(i))).toMatchObject([{ keyId: `k${i}` }])
  })
})
