import { Recent } from '../core/recent.ts'
import type { CoveredComponent } from './signature.ts'

/** A list of components, laid out for whatever message. */
export interface LaidOut {
  readonly components: readonly CoveredComponent[]
  /** The list as its dialect writes it, without what differs from message to message. */
  readonly serialised: string
}

/** Lists that were laid out, by their names and whatever else decides how. */
export type LaidOutLists = Recent<string, LaidOut>

/** Lists that are kept at most: a profile has few. */
const capacity = 100

export function laidOutLists(): LaidOutLists {
  return new Recent(capacity)
}
