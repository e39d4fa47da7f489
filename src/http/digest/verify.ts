import type { Digester } from '../../crypto/provider.ts'
import { httpError } from '../refuse.ts'
import { type DigestAlgorithm, digestAlgorithms } from './algorithms.ts'
import { explainMismatch } from './explain.ts'
import type { DigestMember } from './fields.ts'
import { sameOctets } from './octets.ts'
import { digestSettings, parseDigestField, type VerifyDigestOptions } from './settings.ts'

/** What {@link verifyDigest} has shown. */
export interface VerifiedDigest {
  /** The algorithms whose digests are those of the body. */
  readonly algorithms: readonly DigestAlgorithm[]
}

/**
 * Recomputes the digest of a body and compares it with the value of a digest header. Every digest of a known algorithm must
 * match, so that no reader can take another one; broken algorithms are refused. Where it fails, the code names the usual
 * mistake: hexadecimal, base64 of hexadecimal, base64url, no algorithm, the digest of nothing, a line break added.
 *
 * @param value - value of the header; several lines joined with a comma
 * @param body - octets as received, before any content coding is undone
 * @throws Psd2Error `DIGEST_...`
 * @throws TypeError on a wrong type or an unknown option
 *
 * @example
 * ```ts
 * import { verifyDigest } from 'psd2-toolkit/digest'
 *
 * const body = new TextEncoder().encode('{"hello": "world"}')
 * await verifyDigest('SHA-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=', body)
 * ```
 */
export async function verifyDigest(
  value: string,
  body: Uint8Array,
  options: VerifyDigestOptions = {},
): Promise<VerifiedDigest> {
  if (typeof value !== 'string') throw new TypeError('verifyDigest takes the value of the header as text')
  if (!(body instanceof Uint8Array)) throw new TypeError('verifyDigest takes the octets of the body as a Uint8Array')
  const settings = digestSettings(options, [], 'verifyDigest')
  const members = parseDigestField(value, settings.field, settings)
  await compareDigests(members, body, settings.crypto, settings.field.toLowerCase())
  return { algorithms: members.map(({ algorithm }) => algorithm) }
}

/** Throws unless every digest is that of the body. All hashes are begun before anything is awaited. */
export async function compareDigests(
  members: readonly DigestMember[],
  body: Uint8Array,
  crypto: Digester,
  path: string,
): Promise<void> {
  const begun = members.map(({ algorithm }) => crypto.digest(digestAlgorithms[algorithm].hash, body))
  // Nearly always there is one, which needs no promise of its own to be waited for.
  const hashes = begun.length === 1 ? [await begun[0]] : await Promise.all(begun)
  for (let i = 0; i < members.length; i++) {
    const member = members[i] as DigestMember
    if (!sameOctets(hashes[i] as Uint8Array, member.value)) {
      throw httpError(await explainMismatch(member, body, crypto), member.algorithm, { path })
    }
  }
}
