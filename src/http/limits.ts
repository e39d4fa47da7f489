/** Caps on what the sender of a message chooses. Every one ends in a typed error with code `LIMIT_...`. */
export interface HttpLimits {
  /** Header lines of a message, and trailer lines. */
  readonly headers: number
  /** Characters of one header value. */
  readonly value: number
  /** Characters of the request target. */
  readonly target: number
  /** Characters of all lines of a signature field together. */
  readonly signatureField: number
  /** Signatures in a message. */
  readonly signatures: number
  /** Components that one signature covers. */
  readonly components: number
  /** Members, items and parameters of one structured field. */
  readonly members: number
}

export const defaultHttpLimits: HttpLimits = Object.freeze({
  headers: 200,
  value: 65_536,
  target: 16_384,
  signatureField: 32_768,
  signatures: 16,
  components: 64,
  members: 1_024,
})

/** Defaults with the given caps put over them. Throws `TypeError` on an unknown name or a value that is no count. */
export function withHttpLimits(over: Partial<HttpLimits> | undefined): HttpLimits {
  if (over === undefined) return defaultHttpLimits
  for (const [name, value] of Object.entries(over)) {
    if (!Object.hasOwn(defaultHttpLimits, name)) throw new TypeError(`unknown limit '${name}'`)
    if (!Number.isSafeInteger(value) || value < 1) throw new TypeError(`limit '${name}' must be a positive integer`)
  }
  return { ...defaultHttpLimits, ...over }
}
