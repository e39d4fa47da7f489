import { concatBytes } from '../../src/core/bytes.ts'
import { element } from '../../src/der/writer.ts'

/** One element of DER octets, opened up as far as it can be: the mutator's own picture, which knows nothing of X.509. */
export interface Tree {
  tag: number
  /** Octets before the parts: the count of unused bits where a BIT STRING holds DER. */
  prefix: Uint8Array
  /** Content of an element that has no parts. */
  content: Uint8Array
  parts: Tree[] | undefined
}

const nothing = new Uint8Array()

/** The elements of octets that are DER from end to end; undefined where they are not. */
export function parseTrees(bytes: Uint8Array): Tree[] | undefined {
  const trees: Tree[] = []
  let at = 0
  while (at < bytes.length) {
    const tag = bytes[at] as number
    const first = bytes[at + 1]
    if (tag === 0 || (tag & 0x1f) === 0x1f || first === undefined) return undefined
    let length = first
    at += 2
    if (first >= 0x80) {
      const count = first & 0x7f
      if (count === 0 || count > 3) return undefined
      length = 0
      for (let i = 0; i < count; i++) length = length * 256 + (bytes[at++] ?? 0)
    }
    if (at + length > bytes.length) return undefined
    trees.push(openTree(tag, bytes.subarray(at, at + length)))
    at += length
  }
  return trees
}

/** Constructed elements have parts; so have strings of octets or bits that hold DER. */
function openTree(tag: number, content: Uint8Array): Tree {
  const prefixed = tag === 0x03 && content[0] === 0
  const inner = prefixed ? content.subarray(1) : content
  const mayHold = (tag & 0x20) !== 0 || tag === 0x04 || prefixed
  const parts = mayHold && (inner.length > 1 || (tag & 0x20) !== 0) ? parseTrees(inner) : undefined
  if (parts === undefined) return { tag, prefix: nothing, content, parts }
  return { tag, prefix: prefixed ? content.subarray(0, 1) : nothing, content: nothing, parts }
}

/** The octets of a tree, every length in its shortest form. */
function writeTree(tree: Tree): Uint8Array {
  if (tree.parts === undefined) return element(tree.tag, tree.content)
  return element(tree.tag, tree.prefix, ...tree.parts.map(writeTree))
}

/** One change. `at` and `other` pick what is changed, `value` says how; each is taken modulo what there is. */
export interface Edit {
  readonly kind: string
  readonly at: number
  readonly other: number
  readonly value: number
}

/** A tree, the list that it stands in, and its place there. */
interface Spot {
  readonly tree: Tree
  readonly list: Tree[]
  readonly index: number
}

function spotsOf(list: Tree[], spots: Spot[] = []): Spot[] {
  for (const [index, tree] of list.entries()) {
    spots.push({ tree, list, index })
    if (tree.parts !== undefined) spotsOf(tree.parts, spots)
  }
  return spots
}

const clone = (tree: Tree): Tree => ({ ...tree, parts: tree.parts?.map(clone) })

const stringTags = [0x0c, 0x12, 0x13, 0x14, 0x16, 0x1a, 0x1c, 0x1e]

/** Contents that are hard to read as text: one fault behind another, and none for every width of a character. */
const texts = [
  [0x40, 0x00],
  [0x0a, 0x40, 0xff, 0x41, 0x41, 0x41, 0x41, 0x41, 0x41, 0x41, 0x41, 0x41, 0x41, 0x41],
  [0x00, 0x0a, 0xd8, 0x00],
  [0x00, 0x00, 0x00, 0x0a, 0xff, 0xff, 0xff, 0xff],
  [0xf0, 0x9f, 0x98, 0x80, 0x00, 0x20, 0x0a],
  [0xed, 0xa0, 0x80],
  [0x20, 0x23, 0x2c, 0x5c, 0x22, 0x20],
  [],
].map((octets) => Uint8Array.from(octets))

