import { parseJson } from '../../core/json.ts'
import type { HttpLimits } from '../limits.ts'
import type { MessageView } from '../message.ts'
import type { ParsedSignature } from '../signature.ts'
import { bodyComponent } from './body.ts'
import { algorithmsOfJose, carrier, splitDetached } from './detached.ts'
import { type JwsName, jwsForms } from './forms.ts'
import { readJwsHeader } from './header.ts'

/**
 * The detached JWS over the body of a message (RFC 7515 appendix F), as Open Banking UK has it.
 *
 * @throws Psd2Error `JWS_...`, `JSON_...`, `SIGNATURE_...`
 */
export function parseJws(message: MessageView, dialect: JwsName, limits: HttpLimits): ParsedSignature {
  const { serialised, header: octets, signature } = splitDetached(message, limits, 'JWS_SYNTAX')
  const header = readJwsHeader(parseJson(octets), jwsForms[dialect])
  const { alg, kid, issuedAt, issuer, trustAnchor } = header
  return {
    dialect,
    label: carrier,
    components: [bodyComponent],
    created: issuedAt,
    expires: undefined,
    createdCovered: true,
    expiresCovered: false,
    serialised,
    trailingNewline: false,
    keyId: kid,
    algorithm: alg,
    algorithms: algorithmsOfJose(alg),
    nonce: undefined,
    tag: undefined,
    parameters: new Map(Object.entries({ alg, kid, iss: issuer, tan: trustAnchor })),
    signature,
  }
}
