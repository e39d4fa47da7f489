import { createPrivateKey, createPublicKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { SignatureAlgorithmName } from '../../src/crypto/algorithms.ts'
import { createDigest, parseWantDigest, verifyDigest } from '../../src/http/digest/index.ts'
import {
  buildAcceptSignature,
  type HttpMessage,
  type HttpResponse,
  parseAcceptSignature,
  parseSignatures,
  readMessage,
  selectSignature,
  signatureBase,
  signatureBaseOf,
  signMessage,
  type Verifier,
  verifySignatureOf,
} from '../../src/http/index.ts'
import { describeCorpus } from '../support/corpus.ts'
import { codeOf, hmac, octets, signerOf, verifierOf } from './support.ts'

interface CorpusMessage {
  readonly method?: string
  readonly target?: string
  readonly status?: number
  readonly headers: [string, string][]
  readonly trailers?: [string, string][]
  readonly body: string | null
}

interface Rfc9421Case {
  readonly id: string
  readonly label: string
  readonly keyid: string
  readonly alg: SignatureAlgorithmName
  readonly expect_valid: boolean
  readonly message: CorpusMessage
  readonly request?: CorpusMessage
  readonly signature_base_published?: string
  readonly signature_base_built: string
}

interface ComponentLines {
  readonly id: string
  readonly message: CorpusMessage
  readonly context?: { scheme?: 'http' | 'https' }
  readonly components: { name: string; params: Record<string, string | boolean> }[]
  readonly expected_lines: string[]
}

interface Rfc9421File {
  readonly keys: Record<string, { public_pem: string; base64: string }>
  readonly cases: Rfc9421Case[]
  readonly component_lines: ComponentLines[]
  readonly accept_signature_example: string
}

const read = <Value>(path: string, name: string): Value => JSON.parse(readFileSync(join(path, name), 'utf8')) as Value

function plain({ body, ...rest }: CorpusMessage): HttpMessage | HttpResponse {
  return { ...rest, ...(body === null ? {} : { body: octets(body) }) } as HttpMessage | HttpResponse
}

describeCorpus('RFC 9421', ['http'], (path) => {
  const file = read<Rfc9421File>(path, 'rfc9421.json')

  function verifierFor({ keyid, alg }: Rfc9421Case): Verifier {
    const key = file.keys[keyid]
    if (key === undefined) throw new Error(`no key ${keyid}`)
    if (alg === 'hmac-sha256') return hmac(Buffer.from(key.base64, 'base64'))
    return verifierOf(alg, createPublicKey(key.public_pem))
  }

  it('has 20 messages, 3 of them invalid', () => {
    expect(file.cases).toHaveLength(20)
    expect(file.cases.filter((one) => !one.expect_valid)).toHaveLength(3)
  })

  it.each(file.cases)('$id', async (one) => {
    const request = one.request === undefined ? {} : { request: plain(one.request) as HttpMessage }
    const message = readMessage({ ...plain(one.message), ...request })
    const signature = selectSignature(parseSignatures(message, { dialect: 'rfc9421' }), { label: one.label })
    const base = signatureBaseOf(message, signature)
    expect(base.text).toBe(one.signature_base_built)
    if (one.signature_base_published !== undefined) expect(base.text).toBe(one.signature_base_published)
    expect(await codeOf(() => verifySignatureOf(message, signature, verifierFor(one)))).toBe(
      one.expect_valid ? 'accepted' : 'SIGNATURE_INVALID',
    )
  })

  it('has 25 examples of component lines', () => {
    expect(file.component_lines).toHaveLength(25)
  })

  it.each(file.component_lines)('component lines of $id', ({ message, components, context, expected_lines }) => {
    const items = components.map(({ name, params }) => {
      const parameters = Object.entries(params).map(([key, value]) =>
        value === true ? `;${key}` : `;${key}="${value}"`,
      )
      return `"${name}"${parameters.join('')}`
    })
    const base = signatureBase(plain(message), {
      signatureInput: `(${items.join(' ')})`,
      context: { ...context, fieldTypes: { 'example-dict': 'dictionary' } },
    })
    expect(base.split('\n').slice(0, -1)).toEqual(expected_lines)
  })

  it('Accept-Signature of clause 5.1 is read and written back', () => {
    const value = file.accept_signature_example.replace('Accept-Signature: ', '')
    const requested = parseAcceptSignature(value)
    expect(requested).toEqual([
      {
        label: 'sig1',
        components: ['@method', '@target-uri', '@authority', 'content-digest', 'cache-control'],
        keyid: 'test-key-rsa-pss',
        created: true,
        tag: 'app-123',
      },
    ])
    expect(parseAcceptSignature(buildAcceptSignature(requested))).toEqual(requested)
  })
})

interface CavageFile {
  readonly key: { public_pem: string; private_pem: string }
  readonly request: CorpusMessage
  readonly cases: {
    id: string
    headers_param: string[] | null
    signing_string: string
    signature_header: string
    authorization_header: string
  }[]
  readonly negative: { signature_header: string }[]
  readonly canonicalization_example: {
    request: CorpusMessage
    draft10: { headers: string[]; signing_string: string }
    draft12: { headers: string[]; signing_string: string; created: number }
  }
}

describeCorpus('draft-cavage-http-signatures', ['http'], (path) => {
  const file = read<CavageFile>(path, 'cavage.json')
  const verifier = verifierOf('rsa-v1_5-sha256', createPublicKey(file.key.public_pem))
  const signer = signerOf('rsa-v1_5-sha256', createPrivateKey(file.key.private_pem))
  const request = plain(file.request)
  const withHeader = (name: string, value: string): HttpMessage | HttpResponse => ({
    ...request,
    headers: [...request.headers, [name, value]],
  })

  it.each(file.cases)('$id verifies in both carriers and is signed to the same octets', async (one) => {
    for (const [name, value] of [
      ['Signature', one.signature_header],
      ['Authorization', one.authorization_header],
    ] as const) {
      const message = readMessage(withHeader(name, value))
      const signature = selectSignature(parseSignatures(message, { dialect: 'cavage-10' }))
      expect((await verifySignatureOf(message, signature, verifier)).text).toBe(one.signing_string)
    }
    if (one.headers_param === null) return
    const { headers } = await signMessage(
      readMessage(request),
      { dialect: 'cavage-10', keyId: 'Test', components: one.headers_param },
      signer,
    )
    expect(headers).toEqual([['Signature', one.signature_header]])
  })

  it.each(file.cases.filter((one) => one.headers_param !== null))('$id under -12 needs the quirk', async (one) => {
    const message = readMessage(withHeader('Signature', one.signature_header))
    expect(await codeOf(() => parseSignatures(message, { dialect: 'cavage-12' }))).toBe(
      'SIGNATURE_ALGORITHM_DEPRECATED',
    )
    const [signature] = parseSignatures(message, { dialect: 'cavage-12', quirks: { deprecatedAlgorithms: true } })
    await verifySignatureOf(message, signature as NonNullable<typeof signature>, verifier)
  })

  it('the default of -10 is not that of -12', async () => {
    const message = readMessage(withHeader('Signature', file.cases[0]?.signature_header as string))
    expect(await codeOf(() => parseSignatures(message, { dialect: 'cavage-12' }))).toBe(
      'SIGNATURE_CREATED_WITH_ALGORITHM',
    )
  })

  it('the misprint of C.3 is refused by both', async () => {
    const message = readMessage(withHeader('Signature', file.negative[0]?.signature_header as string))
    const quirks = { deprecatedAlgorithms: true }
    expect(await codeOf(() => parseSignatures(message, { dialect: 'cavage-12' }))).toBe(
      'SIGNATURE_CREATED_WITH_ALGORITHM',
    )
    expect(await codeOf(() => parseSignatures(message, { dialect: 'cavage-12', quirks }))).toBe(
      'SIGNATURE_CREATED_WITH_ALGORITHM',
    )
    expect(await codeOf(() => parseSignatures(message, { dialect: 'cavage-10' }))).toBe('SIGNATURE_PARAMETER_UNKNOWN')
  })

  it('2.3: the strings, once the folded header is on one line, as it must be', async () => {
    const { request: example, draft10, draft12 } = file.canonicalization_example
    expect(await codeOf(() => readMessage(plain(example)))).toBe('HTTP_FIELD_FOLDED')
    const unfolded = {
      ...example,
      headers: example.headers.map(([n, v]) => [n, v.replace(/\n\s+/, ' ')]),
    } as CorpusMessage
    const message = readMessage(plain(unfolded))
    const ten = await signMessage(message, { dialect: 'cavage-10', keyId: 'k', components: draft10.headers }, signer)
    expect(ten.base.text).toBe(draft10.signing_string)
    const created = new Date(draft12.created * 1000)
    const twelve = await signMessage(
      message,
      { dialect: 'cavage-12', keyId: 'k', components: draft12.headers, created, algorithm: null },
      signer,
    )
    expect(twelve.base.text).toBe(draft12.signing_string)
  })
})

interface Rfc9530File {
  readonly fields: {
    section: string
    field: 'Content-Digest' | 'Repr-Digest' | 'Want-Repr-Digest' | 'Want-Content-Digest'
    value: string
    members: { alg: string; value: string; verified_against: string; malformed_base64?: boolean }[]
  }[]
  readonly appendix_d: { alg: string; value: string; input: string }[]
  readonly extra: { empty: { sha256: string; sha512: string } }
}

const bodies: Readonly<Record<string, Uint8Array>> = {
  'json+lf': octets('{"hello": "world"}\n'),
  empty: new Uint8Array(0),
  'range10-18': octets('"world"}\n'),
  'title-lf': octets('{"title": "New Title"}\n'),
}

describeCorpus('RFC 9530', ['http'], (path) => {
  const file = read<Rfc9530File>(path, 'rfc9530.json')
  const digests = file.fields.filter(({ members }) => members.length > 0)
  // The third has a further misprint after the value.
  const overPadded: Readonly<Record<string, string>> = {
    'appendix.b.5-3': 'DIGEST_PADDING',
    'appendix.b.6-3.1': 'DIGEST_PADDING',
    'appendix.b.11-4.1': 'DIGEST_NOT_BYTES',
    'appendix.c.1-3.1': 'DIGEST_PADDING',
  }

  it('names four values with too much padding', () => {
    const malformed = digests.filter(({ members }) => members.some((member) => member.malformed_base64 === true))
    expect(malformed.map(({ section }) => section)).toEqual(Object.keys(overPadded))
  })

  it.each(digests)('$section $field', async ({ section, field, value, members }) => {
    const run = (body: Uint8Array): Promise<string> =>
      codeOf(() => verifyDigest(value, body, { field: field as 'Content-Digest' }))
    if (section in overPadded) {
      expect(await run(bodies['json+lf'] as Uint8Array)).toBe(overPadded[section])
      const mended = value.replace('==:', '=:').replace('\\r\\n', '')
      await verifyDigest(mended, bodies['json+lf'] as Uint8Array, { field: 'Repr-Digest' })
      return
    }
    const sources = new Set(members.map((member) => member.verified_against))
    const [source] = sources
    const body = sources.size === 1 ? bodies[source as string] : undefined
    // Bodies that the corpus does not give are still read; they match nothing else.
    if (body === undefined) expect(await run(octets('another body'))).toBe('DIGEST_MISMATCH')
    else expect(await run(body)).toBe('accepted')
  })

  it.each(file.fields.filter(({ members }) => members.length === 0))('$section $field', ({ value }) => {
    const wanted = parseWantDigest(value)
    const written = [...wanted].map(([name, preference]) => `${name}=${preference}`).join(', ')
    expect(written).toBe(value)
  })

  it.each(file.appendix_d)('appendix D, $alg', async ({ alg, value, input }) => {
    const run = codeOf(() => verifyDigest(`${alg}=${value}`, octets(input), { field: 'Content-Digest' }))
    expect(await run).toBe(alg.startsWith('sha-') ? 'accepted' : 'DIGEST_ALGORITHM_WEAK')
  })

  it('digests of nothing', async () => {
    const { sha256, sha512 } = file.extra.empty
    expect(await createDigest(new Uint8Array(0))).toBe(`SHA-256=${sha256}`)
    expect(await createDigest(new Uint8Array(0), { field: 'Repr-Digest', algorithm: 'sha-512' })).toBe(
      `sha-512=:${sha512}:`,
    )
  })
})
