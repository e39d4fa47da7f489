import { concatBytes } from '../core/bytes.ts'
import { type Cursor, openDer, readInteger, Scope, type Step, Tag } from '../der/index.ts'
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
  return new Uint8Array(putEcdsaDer(raw, new Uint8Array(longestEcdsaDer)))
}

/** Octets of the longest ECDSA-Sig-Value, which is on P-521: one octet of sign before each number of 66. */
export const longestEcdsaDer = 3 + 2 * (2 + 1 + 66)

/** The same for `r || s` of the right length, put into octets that are there already. @returns the part that it takes */
export function putEcdsaDer(raw: Uint8Array, room: Uint8Array): Uint8Array {
  const half = raw.length >> 1
  const end = putInteger(raw, half, raw.length, room, putInteger(raw, 0, half, room, 3))
  const length = end - 3
  // From 128 on, the length takes an octet more.
  const start = length < 0x80 ? 1 : 0
  room[1] = 0x81
  room[2] = length
  room[start] = Tag.SEQUENCE
  return room.subarray(start, end)
}

/** An INTEGER of the octets from `start` to `end` of a number that has no sign. @returns where it ends */
function putInteger(raw: Uint8Array, start: number, end: number, room: Uint8Array, place: number): number {
  let first = start
  while (first < end - 1 && raw[first] === 0) first++
  const sign = (raw[first] as number) >> 7
  let at = place
  room[at++] = Tag.INTEGER
  room[at++] = end - first + sign
  if (sign === 1) room[at++] = 0
  while (first < end) room[at++] = raw[first++] as number
  return at
}

/** `r || s` of DER that a platform has just made, so that nothing of it is in doubt. Its two numbers take `half` octets each. */
export function takeEcdsaDer(der: Uint8Array, half: number): Uint8Array<ArrayBuffer> {
  const raw = new Uint8Array(2 * half)
  const r = der[1] === 0x81 ? 4 : 3
  const s = takeInteger(der, r, raw, half) + 1
  takeInteger(der, s, raw, 2 * half)
  return raw
}

/** Puts the INTEGER whose length stands at `place` before `end`, without its octet of sign. @returns where it ends */
function takeInteger(der: Uint8Array, place: number, raw: Uint8Array, end: number): number {
  const length = der[place] as number
  const last = place + length
  const first = der[place + 1] === 0 ? place + 2 : place + 1
  for (let at = last, to = end - 1; at >= first; at--, to--) raw[to] = der[at] as number
  return last + 1
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
