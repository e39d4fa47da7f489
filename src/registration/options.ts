/** Throws `TypeError` where options are no object or have a name that is not known: a typo must not turn a check off. */
export function requireOptions(options: object, known: readonly string[], what: string): void {
  if (typeof options !== 'object' || options === null) throw new TypeError(`the options of ${what} are an object`)
  for (const name in options) {
    if (!known.includes(name)) {
      throw new TypeError(`unknown option '${name}' of ${what}; there are: ${known.join(', ')}`)
    }
  }
}

/** Throws `TypeError` where `at` is no moment. */
export function requireMoment(at: unknown): asserts at is Date {
  if (!(at instanceof Date) || Number.isNaN(at.getTime())) throw new TypeError('at must be a Date that is a moment')
}
