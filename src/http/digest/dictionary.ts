import { Psd2Error } from '../../core/errors.ts'
import { httpError } from '../refuse.ts'
import { parseDictionary } from '../structured/parse.ts'
import type { Dictionary } from '../structured/types.ts'
import { digestAlgorithms, isDigestAlgorithm } from './algorithms.ts'
import { requireKnown, requireNotWeak } from './choose.ts'
import type { DigestMember } from './fields.ts'
import { decodeDigest } from './octets.ts'

const path = 'content-digest'

/** The value of `Content-Digest` and `Repr-Digest` (RFC 9530 clause 2): a dictionary of byte sequences. */
export function parseDigestDictionary(value: string): readonly DigestMember[] {
  const members: DigestMember[] = []
  const unknown: string[] = []
  for (const [algorithm, member] of readDictionary(value)) {
    requireNotWeak(algorithm, path)
    if (!isDigestAlgorithm(algorithm)) {
      unknown.push(algorithm)
      continue
    }
    if (member.kind !== 'item' || member.value.type !== 'bytes')
      throw httpError('DIGEST_NOT_BYTES', undefined, { path })
    const octets = member.value.value
    members.push({ algorithm, value: requireLength(octets, algorithm) })
  }
  requireKnown(members, unknown, path)
  return members
}

function requireLength(octets: Uint8Array, algorithm: DigestMember['algorithm']): Uint8Array {
  const { length } = digestAlgorithms[algorithm]
  if (octets.length === length) return octets
  const isHex = octets.length === length * 2 && octets.every((octet) => hexDigits.includes(String.fromCharCode(octet)))
  const code = isHex ? 'DIGEST_BASE64_OF_HEX' : 'DIGEST_LENGTH'
  throw httpError(code, `${octets.length} octets, ${algorithm} has ${length}`, { path })
}

const hexDigits = '0123456789abcdefABCDEF'

/** Reads the dictionary; where that fails, says which of the usual mistakes it is. */
function readDictionary(value: string): Dictionary {
  try {
    return parseDictionary(value, path)
  } catch (error) {
    throw error instanceof Psd2Error ? diagnose(value, error) : error
  }
}

function diagnose(value: string, error: Psd2Error): Psd2Error {
  const place = { path, offset: error.offset, cause: error }
  if (error.code === 'STRUCTURED_FIELD_TWICE') return httpError('DIGEST_ALGORITHM_TWICE', undefined, place)
  const [, name = '', text = ''] = /^([A-Za-z0-9-]{1,64})=([^,\s]{1,512})/.exec(value) ?? []
  if (/[A-Z]/.test(name)) return httpError('DIGEST_KEY_CASE', name, place)
  const algorithm = name.toLowerCase()
  if (!isDigestAlgorithm(algorithm)) return error
  const inner = /^:([^:]*):$/.exec(text)?.[1]
  if (inner === undefined) return httpError('DIGEST_NOT_BYTES', name, place)
  try {
    decodeDigest(inner, algorithm, path)
  } catch (mistake) {
    if (mistake instanceof Psd2Error) return mistake
  }
  return error
}
