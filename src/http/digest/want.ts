import { httpError } from '../refuse.ts'
import { parseDictionary } from '../structured/parse.ts'

/**
 * The value of `Want-Content-Digest` or `Want-Repr-Digest` (RFC 9530 clause 4): what the other side would like, 0 for not
 * acceptable to 10 for preferred. It is a hint: never let it choose an algorithm that you do not accept yourself.
 *
 * @throws Psd2Error `STRUCTURED_FIELD_...`, `DIGEST_SYNTAX` where a preference is no integer from 0 to 10
 *
 * @example
 * ```ts
 * import { parseWantDigest } from 'psd2-toolkit/digest'
 *
 * console.log(parseWantDigest('sha-512=3, sha-256=10').get('sha-256')) // 10
 * ```
 */
export function parseWantDigest(value: string): ReadonlyMap<string, number> {
  const wanted = new Map<string, number>()
  for (const [algorithm, member] of parseDictionary(value, 'want-digest')) {
    const preference = member.kind === 'item' && member.value.type === 'integer' ? member.value.value : -1
    if (preference < 0 || preference > 10) throw httpError('DIGEST_SYNTAX', algorithm, { path: 'want-digest' })
    wanted.set(algorithm, preference)
  }
  return wanted
}
