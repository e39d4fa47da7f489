import { defaultCrypto } from '#crypto'
import { encodeBase64 } from '../../core/base64.ts'
import type { Digester, HashName } from '../../crypto/provider.ts'
import { ownOption, requireOptions } from '../options.ts'
import { type DigestAlgorithm, digestAlgorithms, isDigestAlgorithm } from './algorithms.ts'
import { type DigestField, digestField } from './fields.ts'

export interface CreateDigestOptions {
  /** Default `Digest`. */
  readonly field?: DigestField | undefined
  /** Default `sha-256`. */
  readonly algorithm?: DigestAlgorithm | undefined
  readonly crypto?: Digester | undefined
}

/**
 * The value of a digest header over the octets of a body: `SHA-256=<base64>` for `Digest`, `sha-256=:<base64>:` for
 * `Content-Digest` and `Repr-Digest` (RFC 3230, RFC 5843, RFC 9530 clause 2). The octets are hashed as they are: give what
 * is sent, after any content coding.
 *
 * @throws TypeError where the body is no `Uint8Array`, or an option is not known
 *
 * @example
 * ```ts
 * import { createDigest } from 'psd2-toolkit/digest'
 *
 * const body = new TextEncoder().encode('{"hello": "world"}')
 * console.log(await createDigest(body)) // SHA-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=
 * ```
 */
export async function createDigest(body: Uint8Array, options: CreateDigestOptions = {}): Promise<string> {
  if (!(body instanceof Uint8Array)) throw new TypeError('createDigest takes the octets of the body as a Uint8Array')
  const { hash, write, crypto } = digestForm(options)
  return write(await crypto.digest(hash, body))
}

/** How the digests of many bodies are made: the options are read once. */
export interface DigestForm {
  readonly field: DigestField
  /** The field in lower case. */
  readonly name: string
  readonly hash: HashName
  readonly crypto: Digester
  readonly write: (hashed: Uint8Array) => string
}

export function digestForm(options: CreateDigestOptions): DigestForm {
  requireOptions(options, ['field', 'algorithm', 'crypto'], 'createDigest')
  const algorithm = ownOption(options, 'algorithm') ?? 'sha-256'
  if (!isDigestAlgorithm(algorithm)) throw new TypeError(`unknown digest algorithm '${algorithm as string}'`)
  const field = ownOption(options, 'field') ?? 'Digest'
  const { write } = digestField(field)
  return {
    field,
    name: field.toLowerCase(),
    hash: digestAlgorithms[algorithm].hash,
    crypto: ownOption(options, 'crypto') ?? defaultCrypto,
    write: (hashed) => write(algorithm, encodeBase64(hashed)),
  }
}
