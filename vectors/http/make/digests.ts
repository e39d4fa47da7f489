import { createHash } from 'node:crypto'
import { octets } from './messages.ts'
import type { DigestVector } from './vector.ts'

const text = '{"a": 1}\n'
const body = octets(text)

type Row = readonly [says: string, value: string, expected: string]

const sha256 = (data: Uint8Array | string): Buffer => createHash('sha256').update(data).digest()
const sha512 = (data: Uint8Array | string): Buffer => createHash('sha512').update(data).digest()
const b64 = sha256(body).toString('base64')
const b64of512 = sha512(body).toString('base64')
const hex = sha256(body).toString('hex')

/** What the header Digest may say, and what becomes of it. */
const legacy: readonly Row[] = [
  ['the digest', `SHA-256=${b64}`, 'accepted'],
  ['a name in lower case (DIG-08)', `sha-256=${b64}`, 'accepted'],
  ['a name in mixed case (DIG-08)', `Sha-256=${b64}`, 'accepted'],
  ['SHA-512', `SHA-512=${b64of512}`, 'accepted'],
  ['two, both right', `SHA-256=${b64}, SHA-512=${b64of512}`, 'accepted'],
  ['an unknown one beside', `id-sha-256=${b64},SHA-256=${b64}`, 'accepted'],
  ['another body (DIG-01)', `SHA-256=${sha256('{"a": 2}\n').toString('base64')}`, 'DIGEST_MISMATCH'],
  ['JSON without white space (DIG-02)', `SHA-256=${sha256('{"a":1}').toString('base64')}`, 'DIGEST_RESERIALISED'],
  ['MD5 (DIG-03)', 'MD5=1B2M2Y8AsgTpgAmY7PhCfg==', 'DIGEST_ALGORITHM_WEAK'],
  ['SHA (DIG-03)', 'SHA=2jmj7l5rSw0yVb/vlWAYkK/YBwk=', 'DIGEST_ALGORITHM_WEAK'],
  ['sha-1 (DIG-03)', 'sha-1=2jmj7l5rSw0yVb/vlWAYkK/YBwk=', 'DIGEST_ALGORITHM_WEAK'],
  ['UNIXsum (DIG-03)', 'UNIXsum=30637', 'DIGEST_ALGORITHM_WEAK'],
  ['a weak one beside a sound one', `SHA-256=${b64},MD5=1B2M2Y8AsgTpgAmY7PhCfg==`, 'DIGEST_ALGORITHM_WEAK'],
  ['an unknown one alone', `sha-384=${b64}`, 'DIGEST_ALGORITHM_UNKNOWN'],
  ['a wrong second (DIG-04)', `SHA-256=${b64},SHA-512=${sha512('x').toString('base64')}`, 'DIGEST_MISMATCH'],
  ['a wrong first (DIG-04)', `SHA-512=${sha512('x').toString('base64')},SHA-256=${b64}`, 'DIGEST_MISMATCH'],
  ['SHA-256 twice (DIG-05)', `SHA-256=${b64},sha-256=${b64}`, 'DIGEST_ALGORITHM_TWICE'],
  ['hexadecimal (DIG-06)', `SHA-256=${hex}`, 'DIGEST_HEX'],
  ['hexadecimal in upper case', `SHA-256=${hex.toUpperCase()}`, 'DIGEST_HEX'],
  ['base64url (DIG-06)', `SHA-256=${'-'.repeat(43)}=`, 'DIGEST_BASE64URL'],
  ['no padding (DIG-06)', `SHA-256=${b64.slice(0, -1)}`, 'DIGEST_PADDING'],
  ['too much padding', `SHA-256=${b64}=`, 'DIGEST_PADDING'],
  ['quoted (DIG-06)', `SHA-256="${b64}"`, 'DIGEST_QUOTED'],
  ['between colons (DIG-06)', `SHA-256=:${b64}:`, 'DIGEST_COLONS'],
  ['no algorithm', b64, 'DIGEST_BARE'],
  ['no algorithm, 512 bits', b64of512, 'DIGEST_BARE'],
  ['base64 of hexadecimal (DIG-07)', `SHA-256=${Buffer.from(hex).toString('base64')}`, 'DIGEST_BASE64_OF_HEX'],
  ['base64 with spaces', `SHA-256=${b64.slice(0, 20)} ${b64.slice(20)}`, 'DIGEST_BASE64'],
  ['unused bits set', `SHA-256=${b64.slice(0, -2)}${b64.at(-2) === 'g' ? 'h' : 'R'}=`, 'DIGEST_BASE64'],
  ['a digest of SHA-1 under SHA-256', 'SHA-256=2jmj7l5rSw0yVb/vlWAYkK/YBwk=', 'DIGEST_LENGTH'],
  ['the digest of nothing (DIG-10)', `SHA-256=${sha256('').toString('base64')}`, 'DIGEST_OF_EMPTY'],
  ['the body without its line break', `SHA-256=${sha256('{"a": 1}').toString('base64')}`, 'DIGEST_NEWLINE'],
  ['the body with one more line break', `SHA-256=${sha256(`${text}\n`).toString('base64')}`, 'DIGEST_NEWLINE'],
  ['the body with CRLF (DIG-12)', `SHA-256=${sha256('{"a": 1}\r\n').toString('base64')}`, 'DIGEST_LINE_ENDS'],
  [
    'a byte order mark before (DIG-12)',
    `SHA-256=${sha256(`\ufeff${text}`).toString('base64')}`,
    'DIGEST_BYTE_ORDER_MARK',
  ],
  ['no value', 'SHA-256=', 'DIGEST_SYNTAX'],
  ['nothing', '', 'DIGEST_SYNTAX'],
  ['a comma too many', `SHA-256=${b64},`, 'DIGEST_SYNTAX'],
  ['many members', `${'x-1=AAAA,'.repeat(40)}SHA-256=${b64}`, 'DIGEST_SYNTAX'],
]

