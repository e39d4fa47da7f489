import { encodeBase64url } from '../../core/base64.ts'
import type { MessageView } from '../message.ts'
import { httpError } from '../refuse.ts'
import type { CoveredComponent, SignatureInput } from '../signature.ts'
import { type JwsName, jwsForms } from './forms.ts'

/** The one thing that these signatures cover. */
export const bodyComponent: CoveredComponent = /* @__PURE__ */ Object.freeze({
  name: '@body',
  id: '@body',
  label: '@body',
  start: '',
  parameters: new Map<string, string | true>(),
})

/** The body as it stands in what is signed, one character an octet. */
export function bodyValues(message: MessageView, { dialect }: SignatureInput): () => string {
  return () => {
    // A request without a body has nothing to sign in this scheme.
    if (message.body.length === 0) throw httpError('SIGNATURE_COMPONENT_VALUE', '@body', { path: 'body' })
    return jwsForms[dialect as JwsName].payload === 'raw' ? latin1(message.body) : encodeBase64url(message.body)
  }
}

/** Octets at a time: an argument list has its limits. */
const step = 8192

function latin1(octets: Uint8Array): string {
  let text = ''
  for (let i = 0; i < octets.length; i += step) text += String.fromCharCode(...octets.subarray(i, i + step))
  return text
}
