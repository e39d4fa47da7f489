import { decodeBase64url } from '../../core/base64.ts'
import { parseJson } from '../../core/json.ts'
import { algorithmByJose, type SignatureAlgorithmName } from '../../crypto/algorithms.ts'
import type { HttpLimits } from '../limits.ts'
import type { MessageView } from '../message.ts'
import { httpError } from '../refuse.ts'
import type { ParsedSignature } from '../signature.ts'
import { readPars } from './components.ts'
import { type JadesHeader, readHeader } from './header.ts'

/** The header that carries the detached JWS. */
const carrier = 'x-jws-signature'

/**
 * The detached JWS of a message (RFC 7515 appendix F, RFC 7797) with a JAdES header by the mechanism HttpHeaders
 * (ETSI TS 119 182-1 clause 5.2.8.2).
 *
 * @throws Psd2Error `JADES_...`, `JSON_...`, `SIGNATURE_...`
 */
export function parseJades(message: MessageView, trailingNewline: boolean, limits: HttpLimits): ParsedSignature {
  const values = message.fields.get(carrier)
  const value = values?.[0]
  if (value === undefined) throw httpError('SIGNATURE_MISSING', undefined, { path: carrier })
  if (values !== undefined && values.length > 1) throw httpError('SIGNATURE_HEADER_TWICE', carrier, { path: carrier })
  if (value.length > limits.signatureField) throw httpError('LIMIT_SIGNATURE_FIELD', undefined, { path: carrier })
  const [serialised, payload, signature, ...others] = value.split('.', 4)
  if (!serialised || payload !== '' || !signature || others.length > 0) {
    throw httpError('JADES_SYNTAX', undefined, { path: carrier })
  }
  const header = readHeader(parseJson(octets(serialised, 'JADES_SYNTAX')))
  return {
    dialect: 'jades-http',
    label: carrier,
    components: readPars(header.pars, limits),
    created: header.signedAt,
    expires: undefined,
    createdCovered: header.signedAt !== undefined,
    expiresCovered: false,
    serialised,
    trailingNewline,
    keyId: header.kid ?? header.x5tS256,
    algorithm: header.alg,
    algorithms: algorithmsOf(header.alg),
    nonce: undefined,
    tag: undefined,
    parameters: parameterTexts(header),
    signature: octets(signature, 'SIGNATURE_BASE64'),
  }
}

function octets(text: string, code: 'JADES_SYNTAX' | 'SIGNATURE_BASE64'): Uint8Array {
  try {
    return decodeBase64url(text)
  } catch (cause) {
    throw httpError(code, undefined, { path: carrier, cause })
  }
}

/** Never `none`, and never a shared secret: a seal is by a key of its own. */
function algorithmsOf(alg: string): readonly SignatureAlgorithmName[] {
  const algorithm = algorithmByJose(alg)
  if (alg === 'none' || algorithm?.family === 'hmac') {
    throw httpError('SIGNATURE_ALGORITHM_NOT_ALLOWED', alg, { path: 'alg' })
  }
  if (algorithm === undefined) throw httpError('SIGNATURE_ALGORITHM_UNKNOWN', alg, { path: 'alg' })
  return [algorithm.name]
}

/** What names the key. The certificates of `x5c` stand in one text, with commas between them. */
function parameterTexts({ alg, kid, x5tS256, x5c }: JadesHeader): ReadonlyMap<string, string> {
  const all = { alg, kid, 'x5t#S256': x5tS256, x5c: x5c?.join(',') }
  return new Map(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined))
}
