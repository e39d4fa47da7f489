import { Psd2Error } from '../core/errors.ts'
import { withLimits } from '../core/limits.ts'
import {
  type Cursor,
  contextConstructed,
  contextPrimitive,
  openDer,
  readInteger,
  readOctetAlignedBitString,
  readOid,
  readSmallInteger,
  Scope,
  Tag,
  walk,
  write,
} from '../der/index.ts'
import { cryptoError, cryptoErrorAt } from './codes.ts'
import { type KeyAlgorithm, readCurve, readKeyAlgorithm, writeKeyAlgorithm } from './key-algorithm.ts'
import { readRsaNumbers } from './rsa-numbers.ts'
import { curveOf, factsOf, type ReadKey } from './spki.ts'

/** An RSA key of 16,384 bits takes 9.3 KiB, and attributes may follow. */
const limits = /* @__PURE__ */ withLimits({ size: 32_768 })

/**
 * Reads a private key in PKCS#8 strictly. Errors say what is wrong and where, never what was read.
 *
 * ```text
 * OneAsymmetricKey ::= SEQUENCE { version INTEGER, privateKeyAlgorithm AlgorithmIdentifier, privateKey OCTET STRING,
 *   attributes [0] OPTIONAL, publicKey [1] OPTIONAL }
 * ```
 */
export function readPkcs8(pkcs8: Uint8Array, minimumRsaBits: number): ReadKey {
  return guarded(pkcs8, (cursor) => {
    const end = cursor.open(Tag.SEQUENCE, '')
    refuseOtherForms(cursor)
    readSmallInteger(cursor, 'version', 0, 1)
    const algorithm = readKeyAlgorithm(cursor)
    cursor.read(Tag.OCTET_STRING, 'privateKey')
    const key = pkcs8.subarray(cursor.valueStart, cursor.valueEnd)
    const keyEnd = cursor.openValue('privateKey')
    const size = readKey(cursor, algorithm, minimumRsaBits)
    cursor.close(keyEnd)
    if (cursor.next(contextConstructed(0))) walk(cursor, 'attributes')
    if (cursor.next(contextPrimitive(1))) cursor.read(contextPrimitive(1), 'publicKey')
    cursor.close(end)
    return { facts: factsOf(algorithm, size), octets: writePkcs8(algorithm, key) }
  })
}

/** PKCS#8 around the key of its algorithm. */
export function writePkcs8(algorithm: KeyAlgorithm, key: Uint8Array): write.Der {
  return write.sequence(write.integer(0), writeKeyAlgorithm(algorithm), write.octetString(key))
}

/** PKCS#8 around an ECPrivateKey, whose curve must stand in it. */
export function wrapSec1(sec1: Uint8Array): write.Der {
  const curve = guarded(sec1, (cursor) => readEcKey(cursor))
  if (curve === undefined) throw cryptoError('KEY_CURVE', 'privateKey.parameters', 'none is given')
  return writePkcs8({ type: 'ec', curve }, sec1)
}

/** Every error of the reader but our own becomes one that names its code and its place alone. */
function guarded<Value>(octets: Uint8Array, read: (cursor: Cursor) => Value): Value {
  try {
    const cursor = openDer(octets, new Scope('strict', limits), 'privateKeyInfo')
    const value = read(cursor)
    cursor.finish()
    return value
  } catch (error) {
    if (!(error instanceof Psd2Error) || error.code.startsWith('KEY_')) throw error
    throw cryptoError('KEY_PRIVATE_FORM', error.path, error.code)
  }
}

/** Object identifiers of password-based encryption: PKCS#5 and PKCS#12. */
const encryption = ['1.2.840.113549.1.5.', '1.2.840.113549.1.12.1.']

