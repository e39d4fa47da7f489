import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Psd2Error } from '../../src/core/errors.ts'
import {
  type CoveredComponent,
  checkPolicy,
  type DialectName,
  type HeaderLines,
  type ParsedSignature,
  parseSignatures,
  preparePolicy,
  readMessage,
} from '../../src/http/index.ts'
import { signatureParser } from '../../src/http/parse.ts'
import { messageLayout, type StandingOptions } from '../../src/http/sign.ts'
import type { SignatureParser } from '../../src/http/signature.ts'
import { codeOf, rsaSigner } from './support.ts'

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

  it('of a mark that another parameter ends with: what follows it is not taken for a signature', () => {
    const forged = 'keyId="k,signature="AAAA"'
    const parse = signatureParser({ dialect: 'cavage-10' })
    expect(outcome(parse, [['Signature', marked]])).toMatchObject([{ keyId: 'k,signature=' }])
    expect(outcome(parse, [['Signature', forged]])).toMatchObject({ code: 'SIGNATURE_SYNTAX' })
  })

  it('of parameters behind the signature: they are not those of the next one', () => {
    const parse = signatureParser({ dialect: 'cavage-10' })
    const short = 'keyId="k",headers="date",signature="AAAA"'
    expect(outcome(parse, [['Signature', `${short},algorithm="rsa-sha256"`]])).toMatchObject([
      { algorithm: 'rsa-sha256' },
    ])
    expect(outcome(parse, [['Signature', short]])).toMatchObject([{ algorithm: undefined }])
    expect(outcome(parse, [['Signature', short.slice(0, -1)]])).toMatchObject({ code: 'SIGNATURE_SYNTAX' })
  })

  it.each([
    ['("@method" "@path" "date");created=1', 5],
    ['("@method" "@path" "date")', 4],
  ])('of the cap on members: a known list counts as one that is read: %s', (list, members) => {
    const one: HeaderLines = [
      ['Signature-Input', `a=${list}`],
      ['Signature', 'a=:AAAA:'],
    ]
    const two: HeaderLines = [
      ['Signature-Input', `a=${list}, b=${list}`],
      ['Signature', 'a=:AAAA:, b=:AAAA:'],
    ]
    const narrow = signatureParser({ dialect: 'rfc9421', limits: { members: members * 2 - 1 } })
    const exact = signatureParser({ dialect: 'rfc9421', limits: { members: members * 2 } })
    for (let i = 0; i < 3; i++) {
      expect(outcome(narrow, one)).toMatchObject([{ label: 'a' }])
      expect(outcome(narrow, two)).toMatchObject({ code: 'LIMIT_STRUCTURED_FIELD' })
      expect(outcome(exact, two)).toMatchObject([{ label: 'a' }, { label: 'b' }])
    }
  })
})

describe('what a parser remembers', () => {
  /** The list of components is the very same object where it was not read again. */
  function componentsIn(parse: SignatureParser, headers: HeaderLines): unknown {
    const [signature] = parse(readMessage({ method: 'GET', target: '/', headers }))
    expect(signature?.components.length).toBeGreaterThan(0)
    return signature?.components
  }
  const draft = (keyId: string, signature = base64): HeaderLines => [
    ['Signature', `keyId="${keyId}",headers="(request-target) date",signature="${signature}"`],
  ]
  const rfc = (keyid: string, list = '("@method" "date")'): HeaderLines => [
    ['Signature-Input', `a=${list};created=${keyid.length};keyid="${keyid}"`],
    ['Signature', `a=:${base64}:`],
  ]

  it('in the drafts, everything before the signature', () => {
    const parse = signatureParser({ dialect: 'cavage-10' })
    const first = componentsIn(parse, draft('k'))
    expect(componentsIn(parse, draft('k', 'AAAA'))).toBe(first)
    expect(componentsIn(parse, draft('l'))).not.toBe(first)
    expect(componentsIn(signatureParser({ dialect: 'cavage-10' }), draft('k'))).not.toBe(first)
  })

  it('in RFC 9421, lists of components', () => {
    const parse = signatureParser({ dialect: 'rfc9421' })
    const first = componentsIn(parse, rfc('k'))
    expect(componentsIn(parse, rfc('another'))).toBe(first)
    expect(componentsIn(parse, rfc('k', '("date" "@method")'))).not.toBe(first)
  })

  it.each([
    ['cavage-10', draft],
    ['rfc9421', rfc],
  ] as const)('%s: no header that is longer than 4,096 characters', (dialect, headersOf) => {
    const parse = signatureParser({ dialect })
    const long = 'k'.repeat(4096)
    expect(componentsIn(parse, headersOf(long))).not.toBe(componentsIn(parse, headersOf(long)))
  })

  it('a thousand senders, the last ones', () => {
    const parse = signatureParser({ dialect: 'cavage-10' })
    const all = Array.from({ length: 1001 }, (_, i) => componentsIn(parse, draft(`k${i}`)))
    expect(componentsIn(parse, draft('k1000'))).toBe(all[1000])
    expect(componentsIn(parse, draft('k1'))).toBe(all[1])
    expect(componentsIn(parse, draft('k0'))).not.toBe(all[0])
  })
})

