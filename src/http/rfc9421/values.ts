import type { MessageView } from '../message.ts'
import { httpError } from '../refuse.ts'
import { type CoveredComponent, noParameters } from '../signature.ts'
import type { MessageContext } from './context.ts'
import { type RequestParts, requestParts, requestValues } from './derived.ts'
import { FieldValues } from './fields.ts'

/** What components of one message are taken from. */
interface Source {
  readonly message: MessageView
  readonly fields: FieldValues
  readonly trailers: FieldValues | undefined
  readonly parts: RequestParts | undefined
}

function sourceOf(message: MessageView, context: MessageContext): Source {
  const types = context.fieldTypes ?? {}
  return {
    message,
    fields: new FieldValues(message.fields, types),
    trailers: message.trailers === undefined ? undefined : new FieldValues(message.trailers, types),
    parts: requestParts(message, context),
  }
}

/**
 * Gives the value of each component of a message (RFC 9421 clause 2). What several components need is read once.
 *
 * @throws Psd2Error `SIGNATURE_HEADER_ABSENT`, `SIGNATURE_COMPONENT_...`, `SIGNATURE_QUERY_PARAM`,
 *   `SIGNATURE_REQUEST_MISSING`
 */
export function rfc9421Values(message: MessageView, context: MessageContext): (component: CoveredComponent) => string {
  const own = sourceOf(message, context)
  let request: Source | undefined
  return (component) => {
    if (!hasParameter(component, 'req')) return valueFrom(own, component)
    request ??= sourceOf(requestOf(message, component.id), context)
    return valueFrom(request, component)
  }
}

function valueFrom({ message, fields, trailers, parts }: Source, component: CoveredComponent): string {
  const { name, parameters, id } = component
  if (name === '@status') {
    if (message.status === undefined) throw httpError('SIGNATURE_COMPONENT_VALUE', '@status of a request', { path: id })
    return String(message.status)
  }
  if (name.startsWith('@')) {
    if (parts === undefined) throw httpError('SIGNATURE_COMPONENT_VALUE', `${id} of a response`, { path: id })
    return (requestValues[name] as (typeof requestValues)[string])(parts, parameters.get('name') as string | undefined)
  }
  const values = hasParameter(component, 'tr') ? trailers : fields
  if (values === undefined) throw httpError('SIGNATURE_HEADER_ABSENT', `${id}: no trailers`, { path: id })
  return values.value(component)
}

function hasParameter({ parameters }: CoveredComponent, name: string): boolean {
  return parameters !== noParameters && parameters.has(name)
}

function requestOf(message: MessageView, id: string): MessageView {
  if (message.status === undefined) throw httpError('SIGNATURE_COMPONENT_VALUE', `${id} in a request`, { path: id })
  if (message.request === undefined) throw httpError('SIGNATURE_REQUEST_MISSING', id, { path: id })
  return message.request
}
