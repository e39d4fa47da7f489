import { describe, expect, it } from 'vitest'
import {
  type CavageSignOptions,
  explainSignature,
  type HttpMessage,
  type ParseSignatureOptions,
  parseParameters,
  parseSignatures,
  readMessage,
  selectSignature,
  signMessage,
} from '../../src/http/index.ts'
import {
  codeOf,
  hmac,
  octets,
  post,
  rsa,
  rsaSigner,
  rsaVerifier,
  signed,
  signerOf,
  verified,
  verifierOf,
  withHeaders,
} from './support.ts'

const components = ['(request-target)', 'host', 'date', 'digest', 'x-request-id']
const ten: CavageSignOptions = { dialect: 'cavage-10', keyId: 'SN=1A2B,CA=CN=Bank CA,O=Bank', components }
const read10: ParseSignatureOptions = { dialect: 'cavage-10' }
const sig = 'AAAA'

const parse = (signature: string, options: ParseSignatureOptions = read10, message: HttpMessage = post) =>
  parseSignatures(readMessage(withHeaders(message, { Signature: signature })), options)
const parseCode = (signature: string, options?: ParseSignatureOptions) => codeOf(() => parse(signature, options))

describe('parameters of a signature', () => {
  it.each([
    [
      'commas and = in a value (SIG-10)',
      `keyId="SN=1,CA=CN=A,O=B",headers="date",signature="${sig}"`,
      'SN=1,CA=CN=A,O=B',
    ],
    ['spaces around commas', `keyId="k" , headers="date"\t,  signature="${sig}"`, 'k'],
    ['escapes of a quotation mark and a backslash', `keyId="a\\"b\\\\c",headers="date",signature="${sig}"`, 'a"b\\c'],
    ['any order', `signature="${sig}",headers="date",keyId="k"`, 'k'],
    ['apostrophes inside', `keyId="d'or",headers="date",signature="${sig}"`, "d'or"],
  ])('%s', (_, signature, keyId) => {
    expect(parse(signature)[0]?.keyId).toBe(keyId)
  })

  it.each([
    ['keyId twice (SIG-08)', `keyId="k",keyId="l",headers="date",signature="${sig}"`, 'SIGNATURE_DUPLICATE_PARAMETER'],
    [
      'headers twice (SIG-08)',
      `keyId="k",headers="date",headers="host",signature="${sig}"`,
      'SIGNATURE_DUPLICATE_PARAMETER',
    ],
    [
      'keyId and keyid (SIG-08)',
      `keyId="k",keyid="l",headers="date",signature="${sig}"`,
      'SIGNATURE_PARAMETER_UNKNOWN',
    ],
    [
      'constructor (SIG-09)',
      `keyId="k",constructor="x",headers="date",signature="${sig}"`,
      'SIGNATURE_PARAMETER_UNKNOWN',
    ],
    ['__proto__ (SIG-09)', `keyId="k",__proto__="x",headers="date",signature="${sig}"`, 'SIGNATURE_PARAMETER_UNKNOWN'],
    [
      'digest as a parameter (SIG-01)',
      `keyId="k",digest="x",headers="date",signature="${sig}"`,
      'SIGNATURE_PARAMETER_UNKNOWN',
    ],
    ['created under -10', `keyId="k",created=1,headers="date",signature="${sig}"`, 'SIGNATURE_PARAMETER_UNKNOWN'],
    ['no quotation marks (SIG-10)', `keyId=k,headers="date",signature="${sig}"`, 'SIGNATURE_SYNTAX'],
    ['apostrophes for quotation marks (SIG-10)', `keyId='k',headers="date",signature="${sig}"`, 'SIGNATURE_SYNTAX'],
    ['no closing mark (SIG-10)', `keyId="k",headers="date",signature="${sig}`, 'SIGNATURE_SYNTAX'],
    ['a mark inside (SIG-10)', `keyId="a"b",headers="date",signature="${sig}"`, 'SIGNATURE_SYNTAX'],
    ['another escape', `keyId="a\\,b",headers="date",signature="${sig}"`, 'SIGNATURE_ESCAPE'],
    ['an escape at the end', `keyId="a\\`, 'SIGNATURE_ESCAPE'],
    ['two commas', `keyId="k",,headers="date",signature="${sig}"`, 'SIGNATURE_SYNTAX'],
    ['a comma at the end', `keyId="k",headers="date",signature="${sig}",`, 'SIGNATURE_SYNTAX'],
    ['no commas', `keyId="k" headers="date" signature="${sig}"`, 'SIGNATURE_SYNTAX'],
    ['spaces around =', `keyId = "k",headers="date",signature="${sig}"`, 'SIGNATURE_SYNTAX'],
    ['a tab inside', `keyId="a\tb",headers="date",signature="${sig}"`, 'SIGNATURE_SYNTAX'],
    ['beyond ASCII', `keyId="\u00e9",headers="date",signature="${sig}"`, 'SIGNATURE_SYNTAX'],
    ['a number for a text', `keyId=12,headers="date",signature="${sig}"`, 'SIGNATURE_PARAMETER_TYPE'],
    ['nothing', '', 'SIGNATURE_SYNTAX'],
    ['no keyId', `headers="date",signature="${sig}"`, 'SIGNATURE_PARAMETER_MISSING'],
    ['an empty keyId', `keyId="",headers="date",signature="${sig}"`, 'SIGNATURE_KEY_ID'],
    ['no signature', 'keyId="k",headers="date"', 'SIGNATURE_PARAMETER_MISSING'],
    ['an empty signature', 'keyId="k",headers="date",signature=""', 'SIGNATURE_EMPTY'],
    ['the word Signature', `Signature keyId="k",headers="date",signature="${sig}"`, 'SIGNATURE_SCHEME_WORD'],
    ['too long', `keyId="${'k'.repeat(40_000)}",headers="date",signature="${sig}"`, 'LIMIT_SIGNATURE_FIELD'],
    ['many parameters', `${Array.from({ length: 40 }, (_, i) => `p${i}="x"`).join(',')}`, 'SIGNATURE_SYNTAX'],
  ])('%s is refused', async (_, signature, code) => {
    expect(await parseCode(signature)).toBe(code)
  })

  it.each([
    ['spaces (SIG-28)', 'AA AA'],
    ['the URL alphabet (SIG-28)', 'AA-_'],
    ['no padding (SIG-28)', 'AAA'],
    ['junk after the padding (SIG-28)', 'AAA=AAAA'],
    ['unused bits (SIG-28)', 'AAB='],
    ['a line of its own', 'AAAA\\\\'],
  ])('base64 with %s is refused', async (_, signature) => {
    expect(await parseCode(`keyId="k",headers="date",signature="${signature}"`)).toBe('SIGNATURE_BASE64')
  })

  it('gives every parameter, the names as on the wire', () => {
    expect([...parseParameters('a="b",created=12', 'signature')]).toEqual([
      ['a', { value: 'b', quoted: true }],
      ['created', { value: '12', quoted: false }],
    ])
  })
})

