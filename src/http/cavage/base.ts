import { fieldValue, type MessageView } from '../message.ts'
import { httpError } from '../refuse.ts'
import type { CoveredComponent, SignatureInput } from '../signature.ts'

/**
 * Gives the value of each line of the string that the drafts sign. JAdES HttpHeaders takes the same lines.
 *
 * @throws Psd2Error `SIGNATURE_HEADER_ABSENT`, `SIGNATURE_COMPONENT_VALUE`
 */
export function cavageValues(message: MessageView, input: SignatureInput): (component: CoveredComponent) => string {
  return ({ name }) => {
    if (!name.startsWith('(')) {
      const value = fieldValue(message.fields, name)
      if (value === undefined) throw httpError('SIGNATURE_HEADER_ABSENT', name, { path: name })
      return value
    }
    const value = Object.hasOwn(special, name) ? special[name]?.(message, input) : undefined
    if (value === undefined) throw httpError('SIGNATURE_COMPONENT_VALUE', name, { path: name })
    return value
  }
}

const special: Readonly<Record<string, (message: MessageView, input: SignatureInput) => string | undefined>> = {
  '(request-target)': requestTarget,
  '(created)': (_, { created }) => created?.toString(),
  '(expires)': (_, { expires }) => expires?.toString(),
}

/**
 * Method in lower case, and path with query as on the wire, also where the target is in absolute form. Banks sign it in
 * answers too, which the drafts do not have: there it is that of the request, where the answer comes with it.
 */
function requestTarget(message: MessageView): string | undefined {
  const { method, target } = message.request ?? message
  if (method === undefined || target === undefined) return undefined
  const hasPath = target.form === 'origin' || target.form === 'absolute'
  return `${method.toLowerCase()} ${hasPath ? `${target.path}${target.query ?? ''}` : target.raw}`
}
