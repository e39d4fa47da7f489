import { Psd2Error } from '../core/errors.ts'
import { defaultJsonLimits, type JsonObject, type JsonValue, parseJson } from '../core/json.ts'
import type { Findings } from './findings.ts'

/** The JSON that was given. An object is copied; that its text is gone is a finding. Throws Psd2Error `JSON_...`. */
export function readJwksInput(jwks: Uint8Array | string | object, findings: Findings): JsonValue {
  if (jwks instanceof Uint8Array) return parseJson(jwks)
  if (typeof jwks === 'string') return parseJson(encodeText(jwks))
  if (typeof jwks !== 'object' || jwks === null) {
    throw new TypeError('give the JWK Set as octets, as text or as an object')
  }
  findings.add('JWK_DUPLICATES_UNSEEN', '')
  return new Copier().copy(jwks, 0)
}

/** An encoder would put the same character for every half of a surrogate pair: such text is refused before. */
function encodeText(text: string): Uint8Array {
  if (text.length <= defaultJsonLimits.size && /\p{Surrogate}/u.test(text)) {
    throw new Psd2Error('JSON_TEXT', 'the text has half of a surrogate pair', {
      path: '',
      citation: { document: 'RFC 8259', clause: '8.2' },
      mend: 'encode the character whole',
    })
  }
  return new TextEncoder().encode(text)
}

/** Copies own data of plain JSON values, so that nothing inherited or computed is ever read. */
class Copier {
  private left = 100_000

  copy(value: unknown, depth: number): JsonValue {
    if (this.left-- <= 0 || depth > defaultJsonLimits.depth) throw tooMuch()
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
    if (typeof value === 'number' && Number.isFinite(value)) return value
    if (Array.isArray(value)) return this.copyArray(value, depth)
    if (typeof value === 'object') return this.copyObject(value, depth)
    throw new TypeError('the object holds what JSON cannot')
  }

  private copyArray(value: readonly unknown[], depth: number): JsonValue[] {
    if (value.length > this.left) throw tooMuch()
    return Array.from(value, (item) => this.copy(item, depth + 1))
  }

  private copyObject(value: object, depth: number): JsonObject {
    const copy = Object.create(null) as Record<string, JsonValue>
    for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(value))) {
      if (property.enumerable !== true || property.value === undefined) continue
      copy[name] = this.copy(property.value, depth + 1)
    }
    return copy
  }
}

function tooMuch(): Psd2Error {
  return new Psd2Error('LIMIT_JSON_DEPTH', 'the object has too many values, or they are nested too deep', {
    path: '',
    citation: { document: 'RFC 8259', clause: '9' },
    mend: 'send a JWK Set with one key',
  })
}