describe('the list of headers', () => {
  const list = (headers: string, options?: ParseSignatureOptions) =>
    parseCode(`keyId="k",headers="${headers}",signature="${sig}"`, options)

  it.each([
    ['one', 'date', 'accepted'],
    ['empty (SIG-03)', '', 'SIGNATURE_HEADERS_EMPTY'],
    ['a space (SIG-03)', ' ', 'SIGNATURE_HEADERS_EMPTY'],
    ['twice (SIG-04)', 'date host date', 'SIGNATURE_COMPONENT_TWICE'],
    ['upper case (SIG-27)', 'Date', 'SIGNATURE_HEADERS_CASE'],
    ['no token (SIG-27)', 'da:te', 'SIGNATURE_HEADERS_LIST'],
    ['two spaces', 'date  host', 'SIGNATURE_HEADERS_LIST'],
    ['a space at the end', 'date ', 'SIGNATURE_HEADERS_LIST'],
    ['an unknown name in parentheses', '(query)', 'SIGNATURE_COMPONENT_UNKNOWN'],
    ['(created) under -10', '(created)', 'SIGNATURE_COMPONENT_UNKNOWN'],
    ['(Request-Target)', '(Request-Target)', 'SIGNATURE_COMPONENT_UNKNOWN'],
    ['too many', Array.from({ length: 65 }, (_, i) => `h${i}`).join(' '), 'LIMIT_COMPONENTS'],
  ])('%s', async (_, headers, code) => {
    expect(await list(headers)).toBe(code)
  })

  it('twice in two cases is still twice', async () => {
    expect(await list('date Date', { ...read10, quirks: { headerListCase: true } })).toBe('SIGNATURE_COMPONENT_TWICE')
  })

  it('is the default of the draft where it is absent (SIG-03)', () => {
    expect(parse(`keyId="k",signature="${sig}"`)[0]?.components.map(({ id }) => id)).toEqual(['date'])
  })
})

