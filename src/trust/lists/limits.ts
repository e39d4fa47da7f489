/** Caps on a trusted list before its signature is known to be right. */
export interface ListLimits {
  /** Octets. */
  readonly size: number
  /** Nesting of elements. */
  readonly depth: number
  readonly elements: number
  /** Elements, comments and sections directly in one element. */
  readonly children: number
  /** Of one element, namespace declarations among them. */
  readonly attributes: number
}

/**
 * Twice and more what the largest published lists need; of children they have 75. Verifying costs about a second a mebibyte,
 * and a tree of many children in one element the square of these.
 */
export const defaultListLimits: ListLimits = Object.freeze({
  size: 10 << 20,
  depth: 48,
  elements: 100_000,
  children: 2_000,
  attributes: 32,
})

/** Defaults with the given caps put over them. Throws `TypeError` on an unknown name or a value that is no count. */
export function withListLimits(over: Partial<ListLimits> | undefined): ListLimits {
  if (over === undefined) return defaultListLimits
  for (const [name, value] of Object.entries(over)) {
    if (!Object.hasOwn(defaultListLimits, name)) throw new TypeError(`unknown limit '${name}'`)
    if (!Number.isSafeInteger(value) || value < 1) throw new TypeError(`limit '${name}' must be a positive integer`)
  }
  return { ...defaultListLimits, ...over }
}
