import { describe, expect, it } from 'vitest'
import {
  answerTo,
  buildAcceptSignature,
  explainSignature,
  type HttpMessage,
  type HttpResponse,
  parseAcceptSignature,
  parseSignatures,
  type Rfc9421SignOptions,
  readMessage,
  selectSignature,
  signatureBase,
  verifySignatureOf,
} from '../../src/http/index.ts'
import {
  at,
  codeOf,
  ed25519,
  octets,
  p256,
  post,
  rsa,
  signed,
  signerOf,
  verified,
  verifierOf,
  withHeaders,
} from './support.ts'

const signer = signerOf('ed25519', ed25519.privateKey)
const verifier = verifierOf('ed25519', ed25519.publicKey)
const read = { dialect: 'rfc9421' } as const
const options: Rfc9421SignOptions = {
  dialect: 'rfc9421',
  components: ['@method', '@target-uri', 'digest', 'x-request-id'],
  created: at,
  keyId: 'key',
}

const fields = (input: string, signature = 'sig1=:AAAA:') =>
  readMessage(withHeaders(post, { 'Signature-Input': input, Signature: signature }))
const code = (input: string, signature?: string) => codeOf(() => parseSignatures(fields(input, signature), read))

const response: HttpResponse = {
  status: 200,
  headers: [['Content-Type', 'application/json']],
  body: octets('{}'),
  trailers: [['Expires', 'Wed, 9 Nov 2022 07:28:00 GMT']],
  request: post,
}

