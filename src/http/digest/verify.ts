import type { Psd2Error } from '../../core/errors.ts'
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
  const path = settings.field.toLowerCase()
  await compareDigests([{ path, members }], body, settings.crypto)
  return { algorithms: members.map(({ algorithm }) => algorithm) }
}

/** Digests that are to be those of a body, and where they stand. */
export interface ClaimedDigests {
  /** The field as messages have it, for errors. */
  readonly path: string
  readonly members: readonly DigestMember[]
}

/** Throws unless every digest is that of the body. All hashes are begun before anything is awaited. */
export async function compareDigests(
  fields: readonly ClaimedDigests[],
  body: Uint8Array,
  crypto: Digester,
): Promise<void> {
  const [first] = fields
  const [only] = first?.members ?? []
  if (first === undefined || only === undefined) return
  // Nearly always there is one, which needs no list.
  if (fields.length === 1 && first.members.length === 1) {
    const hash = await hashFor(only, body, crypto)
    if (!sameOctets(hash, only.value)) throw await mismatch(only, first.path, body, crypto)
    return
  }
  const begun = fields.flatMap(({ path, members }) =>
    members.map((member) => ({ path, member, hash: hashFor(member, body, crypto) })),
  )
  const hashes = await Promise.all(begun.map(({ hash }) => hash))
  for (const [i, { path, member }] of begun.entries()) {
    if (!sameOctets(hashes[i] as Uint8Array, member.value)) throw await mismatch(member, path, body, crypto)
  }
}

function hashFor({ algorithm }: DigestMember, body: Uint8Array, crypto: Digester): Promise<Uint8Array> {
  return crypto.digest(digestAlgorithms[algorithm].hash, body)
}

async function mismatch(member: DigestMember, path: string, body: Uint8Array, crypto: Digester): Promise<Psd2Error> {
  return httpError(await explainMismatch(member, body, crypto), member.algorithm, { path })
}
