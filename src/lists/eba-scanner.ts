import { ebaError } from './eba-codes.ts'

/** One entry of the register: its octets, and where they stand in the file. */
export interface ScannedEntry {
  /** A view that holds until the next octets come. */
  readonly bytes: Uint8Array
  readonly offset: number
  /** Place among the entries. */
  readonly index: number
}

/** Octets of one entry. The largest published ones have under 20 KiB. */
const largestEntry = 1 << 20

const quote = 0x22
const backslash = 0x5c

/** What a file is, by how it begins. */
const beginnings: readonly (readonly [octets: string, says: string])[] = [
  ['PK\x03\x04', 'it is a zip archive: unzip -p FILE "*.json" | psd2 trust eba index - --out INDEX'],
  ['\x1f\x8b', 'it is a gzip archive: gunzip -c FILE | psd2 trust eba index - --out INDEX'],
  ['psd2eba\n', 'it is an index already'],
  ['{', 'it is one JSON object, perhaps the metadata that name the register file'],
  ['<', 'it is XML or HTML, perhaps a trusted list or a page that says why there is no file'],
]

/**
 * Cuts `[[disclaimer], [entry, entry, ...]]` into entries as its octets come, keeping no more than the entry that is being
 * read. It looks at brackets and strings only: what an entry says is read by whoever takes it.
 */
export class EbaScanner {
  /** Octets of earlier chunks. */
  private before = 0
  /** Brackets that are open: the file, a list of it, an entry, and what is in the entry. */
  private depth = 0
  private inString = false
  private escaped = false
  /** Lists that were closed. */
  private lists = 0
  private entries = 0
  private ended = false
  private started = false
  /** What came of an entry that is not whole yet, and how much of it counts. */
  private pending = new Uint8Array(1 << 12)
  private pendingSize = 0

  /** Throws where the file ended before its last bracket, or without an entry. */
  finish(): void {
    if (!this.started) throw ebaError('EBA_NOT_REGISTER', 0, 'the file is empty')
    if (!this.ended) throw ebaError('EBA_TRUNCATED', this.before, `after ${this.entries} entries`)
    if (this.entries === 0) throw ebaError('EBA_EMPTY', this.before)
  }

  /** The entries that end in this chunk. Objects of the first list are the disclaimer, and no entries. */
  *push(chunk: Uint8Array): Generator<ScannedEntry> {
    const size = chunk.length
    let start = this.depth > 2 ? 0 : -1
    for (let i = this.started ? 0 : this.begin(chunk); i < size; i++) {
      if (this.inString) {
        i = this.skipString(chunk, i)
        continue
      }
      const octet = chunk[i] as number
      switch (octet) {
        case quote:
          if (this.depth < 3) throw this.wrong(i, 'text')
          this.inString = true
          break
        case 0x5b: // [
        case 0x7b: // {
          if (this.depth < 3) this.open(octet, i)
          if (this.depth === 2) start = i
          this.depth++
          break
        case 0x5d: // ]
        case 0x7d: // }
          this.depth--
          if (this.depth === 2) {
            if (this.lists === 1) yield this.entry(chunk, start, i + 1)
            else this.pendingSize = 0
            start = -1
          } else if (this.depth < 2) this.close(octet, i)
          break
        case 0x20:
        case 0x0a:
        case 0x0d:
        case 0x09:
          break
        default:
          // A comma between entries, or what an entry holds.
          if (this.depth < 3 && (octet !== 0x2c || this.ended)) throw this.wrong(i)
      }
    }
    if (start >= 0) this.keep(chunk.subarray(start))
    this.before += size
  }

  /** The first octets tell what a file is. */
  private begin(chunk: Uint8Array): number {
    let at = chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf ? 3 : 0
    while (at < chunk.length && isSpace(chunk[at] as number)) at++
    if (at === chunk.length) return at
    this.started = true
    if (chunk[at] === 0x5b) return at
    const text = String.fromCharCode(...chunk.subarray(at, at + 8))
    throw ebaError('EBA_NOT_REGISTER', at, beginnings.find(([octets]) => text.startsWith(octets))?.[1])
  }

  /** Moves to the end of a string, or of the chunk. */
  private skipString(chunk: Uint8Array, from: number): number {
    let i = from
    if (this.escaped) {
      this.escaped = false
      i++
    }
    for (; i < chunk.length; i++) {
      const octet = chunk[i]
      if (octet === quote) {
        this.inString = false
        return i
      }
      if (octet === backslash && ++i === chunk.length) this.escaped = true
    }
    return i
  }

  /** A bracket that opens the file, a list or an entry. */
  private open(octet: number, at: number): void {
    const wanted = this.depth < 2 ? 0x5b : 0x7b
    if (octet !== wanted || this.ended) throw this.wrong(at)
    if (this.depth === 1 && this.lists === 2) throw this.wrong(at, 'a third list')
  }

  /** A bracket that closes a list or the file. */
  private close(octet: number, at: number): void {
    if (octet !== 0x5d || this.depth < 0) throw ebaError('EBA_SYNTAX', this.before + at)
    if (this.depth === 1) this.lists++
    else {
      if (this.lists !== 2) throw this.wrong(at, `${this.lists} lists`)
      this.ended = true
    }
  }

  private entry(chunk: Uint8Array, start: number, end: number): ScannedEntry {
    const offset = this.before + start - this.pendingSize
    if (this.pendingSize === 0 && end - start > largestEntry) throw ebaError('LIMIT_EBA_ENTRY', offset)
    let bytes = chunk.subarray(start, end)
    if (this.pendingSize > 0) {
      this.keep(bytes)
      bytes = this.pending.subarray(0, this.pendingSize)
      this.pendingSize = 0
    }
    return { bytes, offset, index: this.entries++ }
  }

  private keep(part: Uint8Array): void {
    const size = this.pendingSize + part.length
    if (size > largestEntry) throw ebaError('LIMIT_EBA_ENTRY', this.before)
    if (size > this.pending.length) {
      const larger = new Uint8Array(size * 2)
      larger.set(this.pending.subarray(0, this.pendingSize))
      this.pending = larger
    }
    this.pending.set(part, this.pendingSize)
    this.pendingSize = size
  }

  private wrong(at: number, detail?: string) {
    return ebaError('EBA_SHAPE', this.before + at, detail)
  }
}

function isSpace(octet: number): boolean {
  return octet === 0x20 || octet === 0x0a || octet === 0x0d || octet === 0x09
}
