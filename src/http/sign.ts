import { encodeBase64 } from '../core/base64.ts'
import { signatureBaseOf } from './base.ts'
import { type CavageSignOptions, prepareCavage } from './cavage/sign.ts'
import { type JadesSignOptions, prepareJades } from './jades/sign.ts'
import { jwsForms } from './jws/forms.ts'
import { type JwsSignOptions, prepareJws } from './jws/sign.ts'
import { type HttpLimits, withHttpLimits } from './limits.ts'
import type { MessageView } from './message.ts'
import { requireOptions } from './options.ts'
import type { Occasion, Prepare, PreparedSignature, Standing } from './prepare.ts'
import type { MessageContext } from './rfc9421/context.ts'
import { prepareRfc9421, type Rfc9421SignOptions } from './rfc9421/sign.ts'
import type { DialectName, SignatureBase, Signer } from './signature.ts'

/** What a signature is made of, for each dialect. */
export type SignOptions = (CavageSignOptions | Rfc9421SignOptions | JadesSignOptions | JwsSignOptions) & {
  readonly context?: MessageContext | undefined
  readonly limits?: Partial<HttpLimits> | undefined
}

/** What of it stays for many messages. */
export type StandingOptions = (
  | Standing<CavageSignOptions>
  | Standing<Rfc9421SignOptions>
  | Standing<JadesSignOptions>
  | Standing<JwsSignOptions>
) &
  Pick<SignOptions, 'limits'>

/** A signature that was made. */
export interface SignedHeaders {
  /** Headers to add to the message. */
  readonly headers: readonly [name: string, value: string][]
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
  if (!Object.hasOwn(optionNames, options.dialect)) throw new TypeError(`unknown dialect '${options.dialect}'`)
  requireOptions(options, optionNames[options.dialect], `signMessage for ${options.dialect}`)
  const unsigned = messageLayout(options, signer)(message, occasionOf(options), options.context)
  return signedWith(await signer.sign(unsigned.base.octets), unsigned)
}

/** What is to be signed, and how it is written once it is. */
export interface UnsignedHeaders {
  readonly base: SignatureBase
  readonly write: PreparedSignature['write']
}

/** Lays out the signatures of one sender. */
export type MessageLayout = (message: MessageView, occasion: Occasion, context?: MessageContext) => UnsignedHeaders

/** The first half of {@link signMessage} for many messages: what stays from one to the next is checked and written once. */
export function messageLayout(options: StandingOptions, signer: Signer): MessageLayout {
  const prepare = preparing(options, signer)
  return (message, occasion, context) => {
    const { input, write } = prepare(occasion)
    return { base: signatureBaseOf(message, input, context), write }
  }
}

/** The second half: the headers, once there is a signature. */
export function signedWith(signature: Uint8Array, { base, write }: UnsignedHeaders): SignedHeaders {
  if (!(signature instanceof Uint8Array) || signature.length === 0) throw new TypeError('the signer gave no signature')
  return { headers: write(encodeBase64(signature)), base }
}

function preparing(options: StandingOptions, signer: Signer): Prepare {
  const limits = withHttpLimits(options.limits)
  if (options.dialect === 'rfc9421') return prepareRfc9421(options, signer, limits)
  if (options.dialect === 'jades-http') return prepareJades(options, signer, limits)
  if (isJws(options)) return prepareJws(options, signer)
  return prepareCavage(options, signer, limits)
}

function isJws(options: StandingOptions): options is Standing<JwsSignOptions> {
  return Object.hasOwn(jwsForms, options.dialect)
}

/** Members of the options that differ from message to message, whichever the dialect has. */
type OccasionOptions = Pick<Occasion, 'components'> &
  Partial<Omit<Occasion, 'components'>> & { readonly signedAt?: Date | undefined }

function occasionOf({ components, signedAt, created = signedAt, expires, nonce, tag }: OccasionOptions): Occasion {
  return { components, created, expires, nonce, tag }
}
