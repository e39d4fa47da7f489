import { Psd2Error } from '../core/errors.ts'
import { componentValues } from './base.ts'
import type { MessageView } from './message.ts'
import type { MessageContext } from './rfc9421/context.ts'
import type { SignatureInput } from './signature.ts'

/** One line of what the verifier rebuilt, beside what the message has. */
export interface ExplainedLine {
  /** The component as the signature names it. */
  readonly component: string
  /** The line that is signed; undefined where it cannot be formed. */
  readonly text: string | undefined
  /** Values of the header as they were received, one a line of the message. */
  readonly received: readonly string[]
  /** Why the line cannot be formed. */
  readonly error: Psd2Error | undefined
}

/**
 * The rebuilt string line by line, for people who look for the difference. Nothing throws because of the message: a line
 * that cannot be formed says why. The values are those of the message: they may be personal data.
 *
 * @example
 * ```ts
 * import { explainSignature, parseSignatures, readMessage } from 'psd2-toolkit/http'
 *
 * const message = readMessage({
 *   method: 'GET',
 *   target: '/accounts',
 *   headers: [['Signature', 'keyId="k",headers="(request-target) x-request-id",signature="AAAA"']],
 * })
 * for (const signature of parseSignatures(message, { dialect: 'cavage-10' })) {
 *   for (const { component, text, error } of explainSignature(message, signature)) {
 *     console.log(component, text ?? error?.message)
 *   }
 * }
 * ```
 */
export function explainSignature(
  message: MessageView,
  input: SignatureInput,
  context: MessageContext = {},
): readonly ExplainedLine[] {
  const valueOfComponent = componentValues(message, input, context)
  return input.components.map((component) => {
    const source = component.parameters.has('req') ? message.request : message
    const lines = component.parameters.has('tr') ? source?.trailers : source?.fields
    const explained = { component: component.id, received: lines?.get(component.name) ?? [] }
    try {
      return { ...explained, text: component.start + valueOfComponent(component), error: undefined }
    } catch (error) {
      if (!(error instanceof Psd2Error)) throw error
      return { ...explained, text: undefined, error }
    }
  })
}