describe('Signature-Input and Signature', () => {
  it.each([
    ['an empty list is legal', 'sig1=()', 'accepted'],
    ['an unknown parameter survives', 'sig1=("date");x=1.0;y=?0;z=:AAAA:;a="b";t=tok;d=@12', 'accepted'],
    ['a component twice (SIG-33)', 'sig1=("date" "host" "date")', 'SIGNATURE_COMPONENT_TWICE'],
    ['twice, parameters in another order (SIG-33)', 'sig1=("a";req;sf "a";sf;req)', 'SIGNATURE_COMPONENT_TWICE'],
    ['an unknown derived component (SIG-31)', 'sig1=("@foo")', 'SIGNATURE_COMPONENT_UNKNOWN'],
    ['@signature-params', 'sig1=("@signature-params")', 'SIGNATURE_COMPONENT_UNKNOWN'],
    ['constructor as a derived component', 'sig1=("@constructor")', 'SIGNATURE_COMPONENT_UNKNOWN'],
    ['upper case', 'sig1=("Date")', 'SIGNATURE_COMPONENT_UNKNOWN'],
    ['a name with a line break', 'sig1=("a b")', 'SIGNATURE_COMPONENT_UNKNOWN'],
    ['a token', 'sig1=(date)', 'SIGNATURE_COMPONENT_UNKNOWN'],
    ['an unknown parameter of a component', 'sig1=("date";foo)', 'SIGNATURE_COMPONENT_PARAMETER'],
    ['sf on a derived component (SIG-31)', 'sig1=("@method";sf)', 'SIGNATURE_COMPONENT_PARAMETER'],
    ['req on @status', 'sig1=("@status";req)', 'SIGNATURE_COMPONENT_PARAMETER'],
    ['name on a header', 'sig1=("date";name="a")', 'SIGNATURE_COMPONENT_PARAMETER'],
    ['bs with sf (SIG-31)', 'sig1=("date";bs;sf)', 'SIGNATURE_COMPONENT_PARAMETER'],
    ['bs with key (SIG-31)', 'sig1=("date";bs;key="a")', 'SIGNATURE_COMPONENT_PARAMETER'],
    ['key without a value (SIG-31)', 'sig1=("date";key)', 'SIGNATURE_COMPONENT_PARAMETER'],
    ['sf with a value', 'sig1=("date";sf=1)', 'SIGNATURE_COMPONENT_PARAMETER'],
    ['sf that is false', 'sig1=("date";sf=?0)', 'SIGNATURE_COMPONENT_PARAMETER'],
    ['@query-param without name', 'sig1=("@query-param")', 'SIGNATURE_COMPONENT_PARAMETER'],
    ['created that is a decimal (SIG-17)', 'sig1=("date");created=1.0', 'SIGNATURE_TIME'],
    ['created that is a text (SIG-17)', 'sig1=("date");created="1"', 'SIGNATURE_TIME'],
    ['created that is negative (SIG-17)', 'sig1=("date");created=-1', 'SIGNATURE_TIME'],
    ['expires that is a flag', 'sig1=("date");expires', 'SIGNATURE_TIME'],
    ['nonce that is a number', 'sig1=("date");nonce=1', 'SIGNATURE_PARAMETER_TYPE'],
    ['alg that is a token', 'sig1=("date");alg=ed25519', 'SIGNATURE_PARAMETER_TYPE'],
    ['alg that is unknown (SIG-31)', 'sig1=("date");alg="rsa-sha1"', 'SIGNATURE_ALGORITHM_UNKNOWN'],
    ['alg that is not registered', 'sig1=("date");alg="rsa-pss-sha256"', 'SIGNATURE_ALGORITHM_UNKNOWN'],
    ['a parameter twice', 'sig1=("date");created=1;created=2', 'SIGNATURE_DUPLICATE_PARAMETER'],
    ['a label twice', 'sig1=("date"), sig1=("host")', 'SIGNATURE_DUPLICATE_PARAMETER'],
    ['no inner list', 'sig1="date"', 'STRUCTURED_FIELD_SYNTAX'],
    ['no structured field', 'sig1=(', 'STRUCTURED_FIELD_SYNTAX'],
    ['an integer of 16 digits (SIG-34)', 'sig1=("date");created=1000000000000000', 'STRUCTURED_FIELD_NUMBER'],
    ['1 MB of an integer (SIG-34)', `sig1=("date");created=${'1'.repeat(40_000)}`, 'LIMIT_SIGNATURE_FIELD'],
    [
      '65 components (SIG-34)',
      `sig1=(${Array.from({ length: 65 }, (_, i) => `"h${i}"`).join(' ')})`,
      'LIMIT_COMPONENTS',
    ],
    ['17 labels (SIG-34)', Array.from({ length: 17 }, (_, i) => `s${i}=()`).join(','), 'LIMIT_SIGNATURES'],
    [
      '2,000 parameters (SIG-34)',
      `sig1=()${Array.from({ length: 2000 }, (_, i) => `;p${i}`).join('')}`,
      'LIMIT_STRUCTURED_FIELD',
    ],
    ['a label that is not signed', 'sig1=("date"), sig2=("date")', 'SIGNATURE_LABEL_UNPAIRED'],
  ])('%s', async (_, input, expected) => {
    expect(await code(input)).toBe(expected)
  })

  it.each([
    ['a label without input', 'sig1=:AAAA:, sig2=:AAAA:', 'SIGNATURE_LABEL_UNPAIRED'],
    ['base64 without padding (SIG-28)', 'sig1=:AAA:', 'SIGNATURE_BASE64'],
    ['unused bits (SIG-28)', 'sig1=:AAB=:', 'SIGNATURE_BASE64'],
    ['a text', 'sig1="AAAA"', 'SIGNATURE_PARAMETER_TYPE'],
    ['nothing', 'sig1=::', 'SIGNATURE_EMPTY'],
  ])('%s in Signature', async (_, signature, expected) => {
    expect(await code('sig1=("date")', signature)).toBe(expected)
  })

  it('both must be there', async () => {
    const one = (changes: Record<string, string>) =>
      codeOf(() => parseSignatures(readMessage(withHeaders(post, changes)), read))
    expect(await one({ Signature: 'sig1=:AAAA:' })).toBe('SIGNATURE_LABEL_UNPAIRED')
    expect(await one({ 'Signature-Input': 'sig1=()' })).toBe('SIGNATURE_LABEL_UNPAIRED')
    expect(await one({})).toBe('SIGNATURE_MISSING')
  })

  it('what is unknown is signed as it came', () => {
    const input = '("date");x=1.0;created=1;y=?0;a="\\\\\\"b"'
    expect(signatureBase(post, { signatureInput: input }).split('\n').at(-1)).toBe(`"@signature-params": ${input}`)
  })
})

