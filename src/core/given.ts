/** The members whose value is there: an option that is undefined counts as left out. */
export function given<T extends object>(values: T): { [Name in keyof T]?: Exclude<T[Name], undefined> } {
  const there: Partial<Record<string, unknown>> = {}
  for (const name in values) if (values[name] !== undefined) there[name] = values[name]
  return there as { [Name in keyof T]?: Exclude<T[Name], undefined> }
}
