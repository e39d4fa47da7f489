import { cavageParser } from './cavage/parse.ts'
import { type CavageQuirks, readQuirks } from './cavage/quirks.ts'
import { parseJades } from './jades/parse.ts'
import { parseJws } from './jws/parse.ts'
import { type HttpLimits, withHttpLimits } from './limits.ts'
import type { MessageView } from './message.ts'
import { ownOption, requireOptions } from './options.ts'
import { httpError } from './refuse.ts'
import { rfc9421Parser } from './rfc9421/parse.ts'
import type { DialectName, ParsedSignature, SignatureParser } from './signature.ts'

export interface ParseSignatureOptions {
  readonly dialect: DialectName
  /** Departures from the cavage drafts; each is off unless it is named. JAdES knows `trailingNewline` only. */
  readonly quirks?: CavageQuirks | undefined
  readonly limits?: Partial<HttpLimits> | undefined
}

type MakeParser = (quirks: CavageQuirks, limits: HttpLimits) => SignatureParser

const parsers: Readonly<Record<DialectName, MakeParser>> = {
  'cavage-10': (quirks, limits) => cavageParser('cavage-10', quirks, limits),
  'cavage-12': (quirks, limits) => cavageParser('cavage-12', quirks, limits),
  rfc9421: (_, limits) => rfc9421Parser(limits),
  'obie-jws': (_, limits) => (message) => [parseJws(message, 'obie-jws', limits)],
  'obie-jws-raw': (_, limits) => (message) => [parseJws(message, 'obie-jws-raw', limits)],
  'jades-http': (quirks, limits) => (message) => [parseJades(message, quirks.trailingNewline === true, limits)],
}

/**
 * A reader for many messages: as {@link parseSignatures}, and what signatures have in common is read once. What it gives is
 * shared between calls.
 */
export function signatureParser(options: ParseSignatureOptions): SignatureParser {
  requireOptions(options, ['dialect', 'quirks', 'limits'], 'parseSignatures')
  const dialect = ownOption(options, 'dialect')
  if (dialect === undefined || !Object.hasOwn(parsers, dialect)) throw new TypeError(`unknown dialect '${dialect}'`)
  return parsers[dialect](readQuirks(ownOption(options, 'quirks')), withHttpLimits(ownOption(options, 'limits')))
}

/**
 * Reads the signatures of a message, strictly, without a key. What comes back is untrusted: the key reference is a text that
 * nobody has followed, and nothing is verified.
 *
 * @returns at least one; several only under RFC 9421
 * @throws Psd2Error `SIGNATURE_MISSING`, `SIGNATURE_...`, `LIMIT_...`
 * @throws TypeError on an unknown dialect, option or quirk
 */
export function parseSignatures(message: MessageView, options: ParseSignatureOptions): readonly ParsedSignature[] {
  return signatureParser(options)(message)
}

export interface SelectOptions {
  readonly label?: string | undefined
  readonly tag?: string | undefined
}

/**
 * The one signature that counts: that of the label, or of the tag, or the only one. Which it is must not be left to the
 * sender.
 *
 * @throws Psd2Error `SIGNATURE_LABEL_ABSENT`, `SIGNATURE_TAG`, `SIGNATURE_AMBIGUOUS`
 */
export function selectSignature(signatures: readonly ParsedSignature[], options: SelectOptions = {}): ParsedSignature {
  requireOptions(options, ['label', 'tag'], 'selectSignature')
  return signatureOf(signatures, ownOption(options, 'label'), ownOption(options, 'tag'))
}

/** The same for options that were read. */
export function signatureOf(
  signatures: readonly ParsedSignature[],
  label: string | undefined,
  tag: string | undefined,
): ParsedSignature {
  const labelled = label === undefined ? signatures : signatures.filter((signature) => signature.label === label)
  if (labelled.length === 0) throw httpError('SIGNATURE_LABEL_ABSENT', label, { path: 'signature' })
  const tagged = tag === undefined ? labelled : labelled.filter((signature) => signature.tag === tag)
  const [first, ...others] = tagged
  if (first === undefined) throw httpError('SIGNATURE_TAG', tag, { path: 'tag' })
  if (others.length > 0) throw httpError('SIGNATURE_AMBIGUOUS', `${tagged.length} signatures`, { path: 'signature' })
  return first
}