describe('several signatures (SIG-32)', () => {
  it('the label that is asked for must verify', async () => {
    const other = signerOf('ecdsa-p256-sha256', p256.privateKey)
    const first = await signed(post, { ...options, label: 'a' }, signer)
    const both = await signed(first, { ...options, label: 'b', tag: 'app' }, other)
    const view = readMessage(both)
    const all = parseSignatures(view, read)
    expect(all.map(({ label }) => label)).toEqual(['a', 'b'])
    expect(await codeOf(() => selectSignature(all))).toBe('SIGNATURE_AMBIGUOUS')
    expect(await codeOf(() => selectSignature(all, { label: 'c' }))).toBe('SIGNATURE_LABEL_ABSENT')
    expect(await codeOf(() => selectSignature(all, { tag: 'other' }))).toBe('SIGNATURE_TAG')
    expect(selectSignature(all, { tag: 'app' }).label).toBe('b')
    const verify = (label: string) => codeOf(() => verifySignatureOf(view, selectSignature(all, { label }), verifier))
    expect([await verify('a'), await verify('b')]).toEqual(['accepted', 'SIGNATURE_INVALID'])
  })
})

describe('components', () => {
  const value = (component: string, message: HttpMessage | HttpResponse = post, context = {}) =>
    codeOf(() => signatureBase(message, { signatureInput: `(${component})`, context }))
  const line = (component: string, message: HttpMessage | HttpResponse = post, context = {}) =>
    signatureBase(message, { signatureInput: `(${component})`, context }).split('\n')[0]

  it.each([
    ['"@authority"', { ...post, headers: [['Host', 'API.Bank.Example:443']] }, '"@authority": api.bank.example'],
    ['"@authority"', { ...post, headers: [['Host', 'api.bank.example:8443']] }, '"@authority": api.bank.example:8443'],
    ['"@authority"', { ...post, headers: [['Host', '[2001:DB8::1]:443']] }, '"@authority": [2001:db8::1]'],
    ['"@target-uri"', { ...post, headers: [], target: 'http://a.example:80?x' }, '"@target-uri": http://a.example/?x'],
    ['"@scheme"', { ...post, headers: [], target: 'HTTP://a.example/' }, '"@scheme": http'],
    ['"@path"', { ...post, target: '/a%2Fb//c' }, '"@path": /a%2Fb//c'],
    ['"@target-uri"', { ...post, target: '/a' }, '"@target-uri": https://api.bank.example/a'],
    ['"@query"', { ...post, target: '/a?' }, '"@query": ?'],
    ['"@query"', { ...post, target: '/a' }, '"@query": ?'],
    ['"@query"', { ...post, target: '/a?b=c' }, '"@query": ?b=c'],
    [
      '"x-a";bs',
      {
        ...post,
        headers: [
          ['X-A', 'a'],
          ['x-a', '\u00e9'],
        ],
      },
      '"x-a";bs: :YQ==:, :6Q==:',
    ],
    ['"@query-param";name="a"', { ...post, target: '/?a=x!%7E*+y%3D' }, '"@query-param";name="a": x%21%7E*%20y%3D'],
    ['"expires";tr', response, '"expires";tr: Wed, 9 Nov 2022 07:28:00 GMT'],
    ['"@path";req', response, '"@path";req: /v1/payments'],
    [
      '"content-digest";key="sha-256"',
      withHeaders(post, { 'Content-Digest': 'sha-256=:AAAA:' }),
      '"content-digest";key="sha-256": :AAAA:',
    ],
    ['"priority";sf', withHeaders(post, { Priority: 'u=1,  i' }), '"priority";sf: u=1, i'],
    ['"client-cert";sf', withHeaders(post, { 'Client-Cert': ' :AAAA:  ' }), '"client-cert";sf: :AAAA:'],
    ['"accept-ch";sf', withHeaders(post, { 'Accept-CH': 'a ,b;c' }), '"accept-ch";sf: a, b;c'],
  ] as [string, HttpMessage | HttpResponse, string][])('%s of a message', (component, message, expected) => {
    expect(line(component, message)).toBe(expected)
  })

  it('scheme and authority are those that the client used, where the caller says so (SIG-23)', () => {
    expect(line('"@target-uri"', post, { scheme: 'http', authority: 'Public.example:80' })).toBe(
      '"@target-uri": http://public.example/v1/payments?id=42&x=%2F',
    )
  })

  it.each([
    ['a header that is absent', '"x-absent"', post, 'SIGNATURE_HEADER_ABSENT'],
    ['@status of a request', '"@status"', post, 'SIGNATURE_COMPONENT_VALUE'],
    ['@method of a response', '"@method"', response, 'SIGNATURE_COMPONENT_VALUE'],
    ['req in a request (SIG-31)', '"date";req', post, 'SIGNATURE_COMPONENT_VALUE'],
    [
      'req without the request (SIG-35)',
      '"date";req',
      { ...response, request: undefined },
      'SIGNATURE_REQUEST_MISSING',
    ],
    ['tr without trailers', '"date";tr', post, 'SIGNATURE_HEADER_ABSENT'],
    ['@authority without Host', '"@authority"', { ...post, headers: [] }, 'SIGNATURE_HEADER_ABSENT'],
    ['@authority that is none', '"@authority"', withHeaders(post, { Host: 'a/b' }), 'SIGNATURE_COMPONENT_VALUE'],
    [
      '@path of CONNECT',
      '"@path"',
      { ...post, headers: [], method: 'CONNECT', target: 'a.example:443' },
      'SIGNATURE_COMPONENT_VALUE',
    ],
    ['@query-param that is absent (SIG-31)', '"@query-param";name="q"', post, 'SIGNATURE_QUERY_PARAM'],
    ['@query-param without a query', '"@query-param";name="q"', { ...post, target: '/a' }, 'SIGNATURE_QUERY_PARAM'],
    ['@query-param twice', '"@query-param";name="a"', { ...post, target: '/?a=1&b=2&a=1' }, 'SIGNATURE_QUERY_PARAM'],
    [
      '@query-param twice, encoded',
      '"@query-param";name="a"',
      { ...post, target: '/?a=1&%61=1' },
      'SIGNATURE_QUERY_PARAM',
    ],
    [
      '@query-param that is no UTF-8',
      '"@query-param";name="a"',
      { ...post, target: '/?a=%FF' },
      'SIGNATURE_QUERY_PARAM',
    ],
    ['sf of an unknown type (SIG-31)', '"accept";sf', post, 'SIGNATURE_COMPONENT_VALUE'],
    ['sf of what is none', '"priority";sf', withHeaders(post, { Priority: 'u=' }), 'STRUCTURED_FIELD_SYNTAX'],
    ['key that is absent', '"priority";key="x"', withHeaders(post, { Priority: 'u=1' }), 'SIGNATURE_COMPONENT_VALUE'],
    ['key of a list', '"accept-ch";key="x"', withHeaders(post, { 'Accept-CH': 'x' }), 'SIGNATURE_COMPONENT_VALUE'],
    ['beyond ASCII', '"x-a"', withHeaders(post, { 'X-A': '\u00e9' }), 'SIGNATURE_NON_ASCII'],
    ['beyond ASCII with bs', '"x-a";bs', withHeaders(post, { 'X-A': '\u00e9' }), 'accepted'],
  ] as [string, string, HttpMessage | HttpResponse, string][])('%s', async (_, component, message, expected) => {
    expect(await value(component, message)).toBe(expected)
  })

  it('says in its error which component it is', () => {
    for (const component of ['"x-absent"', '"@authority"', '"x-a"', '"accept";sf', '"priority";key="x"']) {
      const changed = withHeaders({ ...post, headers: [] }, { 'X-A': '\u00e9', Accept: 'a', Priority: 'u=1' })
      const path = component.replaceAll('"', '').replace('=x', '="x"')
      expect(() => line(component, changed)).toThrow(expect.objectContaining({ path }))
    }
  })

  it('the type of a field is that which the caller names', () => {
    const message = withHeaders(post, { 'X-A': 'a=1,  b' })
    expect(line('"x-a";sf', message, { fieldTypes: { 'x-a': 'dictionary' } })).toBe('"x-a";sf: a=1, b')
  })

  it.each(['sig 1', 'Sig', '1a', '', 'a"'])('a label is a key: %j', async (label) => {
    await expect(signed(post, { ...options, label }, signer)).rejects.toThrow(/is no label/)
  })

  it('a misspelt option is the caller’s mistake', () => {
    expect(() => signatureBase(post, { signatureInput: '()', ctx: {} } as never)).toThrow(TypeError)
    expect(() => line('"date"', post, { schema: 'http' })).toThrow(TypeError)
  })

  it('explains lines of the request and of trailers', async () => {
    const message = await signed(response, { ...options, components: ['host;req', 'expires;tr', '@status'] }, signer)
    const view = readMessage(message)
    const lines = explainSignature(view, selectSignature(parseSignatures(view, read)))
    expect(lines.map(({ received }) => received)).toEqual([['api.bank.example'], ['Wed, 9 Nov 2022 07:28:00 GMT'], []])
  })
})

