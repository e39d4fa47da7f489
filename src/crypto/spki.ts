import { withLimits } from '../core/limits.ts'
import { openDer, readOctetAlignedBitString, Scope, Tag, write } from '../der/index.ts'
import { cryptoErrorAt } from './codes.ts'
import { curveNamed, type KeyAlgorithm, readKeyAlgorithm, writeKeyAlgorithm } from './key-algorithm.ts'
import type { KeyFacts } from './provider.ts'
import { readRsaNumbers } from './rsa-numbers.ts'

/** An RSA key of 16,384 bits takes 2.1 KiB. */
const limits = /* @__PURE__ */ withLimits({ size: 4096 })

/** A public key as it was read. */
export interface ReadKey {
  readonly facts: KeyFacts
  /** The same key as every platform imports it. */
  readonly octets: Uint8Array<ArrayBuffer>
}

/**
 * Reads SubjectPublicKeyInfo strictly.
 *
 * ```text
 * SubjectPublicKeyInfo ::= SEQUENCE { algorithm AlgorithmIdentifier, subjectPublicKey BIT STRING }
 * RSAPublicKey         ::= SEQUENCE { modulus INTEGER, publicExponent INTEGER }
 * ```
 */
export function readSpki(spki: Uint8Array, minimumRsaBits: number): ReadKey {
  const cursor = openDer(spki, new Scope('strict', limits), 'subjectPublicKeyInfo')
  const end = cursor.open(Tag.SEQUENCE, '')
  const algorithm = readKeyAlgorithm(cursor)
  readOctetAlignedBitString(cursor, 'subjectPublicKey')
  const { valueStart, valueEnd } = cursor
  const key = spki.subarray(valueStart, valueEnd)
  let size: number
  if (algorithm.type === 'rsa' || algorithm.type === 'rsa-pss') {
    const bitsEnd = cursor.openValue('subjectPublicKey')
    const keyEnd = cursor.open(Tag.SEQUENCE, '')
    size = readRsaNumbers(cursor, minimumRsaBits)
    cursor.close(keyEnd)
    cursor.close(bitsEnd)
  } else if (algorithm.curve === undefined) {
    size = 255
    if (key.length !== 32) throw cryptoErrorAt(cursor, 'KEY_LENGTH', 'subjectPublicKey', valueStart)
  } else {
    const { bits, octets } = curveOf(algorithm.curve)
    size = bits
    if (key.length !== 1 + 2 * octets || key[0] !== 4) {
      throw cryptoErrorAt(cursor, 'KEY_EC_POINT', 'subjectPublicKey', valueStart, `${key.length} octets`)
    }
  }
  cursor.close(end)
  cursor.finish()
  return { facts: factsOf(algorithm, size), octets: writeSpki(algorithm, key) }
}

/** SubjectPublicKeyInfo from the content of its BIT STRING. */
export function writeSpki(algorithm: KeyAlgorithm, key: Uint8Array): write.Der {
  return write.sequence(writeKeyAlgorithm(algorithm), write.bitString(key))
}

export function factsOf({ type, curve, pss }: KeyAlgorithm, size: number): KeyFacts {
  return { type, size, ...(curve === undefined ? {} : { curve }), ...(pss === undefined ? {} : { pss }) }
}

/** What is known of a curve that was read before. */
export function curveOf(name: string): { readonly bits: number; readonly octets: number } {
  const curve = curveNamed(name)
  if (curve === undefined) throw new TypeError(`unknown curve '${name}'`)
  return curve
}
