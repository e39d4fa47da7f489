import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type HttpMessage, MemoryReplayStore } from '../../src/http/index.ts'
import {
  type KeyReference,
  parseCertificateHeader,
  profileOf,
  type SigningProfile,
  type VerifyMessageOptions,
} from '../../src/signing/index.ts'
import { all, digestOf, type Forgery, forged, keyedWithPublicKey, withDigest } from './forge.ts'
import {
  always,
  at,
  base64,
  codeOf,
  get,
  header,
  keyIds,
  later,
  type MainProfile,
  octets,
  post,
  profileNames,
  reSigned,
  seals,
  sha256,
  signed,
  verified,
  withHeaders,
} from './support.ts'

type Row = readonly [
  family: string,
  says: string,
  make: Forgery | (() => HttpMessage | Promise<HttpMessage>),
  code: string,
  options?: Partial<VerifyMessageOptions>,
]

const names = all.split(' ')
const without = (name: string): string => names.filter((one) => one !== name).join(' ')
const date = 'Mon, 01 Jun 2026 12:00:00 GMT'
const dated = (value: string, ...further: readonly string[]): HttpMessage => ({
  ...withDigest,
  headers: [...withDigest.headers, ...[value, ...further].map((one): [string, string] => ['Date', one])],
})
const noBody: HttpMessage = { ...get, target: '/v1/accounts' }
const withLine = (message: HttpMessage, name: string, value: string): HttpMessage => ({
  ...message,
  headers: [...message.headers, [name, value]],
})
const signatureText = (message: HttpMessage): string => header(message, 'Signature')
const changeSignature = (change: (base64: string) => string) => (): HttpMessage =>
  reSigned(forged(), (text) =>
    text.replace(/signature="([^"]*)"/, (_, value: string) => `signature="${change(value)}"`),
  )
const changeOctets = (change: (octets: Buffer) => Uint8Array) =>
  changeSignature((value) => base64(change(Buffer.from(value, 'base64'))))
const body = octets('{"client_name":"Another TPP"}')

