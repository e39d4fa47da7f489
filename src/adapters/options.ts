/** A caller's misspelt option must not pass for one that was left out. */
export function requireNames(options: object, names: ReadonlySet<string>, what: string): void {
  for (const name in options) if (!names.has(name)) throw new TypeError(`unknown option '${name}' of ${what}`)
}

/** The clock of the rim: what is below it gets moments, never a clock. */
export const systemClock = (): Date => new Date()
