import { decodeBase64url } from '../core/base64.ts'
import { Psd2Error } from '../core/errors.ts'
import type { JoseCode } from './codes.ts'
import type { KeyMember } from './jwk.ts'
import { coordinateOctets } from './key-shapes.ts'

/** What is wrong with a value, where something is. */
export interface Problem {
  readonly code: JoseCode
  readonly detail: string
}

/** What can be wrong with the text of a key's member, by name; `crv` is that of the same key. */
export function keyMemberProblem(name: KeyMember, text: string, crv: string | undefined): Problem | undefined {
  if (name === 'crv') {
    // The text goes into a hash as it is: nothing that JSON would escape.
    return /^[A-Za-z0-9-]{1,32}$/.test(text) ? undefined : { code: 'JWK_KEY_UNSUPPORTED', detail: 'crv' }
  }
  const octets = decode(text)
  if (!(octets instanceof Uint8Array)) return octets
  const isInteger = name === 'n' || name === 'e'
  if (isInteger && (octets.length === 0 || octets[0] === 0)) {
    return { code: 'JWK_INTEGER_LEADING_ZERO', detail: `${octets.length} octets` }
  }
  const expected = isInteger ? octets.length : coordinateOctets(crv ?? '')
  if (expected === undefined || octets.length === expected) return undefined
  return { code: 'JWK_COORDINATE_LENGTH', detail: `${octets.length} octets instead of ${expected}` }
}

/** What a decoder trips over, in words. */
const slips: readonly (readonly [pattern: RegExp, says: string])[] = [
  [/\s/, 'it has white space'],
  [/[+/]/, 'it has the characters + and / of standard base64'],
  [/=/, 'it has padding'],
]

function decode(text: string): Uint8Array | Problem {
  try {
    return decodeBase64url(text)
  } catch (error) {
    if (!(error instanceof Psd2Error)) throw error
    const slip = slips.find(([pattern]) => pattern.test(text))
    return { code: 'JWK_BASE64URL', detail: slip === undefined ? error.message : slip[1] }
  }
}
