import { encodeBase64url } from '../../core/base64.ts'
import { algorithmNamed } from '../../crypto/algorithms.ts'
import type { PreparedSignature } from '../cavage/sign.ts'
import { writeDetached } from '../jws/detached.ts'
import type { HttpLimits } from '../limits.ts'
import { httpError } from '../refuse.ts'
import type { Signer } from '../signature.ts'
import { seconds } from '../time.ts'
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

export function prepareJades(options: JadesSignOptions, signer: Signer, limits: HttpLimits): PreparedSignature {
  const { x5tS256, x5c, kid, signedAt } = options
  if (x5tS256 === undefined && x5c === undefined) throw new TypeError('x5tS256 or x5c is needed')
  const components = readPars(options.components, limits)
  const algorithm = algorithmNamed(signer.algorithm)
  if (algorithm === undefined || algorithm.family === 'hmac') {
    throw httpError('SIGNATURE_ALGORITHM_NOT_ALLOWED', signer.algorithm)
  }
  const header = {
    alg: algorithm.jose,
    ...(kid === undefined ? {} : { kid }),
    ...(x5c === undefined ? {} : { x5c }),
    ...(x5tS256 === undefined ? {} : { 'x5t#S256': x5tS256 }),
    b64: false,
    crit: ['sigT', 'sigD', 'b64'],
    sigT: writeSeconds(signedAt),
    sigD: { pars: components.map(({ name }) => name), mId: httpHeadersMechanism },
  }
  const serialised = encodeBase64url(utf8.encode(JSON.stringify(header)))
  return {
    input: {
      dialect: 'jades-http',
      components,
      created: seconds(signedAt),
      expires: undefined,
      serialised,
      trailingNewline: options.trailingNewline === true,
    },
    write: (base64) => [writeDetached(serialised, base64)],
  }
}
