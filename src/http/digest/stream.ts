import { defaultCrypto } from '#crypto'
import { encodeBase64 } from '../../core/base64.ts'
import type { Digester, HashName } from '../../crypto/provider.ts'
import { ownOption, requireOptions } from '../options.ts'
import { httpError } from '../refuse.ts'
import { type DigestAlgorithm, digestAlgorithms, isDigestAlgorithm } from './algorithms.ts'
import type { CreateDigestOptions } from './create.ts'
import { digestField } from './fields.ts'
import { sameOctets } from './octets.ts'
import { digestSettings, parseDigestField, type VerifyDigestOptions } from './settings.ts'
import type { VerifiedDigest } from './verify.ts'

/** A hash that takes its input in parts. */
export interface Hasher {
  update(octets: Uint8Array): void
  digest(): Uint8Array | Promise<Uint8Array>
}

/** A provider that can hash in parts: then a large body is never held whole. */
export interface HashingProvider extends Digester {
  hasher?(hash: HashName): Hasher
}

export interface StreamOptions {
  readonly crypto?: HashingProvider | undefined
  /** Octets after which the body is refused. Default 16 MiB. */
  readonly maxSize?: number | undefined
}

const defaultMaxSize = 16 * 1024 * 1024

/**
 * {@link createDigest} over a body that comes in parts. Where the provider hashes in parts, nothing is kept; otherwise the
 * parts are collected, up to `maxSize`.
 *
 * @throws Psd2Error `LIMIT_BODY`
 */
export async function createDigestOfStream(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options: Omit<CreateDigestOptions, 'crypto'> & StreamOptions = {},
): Promise<string> {
  requireOptions(options, ['field', 'algorithm', 'crypto', 'maxSize'], 'createDigestOfStream')
  const algorithm = ownOption(options, 'algorithm') ?? 'sha-256'
  if (!isDigestAlgorithm(algorithm)) throw new TypeError(`unknown digest algorithm '${algorithm as string}'`)
  const { write } = digestField(ownOption(options, 'field') ?? 'Digest')
  const [hash] = await hashStream(chunks, [algorithm], options)
  return write(algorithm, encodeBase64(hash as Uint8Array))
}

/**
 * {@link verifyDigest} over a body that comes in parts. The usual mistakes in the body are not searched for, since the body
 * is not kept.
 *
 * @throws Psd2Error `DIGEST_...`, `LIMIT_BODY`
 */
export async function verifyDigestOfStream(
  value: string,
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options: Omit<VerifyDigestOptions, 'crypto'> & StreamOptions = {},
): Promise<VerifiedDigest> {
  const settings = digestSettings(options, ['maxSize'], 'verifyDigestOfStream')
  const members = parseDigestField(value, settings.field, settings)
  const algorithms = members.map(({ algorithm }) => algorithm)
  const hashes = await hashStream(chunks, algorithms, options)
  for (let i = 0; i < members.length; i++) {
    if (!sameOctets(hashes[i] as Uint8Array, members[i]?.value as Uint8Array)) {
      throw httpError('DIGEST_MISMATCH', algorithms[i], { path: settings.field.toLowerCase() })
    }
  }
  return { algorithms }
}

async function hashStream(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  algorithms: readonly DigestAlgorithm[],
  options: StreamOptions,
): Promise<readonly Uint8Array[]> {
  const crypto: HashingProvider = ownOption(options, 'crypto') ?? defaultCrypto
  const maxSize = ownOption(options, 'maxSize') ?? defaultMaxSize
  if (!Number.isSafeInteger(maxSize) || maxSize < 0) throw new TypeError('maxSize is a number of octets')
  const hashers = algorithms.map((algorithm) => hasherOf(crypto, digestAlgorithms[algorithm].hash))
  let size = 0
  for await (const chunk of chunks) {
    if (!(chunk instanceof Uint8Array)) throw new TypeError('the parts of a body are Uint8Arrays')
    size += chunk.length
    if (size > maxSize) throw httpError('LIMIT_BODY', `more than ${maxSize} octets`, { path: 'body' })
    for (const hasher of hashers) hasher.update(chunk)
  }
  return Promise.all(hashers.map((hasher) => hasher.digest()))
}

function hasherOf(crypto: HashingProvider, hash: HashName): Hasher {
  if (crypto.hasher !== undefined) return crypto.hasher(hash)
  const parts: Uint8Array[] = []
  return {
    update: (octets) => {
      parts.push(octets.slice())
    },
    digest: () => crypto.digest(hash, join(parts)),
  }
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
