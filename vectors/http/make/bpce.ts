import type { HttpMessage } from '../../../src/http/index.ts'
import { all, digestOf, type Forgery, forged, keyedWithPublicKey, withDigest } from './forge.ts'
import { base64, get, header, keyIds, octets, post, reSigned, type SealName, seals, withHeaders } from './messages.ts'
import type { RequestVector } from './vector.ts'

type Row = readonly [
  family: string,
  says: string,
  make: Forgery | (() => HttpMessage),
  code: string,
  circumstances?: { readonly certificate?: SealName | null; readonly at?: string },
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
  ['SIG-15', 'another certificate is behind the key', {}, 'SIGNATURE_INVALID', { certificate: 'otherRsa' }],
  ['SIG-15', 'another key signed', { key: seals.otherRsa.key }, 'SIGNATURE_INVALID'],
  ['SIG-15', 'nobody knows the key', {}, 'SIGNING_KEY_UNKNOWN', { certificate: null }],
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
  ['SIG-36', 'the QWAC', { key: seals.web.key }, 'SIGNING_CERTIFICATE_KIND', { certificate: 'web' }],
  ['SIG-38', 'an expired certificate', {}, 'SIGNING_CERTIFICATE_EXPIRED', { certificate: 'expired' }],
  ['SIG-38', 'a certificate before its time', {}, 'SIGNING_CERTIFICATE_EXPIRED', { at: '2025-12-31T23:59:59Z' }],
  ['BPCE', 'a certificate with RSASSA-PSS', {}, 'SIGNING_CERTIFICATE_PSS', { certificate: 'pssSigned' }],
  [
    'BPCE',
    'an elliptic key',
    { key: seals.ed25519.key, hash: null, algorithm: null },
    'SIGNING_ALGORITHM',
    { certificate: 'ed25519' },
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

export const bpceVectors: readonly RequestVector[] = rows.map(([family, says, make, expected, circumstances = {}]) => ({
  kind: 'request',
  family,
  says,
  profile: 'bpce',
  message: typeof make === 'function' ? make() : forged(make),
  expected,
  ...circumstances,
}))
