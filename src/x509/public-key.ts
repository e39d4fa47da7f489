import { Octets } from '../core/octets.ts'
import { oidName } from '../core/oids.ts'
import {
  type Cursor,
  openDer,
  type ReadMode,
  readInteger,
  readOctetAlignedBitString,
  Scope,
  Tag,
} from '../der/index.ts'
import { type AlgorithmIdentifier, readAlgorithmIdentifier } from './algorithm.ts'
import { report } from './report.ts'

/** SubjectPublicKeyInfo (RFC 5280 4.1.2.7). Its octets are the whole of it, as it is hashed and imported. */
export class PublicKeyInfo extends Octets {
  declare readonly algorithm: AlgorithmIdentifier
  /** Content of the BIT STRING. */
  declare readonly key: Octets
  /** Of an RSA key: big-endian, without sign octet. */
  declare readonly modulus: Octets | undefined
  declare readonly exponent: Octets | undefined
  /** Bits of the modulus or of the field; undefined where the algorithm is not known. */
  declare readonly size: number | undefined

  constructor(
    whole: Uint8Array,
    start: number,
    end: number,
    algorithm: AlgorithmIdentifier,
    key: Octets,
    modulus: Octets | undefined,
    exponent: Octets | undefined,
    size: number | undefined,
  ) {
    super(whole, start, end)
    this.algorithm = algorithm
    this.key = key
    this.modulus = modulus
    this.exponent = exponent
    this.size = size
  }

  /** Named curve, for example `P-256`; undefined for other keys. */
  get curve(): string | undefined {
    const { curve } = this.algorithm
    return curve === undefined ? undefined : (oidName(curve) ?? curve)
  }
}

/** Field size in bits of the named curves that the toolkit knows. */
const curveBits: Readonly<Record<string, number | undefined>> = {
  '1.2.840.10045.3.1.7': 256,
  '1.3.132.0.10': 256,
  '1.3.132.0.33': 224,
  '1.3.132.0.34': 384,
  '1.3.132.0.35': 521,
  '1.3.36.3.3.2.8.1.1.7': 256,
  '1.3.36.3.3.2.8.1.1.11': 384,
  '1.3.36.3.3.2.8.1.1.13': 512,
  '1.2.250.1.223.101.256.1': 256,
}

/** Octets of the raw public keys of RFC 8410, and their size in bits. */
const rawKeys: Readonly<Record<string, { octets: number; bits: number } | undefined>> = {
  '1.3.101.110': { octets: 32, bits: 255 },
  '1.3.101.111': { octets: 56, bits: 448 },
  '1.3.101.112': { octets: 32, bits: 255 },
  '1.3.101.113': { octets: 57, bits: 448 },
}

const RSA = '1.2.840.113549.1.1.1'
const RSA_PSS = '1.2.840.113549.1.1.10'
const EC = '1.2.840.10045.2.1'

/**
 * ```text
 * SubjectPublicKeyInfo ::= SEQUENCE { algorithm AlgorithmIdentifier, subjectPublicKey BIT STRING }
 * ```
 */
export function readPublicKeyInfo(cursor: Cursor): PublicKeyInfo {
  const start = cursor.position
  const end = cursor.open(Tag.SEQUENCE, 'subjectPublicKeyInfo')
  const algorithm = readAlgorithmIdentifier(cursor, 'algorithm')
  readOctetAlignedBitString(cursor, 'subjectPublicKey')
  const key = new Octets(cursor.bytes, cursor.valueStart, cursor.valueEnd)
  const stop = cursor.end
  const isRsa = algorithm.oid === RSA || algorithm.oid === RSA_PSS
  const rsa = isRsa ? readRsaKey(cursor, algorithm) : undefined
  const size = rsa?.size ?? checkKey(cursor, algorithm, key)
  cursor.close(end)
  return new PublicKeyInfo(cursor.bytes, start, stop, algorithm, key, rsa?.modulus, rsa?.exponent, size)
}

/**
 * Reads a SubjectPublicKeyInfo that stands for itself (RFC 5280 4.1.2.7), as trusted lists and anchors have them.
 *
 * @throws Psd2Error as `parseCertificate` for the same field
 *
 * @example
 * ```ts
 * import { parsePublicKeyInfo } from 'psd2-toolkit/x509'
 *
 * declare const spki: Uint8Array
 * const { algorithm, size } = parsePublicKeyInfo(spki)
 * console.log(algorithm.name, size)
 * ```
 */
