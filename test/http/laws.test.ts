import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Psd2Error } from '../../src/core/errors.ts'
import { verifyMessageDigest } from '../../src/http/digest/index.ts'
import {
  type DialectName,
  explainSignature,
  type HttpMessage,
  parseSignatures,
  readMessage,
  type SignOptions,
  selectSignature,
  signMessage,
  verifySignatureOf,
} from '../../src/http/index.ts'
import {
  at,
  ed25519,
  p256,
  post,
  rsa,
  rsaSigner,
  rsaVerifier,
  signed,
  signerOf,
  verifierOf,
  withHeaders,
} from './support.ts'

const headers = ['host', 'date', 'content-type', 'digest', 'x-request-id', 'psu-ip-address']

interface Dialect {
  readonly options: SignOptions
  readonly signer: typeof rsaSigner
  readonly verifier: typeof rsaVerifier
}

const dialects: readonly (readonly [DialectName, Dialect])[] = [
  [
    'cavage-10',
    {
      options: { dialect: 'cavage-10', keyId: 'k', components: ['(request-target)', ...headers] },
      signer: rsaSigner,
      verifier: rsaVerifier,
    },
  ],
  [
    'cavage-12',
    {
      options: {
        dialect: 'cavage-12',
        keyId: 'k',
        components: ['(request-target)', '(created)', ...headers],
        created: at,
      },
      signer: signerOf('rsa-pss-sha512', rsa.privateKey),
      verifier: verifierOf('rsa-pss-sha512', rsa.publicKey),
    },
  ],
  [
    'rfc9421',
    {
      options: {
        dialect: 'rfc9421',
        components: ['@method', '@request-target', ...headers],
        created: at,
        keyId: 'k',
        nonce: 'n',
      },
      signer: signerOf('ed25519', ed25519.privateKey),
      verifier: verifierOf('ed25519', ed25519.publicKey),
    },
  ],
  [
    'jades-http',
    {
      options: { dialect: 'jades-http', components: ['(request-target)', ...headers], signedAt: at, x5tS256: 'x' },
      signer: signerOf('ecdsa-p256-sha256', p256.privateKey),
      verifier: verifierOf('ecdsa-p256-sha256', p256.publicKey),
    },
  ],
]

/** Everything that a receiver does with keys and octets; throws a Psd2Error or ends well. */
async function receive(message: HttpMessage, dialect: DialectName, verifier: typeof rsaVerifier): Promise<void> {
  const view = readMessage(message)
  const signature = selectSignature(parseSignatures(view, { dialect }))
  await verifyMessageDigest(view, { required: 'with-body' })
  await verifySignatureOf(view, signature, verifier)
}

async function refused(message: HttpMessage, dialect: DialectName, verifier: typeof rsaVerifier): Promise<boolean> {
  try {
    await receive(message, dialect, verifier)
    return false
  } catch (error) {
    if (error instanceof Psd2Error) return true
    throw error
  }
}

const change = (text: string, at: number, by: string): string => text.slice(0, at) + by + text.slice(at + 1)
const visible = fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code))

/** What a change cannot make a difference in, since the dialect itself has no difference there. */
const isSame = (dialect: DialectName, where: string, before: string, after: string): boolean =>
  (where === 'method' && dialect !== 'rfc9421' && before.toLowerCase() === after.toLowerCase()) ||
  // Unsigned by the drafts: keyId and algorithm are claims, the key is what was agreed.
  (dialect.startsWith('cavage') && where === 'signature' && claims(before) === claims(after))

/** Parameters of the drafts without those that nothing signs. */
function claims(text: string): string {
  return text.replace(/keyId="[^"\\]+"/, '')
}

describe.each(dialects)('%s', (dialect, { options, signer, verifier }) => {
  const covered = new Set(headers)

  it('signs and verifies any message', async () => {
    const value = fc.string({ unit: visible, maxLength: 40 })
    await fc.assert(
      fc.asyncProperty(value, fc.webPath(), fc.constantFrom('GET', 'POST', 'PATCH'), async (text, path, method) => {
        const message = withHeaders(
          { ...post, method, target: `/${path.replace(/^\//, '')}` },
          { 'X-Request-ID': ` ${text}\t` },
        )
        await receive(await signed(message, options, signer), dialect, verifier)
      }),
      { numRuns: 60 },
    )
  })

  it('notices a change of one character anywhere that is signed', async () => {
    const sent = await signed(post, options, signer)
    const places = ['method', 'target', 'body', 'header', 'signature'] as const
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...places), fc.nat(), fc.nat(), visible, async (where, line, offset, by) => {
        const [before, after, message] = changed(sent, where, line, offset, by)
        fc.pre(before !== after && !isSame(dialect, where, before, after))
        expect(await refused(message, dialect, verifier), `${where}: ${after}`).toBe(true)
      }),
      { numRuns: 600 },
    )
  }, 60_000)

  function changed(
    sent: HttpMessage,
    where: string,
    line: number,
    offset: number,
    by: string,
  ): [string, string, HttpMessage] {
    if (where === 'method' || where === 'target') {
      const before = sent[where]
      const after = change(before, offset % before.length, by)
      return [before, after, { ...sent, [where]: after }]
    }
    if (where === 'body') {
      const before = new TextDecoder().decode(sent.body)
      const after = change(before, offset % before.length, by)
      return [before, after, { ...sent, body: new TextEncoder().encode(after) }]
    }
    const count = post.headers.length
    const lines = sent.headers
      .map((_, i) => i)
      .filter((i) => (where === 'signature' ? i >= count : covered.has((post.headers[i]?.[0] ?? '').toLowerCase())))
    const index = lines[line % lines.length] as number
    const [name, before] = sent.headers[index] as [string, string]
    const after = change(before, offset % before.length, by)
    return [before, after, { ...sent, headers: sent.headers.map((one, i) => (i === index ? [name, after] : one)) }]
  }

  it('does not look at headers that are not covered', async () => {
    const sent = await signed(post, options, signer)
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: visible, maxLength: 60 }), async (text) => {
        await receive(withHeaders(sent, { Accept: text, 'X-Trace': text }), dialect, verifier)
      }),
      { numRuns: 30 },
    )
  })

  const carriers =
    dialect === 'rfc9421'
      ? ['Signature-Input', 'Signature']
      : dialect === 'jades-http'
        ? ['x-jws-signature']
        : ['Signature', 'Authorization']

  it('ends in a signature or a Psd2Error, whatever the headers say', async () => {
    const sent = await signed(post, options, signer)
    const real = sent.headers.slice(post.headers.length).map(([, value]) => value)
    const pieces = fc.constantFrom(
      ...real,
      ...real.map((text) => text.slice(0, 40)),
      'keyId="',
      '"',
      ',',
      '=',
      ';',
      '(',
      ')',
      ':',
      '\\',
      ' ',
      'Signature ',
      'sig1=',
      '..',
      '\u00e9',
      '\0',
      '__proto__',
    )
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 80 }),
      fc.array(pieces, { maxLength: 8 }).map((parts) => parts.join('')),
    )
    await fc.assert(
      fc.property(fc.constantFrom(...carriers), text, (name, value) => {
        try {
          const view = readMessage(withHeaders(sent, { [name]: value }))
          for (const one of parseSignatures(view, { dialect })) {
            expect(one.components.length).toBeLessThanOrEqual(64)
            explainSignature(view, one)
          }
        } catch (error) {
          if (!(error instanceof Psd2Error)) throw error
        }
      }),
      { numRuns: 1500 },
    )
  })
})

