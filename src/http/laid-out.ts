import { Recent } from '../core/recent.ts'
import type { CoveredComponent } from './signature.ts'

/** A list of components, laid out for whatever message. */
export interface LaidOut {
  readonly components: readonly CoveredComponent[]
  /** The list as its dialect writes it, without what differs from message to message. */
  readonly serialised: string
}

/** Lists that are kept at most: a profile has few. */
const capacity = 100

/** Throws `TypeError` where this is no list of texts. */
export function requireNames(names: readonly string[]): readonly string[] {
  if (Array.isArray(names) && names.every((name) => typeof name === 'string')) return names
  throw new TypeError('components is a list of names')
}

/** Lays out lists of names, each once: a list that nobody can change is known by itself, another one by its names. */
export function laidOutOnce(layOut: (names: readonly string[]) => LaidOut): typeof layOut {
  const frozen = new WeakMap<readonly string[], LaidOut>()
  const recent = new Recent<string, LaidOut>(capacity)
  return (names) => {
    const same = frozen.get(names)
    if (same !== undefined) return same
    const key = JSON.stringify(requireNames(names))
    const laidOut = recent.get(key) ?? layOut(names)
    recent.set(key, laidOut)
    if (Object.isFrozen(names)) frozen.set(names, laidOut)
    return laidOut
  }
}
