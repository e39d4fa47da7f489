import type { MessageView } from '../message.ts'
import { httpError } from '../refuse.ts'
import type { CoveredComponent, ParsedSignature } from '../signature.ts'
import { normaliseAuthority } from '../target.ts'
import type { PreparedPolicy } from './policy.ts'

/** What is covered, and that nothing that must be signed is left out. */
export function checkCoverage(message: MessageView, signature: ParsedSignature, policy: PreparedPolicy): void {
  const covered = new Set<string>()
  for (const component of signature.components) covered.add(coveredId(component))
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

/** The id that a component satisfies: `sf` and `bs` cover the whole field too, `key`, `tr` and `req` something else. */
function coveredId({ name, id, parameters }: CoveredComponent): string {
  if (parameters.size === 0) return name
  for (const parameter of parameters.keys()) if (parameter !== 'sf' && parameter !== 'bs') return id
  return name
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
  for (const name of policy.singletons) {
    if ((message.fields.get(name)?.length ?? 0) > 1) throw httpError('SIGNATURE_HEADER_TWICE', name, { path: name })
  }
  for (const name of policy.headers) {
    if (!message.fields.has(name)) throw httpError('SIGNATURE_HEADER_REQUIRED', name, { path: name })
  }
  checkAuthority(message, policy.source.authority)
}

function checkAuthority(message: MessageView, authority: string | undefined): void {
  if (authority === undefined) return
  const scheme = message.target?.scheme ?? 'https'
  const sent = message.target?.authority ?? message.fields.get('host')?.[0]
  if (sent === undefined || normaliseAuthority(sent, scheme) !== normaliseAuthority(authority, scheme)) {
    throw httpError('SIGNATURE_HOST', undefined, { path: 'host' })
  }
}
