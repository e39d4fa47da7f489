import { signatureBaseOf } from './base.ts'
import { defaultHttpLimits } from './limits.ts'
import { type HttpMessage, type HttpResponse, readMessage } from './message.ts'
import { requireOptions } from './options.ts'
import { httpError } from './refuse.ts'
import { readComponents } from './rfc9421/components.ts'
import type { MessageContext } from './rfc9421/context.ts'
import { readSignatureParameters } from './rfc9421/parameters.ts'
import { parseDictionary } from './structured/parse.ts'
import { serialiseInnerList } from './structured/serialise.ts'

export interface SignatureBaseOptions {
  /** The value of the label in `Signature-Input`: `("@method" "date");created=1618884473`. */
  readonly signatureInput: string
  readonly context?: MessageContext | undefined
}

/**
 * The signature base of RFC 9421 clause 2.5 for a message, as text with a line for each covered component.
 *
 * @throws Psd2Error where a component cannot be formed
 *
 * @example
 * ```ts
 * import { signatureBase } from 'psd2-toolkit/http'
 *
 * const message = { method: 'GET', target: '/accounts', headers: [] }
 * console.log(signatureBase(message, { signatureInput: '("@method" "@path");created=1618884473' }))
 * ```
 */
export function signatureBase(message: HttpMessage | HttpResponse, options: SignatureBaseOptions): string {
  requireOptions(options, ['signatureInput', 'context'], 'signatureBase')
  const member = parseDictionary(`sig=${options.signatureInput}`, 'signature-input').get('sig')
  if (member?.kind !== 'inner-list')
    throw httpError('STRUCTURED_FIELD_SYNTAX', 'no inner list', { path: 'signature-input' })
  const { created, expires } = readSignatureParameters(member.parameters)
  const input = {
    dialect: 'rfc9421' as const,
    components: readComponents(member, defaultHttpLimits),
    created,
    expires,
    serialised: serialiseInnerList(member),
    trailingNewline: false,
  }
  return signatureBaseOf(readMessage(message), input, options.context).text
}
