/**
 * Digests of HTTP bodies: `Digest` (RFC 3230, RFC 5843), `Content-Digest` and `Repr-Digest` (RFC 9530).
 *
 * @module
 */
export type { DigestAlgorithm } from './algorithms.ts'
export { type CreateDigestOptions, createDigest } from './create.ts'
export type { DigestField } from './fields.ts'
export {
  type DigestRequirement,
  type MessageDigestOptions,
  type VerifiedDigestField,
  verifyMessageDigest,
} from './message.ts'
export type { VerifyDigestOptions } from './settings.ts'
export {
  createDigestOfStream,
  type Hasher,
  type HashingProvider,
  type StreamOptions,
  verifyDigestOfStream,
} from './stream.ts'
export { type VerifiedDigest, verifyDigest } from './verify.ts'
export { parseWantDigest } from './want.ts'