describe('what a policy remembers of lists of components', () => {
  const policy = preparePolicy({
    required: ['(request-target)', 'digest'],
    algorithms: ['rsa-v1_5-sha256'],
    clock: { maxAge: 300, required: false },
    digest: { required: 'never', fields: ['Digest'] },
  })
  const message = readMessage({ method: 'GET', target: '/', headers: [['Signature', cavage]] })
  const [read] = parseSignatures(message, { dialect: 'cavage-10' }) as [ParsedSignature]
  const component = (name: string): CoveredComponent => ({
    name,
    id: name,
    label: name,
    start: `${name}: `,
    parameters: new Map(),
  })
  const check = (components: readonly CoveredComponent[]): unknown => {
    try {
      checkPolicy(message, { ...read, components }, policy, { at: new Date(0) })
      return 'accepted'
    } catch (error) {
      return (error as Psd2Error).code
    }
  }

  it('is nothing of a list that can still be changed', () => {
    const list = [component('(request-target)'), component('digest')]
    expect(check(list)).toBe('accepted')
    list.pop()
    expect(check(list)).toBe('SIGNATURE_REQUIRED_NOT_COVERED')
  })

  it('is nothing of components that can still be changed', () => {
    const changing = { ...component('digest') }
    const list = Object.freeze([Object.freeze(component('(request-target)')), changing])
    expect(check(list)).toBe('accepted')
    Object.assign(changing, component('date'))
    expect(check(list)).toBe('SIGNATURE_REQUIRED_NOT_COVERED')
  })

  it('is the same for every look at a frozen list, and another for another', () => {
    const frozen = (...names: string[]) => Object.freeze(names.map((name) => Object.freeze(component(name))))
    const [full, short] = [frozen('(request-target)', 'digest'), frozen('(request-target)')]
    for (let i = 0; i < 2; i++) {
      expect(check(full)).toBe('accepted')
      expect(check(short)).toBe('SIGNATURE_REQUIRED_NOT_COVERED')
    }
    expect(policy.coveredBy(full)).toBe(policy.coveredBy(full))
    expect(policy.coveredBy(full).list).toEqual(['(request-target)', 'digest'])
    expect(Object.isFrozen(policy.coveredBy(full).list)).toBe(true)
  })
})

describe('what a signer remembers of lists of components', () => {
  const message = readMessage({
    method: 'GET',
    target: '/',
    headers: [
      ['a', '1'],
      ['b', '2'],
    ],
  })
  const signing = (options: Partial<StandingOptions> = {}) => {
    const layOut = messageLayout({ dialect: 'cavage-10', keyId: 'k', ...options } as StandingOptions, rsaSigner)
    return (components: readonly string[]) => {
      const none = { created: undefined, expires: undefined, nonce: undefined, tag: undefined }
      return layOut(message, { ...none, components })
    }
  }

  it('tells a name with a space from two names', async () => {
    const of = signing()
    expect(of(['a', 'b']).base.text).toBe('a: 1\nb: 2')
    expect(await codeOf(() => of(['a b']))).toBe('SIGNATURE_HEADERS_LIST')
    expect(of(['b', 'a']).base.text).toBe('b: 2\na: 1')
  })

  it.each(['cavage-10', 'rfc9421'] as const)('is nothing of a list that can still be changed: %s', (dialect) => {
    const of = signing({ dialect })
    const list = ['a']
    const before = of(list).base.text
    list.push('b')
    const after = of(list).base.text
    list.pop()
    expect([before.includes('2'), after.includes('2'), of(list).base.text]).toEqual([false, true, before])
  })

  it.each(['cavage-10', 'rfc9421'] as const)('is the same for a list that cannot: %s', (dialect) => {
    const of = signing({ dialect })
    const lists = [['a'], ['b', 'a'], ['a', 'b']].map((list) => Object.freeze(list))
    const fresh = lists.map((list) => signing({ dialect })(list).base.text)
    for (let i = 0; i < 2; i++) expect(lists.map((list) => of(list).base.text)).toEqual(fresh)
    expect(new Set(fresh).size).toBe(3)
  })

  it('is refused again where it was refused', async () => {
    const of = signing()
    const list = Object.freeze(['(created)'])
    for (let i = 0; i < 2; i++) expect(await codeOf(() => of(list))).toBe('SIGNATURE_COMPONENT_UNKNOWN')
  })

  it('keeps quirks apart', async () => {
    const listed = (options: Partial<StandingOptions>): unknown => signing(options)(['A']).write('')[0]?.[1]
    expect(listed({ quirks: { keepHeaderCase: true } })).toContain('headers="A"')
    expect(listed({ quirks: { headerListCase: true } })).toContain('headers="a"')
    expect(await codeOf(() => listed({}))).toBe('SIGNATURE_HEADERS_CASE')
  })
})
