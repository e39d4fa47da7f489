/** Caps on what an attacker chooses. Every one ends in a typed error with code `LIMIT_...`. */
export interface Limits {
  /** Octets of one certificate. */
  readonly size: number
  /** Nesting of constructed values. */
  readonly depth: number
  /** Tag-length-value elements read in one certificate. */
  readonly elements: number
  /** Content octets of one OBJECT IDENTIFIER. */
  readonly oid: number
  /** Content octets of one character string. */
  readonly string: number
  /** Content octets of one INTEGER. */
  readonly integer: number
}

/**
 * The defaults are several times what the largest real certificates need: the biggest of the EU trusted lists has
 * under 4 KiB, 12 levels and 400 elements.
 */
export const defaultLimits: Limits = Object.freeze({
  size: 1 << 20,
  depth: 48,
  elements: 10_000,
  oid: 128,
  string: 32_768,
  integer: 8_200,
})

/** Defaults with the given caps put over them. Throws `TypeError` on an unknown name or a value that is no count. */
export function withLimits(over: Partial<Limits> | undefined): Limits {
  if (over === undefined) return defaultLimits
  for (const [name, value] of Object.entries(over)) {
    if (!Object.hasOwn(defaultLimits, name)) throw new TypeError(`unknown limit '${name}'`)
    if (!Number.isSafeInteger(value) || value < 1) throw new TypeError(`limit '${name}' must be a positive integer`)
  }
  return { ...defaultLimits, ...over }
}
