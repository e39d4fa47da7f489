/** Longest list that is searched and not hashed. */
const short = 24

/**
 * Which object identifiers a list has. Each known one has a number; where no number of the list has set its bit, it is new,
 * which takes no search. Otherwise a short list is searched; a long one, which only an attacker sends, is hashed.
 */
export class Seen {
  declare private bits: number
  declare private hashed: Set<string> | undefined
  /** How many of the list are hashed. */
  declare private count: number

  constructor() {
    this.bits = 0
    this.hashed = undefined
    this.count = 0
  }

  /** True where the list, to which all that was asked here has been added, has this identifier already. */
  again(oid: string, number: number, list: readonly { readonly oid: string }[]): boolean {
    const bit = 1 << (number & 31)
    if ((this.bits & bit) !== 0) return this.search(oid, list)
    this.bits |= bit
    return false
  }

  private search(oid: string, list: readonly { readonly oid: string }[]): boolean {
    if (list.length <= short) return list.some((item) => item.oid === oid)
    this.hashed ??= new Set()
    for (; this.count < list.length; this.count++) this.hashed.add((list[this.count] as { oid: string }).oid)
    return this.hashed.has(oid)
  }
}
