import { isRocaModulus } from '../core/roca.ts'
import { type Cursor, readInteger } from '../der/index.ts'
import { cryptoErrorAt } from './codes.ts'

/** More bits make a verification a burden that its sender chose; OpenSSL stops at the same number. */
const maximumBits = 16_384

/** Octets of a public exponent: 256 bits, as FIPS 186 has it. */
const maximumExponent = 32

/** Reads the modulus and the public exponent of an RSA key, checks both and gives the bits of the modulus. */
export function readRsaNumbers(cursor: Cursor, minimumBits: number): number {
  readInteger(cursor, 'modulus')
  const at = cursor.valueStart
  if (!isPositiveOdd(cursor)) throw cryptoErrorAt(cursor, 'KEY_RSA_MODULUS', 'modulus', at)
  const bits = bitLength(cursor)
  if (bits < minimumBits || bits > maximumBits) {
    const allowed = `${bits} bits; ${minimumBits} to ${maximumBits} allowed`
    throw cryptoErrorAt(cursor, 'KEY_RSA_SIZE', 'modulus', at, allowed)
  }
  if (isRocaModulus(cursor.bytes.subarray(at, cursor.valueEnd))) {
    throw cryptoErrorAt(cursor, 'KEY_RSA_WEAK', 'modulus', at)
  }
  readInteger(cursor, 'publicExponent')
  if (!isPositiveOdd(cursor) || bitLength(cursor) < 2 || bitLength(cursor) > maximumExponent * 8) {
    throw cryptoErrorAt(cursor, 'KEY_RSA_EXPONENT', 'publicExponent', cursor.valueStart)
  }
  return bits
}

function isPositiveOdd({ bytes, valueStart, valueEnd }: Cursor): boolean {
  return (bytes[valueStart] as number) < 0x80 && ((bytes[valueEnd - 1] as number) & 1) === 1
}

/** Bits of the positive INTEGER read last. */
function bitLength({ bytes, valueStart, valueEnd }: Cursor): number {
  const first = bytes[valueStart] === 0 && valueEnd - valueStart > 1 ? valueStart + 1 : valueStart
  return (valueEnd - first) * 8 - (Math.clz32(bytes[first] as number) - 24)
}
