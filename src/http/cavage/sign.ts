import type { LaidOut, LaidOutLists } from '../laid-out.ts'
import type { HttpLimits } from '../limits.ts'
import { httpError } from '../refuse.ts'
import type { SignatureInput, Signer } from '../signature.ts'
import { seconds } from '../time.ts'
import { algorithmsOf, requireTimesFit } from './algorithm.ts'
import { readNames } from './components.ts'
import { type CavageName, cavageDialects } from './dialects.ts'
import { writeParameter } from './parameters.ts'
import type { CavageQuirks } from './quirks.ts'

/** What a signature by the drafts is made of. */
export interface CavageSignOptions {
  readonly dialect: CavageName
  readonly keyId: string
  /** What is covered, in this order: lower-case headers, `(request-target)`, and in -12 `(created)` and `(expires)`. */
  readonly components: readonly string[]
  /** The `algorithm` parameter. Default: the name that the dialect has for the signer's algorithm; null leaves it out. */
  readonly algorithm?: string | null | undefined
  readonly created?: Date | undefined
  readonly expires?: Date | undefined
  /** Default `signature`. */
  readonly carrier?: 'signature' | 'authorization' | undefined
  readonly quirks?: CavageQuirks | undefined
}

/** What will be signed, and how the header is written once the signature is there. */
export interface PreparedSignature {
  readonly input: SignatureInput
  readonly write: (base64: string) => readonly (readonly [name: string, value: string])[]
}

/** Checks the options and lays out the header; the same checks as when it is read. */
export function prepareCavage(
  options: CavageSignOptions,
  signer: Signer,
  quirks: CavageQuirks,
  limits: HttpLimits,
  known: LaidOutLists,
): PreparedSignature {
  const dialect = cavageDialects[options.dialect]
  const { keyId } = options
  if (typeof keyId !== 'string' || keyId === '') throw new TypeError('keyId is a text that is not empty')
  const { components, serialised } = layOut(options, quirks, limits, known)
  const algorithm =
    options.algorithm === null ? undefined : (options.algorithm ?? nameFor(signer, options.dialect, quirks))
  if (algorithm !== undefined && !algorithmsOf(algorithm, dialect, quirks).includes(signer.algorithm)) {
    throw httpError('SIGNATURE_ALGORITHM_MISMATCH', `${algorithm}, the key is for ${signer.algorithm}`)
  }
  requireTimesFit(components, algorithm)
  if (!dialect.hasTimes && (options.created !== undefined || options.expires !== undefined)) {
    throw new TypeError(`${options.dialect} has no created and expires`)
  }
  const created = seconds(options.created)
  const expires = seconds(options.expires)
  const input: SignatureInput = {
    dialect: options.dialect,
    components,
    created,
    expires,
    serialised: undefined,
    trailingNewline: quirks.trailingNewline === true,
  }
  const comma = quirks.spaceAfterComma === true ? ', ' : ','
  let before = writeParameter('keyId', keyId) + comma
  if (algorithm !== undefined) before += writeParameter('algorithm', algorithm) + comma
  if (created !== undefined) before += writeParameter('created', created) + comma
  if (expires !== undefined) before += writeParameter('expires', expires) + comma
  before += serialised + comma
  const write: PreparedSignature['write'] = (base64) => {
    const text = `${before}signature="${base64}"`
    return options.carrier === 'authorization' ? [['Authorization', `Signature ${text}`]] : [['Signature', text]]
  }
  return { input, write }
}

function layOut(
  { components: names, dialect }: CavageSignOptions,
  quirks: CavageQuirks,
  limits: HttpLimits,
  known: LaidOutLists,
): LaidOut {
  const key = `${dialect} ${quirks.keepHeaderCase} ${quirks.headerListCase} ${JSON.stringify(names)}`
  const before = known.get(key)
  if (before !== undefined) return before
  const components = readNames(names, cavageDialects[dialect], quirks, limits)
  const laidOut = { components, serialised: writeParameter('headers', components.map(({ label }) => label).join(' ')) }
  known.set(key, laidOut)
  return laidOut
}

/** The first name of the dialect that fits the signer; a name that is accepted before one that is not. */
function nameFor(signer: Signer, dialectName: CavageName, quirks: CavageQuirks): string {
  const accepted = cavageDialects[dialectName].algorithms.filter(
    ({ standing }) => standing === 'active' || (standing === 'deprecated' && quirks.deprecatedAlgorithms === true),
  )
  const algorithm = accepted.find(({ fits }) => fits.includes(signer.algorithm))
  if (algorithm === undefined)
    throw httpError('SIGNATURE_ALGORITHM_NOT_ALLOWED', `${signer.algorithm} in ${dialectName}`)
  return algorithm.name
}
