import { cavageValues } from './cavage/base.ts'
import { bodyValues } from './jws/body.ts'
import type { MessageView } from './message.ts'
import { requireOptions } from './options.ts'
import { contextNames, type MessageContext } from './rfc9421/context.ts'
import { rfc9421Values } from './rfc9421/values.ts'
import {
  type CoveredComponent,
  type DialectName,
  octetsOf,
  type SignatureBase,
  type SignatureInput,
} from './signature.ts'

/** Gives the value of each component of one message. */
export type ValueOf = (component: CoveredComponent) => string

/** How a dialect turns components into lines, and what comes before and after them. */
interface Assembly {
  readonly values: (message: MessageView, input: SignatureInput, context: MessageContext) => ValueOf
  readonly before: (input: SignatureInput) => string
  readonly after: (input: SignatureInput) => string
}

const noContext: MessageContext = Object.freeze({})
const nothing = (): string => ''
const cavage: Assembly = { values: cavageValues, before: nothing, after: nothing }

const header = ({ serialised }: SignatureInput): string => `${serialised}.`
const jws: Assembly = { values: bodyValues, before: header, after: nothing }

const assemblies: Readonly<Record<DialectName, Assembly>> = {
  'cavage-10': cavage,
  'cavage-12': cavage,
  rfc9421: {
    values: (message, _, context) => rfc9421Values(message, context),
    before: nothing,
    after: ({ components, serialised }) => `${components.length > 0 ? '\n' : ''}"@signature-params": ${serialised}`,
  },
  'obie-jws': jws,
  'obie-jws-raw': jws,
  'jades-http': { values: cavageValues, before: header, after: nothing },
}

/** Gives the value of every component of a message under the rules of the signature's dialect. */
export function componentValues(message: MessageView, input: SignatureInput, context: MessageContext): ValueOf {
  requireOptions(context, contextNames, 'context')
  return assemblies[input.dialect].values(message, input, context)
}

/**
 * What a signature is made over, rebuilt from the message: the string of the cavage drafts, the signature base of RFC 9421
 * clause 2.5, or the signing input of a JAdES signature.
 *
 * @throws Psd2Error `SIGNATURE_HEADER_ABSENT`, `SIGNATURE_COMPONENT_...`, `SIGNATURE_NON_ASCII`, `SIGNATURE_QUERY_PARAM`
 */
export function signatureBaseOf(
  message: MessageView,
  input: SignatureInput,
  context: MessageContext = noContext,
): SignatureBase {
  const valueOfComponent = componentValues(message, input, context)
  const { before, after } = assemblies[input.dialect]
  let text = before(input)
  let isFirst = true
  for (const component of input.components) {
    if (!isFirst) text += '\n'
    text += component.start + valueOfComponent(component)
    isFirst = false
  }
  text += after(input)
  if (input.trailingNewline) text += '\n'
  return { text, octets: octetsOf(text) }
}