/** Changes of the tree. Lengths stay right, so that what is changed is read and not refused at the top. */
const treeEdits: Readonly<Record<string, (spot: Spot, other: Spot, edit: Edit) => void>> = {
  tag: ({ tree }, _, { value }) => {
    tree.tag = value & 0xff
  },
  form: ({ tree }) => {
    tree.tag ^= 0x20
  },
  duplicate: ({ tree, list, index }) => void list.splice(index, 0, clone(tree)),
  drop: ({ list, index }) => void list.splice(index, 1),
  swap: ({ list, index }) => void list.push(...list.splice(index, 1)),
  splice: ({ list, index }, { tree }) => void list.splice(index, 1, clone(tree)),
  insert: ({ list, index }, _, { value }) => {
    list.splice(index, 0, { tag: value & 0xff, prefix: nothing, content: nothing, parts: undefined })
  },
  content: ({ tree }, _, { other, value }) => {
    if (tree.parts !== undefined || tree.content.length === 0) return
    tree.content = tree.content.with(other % tree.content.length, value & 0xff)
  },
  text: ({ tree }, _, { other, value }) => {
    if (!stringTags.includes(tree.tag) && tree.tag !== 0x86 && tree.tag !== 0x82) return
    if (tree.tag < 0x80) tree.tag = stringTags[value % stringTags.length] as number
    tree.content = texts[other % texts.length] as Uint8Array
  },
  lengthen: ({ tree }, _, { value }) => {
    if (tree.parts === undefined) tree.content = concatBytes(tree.content, Uint8Array.of(value & 0xff))
  },
  shorten: ({ tree }) => {
    if (tree.parts === undefined) tree.content = tree.content.subarray(0, -1)
  },
  empty: ({ tree }) => {
    tree.content = nothing
    if (tree.parts !== undefined) tree.parts = []
  },
  wrap: ({ tree, list, index }, _, { value }) => {
    list.splice(index, 1, { tag: value & 0xff, prefix: nothing, content: nothing, parts: [tree] })
  },
}

/** Changes of octets, wherever they stand: these break lengths too. */
const octetEdits: Readonly<Record<string, (bytes: Uint8Array, edit: Edit) => Uint8Array>> = {
  flipBit: (bytes, { at, value }) =>
    bytes.with(at % bytes.length, (bytes[at % bytes.length] as number) ^ (1 << (value & 7))),
  setOctet: (bytes, { at, value }) => bytes.with(at % bytes.length, value & 0xff),
  truncate: (bytes, { at }) => bytes.subarray(0, at % bytes.length),
  insertOctet: (bytes, { at, value }) => {
    const place = at % (bytes.length + 1)
    return concatBytes(bytes.subarray(0, place), Uint8Array.of(value & 0xff), bytes.subarray(place))
  },
  dropOctet: (bytes, { at }) =>
    concatBytes(bytes.subarray(0, at % bytes.length), bytes.subarray((at % bytes.length) + 1)),
  repeatOctets: (bytes, { at, other }) => {
    const start = at % bytes.length
    return concatBytes(bytes, bytes.subarray(start, start + (other % 64)))
  },
}

export const editKinds: readonly string[] = [...Object.keys(treeEdits), ...Object.keys(octetEdits)]

/** The octets of a seed after some changes: those of the tree first, then those of octets. */
export function mutate(seed: Uint8Array, edits: readonly Edit[]): Uint8Array {
  const roots = parseTrees(seed)
  if (roots === undefined) throw new TypeError('a seed must be DER')
  for (const edit of edits) {
    const change = treeEdits[edit.kind]
    const spots = spotsOf(roots)
    if (change === undefined || spots.length === 0) continue
    change(spots[edit.at % spots.length] as Spot, spots[edit.other % spots.length] as Spot, edit)
  }
  let bytes: Uint8Array = concatBytes(...roots.map(writeTree))
  for (const edit of edits) {
    const change = octetEdits[edit.kind]
    if (change !== undefined && bytes.length > 0) bytes = change(bytes, edit)
  }
  return bytes
}