const dictionary: readonly Row[] = [
  ['the digest', `sha-256=:${b64}:`, 'accepted'],
  ['two, both right', `sha-512=:${b64of512}:, sha-256=:${b64}:`, 'accepted'],
  ['an unknown one beside', `sha-384=:${b64}:, sha-256=:${b64}:`, 'accepted'],
  ['upper case', `SHA-256=:${b64}:`, 'DIGEST_KEY_CASE'],
  ['no colons', `sha-256=${b64}`, 'DIGEST_NOT_BYTES'],
  ['a string', `sha-256="${b64}"`, 'DIGEST_NOT_BYTES'],
  ['a token', 'sha-256=abc', 'DIGEST_NOT_BYTES'],
  ['an inner list', `sha-256=(:${b64}:)`, 'DIGEST_NOT_BYTES'],
  ['hexadecimal', `sha-256=:${hex}:`, 'DIGEST_LENGTH'],
  ['base64 of hexadecimal', `sha-256=:${Buffer.from(hex).toString('base64')}:`, 'DIGEST_BASE64_OF_HEX'],
  ['base64url', `sha-256=:${'_'.repeat(43)}=:`, 'DIGEST_BASE64URL'],
  ['no padding', `sha-256=:${b64.slice(0, -1)}:`, 'DIGEST_PADDING'],
  ['twice', `sha-256=:${b64}:, sha-256=:${b64}:`, 'DIGEST_ALGORITHM_TWICE'],
  ['md5', 'md5=:1B2M2Y8AsgTpgAmY7PhCfg==:', 'DIGEST_ALGORITHM_WEAK'],
  ['an unknown one alone', `sha-384=:${b64}:`, 'DIGEST_ALGORITHM_UNKNOWN'],
  ['one that is not right', `sha-256=:${b64}:, sha-512=:${sha512('x').toString('base64')}:`, 'DIGEST_MISMATCH'],
  ['no dictionary', ';', 'STRUCTURED_FIELD_SYNTAX'],
]

/** Families stand in the words of the rows, in parentheses. */
function vector(field: DigestVector['field'], [words, value, expected]: Row): DigestVector {
  const [, says = words, family] = /^(.*?)(?: \((DIG-\d\d)\))?$/.exec(words) ?? []
  return {
    kind: 'digest',
    family: family ?? (expected === 'accepted' ? 'control' : 'form'),
    says,
    field,
    value,
    body,
    expected,
  }
}

export const digestVectors: readonly DigestVector[] = [
  ...legacy.map((row) => vector('Digest', row)),
  ...dictionary.map((row) => vector('Content-Digest', row)),
]
