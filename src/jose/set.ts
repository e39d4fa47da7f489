import { isJsonObject, type JsonObject, type JsonValue } from '../core/json.ts'
import type { CryptoProvider } from '../crypto/provider.ts'
import type { Findings } from './findings.ts'
import { checkKey, type VerifiedKey } from './key.ts'
import { type Member, refuseSecrets, sortMembers } from './members.ts'

/**
 * Collects everything that is wrong with a JWK Set that is a value already; gives what its key says where nothing
 * necessary is missing.
 *
 * @param path - JSON Pointer of the JWK Set in the text that it was read from
 */
export async function checkSet(
  value: JsonValue,
  path: string,
  at: Date | undefined,
  crypto: CryptoProvider,
  findings: Findings,
): Promise<VerifiedKey | undefined> {
  if (!isJsonObject(value)) {
    findings.add('JWK_SET_TYPE', path)
    return undefined
  }
  const keys = readKeys(value, path, findings)
  const [first] = keys
  if (first === undefined) return undefined
  if (keys[1] !== undefined) findings.add('JWK_SET_SEVERAL', keys[1].path, `${keys.length} keys`)
  // A secret is to be told wherever it stands; else only the first key is looked at.
  for (const key of keys.slice(1)) if (isJsonObject(key.value)) refuseSecrets(key.value, key.path, findings)
  if (isJsonObject(first.value)) return checkKey(first.value, first.path, at, crypto, findings)
  findings.add('JWK_TYPE', first.path)
  return undefined
}

function readKeys(set: JsonObject, path: string, findings: Findings): readonly Member[] {
  const member = sortMembers(set, path, ['keys'], findings).get('keys')
  if (member === undefined) {
    findings.add('JWK_SET_KEYS_MISSING', `${path}/keys`)
    return []
  }
  const keys: JsonValue = member.value
  if (!Array.isArray(keys)) findings.add('JWK_SET_KEYS_TYPE', member.path)
  else if (keys.length === 0) findings.add('JWK_SET_EMPTY', member.path)
  else return keys.map((value: JsonValue, index) => ({ value, path: `${member.path}/${index}` }))
  return []
}
