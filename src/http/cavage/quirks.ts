import type { SignatureAlgorithmName } from '../../crypto/algorithms.ts'
import { requireOptions } from '../options.ts'

/** Departures from the drafts that receivers or senders in the field need. Every one is off unless it is named. */
export interface CavageQuirks {
  /** Names in the list of headers may have upper case; what is signed has them in lower case. */
  readonly headerListCase?: boolean
  /** Names keep their case in the list and in what is signed. */
  readonly keepHeaderCase?: boolean
  /** `created` and `expires` may be quoted. */
  readonly quotedNumbers?: boolean
  /** The value of the Signature header may begin with the word `Signature`. */
  readonly schemeWord?: boolean
  /** Algorithm names that draft -12 deprecates are accepted under it. */
  readonly deprecatedAlgorithms?: boolean
  /** What is covered without the parameter `headers`, in place of what the draft says. */
  readonly defaultHeaders?: readonly string[]
  /** Further names of algorithms, for example `{ SHA256withRSA: 'rsa-v1_5-sha256' }`. */
  readonly algorithmAliases?: Readonly<Record<string, SignatureAlgorithmName>>
  /** A space after each comma between parameters, when signing. */
  readonly spaceAfterComma?: boolean
  /** What is signed ends with a line feed. */
  readonly trailingNewline?: boolean
}

const names: readonly (keyof CavageQuirks)[] = [
  'headerListCase',
  'keepHeaderCase',
  'quotedNumbers',
  'schemeWord',
  'deprecatedAlgorithms',
  'defaultHeaders',
  'algorithmAliases',
  'spaceAfterComma',
  'trailingNewline',
]

const none: CavageQuirks = /* @__PURE__ */ Object.freeze(/* @__PURE__ */ Object.create(null) as CavageQuirks)

/** The quirks as given, with nothing inherited. Throws `TypeError` on a name that is none. */
export function readQuirks(quirks: CavageQuirks | undefined): CavageQuirks {
  if (quirks === undefined) return none
  requireOptions(quirks, names, 'quirks')
  return Object.assign(Object.create(null) as CavageQuirks, quirks)
}
