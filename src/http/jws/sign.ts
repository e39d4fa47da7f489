import { encodeBase64url } from '../../core/base64.ts'
import { requireNames } from '../laid-out.ts'
import type { Prepare, Standing } from '../prepare.ts'
import type { Signer } from '../signature.ts'
import { secondsOf } from '../time.ts'
import { bodyComponent } from './body.ts'
import { joseName, writeDetached } from './detached.ts'
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

export function prepareJws(options: Standing<JwsSignOptions>, signer: Signer): Prepare {
  const { dialect, kid, issuer } = options
  for (const [name, value] of Object.entries({ kid, issuer })) {
    if (typeof value !== 'string' || value === '') throw new TypeError(`${dialect} needs ${name}`)
  }
  const form = jwsForms[dialect]
  const alg = joseName(signer)
  return ({ components: names, created: signedAt }) => {
    const [name, ...others] = requireNames(names)
    if (name !== '@body' || others.length > 0) throw new TypeError(`${dialect} covers ['@body']`)
    const created = secondsOf(signedAt)
    const header = {
      alg,
      typ: 'JOSE',
      cty: 'application/json',
      kid,
      ...(form.payload === 'raw' ? { b64: false } : {}),
      [form.claims.issuedAt]: created,
      [form.claims.issuer]: issuer,
      [form.claims.trustAnchor]: form.trustAnchor,
      crit: criticalOf(form),
    }
    const serialised = encodeBase64url(utf8.encode(JSON.stringify(header)))
    const components = [bodyComponent]
    return {
      input: { dialect, components, created, expires: undefined, serialised, trailingNewline: false },
      write: (base64) => [writeDetached(serialised, base64)],
    }
  }
}
