import { Psd2Error } from '../../core/errors.ts'
import type { HttpLimits } from '../limits.ts'
import { fieldValue, type MessageView } from '../message.ts'
import { httpError } from '../refuse.ts'
import type { CoveredComponent, ParsedSignature, SignatureParser } from '../signature.ts'
import { dictionaryParser, parseDictionary } from '../structured/parse.ts'
import { serialiseInnerList, serialiseParameters } from '../structured/serialise.ts'
import type { Dictionary, InnerList, Item, Member } from '../structured/types.ts'
import { algorithmOf } from './algorithm.ts'
import { readComponents } from './components.ts'
import { parameterTexts, readSignatureParameters } from './parameters.ts'

/** What an inner list covers, and how it is written. */
interface Covered {
  readonly components: readonly CoveredComponent[]
  readonly serialised: string
}

/**
 * Reads every signature of messages (RFC 9421 clause 4). All of them must be well-formed, also those that nobody asks for: a
 * label stands in both fields, components and parameters are known, none is there twice. A list of components that came
 * before is not read again.
 *
 * @throws Psd2Error `SIGNATURE_...`, `STRUCTURED_FIELD_...`, `LIMIT_...`
 */
export function rfc9421Parser(limits: HttpLimits): SignatureParser {
  const inputField = dictionaryParser('signature-input', limits.members)
  const signatureField = (text: string): Dictionary => parseDictionary(text, 'signature', limits.members)
  const covered = new WeakMap<readonly Item[], Covered>()

  function coveredBy({ items }: InnerList): Covered {
    const known = covered.get(items)
    if (known !== undefined) return known
    const list = { kind: 'inner-list', items, parameters: new Map() } as const
    const read = { components: readComponents(list, limits), serialised: serialiseInnerList(list) }
    covered.set(items, read)
    return read
  }

  function readSignature(label: string, input: Member, value: Member): ParsedSignature {
    if (input.kind !== 'inner-list') {
      throw httpError('STRUCTURED_FIELD_SYNTAX', `${label} is no inner list`, { path: 'signature-input' })
    }
    const { created, expires, nonce, alg, keyid, tag } = readSignatureParameters(input.parameters)
    const { components, serialised } = coveredBy(input)
    return {
      dialect: 'rfc9421',
      label,
      components,
      created,
      expires,
      createdCovered: created !== undefined,
      expiresCovered: expires !== undefined,
      serialised: serialised + serialiseParameters(input.parameters),
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

  return (message) => {
    const inputs = readField(message, 'signature-input', limits, inputField)
    const signatures = readField(message, 'signature', limits, signatureField)
    if (inputs === undefined && signatures === undefined)
      throw httpError('SIGNATURE_MISSING', undefined, { path: 'signature' })
    requirePaired(inputs, signatures)
    requirePaired(signatures, inputs)
    return [...(inputs as Dictionary)].map(([label, member]) =>
      readSignature(label, member, signatures?.get(label) as Member),
    )
  }
}

function requirePaired(labels: Dictionary | undefined, others: Dictionary | undefined): void {
  if (labels === undefined) return
  for (const label of labels.keys()) {
    if (others?.has(label) !== true) throw httpError('SIGNATURE_LABEL_UNPAIRED', label, { path: 'signature' })
  }
}

function signatureOctets(label: string, value: Member): Uint8Array {
  if (value.kind !== 'item' || value.value.type !== 'bytes') {
    throw httpError('SIGNATURE_PARAMETER_TYPE', `${label} is no byte sequence`, { path: 'signature' })
  }
  if (value.value.value.length === 0) throw httpError('SIGNATURE_EMPTY', label, { path: 'signature' })
  return value.value.value
}

function readField(
  message: MessageView,
  name: string,
  limits: HttpLimits,
  read: (text: string) => Dictionary,
): Dictionary | undefined {
  const text = fieldValue(message.fields, name)
  if (text === undefined) return undefined
  if (text.length > limits.signatureField) throw httpError('LIMIT_SIGNATURE_FIELD', undefined, { path: name })
  const dictionary = attempt(() => read(text))
  if (dictionary.size > limits.signatures) throw httpError('LIMIT_SIGNATURES', undefined, { path: name })
  return dictionary
}

/** Reads under the codes that say what a breach means for a signature. */
function attempt(read: () => Dictionary): Dictionary {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof Psd2Error)) throw error
    const place = { path: error.path, offset: error.offset, cause: error }
    if (error.code === 'STRUCTURED_FIELD_TWICE') throw httpError('SIGNATURE_DUPLICATE_PARAMETER', undefined, place)
    if (error.code === 'STRUCTURED_FIELD_BASE64') throw httpError('SIGNATURE_BASE64', undefined, place)
    throw error
  }
}
