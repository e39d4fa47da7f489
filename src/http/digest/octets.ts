import { viewBase64 } from '../../core/base64.ts'
import { httpError } from '../refuse.ts'
import { type DigestAlgorithm, digestAlgorithms } from './algorithms.ts'

/**
 * Octets of a digest from its base64. What is wrong is named: each of the usual mistakes has its own code.
 *
 * @throws Psd2Error `DIGEST_HEX`, `DIGEST_BASE64_OF_HEX`, `DIGEST_BASE64URL`, `DIGEST_PADDING`, `DIGEST_BASE64`,
 *   `DIGEST_LENGTH`
 */
export function decodeDigest(text: string, algorithm: DigestAlgorithm, path: string): Uint8Array {
  const { length } = digestAlgorithms[algorithm]
  if (isHex(text, length * 2)) throw httpError('DIGEST_HEX', undefined, { path })
  const value = decodeText(text, path)
  if (value.length === length) return value
  const code =
    value.length === length * 2 && isHex(latin1(value), value.length) ? 'DIGEST_BASE64_OF_HEX' : 'DIGEST_LENGTH'
  throw httpError(code, `${value.length} octets, ${algorithm} has ${length}`, { path })
}

function decodeText(text: string, path: string): Uint8Array {
  try {
    return viewBase64(text)
  } catch (cause) {
    const body = text.replace(/={1,3}$/, '')
    const code =
      /^[A-Za-z0-9_-]+$/.test(body) && /[_-]/.test(body)
        ? 'DIGEST_BASE64URL'
        : /^[A-Za-z0-9+/]+$/.test(body) && (cause as { code?: string }).code !== 'BASE64_BITS'
          ? 'DIGEST_PADDING'
          : 'DIGEST_BASE64'
    throw httpError(code, undefined, { path, cause })
  }
}

function isHex(text: string, length: number): boolean {
  return text.length === length && /^(?:[0-9a-f]+|[0-9A-F]+)$/.test(text)
}

function latin1(octets: Uint8Array): string {
  return String.fromCharCode(...octets.subarray(0, 1024))
}

/** True where both hold the same octets, in a time that depends on the length alone. */
export function sameOctets(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  let difference = 0
  for (let i = 0; i < a.length; i++) difference |= (a[i] as number) ^ (b[i] as number)
  return difference === 0
}
