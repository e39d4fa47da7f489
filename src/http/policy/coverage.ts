import type { MessageView } from '../message.ts'
import { httpError } from '../refuse.ts'
import type { ParsedSignature } from '../signature.ts'
import { normaliseAuthority } from '../target.ts'
import type { Covered } from './covered.ts'
import type { PreparedPolicy } from './policy.ts'

/** What is covered, and that nothing that must be signed is left out. */
export function checkCoverage(
  message: MessageView,
  signature: ParsedSignature,
  { ids: covered }: Covered,
  policy: PreparedPolicy,
): void {
  for (const id of policy.requiredOf(signature.dialect)) {
    if (!covered.has(id)) throw httpError('SIGNATURE_REQUIRED_NOT_COVERED', id, { path: id })
  }
  for (const name of message.fields.keys()) {
    if (policy.whenPresent.has(name) && !covered.has(name)) {
      throw httpError('SIGNATURE_PRESENT_NOT_COVERED', name, { path: name })
    }
  }
  for (const { id, name } of signature.components) {
    const excluded = policy.forbidden.has(name) || policy.only?.has(name) === false
    if (excluded) throw httpError('SIGNATURE_FORBIDDEN_COVERED', id, { path: id })
  }
  checkDigestCovered(message, covered, policy)
}

/** A digest that is needed must be signed: a digest beside the signature can be replaced together with the body. */
function checkDigestCovered(message: MessageView, covered: ReadonlySet<string>, policy: PreparedPolicy): void {
  const { required } = policy.source.digest
  const names = policy.digestFields
  const needed = required === 'always' || (required === 'with-body' && message.body.length > 0)
  if (!needed) return
  if (!names.some((name) => message.fields.has(name))) throw httpError('DIGEST_MISSING', undefined, { path: names[0] })
  if (!names.some((name) => covered.has(name))) {
    throw httpError('SIGNATURE_REQUIRED_NOT_COVERED', names[0], { path: names[0] })
  }
}

/** Headers of the message that the profile wants, once each, and the host it is for. */
export function checkHeaders(message: MessageView, policy: PreparedPolicy): void {
  for (const values of message.fields.values()) if (values.length > 1) requireSingle(message, policy)
  for (const name of policy.headers) {
    if (!message.fields.has(name)) throw httpError('SIGNATURE_HEADER_REQUIRED', name, { path: name })
  }
  checkAuthority(message, policy.source.authority)
}

function requireSingle(message: MessageView, { singletons }: PreparedPolicy): void {
  for (const name of singletons) {
    if ((message.fields.get(name)?.length ?? 0) > 1) throw httpError('SIGNATURE_HEADER_TWICE', name, { path: name })
  }
}

function checkAuthority(message: MessageView, authority: string | undefined): void {
  if (authority === undefined) return
  const scheme = message.target?.scheme ?? 'https'
  const sent = message.target?.authority ?? message.fields.get('host')?.[0]
  if (sent === undefined || normaliseAuthority(sent, scheme) !== normaliseAuthority(authority, scheme)) {
    throw httpError('SIGNATURE_HOST', undefined, { path: 'host' })
  }
}
