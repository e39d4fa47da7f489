import type { HttpCode } from '../codes.ts'
import { isToken } from '../field-names.ts'
import { trim } from '../message.ts'
import { httpError } from '../refuse.ts'
import { type DigestAlgorithm, digestAlgorithmNames, digestAlgorithms, isDigestAlgorithm } from './algorithms.ts'
import { requireKnown, requireNotWeak } from './choose.ts'
import type { DigestMember, DigestParseOptions } from './fields.ts'
import { decodeDigest } from './octets.ts'

const path = 'digest'

/**
 * The value of `Digest` (RFC 3230 clause 4.3.2 with RFC 5843): `SHA-256=<base64>`, several after commas. Names are compared
 * without case; base64 may hold `=`, and the first one ends the name.
 */
export function parseLegacyDigest(value: string, options: DigestParseOptions): readonly DigestMember[] {
  const usual = usualMember(value)
  if (usual !== undefined) return [usual]
  const members: DigestMember[] = []
  const unknown: string[] = []
  const parts = value.split(',', maxMembers + 1)
  if (parts.length > maxMembers) throw httpError('DIGEST_SYNTAX', 'too many digests', { path })
  for (const part of parts) {
    const text = trim(part)
    const name = nameOf(text)
    if (name === undefined) {
      if (!options.bare || parts.length > 1) throw httpError(withoutName(text), undefined, { path })
      return [{ algorithm: 'sha-256', value: decodeDigest(text, 'sha-256', path) }]
    }
    const algorithm = name.toLowerCase()
    requireNotWeak(algorithm, path)
    if (!isDigestAlgorithm(algorithm)) {
      unknown.push(name)
      continue
    }
    if (members.some((member) => member.algorithm === algorithm)) {
      throw httpError('DIGEST_ALGORITHM_TWICE', name, { path })
    }
    members.push(memberOf(algorithm, text.slice(name.length + 1)))
  }
  requireKnown(members, unknown, path)
  return members
}

const usualForms = digestAlgorithmNames.map((algorithm) => {
  const { legacyName, length } = digestAlgorithms[algorithm]
  const start = `${legacyName}=`
  return { algorithm, start, size: start.length + Math.ceil(length / 3) * 4 }
})

/** What nearly everybody sends: one digest, its name as it is registered, and as long as it must be. */
function usualMember(value: string): DigestMember | undefined {
  for (const { algorithm, start, size } of usualForms) {
    if (value.length === size && value.startsWith(start) && !value.includes(','))
      return memberOf(algorithm, value.slice(start.length))
  }
  return undefined
}

function memberOf(algorithm: DigestAlgorithm, digest: string): DigestMember {
  const form = formOf(digest)
  if (form !== undefined) throw httpError(form, undefined, { path })
  return { algorithm, value: decodeDigest(digest, algorithm, path) }
}

const maxMembers = 16

/** The name before the first `=`, where what stands there can be one and is not base64 that ends in padding. */
function nameOf(text: string): string | undefined {
  const end = text.indexOf('=')
  const name = end < 0 ? '' : text.slice(0, end)
  return isToken(name) && !/^={0,2}$/.test(text.slice(end + 1)) ? name : undefined
}

/** What a text without a name is: a digest alone, or nothing that is known. */
function withoutName(text: string): HttpCode {
  const longest = digestAlgorithms['sha-512'].length * 4
  const looksLikeDigest = text.length >= 22 && text.length <= longest && /^[:"]?[A-Za-z0-9+/_-]+={0,2}[:"]?$/.test(text)
  return looksLikeDigest ? 'DIGEST_BARE' : 'DIGEST_SYNTAX'
}

function formOf(digest: string): HttpCode | undefined {
  if (digest.startsWith('"')) return 'DIGEST_QUOTED'
  return digest.startsWith(':') ? 'DIGEST_COLONS' : undefined
}