describe('work is linear in what is sent', () => {
  const limits = { value: 1 << 22, signatureField: 1 << 22, members: 1 << 20 }

  /** The shortest of some runs, so that other work on the machine does not count. */
  function shortest(run: () => void): number {
    let best = Number.POSITIVE_INFINITY
    for (let i = 0; i < 7; i++) {
      const start = performance.now()
      run()
      best = Math.min(best, performance.now() - start)
    }
    return best
  }

  const attempt = (run: () => void): void => {
    try {
      run()
    } catch (error) {
      if (!(error instanceof Psd2Error)) throw error
    }
  }

  it.each([
    [
      'a quoted text',
      'cavage-10',
      (n: number) => ({ Signature: `keyId="${'a'.repeat(n)}",headers="date",signature="AAAA"` }),
    ],
    [
      'escapes',
      'cavage-10',
      (n: number) => ({ Signature: `keyId="${'\\\\'.repeat(n / 2)}",headers="date",signature="AAAA"` }),
    ],
    [
      'spaces',
      'cavage-10',
      (n: number) => ({ Signature: `keyId="k",${' '.repeat(n)}headers="date",signature="AAAA"` }),
    ],
    ['a name', 'cavage-10', (n: number) => ({ Signature: 'a'.repeat(n) })],
    [
      'a list of headers',
      'cavage-10',
      (n: number) => ({ Signature: `keyId="k",headers="${'a '.repeat(n / 2)}",signature="AAAA"` }),
    ],
    [
      'labels',
      'rfc9421',
      (n: number) => ({ 'Signature-Input': Array.from({ length: n / 10 }, (_, i) => `s${i}=()`).join(',') }),
    ],
    [
      'parameters',
      'rfc9421',
      (n: number) => ({ 'Signature-Input': `s=()${Array.from({ length: n / 10 }, (_, i) => `;p${i}`).join('')}` }),
    ],
    ['parentheses', 'rfc9421', (n: number) => ({ 'Signature-Input': `s=${'('.repeat(n)}` })],
    ['colons', 'rfc9421', (n: number) => ({ Signature: `s=${':'.repeat(n)}`, 'Signature-Input': 's=()' })],
    ['backslashes', 'rfc9421', (n: number) => ({ 'Signature-Input': `s=("${'\\\\'.repeat(n / 2)}")` })],
    ['points', 'jades-http', (n: number) => ({ 'x-jws-signature': '.'.repeat(n) })],
  ] as [string, DialectName, (n: number) => Record<string, string>][])('%s', (_, dialect, make) => {
    const time = (n: number): number => {
      const message = withHeaders(post, make(n))
      return shortest(() => attempt(() => parseSignatures(readMessage(message, { limits }), { dialect, limits })))
    }
    const n = 1 << 17
    time(n)
    // Four times the text; quadratic work would take sixteen times as long, and at this size seconds.
    expect(time(4 * n)).toBeLessThan(10 * time(n) + 100)
  })

  it('values of components are read once for all components', async () => {
    const many = Array.from({ length: 60 }, (_, i) => `x-dict;key="k${i}"`)
    const dictionary = Array.from({ length: 1000 }, (_, i) => `k${i}=${i}`).join(', ')
    const message = readMessage(withHeaders(post, { 'X-Dict': dictionary }))
    const query = readMessage({ ...post, target: `/?${Array.from({ length: 2000 }, (_, i) => `q${i}=1`).join('&')}` })
    const asked = Array.from({ length: 60 }, (_, i) => `@query-param;name="q${i}"`)
    for (const [view, components] of [
      [message, many],
      [query, asked],
    ] as const) {
      const start = performance.now()
      await signMessage(view, { dialect: 'rfc9421', components }, rsaSigner)
      // A generous cap: reading the dictionary anew for each component takes far longer.
      expect(performance.now() - start).toBeLessThan(2000)
    }
  })
})
