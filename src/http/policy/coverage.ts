import type { MessageView } from '../message.ts'
import { httpError } from '../refuse.ts'
import { componentId } from '../rfc9421/components.ts'
import type { CoveredComponent, ParsedSignature } from '../signature.ts'
import { normaliseAuthority } from '../target.ts'
import type { SignaturePolicy } from './policy.ts'

/** Headers that have one value: of two lines, readers take different ones. */
const singletons: readonly string[] = [
  'authorization',
  'content-length',
  'content-type',
  'date',
  'host',
  'tpp-signature-certificate',
  'x-jws-signature',
  'x-request-id',
]

/** What is covered, and that nothing that must be signed is left out. */
export function checkCoverage(message: MessageView, signature: ParsedSignature, policy: SignaturePolicy): void {
  const { components, dialect } = signature
  const idOf = dialect === 'rfc9421' ? componentId : (name: string) => name.toLowerCase()
  for (const name of policy.required) requireCovered(components, idOf(name), 'SIGNATURE_REQUIRED_NOT_COVERED')
  for (const name of message.fields.keys()) {
    if (matches(policy.whenPresent, name)) requireCovered(components, name, 'SIGNATURE_PRESENT_NOT_COVERED')
  }
  for (const { id, name } of components) {
    const excluded = matches(policy.forbidden, name) || (policy.only !== undefined && !matches(policy.only, name))
    if (excluded) throw httpError('SIGNATURE_FORBIDDEN_COVERED', id, { path: id })
  }
}

function requireCovered(
  components: readonly CoveredComponent[],
  id: string,
  code: 'SIGNATURE_REQUIRED_NOT_COVERED' | 'SIGNATURE_PRESENT_NOT_COVERED',
): void {
  if (!components.some((component) => coveredId(component) === id)) throw httpError(code, id, { path: id })
}

/** The id that a component satisfies: `sf` and `bs` cover the whole field too, `key`, `tr` and `req` something else. */
function coveredId({ name, id, parameters }: CoveredComponent): string {
  const wholeField = [...parameters.keys()].every((parameter) => parameter === 'sf' || parameter === 'bs')
  return wholeField ? name : id
}

function matches(patterns: readonly string[] | undefined, name: string): boolean {
  if (patterns === undefined) return false
  return patterns.some((pattern) => {
    const lower = pattern.toLowerCase()
    return lower.endsWith('*') ? name.startsWith(lower.slice(0, -1)) : name === lower
  })
}

/** Headers of the message that the profile wants, once each, and the host it is for. */
export function checkHeaders(message: MessageView, policy: SignaturePolicy): void {
  for (const name of [...singletons, ...(policy.singletons ?? [])]) {
    const lower = name.toLowerCase()
    if ((message.fields.get(lower)?.length ?? 0) > 1) throw httpError('SIGNATURE_HEADER_TWICE', lower, { path: lower })
  }
  for (const name of policy.headers ?? []) {
    const lower = name.toLowerCase()
    if (!message.fields.has(lower)) throw httpError('SIGNATURE_HEADER_REQUIRED', lower, { path: lower })
  }
  checkAuthority(message, policy.authority)
}

function checkAuthority(message: MessageView, authority: string | undefined): void {
  if (authority === undefined) return
  const scheme = message.target?.scheme ?? 'https'
  const sent = message.target?.authority ?? message.fields.get('host')?.[0]
  if (sent === undefined || normaliseAuthority(sent, scheme) !== normaliseAuthority(authority, scheme)) {
    throw httpError('SIGNATURE_HOST', undefined, { path: 'host' })
  }
}

/** A digest that is needed must be signed: a digest beside the signature can be replaced together with the body. */
export function checkDigestCovered(message: MessageView, signature: ParsedSignature, policy: SignaturePolicy): void {
  const { required, fields } = policy.digest
  const needed = required === 'always' || (required === 'with-body' && message.body.length > 0)
  if (!needed) return
  const names = fields.map((field) => field.toLowerCase())
  if (!names.some((name) => message.fields.has(name))) throw httpError('DIGEST_MISSING', undefined, { path: names[0] })
  if (!signature.components.some((component) => names.includes(coveredId(component)))) {
    throw httpError('SIGNATURE_REQUIRED_NOT_COVERED', names[0], { path: names[0] })
  }
}