/** Requests under the profile bpce. Everything about them is right but for what the row says. */
const rows: readonly Row[] = [
  ['control', 'nothing is wrong', {}, 'accepted'],
  ['control', 'a GET', { message: noBody, list: '(request-target) x-request-id psu-ip-address psu-id' }, 'accepted'],
  ['control', 'no algorithm named', { algorithm: null }, 'accepted'],
  ['control', 'by Authorization', { carrier: 'Authorization' }, 'accepted'],
  ['control', 'other order', { list: [...names].reverse().join(' ') }, 'accepted'],
  ['SIG-01', 'digest not covered', { list: without('digest') }, 'SIGNATURE_PRESENT_NOT_COVERED'],
  ['SIG-01', 'no digest with a body', { message: post, list: without('digest') }, 'DIGEST_MISSING'],
  [
    'SIG-01',
    'a parameter digest instead',
    { list: without('digest'), more: ',digest="x"' },
    'SIGNATURE_PARAMETER_UNKNOWN',
  ],
  ['SIG-02', '(request-target) not covered', { list: without('(request-target)') }, 'SIGNATURE_REQUIRED_NOT_COVERED'],
  ['SIG-02', 'x-request-id not covered', { list: without('x-request-id') }, 'SIGNATURE_REQUIRED_NOT_COVERED'],
  ['SIG-02', 'psu-id not covered', { list: without('psu-id') }, 'SIGNATURE_PRESENT_NOT_COVERED'],
  [
    'SIG-02',
    'psu-id put in later',
    () =>
      withLine(
        forged({ message: withHeaders(withDigest, { 'PSU-ID': undefined }), list: without('psu-id') }),
        'PSU-ID',
        'x',
      ),
    'SIGNATURE_PRESENT_NOT_COVERED',
  ],
  [
    'SIG-02',
    'only host covered',
    { message: withLine(withDigest, 'Host', 'api.bank.example'), list: 'host' },
    'SIGNATURE_REQUIRED_NOT_COVERED',
  ],
  [
    'SIG-03',
    'the list is empty',
    () => reSigned(forged(), (text) => text.replace(/headers="[^"]*"/, 'headers=""')),
    'SIGNATURE_HEADERS_EMPTY',
  ],
  ['SIG-03', 'no list', { message: dated(date), noList: true, list: 'date' }, 'SIGNATURE_REQUIRED_NOT_COVERED'],
  ['SIG-04', 'a header twice in the list', { list: `${all} digest` }, 'SIGNATURE_COMPONENT_TWICE'],
  ['SIG-05', 'a covered header is absent', { list: `${all} x-absent` }, 'SIGNATURE_HEADER_ABSENT'],
  [
    'SIG-05',
    'a covered header is empty: control',
    { message: withLine(withDigest, 'PSU-GEO', ''), list: `${all} psu-geo` },
    'accepted',
  ],
  ['SIG-06', 'two x-request-id', { message: withLine(withDigest, 'x-request-id', 'b') }, 'REQUEST_ID_MISSING'],
  [
    'SIG-06',
    'two Digest',
    { message: withLine(withDigest, 'Digest', `SHA-256=${digestOf(body)}`) },
    'DIGEST_ALGORITHM_TWICE',
  ],
  ['SIG-06', 'two Content-Type', () => withLine(forged(), 'Content-Type', 'text/plain'), 'SIGNATURE_HEADER_TWICE'],
  ['SIG-06', 'two PSU-ID, joined by both: control', { message: withLine(withDigest, 'PSU-ID', 'b') }, 'accepted'],
  ['SIG-07', 'two Signature', () => withLine(forged(), 'Signature', signatureText(forged())), 'SIGNATURE_HEADER_TWICE'],
  [
    'SIG-07',
    'Signature and another by Authorization',
    () => withLine(forged(), 'Authorization', `Signature ${signatureText(forged({ keyId: 'other' }))}`),
    'SIGNATURE_AMBIGUOUS',
  ],
  [
    'SIG-07',
    'the same by both: control',
    () => withLine(forged(), 'Authorization', `Signature ${signatureText(forged())}`),
    'accepted',
  ],
  ['SIG-07', 'a Bearer token beside it: control', () => withLine(forged(), 'Authorization', 'Bearer x'), 'accepted'],
  ['SIG-08', 'keyId twice', { more: ',keyId="other"' }, 'SIGNATURE_DUPLICATE_PARAMETER'],
  ['SIG-08', 'keyid beside keyId', { more: ',keyid="other"' }, 'SIGNATURE_PARAMETER_UNKNOWN'],
  ['SIG-09', '__proto__', { more: ',__proto__="x"' }, 'SIGNATURE_PARAMETER_UNKNOWN'],
  ['SIG-09', 'constructor', { more: ',constructor="x"' }, 'SIGNATURE_PARAMETER_UNKNOWN'],
  ['SIG-10', 'a quotation mark not closed', () => reSigned(forged(), (text) => text.slice(0, -1)), 'SIGNATURE_SYNTAX'],
  [
    'SIG-10',
    'single quotation marks',
    () => reSigned(forged(), (text) => text.replace(/keyId="[^"]*"/, "keyId='x'")),
    'SIGNATURE_SYNTAX',
  ],
  [
    'SIG-10',
    'no quotation marks',
    () => reSigned(forged(), (text) => text.replace(/keyId="[^"]*"/, 'keyId=x')),
    'SIGNATURE_SYNTAX',
  ],
  ['SIG-10', 'an escape that is none', { keyId: 'a\\n' }, 'SIGNATURE_ESCAPE'],
  ['SIG-10', 'escaped quotation marks: control', { keyId: 'a\\"b, c=\\"d\\"' }, 'accepted'],
  ['SIG-11', 'rsa-sha1', { algorithm: 'rsa-sha1', hash: 'sha1' }, 'SIGNATURE_ALGORITHM_WEAK'],
  ['SIG-11', 'hmac-sha256', { algorithm: 'hmac-sha256' }, 'SIGNATURE_ALGORITHM_NOT_ALLOWED'],
  ['SIG-11', 'rsa-sha512', { algorithm: 'rsa-sha512', hash: 'sha512' }, 'SIGNATURE_ALGORITHM_NOT_ALLOWED'],
  ['SIG-11', 'ecdsa-sha256', { algorithm: 'ecdsa-sha256' }, 'SIGNATURE_ALGORITHM_NOT_ALLOWED'],
  ['SIG-11', 'hs2019', { algorithm: 'hs2019' }, 'SIGNATURE_ALGORITHM_UNKNOWN'],
  ['SIG-11', 'unknown', { algorithm: 'none' }, 'SIGNATURE_ALGORITHM_UNKNOWN'],
  ['SIG-11', 'none named, another hash used', { algorithm: null, hash: 'sha512' }, 'SIGNATURE_INVALID'],
  ['SIG-12', 'HMAC keyed with the public key', keyedWithPublicKey, 'SIGNATURE_ALGORITHM_NOT_ALLOWED'],
  [
    'SIG-12',
    'the same without naming it',
    () => reSigned(keyedWithPublicKey(), (text) => text.replace('algorithm="hmac-sha256",', '')),
    'SIGNATURE_INVALID',
  ],
  ['SIG-13', 'PSS under rsa-sha256', { pss: true }, 'SIGNATURE_INVALID'],
  [
    'SIG-16',
    'serial and issuer of another certificate',
    { keyId: keyIds['berlin-group'](seals.otherRsa.certificate) },
    'KEY_REFERENCE_MISMATCH',
  ],
  [
    'SIG-16',
    'serial and issuer of the certificate: control',
    { keyId: keyIds['berlin-group'](seals.rsa.certificate) },
    'accepted',
  ],
  ['SIG-15', 'another certificate is behind the key', {}, 'SIGNATURE_INVALID', { resolveKey: always(seals.otherRsa) }],
  ['SIG-15', 'another key signed', { key: seals.otherRsa.key }, 'SIGNATURE_INVALID'],
  ['SIG-15', 'nobody knows the key', {}, 'SIGNING_KEY_UNKNOWN', { resolveKey: () => undefined }],
  ['SIG-19', 'Date covered, in time: control', { message: dated(date), list: `${all} date` }, 'accepted'],
  ['SIG-19', 'Date covered, no date', { message: dated('never'), list: `${all} date` }, 'SIGNATURE_DATE'],
  ['SIG-19', 'two Date', { message: dated(date, date), list: `${all} date` }, 'SIGNATURE_HEADER_TWICE'],
  [
    'SIG-19',
    'two digits for the year',
    { message: dated('Monday, 01-Jun-26 12:00:00 GMT'), list: `${all} date` },
    'SIGNATURE_DATE',
  ],
  [
    'SIG-17',
    'Date in the future',
    { message: dated('Mon, 01 Jun 2026 12:01:00 GMT'), list: `${all} date` },
    'SIGNATURE_CREATED_IN_FUTURE',
  ],
  [
    'SIG-17',
    'Date long ago',
    { message: dated('Mon, 01 Jun 2026 11:54:00 GMT'), list: `${all} date` },
    'SIGNATURE_TOO_OLD',
  ],
  ['SIG-17', 'created in draft -10', { more: ',created=1780315200' }, 'SIGNATURE_PARAMETER_UNKNOWN'],
  ['SIG-21', 'x-request-id empty', { message: withHeaders(withDigest, { 'X-Request-ID': '' }) }, 'REQUEST_ID_MISSING'],
  [
    'SIG-21',
    'x-request-id of 10 KB',
    { message: withHeaders(withDigest, { 'X-Request-ID': 'a'.repeat(10_240) }) },
    'REQUEST_ID_MISSING',
  ],
  [
    'SIG-21',
    'x-request-id with a space',
    { message: withHeaders(withDigest, { 'X-Request-ID': 'a b' }) },
    'REQUEST_ID_MISSING',
  ],
  [
    'SIG-21',
    'x-request-id with CRLF',
    { message: withHeaders(withDigest, { 'X-Request-ID': 'a\r\nb' }) },
    'HTTP_FIELD_VALUE',
  ],
  [
    'SIG-21',
    'x-request-id absent',
    { message: withHeaders(withDigest, { 'X-Request-ID': undefined }), list: without('x-request-id') },
    'REQUEST_ID_MISSING',
  ],
  ['SIG-22', 'another query', () => ({ ...forged(), target: '/stet/setting/v1/register?id=43' }), 'SIGNATURE_INVALID'],
  ['SIG-22', 'the query cut off', () => ({ ...forged(), target: '/stet/setting/v1/register' }), 'SIGNATURE_INVALID'],
  [
    'SIG-22',
    'a ? with nothing behind it',
    () => ({ ...forged({ message: { ...withDigest, target: '/a' } }), target: '/a?' }),
    'SIGNATURE_INVALID',
  ],
  [
    'SIG-22',
    'another spelling of the path',
    () => ({ ...forged(), target: '/stet/setting/v1/%72egister?id=42' }),
    'SIGNATURE_INVALID',
  ],
  [
    'SIG-22',
    'dots in the path',
    () => ({ ...forged(), target: '/stet/./setting/v1/register?id=42' }),
    'SIGNATURE_INVALID',
  ],
  [
    'SIG-22',
    'a fragment',
    () => ({ ...forged(), target: '/stet/setting/v1/register?id=42#x' }),
    'HTTP_TARGET_FRAGMENT',
  ],
  ['SIG-22', 'octets beyond ASCII', () => ({ ...forged(), target: '/caf\u00e9' }), 'HTTP_TARGET'],
  ['SIG-22', 'another method', () => ({ ...forged(), method: 'PUT' }), 'SIGNATURE_INVALID'],
  [
    'SIG-23',
    'a gateway took off the beginning of the path',
    () => ({ ...forged(), target: '/setting/v1/register?id=42' }),
    'SIGNATURE_INVALID',
  ],
  [
    'SIG-24',
    'Host is not that of the target',
    () => withLine({ ...forged(), target: 'https://a.example/stet/setting/v1/register?id=42' }, 'Host', 'b.example'),
    'HTTP_HOST_DIFFERS',
  ],
  [
    'SIG-24',
    'Host with the default port: control',
    () =>
      withLine({ ...forged(), target: 'https://a.example/stet/setting/v1/register?id=42' }, 'Host', 'A.example:443'),
    'accepted',
  ],
  [
    'SIG-24',
    'two Host',
    () => withLine(withLine(forged(), 'Host', 'a.example'), 'Host', 'a.example'),
    'HTTP_HOST_TWICE',
  ],
  ['SIG-25', 'a line feed in a header', () => withHeaders(forged(), { 'PSU-ID': 'a\ndigest: b' }), 'HTTP_FIELD_VALUE'],
  ['SIG-25', 'NUL in a header', () => withHeaders(forged(), { 'PSU-ID': 'a\0' }), 'HTTP_FIELD_VALUE'],
  [
    'SIG-26',
    'spaces and tabs around: control',
    () => withHeaders(forged(), { 'PSU-ID': ' \tPSU-1234\t ' }),
    'accepted',
  ],
  [
    'SIG-26',
    'other white space around',
    () => withHeaders(forged(), { 'PSU-ID': '\u00a0PSU-1234' }),
    'SIGNATURE_INVALID',
  ],
  ['SIG-26', 'a folded header', () => withHeaders(forged(), { 'PSU-ID': 'PSU\r\n -1234' }), 'HTTP_FIELD_FOLDED'],
  ['SIG-27', 'upper case in the list', { list: all.replace('digest', 'Digest') }, 'SIGNATURE_HEADERS_CASE'],
  ['SIG-27', 'no token in the list', { list: `${all} a:b` }, 'SIGNATURE_HEADERS_LIST'],
  [
    'SIG-27',
    'two spaces in the list',
    () => reSigned(forged(), (text) => text.replace('digest x-', 'digest  x-')),
    'SIGNATURE_HEADERS_LIST',
  ],
  ['SIG-27', 'an unknown name in parentheses', { list: `${all} (path)` }, 'SIGNATURE_COMPONENT_UNKNOWN'],
  [
    'SIG-28',
    'a space in the signature',
    changeSignature((text) => `${text.slice(0, 8)} ${text.slice(8)}`),
    'SIGNATURE_BASE64',
  ],
  ['SIG-28', 'the other alphabet', changeSignature((text) => `-_${text.slice(2)}`), 'SIGNATURE_BASE64'],
  ['SIG-28', 'no padding', changeOctetsToUnpadded(), 'SIGNATURE_BASE64'],
  ['SIG-28', 'text behind the end', changeSignature((text) => `${text}!`), 'SIGNATURE_BASE64'],
  ['SIG-28', 'empty', changeSignature(() => ''), 'SIGNATURE_EMPTY'],
  ['SIG-29', 'an octet more', changeOctets((octets) => Buffer.concat([octets, Buffer.of(0)])), 'SIGNATURE_INVALID'],
  ['SIG-29', 'a zero before it', changeOctets((octets) => Buffer.concat([Buffer.of(0), octets])), 'SIGNATURE_INVALID'],
  ['SIG-29', 'an octet less', changeOctets((octets) => octets.subarray(1)), 'SIGNATURE_INVALID'],
  ['SIG-29', 'not below the modulus', changeOctets((octets) => octets.fill(0xff)), 'SIGNATURE_INVALID'],
  ['SIG-29', 'one octet', changeOctets(() => Buffer.of(1)), 'SIGNATURE_INVALID'],
  ['SIG-30', 'CR LF between the lines', { string: (text) => text.replaceAll('\n', '\r\n') }, 'SIGNATURE_INVALID'],
  ['SIG-30', 'a line feed at the end', { string: (text) => `${text}\n` }, 'SIGNATURE_INVALID'],
  ['SIG-36', 'the QWAC', { key: seals.web.key }, 'SIGNING_CERTIFICATE_KIND', { resolveKey: always(seals.web) }],
  ['SIG-38', 'an expired certificate', {}, 'SIGNING_CERTIFICATE_EXPIRED', { resolveKey: always(seals.expired) }],
  [
    'SIG-38',
    'a certificate before its time',
    {},
    'SIGNING_CERTIFICATE_EXPIRED',
    { at: new Date('2025-12-31T23:59:59Z') },
  ],
  ['BPCE', 'a certificate with RSASSA-PSS', {}, 'SIGNING_CERTIFICATE_PSS', { resolveKey: always(seals.pssSigned) }],
  [
    'BPCE',
    'an elliptic key',
    { key: seals.p256.key, algorithm: null },
    'SIGNING_ALGORITHM',
    { resolveKey: always(seals.p256) },
  ],
  ['DIG-01', 'another body', () => ({ ...forged(), body }), 'DIGEST_MISMATCH'],
  [
    'DIG-01',
    'another body with its digest',
    () => withHeaders({ ...forged(), body }, { Digest: `SHA-256=${digestOf(body)}` }),
    'SIGNATURE_INVALID',
  ],
  ['DIG-01', 'no body any more', () => ({ ...forged(), body: new Uint8Array(0) }), 'DIGEST_MISMATCH'],
  [
    'DIG-03',
    'SHA-512 where SHA-256 is wanted',
    { message: withHeaders(post, { Digest: `SHA-512=${digestOf(post.body as Uint8Array, 'sha512')}` }) },
    'DIGEST_ALGORITHM_NOT_ALLOWED',
  ],
  [
    'DIG-03',
    'MD5',
    { message: withHeaders(post, { Digest: `MD5=${digestOf(post.body as Uint8Array, 'md5')}` }) },
    'DIGEST_ALGORITHM_WEAK',
  ],
  [
    'DIG-09',
    'Content-Digest says otherwise',
    () => withLine(forged(), 'Content-Digest', `sha-256=:${digestOf(body)}:`),
    'DIGEST_FIELDS_DISAGREE',
  ],
  [
    'DIG-10',
    'a body behind a GET',
    () => ({ ...forged({ message: noBody, list: '(request-target) x-request-id psu-ip-address psu-id' }), body }),
    'DIGEST_MISSING',
  ],
  ['form', 'no signature', () => withDigest, 'SIGNATURE_MISSING'],
  ['form', 'a keyId of 8,193 characters', { keyId: 'k'.repeat(8193) }, 'KEY_REFERENCE_FORM'],
  ['form', 'a keyId of 8,192 characters: control', { keyId: 'k'.repeat(8192) }, 'accepted'],
  ['form', 'a keyId of none', { keyId: '' }, 'SIGNATURE_KEY_ID'],
]

function changeOctetsToUnpadded(): () => HttpMessage {
  return changeSignature((text) => `${text.slice(0, -4)}${text.slice(-4, -2)}`)
}

describe('under the profile bpce', () => {
  it.each(rows.map((row) => [row[0], row[1], row] as const))(
    '%s: %s',
    async (_, __, [, , make, code, options = {}]) => {
      const message = typeof make === 'function' ? await make() : forged(make)
      expect(await codeOf(() => verified(message, options))).toBe(code)
    },
  )

  it('has no family without its code, and each refusal beside something that is accepted', () => {
    const refused = new Set(rows.filter(([, , , code]) => code !== 'accepted').map(([, , , code]) => code))
    expect(refused.size).toBeGreaterThan(35)
    expect(rows.filter(([, , , code]) => code === 'accepted').length).toBeGreaterThan(10)
  })
})

describe('SIG-14: a key reference', () => {
  it('is passed to the resolver as it was sent, marked, and is followed by nobody', async () => {
    const { fetch } = globalThis
    const seen: KeyReference[] = []
    globalThis.fetch = () => {
      throw new Error('fetched')
    }
    try {
      for (const keyId of [
        'http://169.254.169.254/latest/meta-data',
        'file:///etc/passwd',
        'https://evil.example/x.pem',
      ]) {
        const resolveKey: VerifyMessageOptions['resolveKey'] = (reference) => {
          seen.push(reference)
          return seals.rsa.certificate
        }
        expect(await codeOf(() => verified(forged({ keyId }), { resolveKey }))).toBe('accepted')
        expect(seen.at(-1)).toEqual({ untrusted: true, value: keyId, form: 'url', url: keyId, fingerprint: undefined })
      }
    } finally {
      globalThis.fetch = fetch
    }
  })
})

describe('SIG-15, SIG-16: the reference and the certificate', () => {
  const own = seals.rsa.certificate
  const hexadecimal = own.serialNumber.toString(16)
  const issuer = String(own.issuer)
  const reversed = issuer.split(', ').reverse().join(',')

  const accepted: readonly string[] = [
    `SN=${hexadecimal},CA=${issuer}`,
    `SN=${hexadecimal.toUpperCase()},CA=${reversed}`,
    `SN=${own.serialNumber},CA=${issuer}`,
    `SN=${hexadecimal},CA=${reversed.replaceAll(' ', '%20')}`,
  ]

  it.each(accepted)('berlin-group takes %s', async (keyId) => {
    const message = await signed({ profile: 'berlin-group', keyId })
    expect(await codeOf(() => verified(message, { profile: 'berlin-group' }))).toBe('accepted')
  })

  const berlin: readonly (readonly [says: string, keyId: string, code: string])[] = [
    ['another serial number', `SN=1,CA=${issuer}`, 'KEY_REFERENCE_MISMATCH'],
    ['another issuer', `SN=${hexadecimal},CA=CN=Another CA`, 'KEY_REFERENCE_MISMATCH'],
    ['no issuer', `SN=${hexadecimal}`, 'KEY_REFERENCE_FORM'],
    ['an address', 'https://tpp.example/seal.pem', 'KEY_REFERENCE_FORM'],
    ['an identifier', 'PSDFR-ACPR-12345', 'KEY_REFERENCE_FORM'],
  ]

  it.each(berlin)('berlin-group refuses %s', async (_, keyId, code) => {
    const message = await signed({ profile: 'berlin-group', keyId })
    expect(await codeOf(() => verified(message, { profile: 'berlin-group' }))).toBe(code)
  })

  const stet: readonly (readonly [says: string, keyId: string, code: string])[] = [
    ['the fingerprint of another certificate', keyIds.stet(seals.otherRsa.certificate), 'KEY_REFERENCE_MISMATCH'],
    ['no fingerprint', 'https://tpp.example/seal.pem', 'KEY_REFERENCE_URL'],
    ['http', keyIds.stet(own).replace('https', 'http'), 'KEY_REFERENCE_URL'],
    ['a query', `${keyIds.stet(own)}?x`, 'KEY_REFERENCE_URL'],
    ['credentials', keyIds.stet(own).replace('//', '//a:b@'), 'KEY_REFERENCE_URL'],
    ['a fingerprint in upper case', `https://tpp.example/x_${sha256(own.bytes).toUpperCase()}`, 'KEY_REFERENCE_URL'],
    ['serial and issuer', `SN=${hexadecimal},CA=${issuer}`, 'KEY_REFERENCE_FORM'],
  ]

  it.each(stet)('stet refuses %s', async (_, keyId, code) => {
    const message = await signed({ profile: 'stet', keyId })
    expect(await codeOf(() => verified(message, { profile: 'stet' }))).toBe(code)
  })

  it('berlin-group refuses a header with another certificate than the reference, and a resolver with another', async () => {
    const profile = 'berlin-group'
    const message = await signed({ profile })
    const other = withHeaders(message, { 'TPP-Signature-Certificate': base64(seals.otherRsa.certificate.bytes) })
    expect(await codeOf(() => verified(other, { profile }))).toBe('KEY_REFERENCE_MISMATCH')
    expect(await codeOf(() => verified(message, { profile, resolveKey: always(seals.otherRsa) }))).toBe(
      'KEY_REFERENCE_MISMATCH',
    )
    const absent = withHeaders(message, { 'TPP-Signature-Certificate': undefined })
    expect(await codeOf(() => verified(absent, { profile }))).toBe('SIGNATURE_HEADER_REQUIRED')
    const twice = withLine(message, 'TPP-Signature-Certificate', base64(own.bytes))
    expect(await codeOf(() => verified(twice, { profile }))).toBe('SIGNATURE_HEADER_TWICE')
    const junk = withHeaders(message, { 'TPP-Signature-Certificate': '!' })
    expect(await codeOf(() => verified(junk, { profile }))).toBe('CERTIFICATE_HEADER')
  })

  it('shows the resolver the certificate of the header', async () => {
    const profile = 'berlin-group'
    const shown: (Uint8Array | undefined)[] = []
    await verified(await signed({ profile }), {
      profile,
      resolveKey: (_, { certificate, message }) => {
        shown.push(
          certificate?.bytes,
          parseCertificateHeader(message.fields.get('tpp-signature-certificate')?.[0] ?? '').bytes,
        )
        return certificate
      },
    })
    expect(shown).toEqual([own.bytes, own.bytes])
  })

  it('berlin-group-jades refuses a resolver with another certificate, also of the same key', async () => {
    const profile = 'berlin-group-jades'
    const message = await signed({ profile })
    for (const name of ['otherRsa', 'expired', 'pssSigned', 'web'] as const) {
      const code = await codeOf(() => verified(message, { profile, resolveKey: always(seals[name]) }))
      expect(code, name).not.toBe('accepted')
    }
    const code = await codeOf(() => verified(message, { profile, resolveKey: always(seals.pssSigned) }))
    expect(code).toBe('KEY_REFERENCE_MISMATCH')
  })
})

describe('SIG-20: a replay', () => {
  const store = (): MemoryReplayStore => new MemoryReplayStore({ now: () => at })

  it.each(profileNames)('%s accepts a request once', async (profile) => {
    const replay = store()
    const message = await signed({ profile })
    expect((await verified(message, { profile, replay })).replayChecked).toBe(true)
    expect(await codeOf(() => verified(message, { profile, replay }))).toBe('SIGNATURE_REPLAYED')
    const next = await signed({ profile, message: withHeaders(post, { 'X-Request-ID': 'another' }) })
    expect(await codeOf(() => verified(next, { profile, replay }))).toBe('accepted')
  })

  // STET does not have x-request-id signed: there an id may come again, and only the same signed text is a replay.
  it.each(['bpce', 'berlin-group', 'berlin-group-jades'] as const)(
    '%s refuses an id with another body',
    async (profile) => {
      const replay = store()
      await verified(await signed({ profile }), { profile, replay })
      const again = await signed({ profile, message: { ...post, body } })
      expect(await codeOf(() => verified(again, { profile, replay }))).toBe('SIGNATURE_REPLAYED')
    },
  )

  it('cannot be made of another address, where berlin-group does not sign it', async () => {
    const profile = 'berlin-group'
    const replay = store()
    const message = await signed({ profile })
    await verified(message, { profile, replay })
    const moved = { ...message, method: 'DELETE', target: '/v1/consents/1' }
    expect(await codeOf(() => verified(moved, { profile }))).toBe('accepted')
    expect(await codeOf(() => verified(moved, { profile, replay }))).toBe('SIGNATURE_REPLAYED')
  })

  it('uses up no id where the signature is not right', async () => {
    const replay = store()
    const message = forged()
    expect(await codeOf(() => verified(forged({ key: seals.otherRsa.key }), { replay }))).toBe('SIGNATURE_INVALID')
    expect(replay.size).toBe(0)
    expect(await codeOf(() => verified(message, { replay }))).toBe('accepted')
  })

  it('tells senders apart', async () => {
    const profile = 'stet'
    const replay = store()
    await verified(await signed({ profile }), { profile, replay })
    const other = await signed({ profile, seal: seals.otherRsa })
    const resolveKey = always(seals.otherRsa)
    expect(await codeOf(() => verified(other, { profile, replay, resolveKey }))).toBe('accepted')
  })

  const closing: Readonly<Record<string, () => Promise<boolean>>> = {
    'a store that throws': () => Promise.reject(new Error('no connection')),
    'a store that answers nothing': async () => undefined as unknown as boolean,
    'a store that answers a truthy thing': async () => 1 as unknown as boolean,
  }

  it.each(Object.entries(closing))('%s closes', async (_, remember) => {
    const replay = { remember }
    expect(await codeOf(() => verified(forged(), { replay }))).toBe('SIGNATURE_REPLAY_STORE')
  })

  it('is a mistake of the caller where the profile does not say what one is', async () => {
    const { replay: _, ...policy } = profileOf('bpce').policy
    const profile: SigningProfile = { ...profileOf('bpce'), policy }
    await expect(verified(forged(), { profile, replay: store() })).rejects.toThrow(TypeError)
  })

  it('is refused by its age where Date is signed', async () => {
    const message = await signed({ message: dated(date) })
    expect(await codeOf(() => verified(message, { at: later(329) }))).toBe('accepted')
    expect(await codeOf(() => verified(message, { at: later(331) }))).toBe('SIGNATURE_TOO_OLD')
    const jades = await signed({ profile: 'berlin-group-jades' })
    expect(await codeOf(() => verified(jades, { profile: 'berlin-group-jades', at: later(331) }))).toBe(
      'SIGNATURE_TOO_OLD',
    )
    expect(await codeOf(() => verified(jades, { profile: 'berlin-group-jades', at: later(-31) }))).toBe(
      'SIGNATURE_CREATED_IN_FUTURE',
    )
  })
})

describe('what a caller can get wrong', () => {
  const mistakes: Readonly<Record<string, object>> = {
    'TIM-07 an option that is none': { requiredHeaders: ['digest'] },
    'TIM-07 an option in other case': { resolvekey: always(seals.rsa) },
    'TIM-08 a profile that is none': { profile: 'none' },
    'TIM-08 no profile': { profile: undefined },
    'TIM-08 no algorithm': { profile: { ...profileOf('bpce'), algorithms: [] } },
    'TIM-08 no algorithm in the policy': {
      profile: { ...profileOf('bpce'), policy: { ...profileOf('bpce').policy, algorithms: [] } },
    },
    'no time': { at: undefined },
    'a time that is none': { at: new Date(Number.NaN) },
    'no resolver': { resolveKey: undefined },
    'a resolver that gives a key where a certificate is needed': {
      resolveKey: () => seals.rsa.certificate.publicKey.value,
    },
    'a resolver that gives the DER of the certificate': { resolveKey: () => seals.rsa.certificate.bytes },
  }

  it.each(Object.entries(mistakes))('%s', async (_, options) => {
    await expect(verified(forged(), options)).rejects.toThrow(TypeError)
  })

  it('TIM-08: a resolver that gives null gives nothing', async () => {
    const resolveKey = (() => null) as unknown as VerifyMessageOptions['resolveKey']
    expect(await codeOf(() => verified(forged(), { resolveKey }))).toBe('SIGNING_KEY_UNKNOWN')
  })

  it('what a resolver throws comes through', async () => {
    const failing = () => Promise.reject(new Error('no database'))
    await expect(verified(forged(), { resolveKey: failing })).rejects.toThrow('no database')
  })

  it('TIM-06: nothing on Object.prototype turns a check off', async () => {
    const before = Object.getOwnPropertyNames(Object.prototype)
    const inherited = {
      algorithms: ['rsa-v1_5-sha256', 'hmac-sha256'],
      required: [],
      bare: true,
      deprecatedAlgorithms: true,
    }
    const weak = forged({ list: without('x-request-id') })
    for (const [name, value] of Object.entries(inherited)) {
      Object.defineProperty(Object.prototype, name, { value, configurable: true, enumerable: false, writable: true })
      try {
        expect(await codeOf(() => verified(weak)), name).toBe('SIGNATURE_REQUIRED_NOT_COVERED')
        expect(await codeOf(() => verified(forged({ algorithm: 'rsa-sha1', hash: 'sha1' }))), name).toBe(
          'SIGNATURE_ALGORITHM_WEAK',
        )
      } finally {
        delete (Object.prototype as Record<string, unknown>)[name]
      }
    }
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before)
  })

  it('TIM-11: what is changed while the resolver is asked does not matter', async () => {
    const message = forged()
    const octetsOfBody = new Uint8Array(post.body as Uint8Array)
    const headers = message.headers.map(([name, value]): [string, string] => [name, value])
    const own = { ...message, target: message.target, headers, body: octetsOfBody }
    const shown = await verified(own, {
      resolveKey: () => {
        octetsOfBody.fill(0)
        headers.length = 0
        own.target = '/other'
        return seals.rsa.certificate
      },
    })
    expect(shown.base.text).toContain('post /stet/setting/v1/register?id=42')
    expect(await codeOf(() => verified(own))).toBe('REQUEST_ID_MISSING')
  })
})

describe('text of an attacker', () => {
  const carriers: readonly (readonly [MainProfile, string])[] = [
    ['bpce', 'Signature'],
    ['bpce', 'Authorization'],
    ['bpce', 'Digest'],
    ['berlin-group', 'TPP-Signature-Certificate'],
    ['berlin-group', 'Signature'],
    ['berlin-group-jades', 'x-jws-signature'],
    ['stet', 'Date'],
  ]
  const text = fc.oneof(
    fc.uint8Array({ maxLength: 80 }).map((codes) => String.fromCharCode(...codes)),
    fc.string({
      unit: fc.constantFrom('"', '\\', ',', '=', ' ', '.', ':', 'k', 'A', '(', ')', '\t', '%'),
      maxLength: 80,
    }),
    fc.string({ maxLength: 40 }).map((value) => `keyId="${value}",headers="(request-target) digest",signature="AAAA"`),
    fc.string({ maxLength: 40 }).map((value) => `keyId="k",headers="${value}",signature="AAAA"`),
    fc.jsonValue({ maxDepth: 2 }).map((value) => `${Buffer.from(JSON.stringify(value)).toString('base64url')}..AAAA`),
  )

  it.each(carriers)('%s: in %s ends in a Psd2Error', async (profile, name) => {
    const message = await signed({ profile })
    await fc.assert(
      fc.asyncProperty(text, async (value) => {
        // codeOf lets everything through that is no Psd2Error.
        const code = await codeOf(() => verified(withHeaders(message, { [name]: value }), { profile }))
        if (name !== 'Authorization' && name !== 'Date') expect(code).not.toBe('accepted')
      }),
      { numRuns: 150 },
    )
  })
})
