import type { ConformanceCode, PathCode, PathQuestion } from '../../../src/trust/index.ts'
import { authority, type Minted } from './mint.ts'

/** What is asked, beside the certificates. */
export interface Question
  extends Pick<PathQuestion, 'names' | 'keyUsage' | 'policies' | 'maxDepth' | 'anchorAsLeaf' | 'budget'> {
  readonly at?: string
  readonly purpose?: PathQuestion['purpose']
  readonly accept?: readonly ConformanceCode[]
}

/** A certificate, what comes with it, what is trusted, and the answer. */
export interface PathVector {
  readonly id: string
  /** Row of the attack catalogue, or the rule that is shown. */
  readonly family: string
  readonly says: string
  readonly certificate: Uint8Array
  readonly intermediates: readonly Uint8Array[]
  readonly anchors: readonly Uint8Array[]
  readonly question: Question
  /** Code and place of the refusal, or how many certificates the path has. */
  readonly expected: readonly [code: PathCode | string, path: string] | number
  /** False for pools that are made anew each time. */
  readonly stored: boolean
}

/** What a vector is made from. */
export interface Case extends Question {
  readonly certificate: Uint8Array
  readonly intermediates?: readonly (Minted | Uint8Array)[]
  readonly anchors?: readonly (Minted | Uint8Array)[]
  readonly stored?: false
}

/** The moment that vectors are decided at. */
export const at = '2026-06-01T00:00:00Z'

export const root: Minted = authority('root')
export const issuing: Minted = authority('issuing', root)

function octets(item: Minted | Uint8Array): Uint8Array {
  return item instanceof Uint8Array ? item : item.der
}

function vector(id: string, family: string, says: string, made: Case, expected: PathVector['expected']): PathVector {
  const { certificate, intermediates = [], anchors = [root], stored = true, ...question } = made
  return {
    id,
    family,
    says,
    certificate,
    intermediates: intermediates.map(octets),
    anchors: anchors.map(octets),
    question,
    expected,
    stored,
  }
}

/** A path that is refused. */
export function refused(id: string, family: string, says: string, made: Case, code: string, path: string): PathVector {
  return vector(id, family, says, made, [code, path])
}

/** A path that holds, of so many certificates. */
export function accepted(id: string, family: string, says: string, made: Case, length = 3): PathVector {
  return vector(id, family, says, made, length)
}

/** Place of an extension of certificates that this mint makes, by its place in the list. */
export function extensionAt(member: number, index: number, rest = ''): string {
  return `path[${member}].tbsCertificate.extensions[${index}]${rest}`
}