describe('signing', () => {
  it('writes the parameters that are given, in one order', async () => {
    const all = { ...options, expires: new Date(at.getTime() + 60_000), nonce: 'n', algorithm: true, tag: 't' } as const
    const message = await signed(post, all, signer)
    expect(message.headers.at(-2)?.[1]).toBe(
      'sig1=("@method" "@target-uri" "digest" "x-request-id");created=1795338010;expires=1795338070;nonce="n";alg="ed25519";keyid="key";tag="t"',
    )
    await verified(message, read, verifier)
  })

  it('alg must be that of the key, when signing and when verifying (SIG-31)', async () => {
    expect(await codeOf(() => signed(post, { ...options, algorithm: 'hmac-sha256' }, signer))).toBe(
      'SIGNATURE_ALGORITHM_MISMATCH',
    )
    const message = await signed(post, { ...options, algorithm: true }, signer)
    const other = verifierOf('ecdsa-p256-sha256', p256.publicKey)
    expect(await codeOf(() => verified(message, read, other))).toBe('SIGNATURE_ALGORITHM_MISMATCH')
  })

  it('ECDSA is r || s, and a salt of 32 is not one of 64', async () => {
    const ecdsa = verifierOf('ecdsa-p256-sha256', p256.publicKey)
    await verified(await signed(post, options, signerOf('ecdsa-p256-sha256', p256.privateKey)), read, ecdsa)
    const der = { algorithm: 'ecdsa-p256-sha256' as const, sign: async () => new Uint8Array(70).fill(0x30) }
    expect(await codeOf(async () => verified(await signed(post, options, der), read, ecdsa))).toBe('SIGNATURE_INVALID')
    const pss = verifierOf('rsa-pss-sha512', rsa.publicKey)
    const short = signerOf('rsa-pss-sha256', rsa.privateKey)
    expect(await codeOf(async () => verified(await signed(post, options, short), read, pss))).toBe('SIGNATURE_INVALID')
  })

  it('a response signature is bound to its request (SIG-35)', async () => {
    const bound = await signed(
      response,
      { ...options, components: ['@status', '@method;req', 'x-request-id;req'] },
      signer,
    )
    await verified(bound, read, verifier)
    const other = { ...bound, request: withHeaders(post, { 'X-Request-ID': 'other' }) }
    expect(await codeOf(() => verified(other, read, verifier))).toBe('SIGNATURE_INVALID')
  })

  it('components and labels that are none are the caller’s mistake', async () => {
    for (const components of [['@nothing'], ['Date'], ['date;x'], ['a b'], ['date;key=']]) {
      await expect(signed(post, { ...options, components }, signer)).rejects.toThrow(TypeError)
    }
    await expect(signed(post, { ...options, label: 'A' }, signer)).rejects.toThrow(TypeError)
  })
})

