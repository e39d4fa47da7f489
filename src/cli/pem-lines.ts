import type { PemLines } from '../core/audit-run.ts'

const newline = 0x0a

/** Tells how the base64 of PEM blocks lies in a file. Asked in the order of the file, it looks at each octet once. */
export class PemLineFinder {
  private readonly bytes: Uint8Array
  private line = 1
  private offset = 0

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }

  /** Where the block begins whose place is `line 12`; undefined where the place is no line, or nothing follows it. */
  linesAt(place: string): PemLines | undefined {
    const begin = Number(/^line (\d{1,9})$/.exec(place)?.[1])
    if (!(begin >= this.line) || !this.skipTo(begin + 1)) return undefined
    const end = this.bytes.indexOf(newline, this.offset)
    const stop = end < 0 ? this.bytes.length : end
    let width = 0
    while (this.offset + width < stop && (this.bytes[this.offset + width] as number) > 0x20) width++
    // What does not begin with base64 is no block that can be counted by its first line.
    return width === 0 || this.bytes[this.offset] === 0x2d ? undefined : { first: begin + 1, width }
  }

  private skipTo(line: number): boolean {
    while (this.line < line) {
      const end = this.bytes.indexOf(newline, this.offset)
      if (end < 0) return false
      this.offset = end + 1
      this.line++
    }
    return true
  }
}