describe('algorithm', () => {
  const code = (algorithm: string, dialect: 'cavage-10' | 'cavage-12', quirks = {}) =>
    parseCode(`keyId="k",algorithm="${algorithm}",headers="date",signature="${sig}"`, { dialect, quirks })

  it.each([
    ['rsa-sha256', 'accepted', 'SIGNATURE_ALGORITHM_DEPRECATED'],
    ['rsa-sha512', 'accepted', 'SIGNATURE_ALGORITHM_DEPRECATED'],
    ['hs2019', 'SIGNATURE_ALGORITHM_UNKNOWN', 'accepted'],
    ['rsa-sha1', 'SIGNATURE_ALGORITHM_WEAK', 'SIGNATURE_ALGORITHM_WEAK'],
    ['hmac-sha1', 'SIGNATURE_ALGORITHM_WEAK', 'SIGNATURE_ALGORITHM_WEAK'],
    ['none', 'SIGNATURE_ALGORITHM_UNKNOWN', 'SIGNATURE_ALGORITHM_UNKNOWN'],
    ['RSA-SHA256', 'SIGNATURE_ALGORITHM_UNKNOWN', 'SIGNATURE_ALGORITHM_UNKNOWN'],
    ['toString', 'SIGNATURE_ALGORITHM_UNKNOWN', 'SIGNATURE_ALGORITHM_UNKNOWN'],
  ])('%s (SIG-11)', async (algorithm, in10, in12) => {
    expect([await code(algorithm, 'cavage-10'), await code(algorithm, 'cavage-12')]).toEqual([in10, in12])
  })

  it('has further names only by a quirk', async () => {
    const quirks = { algorithmAliases: { SHA256withRSA: 'rsa-v1_5-sha256' as const } }
    expect(await code('SHA256withRSA', 'cavage-10')).toBe('SIGNATURE_ALGORITHM_UNKNOWN')
    const message = await signed(post, { ...ten, algorithm: 'SHA256withRSA', quirks })
    await verified(message, { ...read10, quirks })
  })

  it('must be that of the key (SIG-11, SIG-12, SIG-13)', async () => {
    const message = await signed(post, ten)
    const pss = verifierOf('rsa-pss-sha512', rsa.publicKey)
    expect(await codeOf(() => verified(message, read10, pss))).toBe('SIGNATURE_ALGORITHM_MISMATCH')
    const pem = rsa.publicKey.export({ type: 'spki', format: 'pem' }) as string
    const forged = await signed(post, ten.keyId === '' ? ten : { ...ten, algorithm: 'hmac-sha256' }, hmac(octets(pem)))
    expect(await codeOf(() => verified(forged, read10))).toBe('SIGNATURE_ALGORITHM_MISMATCH')
    const unnamed = await signed(post, { ...ten, algorithm: null }, signerOf('rsa-pss-sha256', rsa.privateKey))
    expect(await codeOf(() => verified(unnamed, read10))).toBe('SIGNATURE_INVALID')
    await verified(await signed(post, { ...ten, algorithm: null }), read10)
  })

  it('that does not fit the signer is not written', async () => {
    expect(await codeOf(() => signed(post, { ...ten, algorithm: 'rsa-sha512' }))).toBe('SIGNATURE_ALGORITHM_MISMATCH')
    expect(await codeOf(() => signed(post, { ...ten, dialect: 'cavage-12' }))).toBe('SIGNATURE_ALGORITHM_NOT_ALLOWED')
  })
})