describe('Accept-Signature', () => {
  it('is answered with the same label, components and parameters', async () => {
    const value =
      'sig7=("@method" "@query-param";name="id" "date");created;expires;nonce="n";alg="ed25519";keyid="k";tag="t"'
    const [requested] = parseAcceptSignature(value)
    expect(buildAcceptSignature([requested as NonNullable<typeof requested>])).toBe(value)
    const times = { created: at, expires: new Date(at.getTime() + 1000) }
    const answer = answerTo(requested as NonNullable<typeof requested>, times)
    const message = await signed(post, answer, signer)
    expect(message.headers.at(-2)?.[1]).toBe(
      value.replace('created', 'created=1795338010').replace('expires', 'expires=1795338011'),
    )
    expect(await codeOf(() => answerTo(requested as NonNullable<typeof requested>, { created: at }))).toBe(
      'SIGNATURE_PARAMETER_MISSING',
    )
  })

  it.each([
    ['a value for created', 'a=();created=1', 'SIGNATURE_PARAMETER_TYPE'],
    ['a flag for nonce', 'a=();nonce', 'SIGNATURE_PARAMETER_TYPE'],
    ['an unknown parameter', 'a=();x', 'SIGNATURE_PARAMETER_UNKNOWN'],
    ['no list', 'a=1', 'STRUCTURED_FIELD_SYNTAX'],
    ['an unknown component', 'a=("@x")', 'SIGNATURE_COMPONENT_UNKNOWN'],
    ['17 of them', Array.from({ length: 17 }, (_, i) => `s${i}=()`).join(','), 'LIMIT_SIGNATURES'],
  ])('%s is refused', async (_, value, expected) => {
    expect(await codeOf(() => parseAcceptSignature(value))).toBe(expected)
  })
})
