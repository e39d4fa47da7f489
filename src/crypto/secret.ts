import { Psd2Error } from '../core/errors.ts'
import { openDer, Scope, Tag } from '../der/index.ts'
import { cryptoError } from './codes.ts'

const pemBegin = /* @__PURE__ */ new TextEncoder().encode('-----BEGIN ')

/**
 * Throws where the octets must not be an HMAC secret: fewer than the hash has, or a key or certificate in PEM or DER. With
 * the latter, whoever knows the public key could make signatures.
 */
export function checkSecret(secret: Uint8Array): void {
  if (pemBegin.every((octet, index) => secret[index] === octet) || isKeyStructure(secret)) {
    throw cryptoError('KEY_SECRET_IS_KEY')
  }
  if (secret.length < 32) throw cryptoError('KEY_SECRET_SIZE', '', `${secret.length} octets`)
}

/** True for one SEQUENCE of SEQUENCE and BIT STRING, or of SEQUENCE, SEQUENCE and BIT STRING. Chance never makes one. */
function isKeyStructure(octets: Uint8Array): boolean {
  if (octets[0] !== Tag.SEQUENCE) return false
  try {
    const cursor = openDer(octets, new Scope())
    const end = cursor.open(Tag.SEQUENCE, '')
    cursor.read(Tag.SEQUENCE, '')
    if (cursor.next(Tag.SEQUENCE)) cursor.read(Tag.SEQUENCE, '')
    cursor.read(Tag.BIT_STRING, '')
    cursor.close(end)
    cursor.finish()
    return true
  } catch (error) {
    if (error instanceof Psd2Error) return false
    throw error
  }
}