export function parsePublicKeyInfo(spki: Uint8Array, options: { readonly mode?: ReadMode } = {}): PublicKeyInfo {
  if (!(spki instanceof Uint8Array)) throw new TypeError('parsePublicKeyInfo takes DER as a Uint8Array')
  for (const name in options) if (name !== 'mode') throw new TypeError(`unknown option '${name}'`)
  const cursor = openDer(spki, new Scope(options.mode))
  const info = readPublicKeyInfo(cursor)
  cursor.finish()
  return info
}

/** Checks a key that is not RSA, and gives its size where that is known. */
function checkKey(cursor: Cursor, algorithm: AlgorithmIdentifier, key: Octets): number | undefined {
  if (algorithm.oid === EC && algorithm.curve !== undefined) {
    const size = curveBits[algorithm.curve]
    checkPoint(cursor, key, size)
    return size
  }
  const raw = rawKeys[algorithm.oid]
  if (raw !== undefined && key.length !== raw.octets) {
    report(cursor, 'X509_KEY_LENGTH', 'subjectPublicKey', key.offset, `${key.length} octets`)
  }
  return raw?.bits
}

/** What an RSAPublicKey holds; the size is in bits. */
interface RsaKey {
  readonly modulus: Octets
  readonly exponent: Octets
  readonly size: number
}

/**
 * ```text
 * RSAPublicKey ::= SEQUENCE { modulus INTEGER, publicExponent INTEGER }
 * ```
 */
function readRsaKey(cursor: Cursor, algorithm: AlgorithmIdentifier): RsaKey {
  const bitsEnd = cursor.openValue('subjectPublicKey')
  const end = cursor.open(Tag.SEQUENCE, '')
  readInteger(cursor, 'modulus')
  const modulusSound = isPositiveOdd(cursor)
  const modulus = unsigned(cursor)
  const exponentAt = cursor.position
  readInteger(cursor, 'publicExponent')
  const exponentSound = isPositiveOdd(cursor)
  const exponent = unsigned(cursor)
  if (!modulusSound) report(cursor, 'X509_RSA_MODULUS', 'modulus', modulus.offset)
  const one = exponent.length === 1 && cursor.bytes[exponent.offset] === 1
  if (!exponentSound || one) report(cursor, 'X509_RSA_EXPONENT', 'publicExponent', exponentAt)
  const top = cursor.bytes[modulus.offset] as number
  const size = modulus.length * 8 - Math.clz32(top) + 24
  if (size < 1900 || size > 16_384) report(cursor, 'X509_RSA_SIZE', 'modulus', modulus.offset, `${size} bits`)
  cursor.close(end)
  cursor.close(bitsEnd)
  if (algorithm.oid === RSA_PSS) report(cursor, 'X509_KEY_PSS_ONLY', 'algorithm', algorithm.offset)
  return { modulus, exponent, size }
}

function isPositiveOdd(cursor: Cursor): boolean {
  const { bytes, valueStart, valueEnd } = cursor
  return (bytes[valueStart] as number) < 0x80 && ((bytes[valueEnd - 1] as number) & 1) === 1
}

function unsigned(cursor: Cursor): Octets {
  const { bytes, valueStart, valueEnd } = cursor
  const padded = bytes[valueStart] === 0 && valueEnd - valueStart > 1
  return new Octets(bytes, padded ? valueStart + 1 : valueStart, valueEnd)
}

/** SEC 1 2.3.3: 04 and two coordinates, or 02 or 03 and one. */
function checkPoint(cursor: Cursor, key: Octets, bits: number | undefined): void {
  const form = key.length === 0 ? -1 : (cursor.bytes[key.offset] as number)
  const field = bits === undefined ? undefined : Math.ceil(bits / 8)
  const coordinates = form === 4 ? 2 : form === 2 || form === 3 ? 1 : 0
  if (coordinates === 0 || (field !== undefined && key.length !== 1 + coordinates * field)) {
    report(cursor, 'X509_EC_POINT', 'subjectPublicKey', key.offset, `${key.length} octets`)
  }
}
