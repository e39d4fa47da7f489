import { viewBase64 } from '../../core/base64.ts'
import { readOnlyMap } from '../../core/read-only-map.ts'
import { Recent } from '../../core/recent.ts'
import type { HttpLimits } from '../limits.ts'
import { httpError } from '../refuse.ts'
import type { ParsedSignature, SignatureParser } from '../signature.ts'
import { algorithmsOf, requireTimesFit } from './algorithm.ts'
import { type Carried, readCarrier } from './carriers.ts'
import { readHeaderList, readNames } from './components.ts'
import { type CavageName, cavageDialects } from './dialects.ts'
import { parseParameters, type RawParameter, type RawParameters } from './parameters.ts'
import type { CavageQuirks } from './quirks.ts'

/** What a signature says beside its octets: the same for all requests of one sender. */
type Claims = Omit<ParsedSignature, 'signature'>

/** Senders whose parameters are kept at most, and how long a header of theirs may be. */
const capacity = 1000
const longest = 4096

/**
 * Reads the signature of messages by one of the two drafts. Everything is checked that can be without the key: grammar,
 * names, the list of headers, the algorithm's name, times, base64. Parameters that came before are not read again.
 *
 * @throws Psd2Error `SIGNATURE_...`, `LIMIT_...`
 */
export function cavageParser(name: CavageName, quirks: CavageQuirks, limits: HttpLimits): SignatureParser {
  const known = new Recent<string, Claims>(capacity)
  return (message) => {
    const { carrier, text } = readCarrier(message.fields, quirks, limits)
    // Nearly everybody ends with the signature: what is before it is then the same for all requests of one sender.
    const start = text.indexOf(mark) + mark.length
    const before = text.slice(0, start)
    const claims = known.get(before)
    if (claims?.label === carrier && text.endsWith('"')) {
      const octets = octetsOfBase64(text.slice(start, -1))
      if (octets !== undefined) return [withSignature(claims, octets)]
    }
    const read = readWhole(text, carrier, name, quirks, limits)
    // Where the mark stands inside of another parameter, more follows than the signature and its quotation mark.
    const isLast = start + read.signature.length + 1 === text.length
    if (isLast && text.length <= longest) known.set(before, read.claims)
    return [withSignature(read.claims, signatureOctets(read.signature))]
  }
}

const mark = 'signature="'

/** Member by member: a spread of so many takes longer than all else that is done with a sender who is known. */
function withSignature(claims: Claims, signature: Uint8Array): ParsedSignature {
  return {
    dialect: claims.dialect,
    label: claims.label,
    components: claims.components,
    created: claims.created,
    expires: claims.expires,
    createdCovered: claims.createdCovered,
    expiresCovered: claims.expiresCovered,
    serialised: claims.serialised,
    trailingNewline: claims.trailingNewline,
    keyId: claims.keyId,
    algorithm: claims.algorithm,
    algorithms: claims.algorithms,
    nonce: claims.nonce,
    tag: claims.tag,
    parameters: claims.parameters,
    signature,
  }
}

/** Undefined where it is none: reading all of it will tell what is wrong. */
function octetsOfBase64(text: string): Uint8Array | undefined {
  try {
    return text === '' ? undefined : viewBase64(text)
  } catch {
    return undefined
  }
}

function readWhole(
  text: string,
  carrier: Carried['carrier'],
  dialectName: CavageName,
  quirks: CavageQuirks,
  limits: HttpLimits,
): { claims: Claims; signature: string } {
  const dialect = cavageDialects[dialectName]
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
  const texts = [...raw].map(([name, { value }]) => [name, value] as const)
  const claims: Claims = {
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
    parameters: readOnlyMap(new Map(texts.filter(([name]) => name !== 'signature'))),
  }
  return { claims, signature }
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
    return viewBase64(text)
  } catch (cause) {
    throw httpError('SIGNATURE_BASE64', undefined, { path: 'signature', cause })
  }
}
