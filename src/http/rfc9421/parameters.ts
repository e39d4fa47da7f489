import { httpError } from '../refuse.ts'
import { serialiseBareItem } from '../structured/serialise.ts'
import type { BareItem, Parameters } from '../structured/types.ts'

const path = 'signature-input'

/** The parameters that RFC 9421 clause 2.3 defines, with their types. Others are kept, and signed, but mean nothing here. */
export const signatureParameterTypes: Readonly<Record<string, BareItem['type']>> = {
  created: 'integer',
  expires: 'integer',
  nonce: 'string',
  alg: 'string',
  keyid: 'string',
  tag: 'string',
}

/** What the defined parameters say. */
export interface SignatureParameters {
  readonly created: number | undefined
  readonly expires: number | undefined
  readonly nonce: string | undefined
  readonly alg: string | undefined
  readonly keyid: string | undefined
  readonly tag: string | undefined
}

/**
 * The parameters of one signature, each of its type.
 *
 * @throws Psd2Error `SIGNATURE_TIME`, `SIGNATURE_PARAMETER_TYPE`
 */
export function readSignatureParameters(parameters: Parameters): SignatureParameters {
  const text = (name: string): string | undefined => parameterValue(parameters, name) as string | undefined
  return {
    created: seconds(parameters, 'created'),
    expires: seconds(parameters, 'expires'),
    nonce: text('nonce'),
    alg: text('alg'),
    keyid: text('keyid'),
    tag: text('tag'),
  }
}

function seconds(parameters: Parameters, name: string): number | undefined {
  const value = parameterValue(parameters, name) as number | undefined
  if (value !== undefined && (value < 0 || value > 999_999_999_999)) throw httpError('SIGNATURE_TIME', name, { path })
  return value
}

function parameterValue(parameters: Parameters, name: string): BareItem['value'] | undefined {
  const item = parameters.get(name)
  if (item === undefined || item.type === signatureParameterTypes[name]) return item?.value
  const isTime = signatureParameterTypes[name] === 'integer'
  throw httpError(isTime ? 'SIGNATURE_TIME' : 'SIGNATURE_PARAMETER_TYPE', name, { path })
}

/** All parameters as text, for reports. */
export function parameterTexts(parameters: Parameters): ReadonlyMap<string, string> {
  const texts = new Map<string, string>()
  for (const [name, item] of parameters) {
    texts.set(name, item.type === 'string' ? item.value : serialiseBareItem(item))
  }
  return texts
}
