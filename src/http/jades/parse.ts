import { parseJson } from '../../core/json.ts'
import { algorithmsOfJose, carrier, splitDetached } from '../jws/detached.ts'
import type { HttpLimits } from '../limits.ts'
import type { MessageView } from '../message.ts'
import type { ParsedSignature } from '../signature.ts'
import { readPars } from './components.ts'
import { type JadesHeader, readHeader } from './header.ts'

/**
 * The detached JWS of a message (RFC 7515 appendix F, RFC 7797) with a JAdES header by the mechanism HttpHeaders
 * (ETSI TS 119 182-1 clause 5.2.8.2).
 *
 * @throws Psd2Error `JADES_...`, `JSON_...`, `SIGNATURE_...`
 */
export function parseJades(message: MessageView, trailingNewline: boolean, limits: HttpLimits): ParsedSignature {
  const { serialised, header: octets, signature } = splitDetached(message, limits, 'JADES_SYNTAX')
  const header = readHeader(parseJson(octets))
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
    algorithms: algorithmsOfJose(header.alg),
    nonce: undefined,
    tag: undefined,
    parameters: parameterTexts(header),
    signature,
  }
}

/** What names the key. The certificates of `x5c` stand in one text, with commas between them. */
function parameterTexts({ alg, kid, x5tS256, x5c }: JadesHeader): ReadonlyMap<string, string> {
  const all = { alg, kid, 'x5t#S256': x5tS256, x5c: x5c?.join(',') }
  return new Map(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined))
}
