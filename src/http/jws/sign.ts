import { encodeBase64url } from '../../core/base64.ts'
import { algorithmNamed } from '../../crypto/algorithms.ts'
import type { PreparedSignature } from '../cavage/sign.ts'
import { httpError } from '../refuse.ts'
import type { Signer } from '../signature.ts'
import { seconds } from '../time.ts'
import { bodyComponent } from './body.ts'
import { writeDetached } from './detached.ts'
import { criticalOf, type JwsName, jwsForms } from './forms.ts'

/** What a detached JWS over the body is made of. */
export interface JwsSignOptions {
  readonly dialect: JwsName
  /** `['@body']`: nothing else can be covered. */
  readonly components: readonly string[]
  readonly kid: string
  readonly signedAt: Date
  /** Who signs, as the register of the scheme knows them. */
  readonly issuer: string
}

const utf8 = /* @__PURE__ */ new TextEncoder()

export function prepareJws(options: JwsSignOptions, signer: Signer): PreparedSignature {
  const { dialect, components, kid, signedAt, issuer } = options
  if (components.length !== 1 || components[0] !== '@body') throw new TypeError(`${dialect} covers ['@body']`)
  for (const [name, value] of Object.entries({ kid, issuer })) {
    if (typeof value !== 'string' || value === '') throw new TypeError(`${dialect} needs ${name}`)
  }
  const form = jwsForms[dialect]
  const algorithm = algorithmNamed(signer.algorithm)
  if (algorithm === undefined || algorithm.family === 'hmac') {
    throw httpError('SIGNATURE_ALGORITHM_NOT_ALLOWED', signer.algorithm)
  }
  const issuedAt = seconds(signedAt)
  const header = {
    alg: algorithm.jose,
    typ: 'JOSE',
    cty: 'application/json',
    kid,
    ...(form.payload === 'raw' ? { b64: false } : {}),
    [form.claims.issuedAt]: issuedAt,
    [form.claims.issuer]: issuer,
    [form.claims.trustAnchor]: form.trustAnchor,
    crit: criticalOf(form),
  }
  const serialised = encodeBase64url(utf8.encode(JSON.stringify(header)))
  return {
    input: {
      dialect,
      components: [bodyComponent],
      created: issuedAt,
      expires: undefined,
      serialised,
      trailingNewline: false,
    },
    write: (base64) => [writeDetached(serialised, base64)],
  }
}
