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

  /** Lower-case hexadecimal. */
  get hex(): string {
    return toHex(this.value)
  }
}
