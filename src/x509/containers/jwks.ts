import { decodeBase64 } from '../../core/base64.ts'
import { Psd2Error } from '../../core/errors.ts'
import { isJsonObject, type JsonValue, parseJson } from '../../core/json.ts'
import { containerError } from './codes.ts'

/** What a JWK holds for a reader of certificates. */
export type JwkPart =
  | { readonly der: Uint8Array; readonly pointer: string }
  | { readonly pointer: string; readonly error: Psd2Error }

/** Members of a JWK that are secret (RFC 7518 clause 6). */
const secretMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']

const limits = { size: 64 << 20, depth: 32 }

/** One more than a reader of inputs takes, so that it sees that there are more. */
const mostParts = 100_000

/**
 * The certificates of a JWK or JWKS (RFC 7517 4.7, clause 5): each item of each `x5c`. A secret member is an error of its
 * own and is never shown; the certificates beside it are still read.
 *
 * @throws Psd2Error `JSON_...` or `INPUT_JSON`
 */
export function readJwksCertificates(bytes: Uint8Array): JwkPart[] {
  const value = parseJson(bytes, limits)
  const keys = isJsonObject(value) && Array.isArray(value.keys) ? value.keys : Array.isArray(value) ? value : [value]
  const prefix = isJsonObject(value) && Array.isArray(value.keys) ? '/keys' : ''
  const parts: JwkPart[] = []
  let found = false
  for (const [index, key] of keys.entries()) {
    const pointer = keys.length === 1 && keys[0] === value ? '' : `${prefix}/${index}`
    if (!isJsonObject(key)) continue
    const secret = secretMembers.find((name) => name in key)
    if (secret !== undefined) {
      const place = `${pointer}/${secret}`
      parts.push({ pointer: place, error: containerError('INPUT_PRIVATE_KEY', 0, place) })
      found = true
    }
    const chain = Array.isArray(key.x5c) ? (key.x5c as readonly JsonValue[]) : []
    for (const [item, text] of chain.entries()) {
      if (parts.length > mostParts) return parts
      parts.push(readItem(text, `${pointer}/x5c/${item}`))
    }
    found ||= chain.length > 0
  }
  if (!found) throw containerError('INPUT_JSON', 0)
  return parts
}

function readItem(text: JsonValue, pointer: string): JwkPart {
  if (typeof text !== 'string') return { pointer, error: containerError('PEM_BASE64', 0, pointer, 'not a string') }
  try {
    return { der: decodeBase64(text), pointer }
  } catch (error) {
    if (!(error instanceof Psd2Error)) throw error
    return { pointer, error: containerError('PEM_BASE64', error.offset ?? 0, pointer, error.code) }
  }
}
