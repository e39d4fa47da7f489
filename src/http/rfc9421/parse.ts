import { Psd2Error } from '../../core/errors.ts'
import type { HttpCode } from '../codes.ts'
import type { HttpLimits } from '../limits.ts'
import { fieldValue, type MessageView } from '../message.ts'
import { httpError } from '../refuse.ts'
import type { ParsedSignature } from '../signature.ts'
import { parseDictionary } from '../structured/parse.ts'
import { serialiseInnerList } from '../structured/serialise.ts'
import type { Dictionary, Member } from '../structured/types.ts'
import { algorithmOf } from './algorithm.ts'
import { readComponents } from './components.ts'
import { parameterTexts, readSignatureParameters } from './parameters.ts'

/**
 * Every signature of a message (RFC 9421 clause 4). All of them must be well-formed, also those that nobody asks for: a
 * label stands in both fields, components and parameters are known, none is there twice.
 *
 * @throws Psd2Error `SIGNATURE_...`, `STRUCTURED_FIELD_...`, `LIMIT_...`
 */
export function parseRfc9421(message: MessageView, limits: HttpLimits): readonly ParsedSignature[] {
  const inputs = readField(message, 'signature-input', limits, 'SIGNATURE_DUPLICATE_PARAMETER')
  const signatures = readField(message, 'signature', limits, 'SIGNATURE_DUPLICATE_PARAMETER')
  if (inputs === undefined && signatures === undefined)
    throw httpError('SIGNATURE_MISSING', undefined, { path: 'signature' })
  for (const label of [...(inputs?.keys() ?? []), ...(signatures?.keys() ?? [])]) {
    if (inputs?.has(label) !== true || signatures?.has(label) !== true) {
      throw httpError('SIGNATURE_LABEL_UNPAIRED', label, { path: 'signature' })
    }
  }
  return [...(inputs as Dictionary)].map(([label, member]) =>
    readSignature(label, member, signatures?.get(label) as Member, limits),
  )
}

function readSignature(label: string, input: Member, value: Member, limits: HttpLimits): ParsedSignature {
  if (input.kind !== 'inner-list') {
    throw httpError('STRUCTURED_FIELD_SYNTAX', `${label} is no inner list`, { path: 'signature-input' })
  }
  const { created, expires, nonce, alg, keyid, tag } = readSignatureParameters(input.parameters)
  return {
    dialect: 'rfc9421',
    label,
    components: readComponents(input, limits),
    created,
    expires,
    createdCovered: created !== undefined,
    expiresCovered: expires !== undefined,
    serialised: serialiseInnerList(input),
    trailingNewline: false,
    keyId: keyid,
    algorithm: alg,
    algorithms: alg === undefined ? undefined : algorithmOf(alg),
    nonce,
    tag,
    parameters: parameterTexts(input.parameters),
    signature: signatureOctets(label, value),
  }
}

function signatureOctets(label: string, value: Member): Uint8Array {
  if (value.kind !== 'item' || value.value.type !== 'bytes') {
    throw httpError('SIGNATURE_PARAMETER_TYPE', `${label} is no byte sequence`, { path: 'signature' })
  }
  if (value.value.value.length === 0) throw httpError('SIGNATURE_EMPTY', label, { path: 'signature' })
  return value.value.value
}

function readField(message: MessageView, name: string, limits: HttpLimits, twice: HttpCode): Dictionary | undefined {
  const text = fieldValue(message.fields, name)
  if (text === undefined) return undefined
  if (text.length > limits.signatureField) throw httpError('LIMIT_SIGNATURE_FIELD', undefined, { path: name })
  const dictionary = attempt(() => parseDictionary(text, name, limits.members), twice)
  if (dictionary.size > limits.signatures) throw httpError('LIMIT_SIGNATURES', undefined, { path: name })
  return dictionary
}

/** Reads under the codes that say what a breach means for a signature. */
function attempt(read: () => Dictionary, twice: HttpCode): Dictionary {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof Psd2Error)) throw error
    const place = { path: error.path, offset: error.offset, cause: error }
    if (error.code === 'STRUCTURED_FIELD_TWICE') throw httpError(twice, undefined, place)
    if (error.code === 'STRUCTURED_FIELD_BASE64') throw httpError('SIGNATURE_BASE64', undefined, place)
    throw error
  }
}
