import { type DigestAlgorithm, digestAlgorithms } from './algorithms.ts'
import { parseDigestDictionary } from './dictionary.ts'
import { parseLegacyDigest } from './legacy.ts'

/** The header fields that carry a digest. */
export type DigestField = 'Digest' | 'Content-Digest' | 'Repr-Digest'

/** One digest of a field. */
export interface DigestMember {
  readonly algorithm: DigestAlgorithm
  readonly value: Uint8Array
}

export interface DigestParseOptions {
  /** Base64 without an algorithm before it counts as SHA-256. */
  readonly bare: boolean
}

export interface DigestFieldInfo {
  /** Reads every digest of a known algorithm; never an empty list. */
  readonly parse: (value: string, options: DigestParseOptions) => readonly DigestMember[]
  readonly write: (algorithm: DigestAlgorithm, base64: string) => string
}

/** `Digest` of RFC 3230 and 5843, and the two fields of RFC 9530 that came after it. */
export const digestFields: Readonly<Record<DigestField, DigestFieldInfo>> = {
  Digest: {
    parse: parseLegacyDigest,
    write: (algorithm, base64) => `${digestAlgorithms[algorithm].legacyName}=${base64}`,
  },
  'Content-Digest': { parse: parseDigestDictionary, write: writeDictionary },
  'Repr-Digest': { parse: parseDigestDictionary, write: writeDictionary },
}

function writeDictionary(algorithm: DigestAlgorithm, base64: string): string {
  return `${algorithm}=:${base64}:`
}

/** The entry of a field. Throws `TypeError` on a name that is none. */
export function digestField(field: DigestField): DigestFieldInfo {
  if (!Object.hasOwn(digestFields, field)) throw new TypeError(`unknown digest field '${field}'`)
  return digestFields[field]
}
