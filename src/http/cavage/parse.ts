import { decodeBase64 } from '../../core/base64.ts'
import type { HttpLimits } from '../limits.ts'
import type { MessageView } from '../message.ts'
import { httpError } from '../refuse.ts'
import type { ParsedSignature } from '../signature.ts'
import { algorithmsOf, requireTimesFit } from './algorithm.ts'
import { readCarrier } from './carriers.ts'
import { readHeaderList, readNames } from './components.ts'
import { type CavageName, cavageDialects } from './dialects.ts'
import { parseParameters, type RawParameter, type RawParameters } from './parameters.ts'
import type { CavageQuirks } from './quirks.ts'

/**
 * The signature of a message by one of the two drafts. Everything is checked that can be without the key: grammar, names,
 * the list of headers, the algorithm's name, times, base64.
 *
 * @throws Psd2Error `SIGNATURE_...`, `LIMIT_...`
 */
export function parseCavage(
  message: MessageView,
  dialectName: CavageName,
  quirks: CavageQuirks,
  limits: HttpLimits,
): ParsedSignature {
  const dialect = cavageDialects[dialectName]
  const { carrier, text } = readCarrier(message.fields, quirks, limits)
  const raw = parseParameters(text, carrier)
  for (const name of raw.keys()) {
    if (!dialect.parameters.includes(name)) throw httpError('SIGNATURE_PARAMETER_UNKNOWN', name, { path: carrier })
  }
  const keyId = quoted(raw, 'keyId')
  const signature = quoted(raw, 'signature')
  if (keyId === undefined) throw httpError('SIGNATURE_PARAMETER_MISSING', 'keyId', { path: carrier })
  if (signature === undefined) throw httpError('SIGNATURE_PARAMETER_MISSING', 'signature', { path: carrier })
  if (keyId === '') throw httpError('SIGNATURE_KEY_ID', undefined, { path: 'keyId' })
  const headers = quoted(raw, 'headers')
  const components =
    headers === undefined
      ? readNames(quirks.defaultHeaders ?? dialect.defaultHeaders, dialect, quirks, limits)
      : readHeaderList(headers, dialect, quirks, limits)
  const algorithm = quoted(raw, 'algorithm')
  requireTimesFit(components, algorithm)
  const created = seconds(raw, 'created', quirks)
  const expires = seconds(raw, 'expires', quirks)
  return {
    dialect: dialectName,
    label: carrier,
    components,
    created,
    expires,
    createdCovered: requireListed(components, '(created)', created),
    expiresCovered: requireListed(components, '(expires)', expires),
    serialised: undefined,
    trailingNewline: quirks.trailingNewline === true,
    keyId,
    algorithm,
    algorithms: algorithm === undefined ? undefined : algorithmsOf(algorithm, dialect, quirks),
    nonce: undefined,
    tag: undefined,
    parameters: new Map([...raw].map(([name, { value }]) => [name, value])),
    signature: signatureOctets(signature),
  }
}

function quoted(raw: RawParameters, name: string): string | undefined {
  const parameter = raw.get(name)
  if (parameter !== undefined && !parameter.quoted) throw httpError('SIGNATURE_PARAMETER_TYPE', name, { path: name })
  return parameter?.value
}

function seconds(raw: RawParameters, name: string, quirks: CavageQuirks): number | undefined {
  const parameter = raw.get(name)
  return parameter === undefined ? undefined : integerSeconds(parameter, name, quirks)
}

/** Seconds since 1970: digits without a leading zero, no sign, no point, and small enough for a date. */
function integerSeconds({ value, quoted }: RawParameter, name: string, quirks: CavageQuirks): number {
  const isInteger = /^(?:0|[1-9][0-9]{0,11})$/.test(value) && (!quoted || quirks.quotedNumbers === true)
  if (!isInteger) throw httpError('SIGNATURE_TIME', `${name}=${value}`, { path: name })
  return Number(value)
}

/** Whether a time is covered. Where it is, it must have been given. */
function requireListed(components: ParsedSignature['components'], name: string, value: number | undefined): boolean {
  const listed = components.some((component) => component.name === name)
  if (listed && value === undefined)
    throw httpError('SIGNATURE_PARAMETER_MISSING', name.slice(1, -1), { path: 'headers' })
  return listed
}

function signatureOctets(text: string): Uint8Array {
  if (text === '') throw httpError('SIGNATURE_EMPTY', undefined, { path: 'signature' })
  try {
    return decodeBase64(text)
  } catch (cause) {
    throw httpError('SIGNATURE_BASE64', undefined, { path: 'signature', cause })
  }
}