describe('created and expires under -12', () => {
  const twelve: ParseSignatureOptions = { dialect: 'cavage-12' }
  const code = (times: string, headers = '(created) (expires) date', more: object = {}) =>
    parseCode(`keyId="k",${times}headers="${headers}",signature="${sig}"`, { ...twelve, ...more })

  it.each([
    ['both', 'created=1402170695,expires=1402170699,', 'accepted'],
    ['a text (SIG-17)', 'created="abc",expires=2,', 'SIGNATURE_TIME'],
    ['a quoted number', 'created="1402170695",expires=2,', 'SIGNATURE_TIME'],
    ['a decimal (SIG-17)', 'created=1.5,expires=2,', 'SIGNATURE_TIME'],
    ['a negative number (SIG-17)', 'created=-1,expires=2,', 'SIGNATURE_TIME'],
    ['more than 2^53 (SIG-17)', 'created=9007199254740993,expires=2,', 'SIGNATURE_TIME'],
    ['a leading zero', 'created=01,expires=2,', 'SIGNATURE_TIME'],
    ['missing though listed (SIG-17)', 'expires=2,', 'SIGNATURE_PARAMETER_MISSING'],
    ['under rsa-sha256', 'created=1,expires=2,algorithm="rsa-sha256",', 'SIGNATURE_CREATED_WITH_ALGORITHM'],
    ['under hs2019', 'created=1,expires=2,algorithm="hs2019",', 'accepted'],
  ])('%s', async (_, times, expected) => {
    expect(await code(times)).toBe(expected)
  })

  it('may be quoted by a quirk', async () => {
    expect(await code('created="1402170695",', '(created)', { quirks: { quotedNumbers: true } })).toBe('accepted')
  })

  it('are signed where they are listed', async () => {
    const signer = signerOf('rsa-pss-sha512', rsa.privateKey)
    const times = { created: new Date(1402170695_900), expires: new Date(1402170699_000) }
    const options = { ...ten, dialect: 'cavage-12', components: ['(created)', '(expires)'], ...times } as const
    const { headers, base } = await signMessage(readMessage(post), options, signer)
    expect(base.text).toBe('(created): 1402170695\n(expires): 1402170699')
    expect(headers[0]?.[1]).toMatch(/^keyId="[^"]+",algorithm="hs2019",created=1402170695,expires=1402170699,headers=/)
    for (const time of [{ created: times.created }, { expires: times.expires }]) {
      await expect(signed(post, { ...ten, ...time })).rejects.toThrow(/has no created and expires/)
    }
    await expect(signed(post, { ...options, created: new Date(Number.NaN) }, signer)).rejects.toThrow(TypeError)
  })
})

