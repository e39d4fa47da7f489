/** Checks of names that a caller wrote, with a word of help where one is mistyped. */

/** No known name is longer. */
const longestName = 100

/** The candidates that differ least from `name`, best first, at most `count`. */
export function nearestNames(name: string, candidates: readonly string[], count = 3): string[] {
  // A name may be somebody else's text, of any length.
  const wanted = name.slice(0, longestName).toLowerCase()
  return candidates
    .map((candidate) => ({ candidate, distance: distance(wanted, candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, count)
    .map(({ candidate }) => candidate)
}

/** Levenshtein distance, one row at a time. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 0; i < a.length; i++) {
    const next = [i + 1]
    for (let j = 0; j < b.length; j++) {
      const change = (row[j] as number) + (a[i] === b[j] ? 0 : 1)
      next.push(Math.min(change, (row[j + 1] as number) + 1, (next[j] as number) + 1))
    }
    row = next
  }
  return row[b.length] as number
}

/** A `TypeError` that says which names come nearest to the one that is not known. */
export function unknownName(what: string, name: string, candidates: readonly string[]): TypeError {
  return new TypeError(`unknown ${what} '${name}'; nearest: ${nearestNames(name, candidates).join(', ')}`)
}

/** Throws `TypeError` where `options` is no object or has a name that `known` lacks. */
export function checkOptionNames(options: object, known: Readonly<Record<string, true>>): void {
  if (typeof options !== 'object' || options === null) throw new TypeError('options must be an object')
  for (const name of Object.keys(options)) {
    if (!Object.hasOwn(known, name)) throw unknownName('option', name, Object.keys(known))
  }
}
