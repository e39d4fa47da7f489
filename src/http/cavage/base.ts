import { fieldValue, type MessageView } from '../message.ts'
import { httpError } from '../refuse.ts'
import type { CoveredComponent, SignatureInput } from '../signature.ts'

/**
 * The value of one line of the string that the drafts sign. JAdES HttpHeaders takes the same lines.
 *
 * @throws Psd2Error `SIGNATURE_HEADER_ABSENT`, `SIGNATURE_COMPONENT_UNKNOWN`
 */
export function cavageValue(message: MessageView, component: CoveredComponent, input: SignatureInput): string {
  const { name } = component
  if (!name.startsWith('(')) {
    const value = fieldValue(message.fields, name)
    if (value === undefined) throw httpError('SIGNATURE_HEADER_ABSENT', name, { path: name })
    return value
  }
  const value = Object.hasOwn(special, name) ? special[name]?.(message, input) : undefined
  if (value === undefined) throw httpError('SIGNATURE_COMPONENT_UNKNOWN', name, { path: name })
  return value
}

const special: Readonly<Record<string, (message: MessageView, input: SignatureInput) => string | undefined>> = {
  '(request-target)': requestTarget,
  '(created)': (_, { created }) => created?.toString(),
  '(expires)': (_, { expires }) => expires?.toString(),
}

/** Method in lower case, and path with query as on the wire. A response answers for its request only where that is given. */
function requestTarget({ method, target }: MessageView): string | undefined {
  if (method === undefined || target === undefined) return undefined
  const path = target.form === 'asterisk' || target.form === 'authority' ? target.raw : `${target.path}${target.query ?? ''}`
  return `${method.toLowerCase()} ${path}`
}
