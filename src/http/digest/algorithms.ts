import type { HashName } from '../../crypto/provider.ts'

/** Digest algorithms that are accepted at all (RFC 9530 clause 5, "Active"). */
export type DigestAlgorithm = 'sha-256' | 'sha-512'

export interface DigestAlgorithmInfo {
  readonly hash: HashName
  /** Octets of the hash. */
  readonly length: number
  /** As the older Digest header writes it (RFC 5843). */
  readonly legacyName: string
}

export const digestAlgorithms: Readonly<Record<DigestAlgorithm, DigestAlgorithmInfo>> = {
  'sha-256': { hash: 'sha-256', length: 32, legacyName: 'SHA-256' },
  'sha-512': { hash: 'sha-512', length: 64, legacyName: 'SHA-512' },
}

export const digestAlgorithmNames: readonly DigestAlgorithm[] = ['sha-256', 'sha-512']

/** Registered names that an attacker can work with: refused wherever they stand. */
export const weakDigestAlgorithms: readonly string[] = [
  'md5',
  'sha',
  'sha-1',
  'sha1',
  'unixsum',
  'unixcksum',
  'adler',
  'adler32',
  'crc32c',
]

export function isDigestAlgorithm(name: string): name is DigestAlgorithm {
  return Object.hasOwn(digestAlgorithms, name)
}
