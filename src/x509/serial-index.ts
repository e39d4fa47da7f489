/** Serial numbers that share a slot and are looked through before the index is given up. */
const longestProbe = 64
/** A list that is shorter is looked through: that takes less than an index. */
const shortList = 64

/**
 * Finds entries of a revocation list by serial number. It keeps one offset an entry, in a table that is made when it is first
 * asked for. Whoever chooses serial numbers so that they share a slot gets a list that is looked through from end to end, and
 * no more than that. The entries have been read before: their headers are sound.
 */
export class SerialIndex {
  private readonly bytes: Uint8Array
  private readonly start: number
  private readonly end: number
  private readonly count: number
  /** Offsets of entries, 0 where a slot is free; null where the list is looked through. */
  private slots: Uint32Array | null | undefined

  constructor(bytes: Uint8Array, start: number, end: number, count: number) {
    this.bytes = bytes
    this.start = start
    this.end = end
    this.count = count
  }

  /** Offsets of all entries, in order. */
  *starts(): Generator<number> {
    for (let at = this.start; at < this.end; at = elementEnd(this.bytes, at)) yield at
  }

  /** Offsets of the entries with this serial number, the content of an INTEGER. */
  *find(serial: Uint8Array): Generator<number> {
    if (this.slots === undefined) this.slots = this.count < shortList ? null : this.build()
    const { bytes, slots } = this
    if (slots === null) {
      for (let at = this.start; at < this.end; at = elementEnd(bytes, at)) if (hasSerial(bytes, at, serial)) yield at
      return
    }
    const mask = slots.length - 1
    for (let slot = hash(serial, 0, serial.length) & mask; ; slot = (slot + 1) & mask) {
      const at = slots[slot] as number
      if (at === 0) return
      if (hasSerial(bytes, at, serial)) yield at
    }
  }

  private build(): Uint32Array | null {
    const { bytes } = this
    let size = 128
    while (size < this.count * 2) size *= 2
    const slots = new Uint32Array(size)
    for (let at = this.start; at < this.end; at = elementEnd(bytes, at)) {
      const serial = contentStart(bytes, contentStart(bytes, at))
      let slot = hash(bytes, serial, elementEnd(bytes, contentStart(bytes, at))) & (size - 1)
      for (let probe = 0; slots[slot] !== 0; probe++) {
        if (probe === longestProbe) return null
        slot = (slot + 1) & (size - 1)
      }
      slots[slot] = at
    }
    return slots
  }
}

/** FNV-1a of 32 bits, its high bits folded in. */
function hash(bytes: Uint8Array, start: number, end: number): number {
  let value = 0x811c9dc5
  for (let i = start; i < end; i++) value = Math.imul(value ^ (bytes[i] as number), 0x01000193)
  return (value ^ (value >>> 15)) >>> 0
}

/** The content of an element whose header is sound. */
function contentStart(bytes: Uint8Array, at: number): number {
  const first = bytes[at + 1] as number
  return first < 0x80 ? at + 2 : at + 2 + (first & 0x7f)
}

function elementEnd(bytes: Uint8Array, at: number): number {
  const first = bytes[at + 1] as number
  if (first < 0x80) return at + 2 + first
  const start = contentStart(bytes, at)
  let length = 0
  for (let i = at + 2; i < start; i++) length = length * 256 + (bytes[i] as number)
  return start + length
}

/** An entry begins with its serial number. */
function hasSerial(bytes: Uint8Array, entry: number, serial: Uint8Array): boolean {
  const header = contentStart(bytes, entry)
  const start = contentStart(bytes, header)
  if (elementEnd(bytes, header) - start !== serial.length) return false
  for (let i = 0; i < serial.length; i++) if (bytes[start + i] !== serial[i]) return false
  return true
}
