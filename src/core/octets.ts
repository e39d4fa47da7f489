import { toHex } from './bytes.ts'

/**
 * A part of the octets that were read, kept as a place and not as a copy. What it gives is a view: do not change the
 * octets while a record over them is in use.
 */
export class Octets {
  declare protected readonly whole: Uint8Array
  /** Absolute offset of the first octet. */
  declare readonly offset: number
  declare readonly length: number

  constructor(whole: Uint8Array, start: number, end: number) {
    this.whole = whole
    this.offset = start
    this.length = end - start
  }

  /** The octets themselves, as a view. */
  get value(): Uint8Array {
    return this.whole.subarray(this.offset, this.offset + this.length)
  }

  /** One octet; undefined beyond the last. */
  at(index: number): number | undefined {
    return index < this.length ? this.whole[this.offset + index] : undefined
  }

  /** True where both are the same octets. Allocates nothing. */
  equals(other: Octets): boolean {
    const { whole: a, offset: from, length } = this
    const { whole: b, offset: at } = other
    if (length !== other.length) return false
    if (a === b && from === at) return true
    // From the end: names and keys of one kind begin alike.
    for (let i = length - 1; i >= 0; i--) if (a[from + i] !== b[at + i]) return false
    return true
  }

  /**
   * A number from the octets (FNV-1a), to find what may be equal; that it is must be compared. Anybody can make octets of one
   * number: count what is looked at.
   */
  get hash(): number {
    const { whole, offset } = this
    const end = offset + this.length
    let hash = 0x811c9dc5
    for (let i = offset; i < end; i++) hash = Math.imul(hash ^ (whole[i] as number), 0x01000193)
    return hash
  }

  /** Lower-case hexadecimal. */
  get hex(): string {
    return toHex(this.value)
  }
}