/** Says what else the octets are, where that can be told: EncryptedPrivateKeyInfo, SubjectPublicKeyInfo, PKCS#12. */
function refuseOtherForms(cursor: Cursor): void {
  const { bytes, position } = cursor
  if (cursor.next(Tag.SEQUENCE)) {
    cursor.open(Tag.SEQUENCE, 'algorithm')
    const oid = readOid(cursor, 'algorithm')
    throw cryptoError(encryption.some((arc) => oid.startsWith(arc)) ? 'KEY_ENCRYPTED' : 'KEY_PUBLIC_GIVEN')
  }
  if (bytes[position + 1] === 1 && bytes[position + 2] === 3) throw cryptoError('KEY_PKCS12')
}

/** Reads the key inside and gives its size in bits. */
function readKey(cursor: Cursor, { type, curve }: KeyAlgorithm, minimumRsaBits: number): number {
  if (type === 'ed25519') {
    cursor.read(Tag.OCTET_STRING, '')
    if (cursor.valueEnd - cursor.valueStart !== 32) throw cryptoErrorAt(cursor, 'KEY_LENGTH', '', cursor.valueStart)
    return 255
  }
  if (curve === undefined) return readRsaKey(cursor, minimumRsaBits)
  const own = readEcKey(cursor, curve)
  if (own !== undefined && own !== curve) {
    throw cryptoErrorAt(cursor, 'KEY_CURVE', 'parameters', cursor.position, 'the curve differs from the outer one')
  }
  return curveOf(curve).bits
}

/**
 * ```text
 * RSAPrivateKey ::= SEQUENCE { version INTEGER, modulus INTEGER, publicExponent INTEGER, privateExponent INTEGER,
 *   prime1 INTEGER, prime2 INTEGER, exponent1 INTEGER, exponent2 INTEGER, coefficient INTEGER }
 * ```
 */
function readRsaKey(cursor: Cursor, minimumRsaBits: number): number {
  const end = cursor.open(Tag.SEQUENCE, '')
  if (readSmallInteger(cursor, 'version', 0, 1) === 1) {
    throw cryptoErrorAt(cursor, 'KEY_RSA_PRIMES', 'version', cursor.valueStart)
  }
  const size = readRsaNumbers(cursor, minimumRsaBits)
  for (const field of ['privateExponent', 'prime1', 'prime2', 'exponent1', 'exponent2', 'coefficient']) {
    readInteger(cursor, field)
  }
  cursor.close(end)
  return size
}

/**
 * ```text
 * ECPrivateKey ::= SEQUENCE { version INTEGER (1), privateKey OCTET STRING, parameters [0] OPTIONAL,
 *   publicKey [1] BIT STRING OPTIONAL }
 * ```
 * Gives the curve that stands in it.
 */
function readEcKey(cursor: Cursor, outer?: string): KeyAlgorithm['curve'] {
  const end = cursor.open(Tag.SEQUENCE, '')
  readSmallInteger(cursor, 'version', 1, 1)
  cursor.read(Tag.OCTET_STRING, 'privateKey')
  const { valueStart, valueEnd } = cursor
  let curve: KeyAlgorithm['curve']
  if (cursor.next(contextConstructed(0))) {
    const fieldEnd = cursor.open(contextConstructed(0), 'parameters')
    curve = readCurve(cursor, '')
    cursor.close(fieldEnd)
  }
  const name = outer ?? curve
  if (name !== undefined && valueEnd - valueStart !== curveOf(name).octets) {
    throw cryptoErrorAt(cursor, 'KEY_LENGTH', 'privateKey', valueStart)
  }
  if (cursor.bytes.subarray(valueStart, valueEnd).every((octet) => octet === 0)) {
    throw cryptoErrorAt(cursor, 'KEY_PRIVATE_FORM', 'privateKey', valueStart, 'zero')
  }
  if (cursor.next(contextConstructed(1))) {
    const fieldEnd = cursor.open(contextConstructed(1), 'publicKey')
    readOctetAlignedBitString(cursor, '')
    cursor.close(fieldEnd)
  }
  cursor.close(end)
  return curve
}
