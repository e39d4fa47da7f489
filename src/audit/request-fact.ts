import { given } from '../core/given.ts'
import { isJsonObject, type JsonObject, type JsonValue, parseJson } from '../core/json.ts'
import type { RequestFact } from '../rules/facts.ts'

/**
 * What rules on certificates compare with a registration request: its identifiers, scopes and the one JWK. Members of
 * another type than the page has are left out; whether the request itself is in order is for `psd2-toolkit/registration`.
 *
 * @param bytes - the body of the request, JSON
 * @throws Psd2Error `JSON_...` where it is no JSON
 */
export function readRequestFact(bytes: Uint8Array): RequestFact {
  const body = objectOf(parseJson(bytes))
  const keys = objectOf(body.jwks).keys
  const key = Array.isArray(keys) && keys.length === 1 ? objectOf(keys[0]) : {}
  const scopes = textOf(body.scope)
  return given({
    providerLegalId: textOf(body.provider_legal_id),
    clientLegalId: textOf(body.client_legal_id),
    clientName: textOf(body.client_name),
    scopes: scopes?.split(/[\s,]+/).filter((scope) => scope !== ''),
    x5c: listOf(key.x5c),
    x5t: textOf(key['x5t#S256']),
  })
}

function objectOf(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {}
}

function textOf(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function listOf(value: JsonValue | undefined): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined
  return value.map((item: JsonValue) => (typeof item === 'string' ? item : ''))
}
