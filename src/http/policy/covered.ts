import type { CoveredComponent } from '../signature.ts'

/** What a list of components covers, in the forms in which it is asked. */
export interface Covered {
  /** Ids in the order of the list, as policies and reports name components. */
  readonly list: readonly string[]
  /** Ids that policies may want, each of which the list satisfies. */
  readonly ids: ReadonlySet<string>
  /** Date of the message itself, not that of the request it answers. */
  readonly hasDate: boolean
}

/**
 * Tells what lists cover. One that nobody can change is looked at once: parsers give the same list for all signatures of a
 * sender.
 */
export function coverage(): (components: readonly CoveredComponent[]) => Covered {
  const known = new WeakMap<readonly CoveredComponent[], Covered>()
  return (components) => {
    const found = known.get(components)
    if (found !== undefined) return found
    const covered = {
      list: Object.freeze(components.map(({ id }) => id)),
      ids: new Set(components.map(satisfiedId)),
      hasDate: components.some(({ name, parameters }) => name === 'date' && !parameters.has('req')),
    }
    if (Object.isFrozen(components) && components.every(Object.isFrozen)) known.set(components, covered)
    return covered
  }
}

/** The id that a component satisfies: `sf` and `bs` cover the whole field too, `key`, `tr` and `req` something else. */
function satisfiedId({ name, id, parameters }: CoveredComponent): string {
  for (const parameter of parameters.keys()) if (parameter !== 'sf' && parameter !== 'bs') return id
  return name
}
