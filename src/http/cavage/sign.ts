import { laidOutOnce } from '../laid-out.ts'
import type { HttpLimits } from '../limits.ts'
import type { Prepare, Standing } from '../prepare.ts'
import { httpError } from '../refuse.ts'
import type { Signer } from '../signature.ts'
import { seconds } from '../time.ts'
import { algorithmsOf, requireTimesFit } from './algorithm.ts'
import { readNames } from './components.ts'
import { type CavageName, cavageDialects } from './dialects.ts'
import { writeParameter } from './parameters.ts'
import { type CavageQuirks, readQuirks } from './quirks.ts'

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

/** Checks the options and lays out the header; the same checks as when it is read. */
export function prepareCavage(options: Standing<CavageSignOptions>, signer: Signer, limits: HttpLimits): Prepare {
  const { keyId } = options
  if (typeof keyId !== 'string' || keyId === '') throw new TypeError('keyId is a text that is not empty')
  const dialect = cavageDialects[options.dialect]
  const quirks = readQuirks(options.quirks)
  const algorithm =
    options.algorithm === null ? undefined : (options.algorithm ?? nameFor(signer, options.dialect, quirks))
  if (algorithm !== undefined && !algorithmsOf(algorithm, dialect, quirks).includes(signer.algorithm)) {
    throw httpError('SIGNATURE_ALGORITHM_MISMATCH', `${algorithm}, the key is for ${signer.algorithm}`)
  }
  const comma = quirks.spaceAfterComma === true ? ', ' : ','
  const parameter = (name: string, value: string | number | undefined): string =>
    value === undefined ? '' : writeParameter(name, value) + comma
  const [header, scheme] = options.carrier === 'authorization' ? ['Authorization', 'Signature '] : ['Signature', '']
  const named = scheme + parameter('keyId', keyId) + parameter('algorithm', algorithm)
  const layOut = laidOutOnce((names) => {
    const components = readNames(names, dialect, quirks, limits)
    requireTimesFit(components, algorithm)
    const list = parameter('headers', components.map(({ label }) => label).join(' '))
    return { components, serialised: `${list}signature=` }
  })
  const trailingNewline = quirks.trailingNewline === true

  return (occasion) => {
    const { components, serialised } = layOut(occasion.components)
    const created = seconds(occasion.created)
    const expires = seconds(occasion.expires)
    if (!dialect.hasTimes && (created !== undefined || expires !== undefined)) {
      throw new TypeError(`${options.dialect} has no created and expires`)
    }
    const before = named + parameter('created', created) + parameter('expires', expires) + serialised
    return {
      input: { dialect: options.dialect, components, created, expires, serialised: undefined, trailingNewline },
      write: (base64) => [[header, `${before}"${base64}"`]],
    }
  }
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