describe('what carries the signature', () => {
  const good = async () => (await signed(post, ten)).headers.at(-1)?.[1] as string

  it('is Signature or Authorization', async () => {
    const text = await good()
    await verified(withHeaders(post, { Signature: text }), read10)
    await verified(withHeaders(post, { Authorization: `Signature ${text}` }), read10)
    await verified(withHeaders(post, { Authorization: `signature  ${text}` }), read10)
    await verified(withHeaders(post, { Authorization: `Signature ${text}`, Signature: text }), read10)
    await verified(withHeaders(post, { Authorization: 'Bearer abc', Signature: text }), read10)
    await verified(await signed(post, { ...ten, carrier: 'authorization' }), read10)
  })

  it('is not two of a kind (SIG-06, SIG-07)', async () => {
    const text = await good()
    const other = text.replace('1A2B', '1A2C')
    const code = (headers: readonly [string, string][]) =>
      codeOf(() => verified({ ...post, headers: [...post.headers, ...headers] }, read10))
    expect(
      await code([
        ['Signature', text],
        ['Authorization', `Signature ${other}`],
      ]),
    ).toBe('SIGNATURE_AMBIGUOUS')
    expect(
      await code([
        ['Signature', text],
        ['Signature', text],
      ]),
    ).toBe('SIGNATURE_HEADER_TWICE')
    expect(
      await code([
        ['Authorization', `Signature ${text}`],
        ['Authorization', 'Bearer a'],
      ]),
    ).toBe('SIGNATURE_HEADER_TWICE')
    expect(await code([['Authorization', 'Bearer a']])).toBe('SIGNATURE_MISSING')
  })

  it('may begin with the word Signature by a quirk', async () => {
    const message = withHeaders(post, { Signature: `Signature ${await good()}` })
    await verified(message, { ...read10, quirks: { schemeWord: true } })
  })
})

