import { encodeBase64 } from '../core/base64.ts'
import { signatureBaseOf } from './base.ts'
import { readQuirks } from './cavage/quirks.ts'
import { type CavageSignOptions, type PreparedSignature, prepareCavage } from './cavage/sign.ts'
import { type JadesSignOptions, prepareJades } from './jades/sign.ts'
import { jwsForms } from './jws/forms.ts'
import { type JwsSignOptions, prepareJws } from './jws/sign.ts'
import { type LaidOutLists, laidOutLists } from './laid-out.ts'
import { type HttpLimits, withHttpLimits } from './limits.ts'
import type { MessageView } from './message.ts'
import { requireOptions } from './options.ts'
import type { MessageContext } from './rfc9421/context.ts'
import { prepareRfc9421, type Rfc9421SignOptions } from './rfc9421/sign.ts'
import type { DialectName, SignatureBase, Signer } from './signature.ts'

/** What a signature is made of, for each dialect. */
export type SignOptions = (CavageSignOptions | Rfc9421SignOptions | JadesSignOptions | JwsSignOptions) & {
  readonly context?: MessageContext | undefined
  readonly limits?: Partial<HttpLimits> | undefined
}

/** A signature that was made. */
export interface SignedHeaders {
  /** Headers to add to the message. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  /** What was signed. */
  readonly base: SignatureBase
}

const cavageOptions: readonly string[] = [
  'dialect',
  'keyId',
  'components',
  'algorithm',
  'created',
  'expires',
  'carrier',
  'quirks',
  'context',
  'limits',
]
const jwsOptions: readonly string[] = ['dialect', 'components', 'kid', 'signedAt', 'issuer', 'context', 'limits']
const optionNames: Readonly<Record<DialectName, readonly string[]>> = {
  'cavage-10': cavageOptions,
  'cavage-12': cavageOptions,
  rfc9421: [
    'dialect',
    'label',
    'components',
    'created',
    'expires',
    'keyId',
    'algorithm',
    'nonce',
    'tag',
    'context',
    'limits',
  ],
  'obie-jws': jwsOptions,
  'obie-jws-raw': jwsOptions,
  'jades-http': ['dialect', 'components', 'signedAt', 'x5tS256', 'x5c', 'kid', 'trailingNewline', 'context', 'limits'],
}

/**
 * Signs a message that has its digest and all its headers already. What is refused when it is read is refused here as well.
 *
 * @throws Psd2Error `SIGNATURE_...`
 * @throws TypeError on options that are the caller's mistake
 *
 * @example
 * ```ts
 * import { readMessage, type Signer, signMessage } from 'psd2-toolkit/http'
 *
 * declare const signer: Signer
 * const message = readMessage({ method: 'GET', target: '/accounts', headers: [['X-Request-ID', '42']] })
 * const { headers } = await signMessage(
 *   message,
 *   { dialect: 'cavage-10', keyId: 'key', components: ['(request-target)', 'x-request-id'] },
 *   signer,
 * )
 * ```
 */
export async function signMessage(message: MessageView, options: SignOptions, signer: Signer): Promise<SignedHeaders> {
  return messageSigner()(message, options, signer)
}

/** The same for many messages: a list of components is laid out once. */
export function messageSigner(): typeof signMessage {
  const known = laidOutLists()
  return async (message, options, signer) => {
    if (!Object.hasOwn(optionNames, options.dialect)) throw new TypeError(`unknown dialect '${options.dialect}'`)
    requireOptions(options, optionNames[options.dialect], `signMessage for ${options.dialect}`)
    if (!Array.isArray(options.components)) throw new TypeError('components is a list of names')
    const { input, write } = prepare(options, signer, known)
    const base = signatureBaseOf(message, input, options.context ?? {})
    const signature = await signer.sign(base.octets)
    if (!(signature instanceof Uint8Array) || signature.length === 0)
      throw new TypeError('the signer gave no signature')
    return { headers: write(encodeBase64(signature)), base }
  }
}

function prepare(options: SignOptions, signer: Signer, known: LaidOutLists): PreparedSignature {
  const limits = withHttpLimits(options.limits)
  if (options.dialect === 'rfc9421') return prepareRfc9421(options, signer, limits, known)
  if (options.dialect === 'jades-http') return prepareJades(options, signer, limits)
  if (isJws(options)) return prepareJws(options, signer)
  return prepareCavage(options, signer, readQuirks(options.quirks), limits, known)
}

function isJws(options: SignOptions): options is Extract<SignOptions, JwsSignOptions> {
  return Object.hasOwn(jwsForms, options.dialect)
}
