import { encodeBase64url } from '../../core/base64.ts'
import { joseName, writeDetached } from '../jws/detached.ts'
import { requireNames } from '../laid-out.ts'
import type { HttpLimits } from '../limits.ts'
import type { Prepare, Standing } from '../prepare.ts'
import type { Signer } from '../signature.ts'
import { secondsOf } from '../time.ts'
import { readPars } from './components.ts'
import { httpHeadersMechanism, writeSeconds } from './header.ts'

/** What a JAdES signature over HTTP headers is made of. */
export interface JadesSignOptions {
  readonly dialect: 'jades-http'
  /** What is covered, in this order: lower-case headers and `(request-target)`. */
  readonly components: readonly string[]
  readonly signedAt: Date
  /** SHA-256 of the certificate, base64url; this or `x5c`. */
  readonly x5tS256?: string | undefined
  /** Certificates in base64, the signer's first. */
  readonly x5c?: readonly string[] | undefined
  readonly kid?: string | undefined
  /** What is signed ends with a line feed, as some receivers want it. Default false. */
  readonly trailingNewline?: boolean | undefined
}

const utf8 = /* @__PURE__ */ new TextEncoder()

export function prepareJades(options: Standing<JadesSignOptions>, signer: Signer, limits: HttpLimits): Prepare {
  const { x5tS256, x5c, kid } = options
  if (x5tS256 === undefined && x5c === undefined) throw new TypeError('x5tS256 or x5c is needed')
  const alg = joseName(signer)
  return ({ components: names, created: signedAt }) => {
    const created = secondsOf(signedAt)
    const components = readPars(requireNames(names), limits)
    const header = {
      alg,
      ...(kid === undefined ? {} : { kid }),
      ...(x5c === undefined ? {} : { x5c }),
      ...(x5tS256 === undefined ? {} : { 'x5t#S256': x5tS256 }),
      b64: false,
      crit: ['sigT', 'sigD', 'b64'],
      sigT: writeSeconds(new Date(created * 1000)),
      sigD: { pars: components.map(({ name }) => name), mId: httpHeadersMechanism },
    }
    const serialised = encodeBase64url(utf8.encode(JSON.stringify(header)))
    const trailingNewline = options.trailingNewline === true
    return {
      input: { dialect: 'jades-http', components, created, expires: undefined, serialised, trailingNewline },
      write: (base64) => [writeDetached(serialised, base64)],
    }
  }
}