describe('what is signed', () => {
  const baseOf = async (message: HttpMessage, names: string[], quirks = {}) =>
    (await signMessage(readMessage(message), { ...ten, components: names, quirks }, rsaSigner)).base.text

  it.each([
    ['POST', '/a?b=c', 'post /a?b=c'],
    ['get', '/a', 'get /a'],
    ['GET', '/a?', 'get /a?'],
    ['GET', '/%2F//x;p=1/../y', 'get /%2F//x;p=1/../y'],
    ['GET', 'https://api.bank.example/a?b', 'get /a?b'],
    ['GET', 'https://api.bank.example', 'get /'],
    ['OPTIONS', '*', 'options *'],
  ])('(request-target) of %s %s (SIG-22)', async (method, target, expected) => {
    expect(await baseOf({ ...post, method, target }, ['(request-target)'])).toBe(`(request-target): ${expected}`)
  })

  it.each([
    ['/a#b', 'HTTP_TARGET_FRAGMENT'],
    ['/a b', 'HTTP_TARGET'],
    ['/\u00e9', 'HTTP_TARGET'],
    ['a/b', 'HTTP_TARGET'],
    ['', 'HTTP_TARGET'],
    ['https://user@host/', 'HTTP_TARGET'],
    ['https://other.example/', 'HTTP_HOST_DIFFERS'],
    [`/${'a'.repeat(20_000)}`, 'LIMIT_TARGET'],
  ])('a target %s is refused (SIG-22, SIG-24)', async (target, code) => {
    expect(await codeOf(() => readMessage({ ...post, target }))).toBe(code)
  })

  it('headers of one name, joined; empty ones keep their space (SIG-05, SIG-06, SIG-26)', async () => {
    const headers: [string, string][] = [
      ['X-A', ' 1\t'],
      ['x-empty', ''],
      ['X-A', '2'],
    ]
    expect(await baseOf({ ...post, headers }, ['x-a', 'x-empty'])).toBe('x-a: 1, 2\nx-empty: ')
  })

  it('headers that are absent are not signed (SIG-05)', async () => {
    expect(await codeOf(() => signed(post, { ...ten, components: ['x-absent'] }))).toBe('SIGNATURE_HEADER_ABSENT')
    const message = await signed(post, ten)
    expect(await codeOf(() => verified(withHeaders(message, { Date: undefined }), read10))).toBe(
      'SIGNATURE_HEADER_ABSENT',
    )
    expect(await codeOf(() => verified(withHeaders(message, { Date: '' }), read10))).toBe('SIGNATURE_INVALID')
  })

  it.each([
    ['a line break (SIG-25)', 'a\ndate: never', 'HTTP_FIELD_VALUE'],
    ['a carriage return (SIG-25)', 'a\rb', 'HTTP_FIELD_VALUE'],
    ['NUL (SIG-25)', 'a\0', 'HTTP_FIELD_VALUE'],
    ['DEL', 'a\x7f', 'HTTP_FIELD_VALUE'],
    ['a character of more than an octet', '\u20ac', 'HTTP_FIELD_VALUE'],
    ['a fold (SIG-26)', 'a\r\n b', 'HTTP_FIELD_FOLDED'],
    ['a fold by LF (SIG-26)', 'a\n\tb', 'HTTP_FIELD_FOLDED'],
    ['65,537 characters', 'a'.repeat(65_537), 'LIMIT_HEADER_VALUE'],
  ])('a value with %s is refused when signing and when verifying', async (_, value, code) => {
    expect(await codeOf(() => signed(withHeaders(post, { 'X-A': value }), { ...ten, components: ['x-a'] }))).toBe(code)
    expect(await codeOf(async () => verified(withHeaders(await signed(post, ten), { 'X-A': value }), read10))).toBe(
      code,
    )
  })

  it('octets beyond ASCII are signed as they are on the wire', async () => {
    const message = withHeaders(post, { 'X-A': 'caf\u00c3\u00a9' })
    const { base } = await signMessage(readMessage(message), { ...ten, components: ['x-a'] }, rsaSigner)
    expect(base.octets).toEqual(octets('x-a: café'))
  })

  it('ends without a line feed, and with one by a quirk (SIG-30)', async () => {
    const quirks = { trailingNewline: true }
    expect(await baseOf(post, ['date'])).toBe('date: Sun, 22 Nov 2026 09:00:00 GMT')
    expect(await baseOf(post, ['date'], quirks)).toBe('date: Sun, 22 Nov 2026 09:00:00 GMT\n')
    const message = await signed(post, { ...ten, quirks })
    expect(await codeOf(() => verified(message, read10))).toBe('SIGNATURE_INVALID')
    await verified(message, { ...read10, quirks })
  })

  it('keeps the case of names by a quirk', async () => {
    const quirks = { keepHeaderCase: true }
    expect(await baseOf(post, ['Date', 'X-Request-ID'], quirks)).toMatch(/^Date: .*\nX-Request-ID: /)
    const message = await signed(post, { ...ten, components: ['Date'], quirks })
    await verified(message, { ...read10, quirks })
    const lowered = { headerListCase: true }
    expect(await codeOf(() => verified(message, { ...read10, quirks: lowered }))).toBe('SIGNATURE_INVALID')
    expect(await codeOf(() => verified(message, read10))).toBe('SIGNATURE_HEADERS_CASE')
    expect((await signed(post, { ...ten, components: ['Date'], quirks: lowered })).headers.at(-1)?.[1]).toContain(
      '"date"',
    )
  })

  it('writes a space after commas by a quirk', async () => {
    const message = await signed(post, { ...ten, quirks: { spaceAfterComma: true } })
    expect(message.headers.at(-1)?.[1]).toContain('", headers="')
    await verified(message, read10)
  })

  it('writes what it can read', async () => {
    const message = await signed(post, { ...ten, keyId: 'a"b\\c' })
    expect(selectSignature(parseSignatures(readMessage(message), read10)).keyId).toBe('a"b\\c')
    expect(await codeOf(() => signed(post, { ...ten, keyId: 'a\nb' }))).toBe('SIGNATURE_SYNTAX')
  })
})

