import { Psd2Error } from '../../../src/core/index.ts'
import { type PathWork, pathVerdict, validatePath } from '../../../src/trust/index.ts'
import { authorityVectors } from './authorities.ts'
import { buildingVectors } from './building.ts'
import { constraintVectors } from './constraints.ts'
import { policyVectors } from './policies.ts'
import { signatureVectors } from './signatures.ts'
import { timeVectors } from './times.ts'
import { at, type PathVector } from './vector.ts'

export type { PathVector } from './vector.ts'

/** Every path that is a vector, always of the same octets. */
export const pathVectors: readonly PathVector[] = [
  ...buildingVectors,
  ...authorityVectors,
  ...constraintVectors,
  ...policyVectors,
  ...timeVectors,
  ...signatureVectors,
]

/** The file of a vector: everything as base64 of DER. */
export interface PathFile {
  readonly certificate: string
  readonly intermediates: readonly string[]
  readonly anchors: readonly string[]
}

export function pathFile({ certificate, intermediates, anchors }: PathVector): PathFile {
  const text = (octets: Uint8Array): string => Buffer.from(octets).toString('base64')
  return { certificate: text(certificate), intermediates: intermediates.map(text), anchors: anchors.map(text) }
}

/** What came of a vector. */
export interface PathOutcome {
  readonly error: { readonly code: string; readonly path: string; readonly verdict: string | null } | null
  /** Subjects along the path, from the certificate up. */
  readonly path: readonly string[] | null
  readonly work: PathWork | null
}

/** One entry of `index.json`: what is asked and the whole answer. */
export interface PathEntry extends PathOutcome {
  readonly id: string
  readonly family: string
  readonly says: string
  readonly stored: boolean
  readonly question: PathVector['question']
}

/** What the toolkit answers now. */
export async function pathOutcome(
  { certificate, intermediates, anchors }: Pick<PathVector, 'certificate' | 'intermediates' | 'anchors'>,
  { at: moment = at, purpose = 'any', ...question }: PathVector['question'],
): Promise<PathOutcome> {
  let work: PathWork | null = null
  try {
    const found = await validatePath({
      certificate,
      intermediates,
      anchors,
      at: new Date(moment),
      purpose,
      ...question,
      onWork: (done) => {
        work = done
      },
    })
    return { error: null, path: found.path.map(({ subject }) => String(subject)), work }
  } catch (error) {
    if (!(error instanceof Psd2Error)) throw error
    const { code, path = '' } = error
    return { error: { code, path, verdict: pathVerdict(error) ?? null }, path: null, work }
  }
}

export async function pathEntry(vector: PathVector): Promise<PathEntry> {
  const { id, family, says, stored, question } = vector
  return { id, family, says, stored, question, ...(await pathOutcome(vector, question)) }
}
