import { type PathCode, pathError } from './codes.ts'
import type { PathBudget, PathWork } from './types.ts'

/**
 * The defaults are far above what real paths need: two or three signatures, ten candidates, some hundred names. They end
 * hostile input within some ten milliseconds.
 */
export const defaultBudget: PathBudget = /* @__PURE__ */ Object.freeze({
  pool: 1000,
  candidates: 100_000,
  signatures: 100,
  names: 250_000,
  policies: 20_000,
})

const codes: Readonly<Record<keyof PathBudget, PathCode>> = {
  pool: 'LIMIT_PATH_POOL',
  candidates: 'LIMIT_PATH_CANDIDATES',
  signatures: 'LIMIT_PATH_SIGNATURES',
  names: 'LIMIT_PATH_NAMES',
  policies: 'LIMIT_PATH_POLICIES',
}

/** Defaults with the given caps over them. Throws `TypeError` on an unknown name or a value that is no count. */
export function withBudget(over: Partial<PathBudget> | undefined): PathBudget {
  if (over === undefined) return defaultBudget
  if (typeof over !== 'object' || over === null) throw new TypeError('budget must be an object')
  for (const [name, value] of Object.entries(over)) {
    if (!Object.hasOwn(defaultBudget, name)) throw new TypeError(`unknown budget '${name}'`)
    if (!Number.isSafeInteger(value) || value < 0) throw new TypeError(`budget '${name}' must be a count`)
  }
  return { ...defaultBudget, ...over }
}

/** Counts work, and ends it. */
export class Work {
  pool = 0
  candidates = 0
  signatures = 0
  names = 0
  policies = 0
  readonly budget: PathBudget

  constructor(budget: PathBudget) {
    this.budget = budget
  }

  /** Counts before the work is done. Throws `Psd2Error` `LIMIT_PATH_...` where the budget has ended. */
  spend(name: keyof PathBudget, amount = 1): void {
    // What does not fit is not done, and not counted either.
    if (this[name] + amount > this.budget[name]) throw pathError(codes[name], '', `${this.budget[name]} allowed`)
    this[name] += amount
  }

  /** The same for the step that is made most often. */
  spendCandidate(): void {
    if (this.candidates >= this.budget.candidates) this.spend('candidates')
    this.candidates++
  }

  get done(): PathWork {
    const { pool, candidates, signatures, names, policies } = this
    return { pool, candidates, signatures, names, policies }
  }
}