/**
 * Other BER encodings of the values of a certificate, one for each way and element. None of them is DER. What the
 * signature is made of stays as it is: it is octets to whoever reads the certificate.
 */
export function berVariants(seed: Uint8Array): { what: string; bytes: Uint8Array }[] {
  const roots = parseTrees(seed) ?? []
  const signature = roots[0]?.parts?.[2]
  if (signature?.parts !== undefined) {
    signature.content = concatBytes(signature.prefix, ...signature.parts.map(writeTree))
    signature.parts = undefined
  }
  const variants: { what: string; bytes: Uint8Array }[] = []
  const write = (
    tree: Tree,
    target: Tree,
    how: (tag: number, content: Uint8Array) => Uint8Array | undefined,
  ): Uint8Array => {
    const content =
      tree.parts === undefined
        ? tree.content
        : concatBytes(tree.prefix, ...tree.parts.map((part) => write(part, target, how)))
    return (tree === target ? how(tree.tag, content) : undefined) ?? element(tree.tag, content)
  }
  for (const { tree } of spotsOf(roots)) {
    for (const [what, how] of Object.entries(encodings)) {
      const bytes = concatBytes(...roots.map((root) => write(root, tree, how)))
      if (Buffer.compare(bytes, seed) !== 0) variants.push({ what: `${what} of tag 0x${tree.tag.toString(16)}`, bytes })
    }
  }
  return variants
}

const strings = new Set([0x03, 0x04, 0x0c, 0x12, 0x13, 0x14, 0x16, 0x17, 0x18, 0x1a, 0x1c, 0x1e])

const encodings: Readonly<Record<string, (tag: number, content: Uint8Array) => Uint8Array | undefined>> = {
  'length with a zero before': (tag, content) => {
    const length = content.length
    return concatBytes(Uint8Array.of(tag, 0x83, length >> 16, (length >> 8) & 0xff, length & 0xff), content)
  },
  'length in 126 octets': (tag, content) => {
    const header = new Uint8Array(128)
    header.set([tag, 0xfe])
    header.set([content.length >> 16, (content.length >> 8) & 0xff, content.length & 0xff], 125)
    return concatBytes(header, content)
  },
  'indefinite length': (tag, content) => {
    if ((tag & 0x20) === 0) return undefined
    return concatBytes(Uint8Array.of(tag, 0x80), content, Uint8Array.of(0, 0))
  },
  'constructed form': (tag, content) => (strings.has(tag) ? element(tag | 0x20, element(tag, content)) : undefined),
  'constructed form in pieces': (tag, content) => {
    if (!strings.has(tag) || tag === 0x03) return undefined
    return element(tag | 0x20, element(tag, content.subarray(0, 1)), element(tag, content.subarray(1)))
  },
  'high tag number': (tag, content) => {
    const short = element(tag, content)
    return concatBytes(Uint8Array.of(tag | 0x1f, tag & 0x1f), short.subarray(1))
  },
  'TRUE as 01': (tag, content) => (tag === 0x01 && content[0] === 0xff ? element(tag, Uint8Array.of(1)) : undefined),
  'padded number': (tag, content) => {
    if (tag !== 0x02 || content.length === 0) return undefined
    return element(tag, Uint8Array.of((content[0] as number) & 0x80 ? 0xff : 0), content)
  },
  'padded object identifier': (tag, content) => (tag === 0x06 ? element(tag, Uint8Array.of(0x80), content) : undefined),
  'unused bits': (tag, content) => {
    if (tag !== 0x03 || content.length < 2 || content[0] === 0) return undefined
    return element(tag, content.with(content.length - 1, (content.at(-1) as number) | 1))
  },
  'trailing zero bits': (tag, content) => {
    if (tag !== 0x03 || content.length < 2 || content[0] === 0) return undefined
    return element(tag, content.with(0, 0))
  },
}
