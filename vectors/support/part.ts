import { concatBytes } from '../../src/core/bytes.ts'
import { write } from '../../src/der/index.ts'

/**
 * One element of a DER encoding that is still a tree, so that a vector can replace a part of it and say where that part
 * stands without asking a reader. The label is the path that findings give, with `:something` after it where one path
 * has several elements.
 */
export interface Part {
  readonly label: string
  readonly tag: number
  readonly content: readonly (Part | Uint8Array)[]
  /** Makes other header octets than the tag and the shortest length. */
  readonly header?: (tag: number, length: number) => Uint8Array
}

/** Where a part came to stand. */
export interface Place {
  readonly label: string
  readonly start: number
  readonly content: number
  readonly end: number
}

export interface Encoded {
  readonly bytes: Uint8Array<ArrayBuffer>
  /** Every part, each before the parts inside it: the order in which a reader meets them. */
  readonly places: readonly Place[]
}

const empty = new Uint8Array()

export function part(label: string, tag: number, ...content: readonly (Part | Uint8Array)[]): Part {
  return { label, tag, content }
}

/** A part from what the writer made. */
export function written(label: string, der: Uint8Array): Part {
  const long = (der[1] as number) >= 0x80 ? (der[1] as number) & 0x7f : 0
  return part(label, der[0] as number, der.subarray(2 + long))
}

/** Octets as they stand, sound or not. */
export function literal(label: string, octets: Uint8Array | string): Part {
  const content = typeof octets === 'string' ? hex(octets) : octets
  return { label, tag: -1, content: [content], header: () => empty }
}

export function hex(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text.match(/[0-9a-f]{2}/g) ?? [], (digits) => Number.parseInt(digits, 16))
}

export function text(characters: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(characters)
}

export function encode(root: Part): Encoded {
  const places: Place[] = []
  const bytes = encodeInto(root, places)
  return { bytes, places }
}

function encodeInto({ label, tag, content, header }: Part, places: Place[]): Uint8Array<ArrayBuffer> {
  const first = places.length
  places.push({ label, start: 0, content: 0, end: 0 })
  const bodies: Uint8Array[] = []
  let length = 0
  for (const item of content) {
    const from = places.length
    const body = item instanceof Uint8Array ? item : encodeInto(item, places)
    for (let i = from; i < places.length; i++) places[i] = moved(places[i] as Place, length)
    bodies.push(body)
    length += body.length
  }
  const body = concatBytes(...bodies)
  const whole = header === undefined ? write.element(tag, body) : concatBytes(header(tag, length), body)
  const before = whole.length - length
  for (let i = first + 1; i < places.length; i++) places[i] = moved(places[i] as Place, before)
  places[first] = { label, start: 0, content: before, end: whole.length }
  return whole
}

function moved({ label, start, content, end }: Place, by: number): Place {
  return { label, start: start + by, content: content + by, end: end + by }
}

/** A change of the tree. It throws where the part that it names is not there, so that no vector says nothing. */
export type Edit = (root: Part) => Part

/** Replaces the part with this label by those that `make` gives: none, one or several. */
export function rewrite(label: string, make: (part: Part) => readonly Part[]): Edit {
  return (root) => {
    let found = 0
    const visit = (item: Part): readonly Part[] => {
      if (item.label === label) {
        found++
        return make(item)
      }
      const content = item.content.flatMap((inner): readonly (Part | Uint8Array)[] =>
        inner instanceof Uint8Array ? [inner] : visit(inner),
      )
      return [{ ...item, content }]
    }
    const [changed, ...more] = visit(root)
    if (found !== 1 || changed === undefined || more.length > 0)
      throw new Error(`${found} parts are labelled '${label}'`)
    return changed
  }
}

export function swap(label: string, replacement: Part): Edit {
  return rewrite(label, () => [replacement])
}

/** Other content under the same tag. */
export function fill(label: string, ...content: readonly (Part | Uint8Array)[]): Edit {
  return rewrite(label, (item) => [{ ...item, content }])
}

/** More content after what is there. */
export function add(label: string, ...more: readonly (Part | Uint8Array)[]): Edit {
  return rewrite(label, (item) => [{ ...item, content: [...item.content, ...more] }])
}

export function drop(label: string): Edit {
  return rewrite(label, () => [])
}

/** Puts parts after this one. */
export function follow(label: string, ...more: readonly Part[]): Edit {
  return rewrite(label, (item) => [item, ...more])
}

export function retag(label: string, tag: number): Edit {
  return rewrite(label, (item) => [{ ...item, tag }])
}

/** Other header octets before the same content. */
export function reheader(label: string, header: (tag: number, length: number) => Uint8Array): Edit {
  return rewrite(label, (item) => [{ ...item, header }])
}

/** The length in `count` octets behind the octet that counts them, zeros before it. */
export function paddedLength(label: string, count: number): Edit {
  return reheader(label, (tag, length) => {
    const octets = [tag, 0x80 | count]
    for (let i = count - 1; i >= 0; i--) octets.push(Math.floor(length / 256 ** i) % 256)
    return Uint8Array.from(octets)
  })
}

/** The header as given, whatever the content is. */
export function fixedHeader(label: string, octets: string): Edit {
  return reheader(label, () => hex(octets))
}

/** BER's form without a length: 80 and, at the end, two zero octets. */
export function indefinite(label: string): Edit {
  return rewrite(label, (item) => [
    { ...item, header: (tag) => Uint8Array.of(tag, 0x80), content: [...item.content, new Uint8Array(2)] },
  ])
}

/** The content as one segment of a constructed string, as BER has it. */
export function segmented(label: string, segmentTag: number): Edit {
  return rewrite(label, (item) => [
    { ...item, tag: item.tag | 0x20, content: [{ ...item, label: `${label}:segment`, tag: segmentTag }] },
  ])
}