describe('a message at the door', () => {
  it.each([
    ['a method that is no token', { ...post, method: 'PO ST' }, 'HTTP_METHOD'],
    ['a name with a space', { ...post, headers: [['X A', '1']] }, 'HTTP_FIELD_NAME'],
    ['a name with a colon', { ...post, headers: [['X:A', '1']] }, 'HTTP_FIELD_NAME'],
    ['an empty name', { ...post, headers: [['', '1']] }, 'HTTP_FIELD_NAME'],
    [
      'two Host (SIG-24)',
      {
        ...post,
        headers: [
          ['Host', 'a'],
          ['host', 'a'],
        ],
      },
      'HTTP_HOST_TWICE',
    ],
    ['201 headers', { ...post, headers: Array.from({ length: 201 }, () => ['a', 'b']) }, 'LIMIT_HEADERS'],
    ['a status of 0', { status: 0, headers: [] }, 'HTTP_STATUS'],
    ['200 headers', { ...post, headers: Array.from({ length: 200 }, () => ['a', 'b']) }, 'accepted'],
  ])('%s', async (_, message, code) => {
    expect(await codeOf(() => readMessage(message as never))).toBe(code)
  })

  it.each([
    null,
    {},
    { ...post, headers: {} },
    { ...post, headers: [['a']] },
    { ...post, headers: [['a', 1]] },
    { ...post, body: 'x' },
    { ...post, uri: '/' },
  ])('a caller’s mistake is a TypeError: %j', (message) => {
    expect(() => readMessage(message as never)).toThrow(TypeError)
  })

  it('takes no misspelt option (TIM-07)', async () => {
    const view = readMessage(post)
    expect(() => readMessage(post, { limit: {} } as never)).toThrow(TypeError)
    expect(() => readMessage(post, { limits: { header: 1 } } as never)).toThrow(TypeError)
    expect(() => readMessage(post, { limits: { headers: 0 } })).toThrow(TypeError)
    expect(() => parseSignatures(view, { dialect: 'cavage' as never })).toThrow(TypeError)
    expect(() => parseSignatures(view, { ...read10, quirk: {} } as never)).toThrow(TypeError)
    expect(() => parseSignatures(view, { ...read10, quirks: { bareDigest: true } as never })).toThrow(TypeError)
    await expect(signMessage(view, { ...ten, header: [] } as never, rsaSigner)).rejects.toThrow(TypeError)
    await expect(signMessage(view, { ...ten, dialect: 'x' } as never, rsaSigner)).rejects.toThrow(/unknown dialect 'x'/)
    for (const components of ['date', ['date', 7], [undefined]]) {
      const options = { ...ten, components } as never
      await expect(signMessage(view, options, rsaSigner)).rejects.toThrow(/components is a list of names/)
    }
    for (const keyId of ['', 7]) {
      await expect(signMessage(view, { ...ten, keyId } as never, rsaSigner)).rejects.toThrow(/keyId is a text/)
    }
    const broken = { ...rsaSigner, sign: async () => new Uint8Array(0) }
    await expect(signMessage(view, ten, broken)).rejects.toThrow(TypeError)
  })

  it('a verifier that answers anything but true does not verify', async () => {
    const odd = { ...rsaVerifier, verify: async () => 'false' as never }
    expect(await codeOf(async () => verified(await signed(post, ten), read10, odd))).toBe('SIGNATURE_INVALID')
  })
})

describe('explainSignature', () => {
  it('gives each line, or why there is none', async () => {
    const message = readMessage(withHeaders(await signed(post, ten), { Digest: undefined }))
    const [signature] = parseSignatures(message, read10)
    const lines = explainSignature(message, signature as NonNullable<typeof signature>)
    expect(lines.map(({ component }) => component)).toEqual(components)
    expect(lines[1]).toEqual({
      component: 'host',
      text: 'host: api.bank.example',
      received: ['api.bank.example'],
      error: undefined,
    })
    expect(lines[3]?.text).toBeUndefined()
    expect(lines[3]?.error?.code).toBe('SIGNATURE_HEADER_ABSENT')
  })
})
