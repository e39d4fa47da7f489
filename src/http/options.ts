/** Throws `TypeError` on an option that is not among the names: a misspelt option must not turn a check off. */
export function requireOptions(given: object, names: readonly string[], what: string): void {
  if (typeof given !== 'object' || given === null) throw new TypeError(`${what} takes an object of options`)
  for (const name in given) if (!names.includes(name)) throw new TypeError(`unknown option '${name}' of ${what}`)
}

/** An option that is the caller's own, so that nothing set on `Object.prototype` can take part. */
export function ownOption<Options extends object, Name extends keyof Options>(
  options: Options,
  name: Name,
): Options[Name] | undefined {
  return Object.hasOwn(options, name) ? options[name] : undefined
}
