import { defaultHttpLimits } from '../limits.ts'
import { httpError } from '../refuse.ts'
import { parseDictionary } from '../structured/parse.ts'
import { serialiseDictionary } from '../structured/serialise.ts'
import type { BareItem, InnerList, Member, Parameters } from '../structured/types.ts'
import { componentItem, readComponents } from './components.ts'
import { signatureParameterTypes } from './parameters.ts'
import type { Rfc9421SignOptions } from './sign.ts'

/** A signature that the other side asks for (RFC 9421 clause 5). */
export interface RequestedSignature {
  readonly label: string
  /** In the form of `Rfc9421SignOptions.components`. */
  readonly components: readonly string[]
  /** The signer is to set the time of signing. */
  readonly created?: boolean | undefined
  /** The signer is to set an end. */
  readonly expires?: boolean | undefined
  readonly nonce?: string | undefined
  readonly alg?: string | undefined
  readonly keyid?: string | undefined
  readonly tag?: string | undefined
}

const path = 'accept-signature'
const textNames = ['nonce', 'alg', 'keyid', 'tag'] as const
const flagNames = ['created', 'expires'] as const

/**
 * Reads `Accept-Signature`. Parameters that RFC 9421 does not define are refused: a request that is not understood cannot be
 * fulfilled.
 *
 * @throws Psd2Error `STRUCTURED_FIELD_...`, `SIGNATURE_COMPONENT_...`, `SIGNATURE_PARAMETER_...`
 */
export function parseAcceptSignature(value: string): readonly RequestedSignature[] {
  const dictionary = parseDictionary(value, path)
  if (dictionary.size > defaultHttpLimits.signatures) throw httpError('LIMIT_SIGNATURES', undefined, { path })
  return [...dictionary].map(([label, member]) => readRequested(label, member))
}

function readRequested(label: string, member: Member): RequestedSignature {
  if (member.kind !== 'inner-list') throw httpError('STRUCTURED_FIELD_SYNTAX', `${label} is no inner list`, { path })
  const components = readComponents(member, defaultHttpLimits).map(({ id }) => id)
  const read: Record<string, string | true> = {}
  for (const [name, item] of member.parameters) read[name] = readParameter(name, item)
  return { label, components, ...read }
}

function readParameter(name: string, item: BareItem): string | true {
  const type = Object.hasOwn(signatureParameterTypes, name) ? signatureParameterTypes[name] : undefined
  if (type === 'integer' && item.type === 'boolean' && item.value) return true
  if (type === 'string' && item.type === 'string') return item.value
  throw httpError(type === undefined ? 'SIGNATURE_PARAMETER_UNKNOWN' : 'SIGNATURE_PARAMETER_TYPE', name, { path })
}

/**
 * Writes `Accept-Signature`.
 *
 * @throws TypeError where a component is none
 *
 * @example
 * ```ts
 * import { buildAcceptSignature } from 'psd2-toolkit/http'
 *
 * console.log(buildAcceptSignature([{ label: 'sig1', components: ['@method', 'content-digest'], created: true, tag: 'app' }]))
 * // sig1=("@method" "content-digest");created;tag="app"
 * ```
 */
export function buildAcceptSignature(requested: readonly RequestedSignature[]): string {
  const members = new Map<string, InnerList>()
  for (const one of requested) {
    members.set(one.label, {
      kind: 'inner-list',
      items: one.components.map(componentItem),
      parameters: writeParameters(one),
    })
  }
  return serialiseDictionary(members)
}

function writeParameters(requested: RequestedSignature): Parameters {
  const parameters = new Map<string, BareItem>()
  for (const name of flagNames) if (requested[name] === true) parameters.set(name, { type: 'boolean', value: true })
  for (const name of textNames) {
    const value = requested[name]
    if (value !== undefined) parameters.set(name, { type: 'string', value })
  }
  return parameters
}

/** Times that an answer sets where it is asked to. */
export interface AnswerTimes {
  readonly created: Date
  readonly expires?: Date | undefined
}

/**
 * How to sign what was asked for: the same label, components and parameters.
 *
 * @throws Psd2Error `SIGNATURE_PARAMETER_MISSING` where an end is asked for and none is given
 */
export function answerTo(requested: RequestedSignature, times: AnswerTimes): Rfc9421SignOptions {
  if (requested.expires === true && times.expires === undefined) {
    throw httpError('SIGNATURE_PARAMETER_MISSING', 'expires', { path })
  }
  return {
    dialect: 'rfc9421',
    label: requested.label,
    components: requested.components,
    created: requested.created === true ? times.created : undefined,
    expires: requested.expires === true ? times.expires : undefined,
    keyId: requested.keyid,
    algorithm: requested.alg,
    nonce: requested.nonce,
    tag: requested.tag,
  }
}
