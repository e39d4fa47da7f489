import { concatBytes } from '../core/bytes.ts'
import { type Cursor, integerValue, openDer, readInteger, Scope, type Step, Tag, write } from '../der/index.ts'
import { cryptoErrorAt } from './codes.ts'
import type { NamedCurve } from './provider.ts'
import { curveOf } from './spki.ts'

/** The two forms of an ECDSA signature: `r || s` (JOSE, RFC 9421, WebCrypto) and DER (X.509, TLS, OpenSSL, most KMS). */

/**
 * `r || s` from an ECDSA-Sig-Value in strict DER.
 *
 * @throws Psd2Error `DER_...` where it is not DER, `ECDSA_DER_RANGE` where a number is negative or does not fit the curve
 *
 * @example
 * ```ts
 * import { ecdsaRawFromDer, privateKeyFrom } from 'psd2-toolkit/crypto'
 *
 * declare function askTheKms(data: Uint8Array): Promise<Uint8Array>
 * const key = await privateKeyFrom({
 *   algorithm: 'ecdsa-p256-sha256',
 *   sign: async (data) => ecdsaRawFromDer(await askTheKms(data), 'P-256'),
 * })
 * console.log(key.kind) // external
 * ```
 */
export function ecdsaRawFromDer(der: Uint8Array, curve: NamedCurve): Uint8Array<ArrayBuffer> {
  const { octets } = curveOf(curve)
  const cursor = openDer(der, new Scope(), 'signature')
  const end = cursor.open(Tag.SEQUENCE, '')
  const r = readCoordinate(cursor, 'r', octets)
  const s = readCoordinate(cursor, 's', octets)
  cursor.close(end)
  cursor.finish()
  return concatBytes(r, s)
}

/**
 * ECDSA-Sig-Value in DER from `r || s`.
 *
 * @throws TypeError where the octets are not twice those of the curve
 */
export function ecdsaDerFromRaw(raw: Uint8Array, curve: NamedCurve): Uint8Array<ArrayBuffer> {
  const { octets } = curveOf(curve)
  if (raw.length !== 2 * octets) throw new TypeError(`r || s on ${curve} has ${2 * octets} octets, not ${raw.length}`)
  return write.sequence(integerOf(raw.subarray(0, octets)), integerOf(raw.subarray(octets)))
}

function readCoordinate(cursor: Cursor, step: Step, octets: number): Uint8Array {
  readInteger(cursor, step)
  const { bytes, valueStart, valueEnd } = cursor
  const start = bytes[valueStart] === 0 ? valueStart + 1 : valueStart
  const isNegative = (bytes[valueStart] as number) >= 0x80
  if (isNegative || valueEnd - start > octets) throw cryptoErrorAt(cursor, 'ECDSA_DER_RANGE', step, valueStart)
  const padded = new Uint8Array(octets)
  padded.set(bytes.subarray(start, valueEnd), octets - (valueEnd - start))
  return padded
}

function integerOf(octets: Uint8Array): Uint8Array {
  return write.integer(integerValue(concatBytes(Uint8Array.of(0), octets)))
}
