import { Psd2Error } from './errors.ts'
import { nativeBase64, nativeOctets } from './native.ts'

/** base64 and base64url (RFC 4648), strict both ways: one text for one octet string. */

const standard = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const urlSafe = `${standard.slice(0, 62)}-_`

const standardValues = /* @__PURE__ */ valuesOf(standard)
const urlSafeValues = /* @__PURE__ */ valuesOf(urlSafe)

function valuesOf(alphabet: string): Int8Array {
  const values = new Int8Array(128).fill(-1)
  for (let i = 0; i < 64; i++) values[alphabet.charCodeAt(i)] = i
  return values
}

const standardCodes = /* @__PURE__ */ codesOf(standard)
const urlSafeCodes = /* @__PURE__ */ codesOf(urlSafe)
const latin1 = /* @__PURE__ */ new TextDecoder('latin1')

function codesOf(alphabet: string): Uint8Array {
  return Uint8Array.from(alphabet, (character) => character.charCodeAt(0))
}

/** Standard alphabet with padding. */
export function encodeBase64(bytes: Uint8Array): string {
  return nativeBase64(bytes) ?? encode(bytes, standardCodes, Math.ceil(bytes.length / 3) * 4)
}

/** URL-safe alphabet without padding, as JOSE has it. */
export function encodeBase64url(bytes: Uint8Array): string {
  return encode(bytes, urlSafeCodes, Math.ceil((bytes.length * 4) / 3))
}

/** Codes first and one text of them all at the end: a text that grows by characters takes several times as long. */
function encode(bytes: Uint8Array, alphabet: Uint8Array, length: number): string {
  const codes = new Uint8Array(length).fill(0x3d)
  let at = 0
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i
    const group =
      ((bytes[i] as number) << 16) |
      ((left > 1 ? (bytes[i + 1] as number) : 0) << 8) |
      (left > 2 ? (bytes[i + 2] as number) : 0)
    codes[at++] = alphabet[group >> 18] as number
    codes[at++] = alphabet[(group >> 12) & 63] as number
    if (left > 1) codes[at++] = alphabet[(group >> 6) & 63] as number
    if (left > 2) codes[at++] = alphabet[group & 63] as number
  }
  return latin1.decode(codes)
}

/**
 * Standard alphabet, padded, no white space, unused bits zero.
 *
 * @throws Psd2Error `BASE64_CHARACTER`, `BASE64_PADDING`, `BASE64_BITS` with the offset of the character
 */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  const length = text.length - padding
  if (text.length % 4 !== 0) {
    throw base64Error(
      'BASE64_PADDING',
      text.length,
      'the length is no multiple of four',
      'pad the text with = to a multiple of four',
    )
  }
  return decode(text, length, standardValues)
}

/**
 * The same in memory that may be shared with other octets: for what is public and soon done with, such as a signature.
 * Making room for so many octets of their own takes longer than reading them.
 */
export function viewBase64(text: string): Uint8Array<ArrayBuffer> {
  return (text.length > short ? nativeOctets(text) : undefined) ?? decodeBase64(text)
}

/** Up to so many characters the table is faster: V8 makes room for few octets without asking the system. */
const short = 64

/**
 * URL-safe alphabet, no padding, no white space, unused bits zero.
 *
 * @throws Psd2Error `BASE64_CHARACTER`, `BASE64_PADDING`, `BASE64_BITS` with the offset of the character
 */
export function decodeBase64url(text: string): Uint8Array<ArrayBuffer> {
  if (text.length % 4 === 1) {
    throw base64Error('BASE64_PADDING', text.length, 'no octets have a text of this length', 'give the whole text')
  }
  return decode(text, text.length, urlSafeValues)
}

function decode(text: string, length: number, values: Int8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(Math.floor((length * 3) / 4))
  let bits = 0
  let held = 0
  let at = 0
  let i = 0
  // Four characters at a time while they are of the alphabet; whatever is not is found one by one below.
  for (; i + 4 <= length; i += 4) {
    const a = valueAt(text, i, values)
    const b = valueAt(text, i + 1, values)
    const c = valueAt(text, i + 2, values)
    const d = valueAt(text, i + 3, values)
    if ((a | b | c | d) < 0) break
    bytes[at] = (a << 2) | (b >> 4)
    bytes[at + 1] = (b << 4) | (c >> 2)
    bytes[at + 2] = (c << 6) | d
    at += 3
  }
  for (; i < length; i++) {
    const value = valueAt(text, i, values)
    if (value < 0) {
      throw base64Error(
        'BASE64_CHARACTER',
        i,
        'a character is not of the alphabet',
        'remove it, or use the other base64 alphabet',
      )
    }
    held = ((held << 6) | value) & 0xffff
    bits += 6
    if (bits >= 8) {
      bits -= 8
      bytes[at++] = (held >> bits) & 0xff
    }
  }
  if ((held & ((1 << bits) - 1)) !== 0) {
    throw base64Error(
      'BASE64_BITS',
      length - 1,
      'the last character holds bits that belong to no octet',
      'encode the octets anew',
    )
  }
  return bytes
}

function valueAt(text: string, i: number, values: Int8Array): number {
  const code = text.charCodeAt(i)
  return code < 128 ? (values[code] as number) : -1
}

function base64Error(code: string, offset: number, says: string, mend: string): Psd2Error {
  return new Psd2Error(code, `${says}, at character ${offset}`, {
    offset,
    citation: {
      document: 'RFC 4648',
      clause: code === 'BASE64_BITS' ? '3.5' : code === 'BASE64_PADDING' ? '3.2' : '3.3',
    },
    mend,
  })
}
