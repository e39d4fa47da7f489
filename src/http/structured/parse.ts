import { viewBase64 } from '../../core/base64.ts'
import { Recent } from '../../core/recent.ts'
import { defaultHttpLimits } from '../limits.ts'
import { httpError } from '../refuse.ts'
import type { BareItem, Dictionary, FieldType, InnerList, Item, List, Member, Parameters } from './types.ts'

/**
 * Structured fields (RFC 9651), strictly: a key that occurs twice and base64 in a second spelling are refused, where the
 * RFC lets readers choose, because a signature must not verify over two readings of one text. Reading is linear.
 *
 * @param path - name of the field, for errors
 * @param members - cap on members, items and parameters together
 * @throws Psd2Error `STRUCTURED_FIELD_...`, `LIMIT_STRUCTURED_FIELD` with the offset in the text
 */
export function parseDictionary(text: string, path: string, members = defaultHttpLimits.members): Dictionary {
  return new FieldReader(text, path, members).readDictionary()
}

/** Reads dictionaries whose inner lists come again, each list once: equal texts give the same items. */
export function dictionaryParser(path: string, members: number): (text: string) => Dictionary {
  const lists = new Recent<string, KnownList>(capacity)
  return (text) => new FieldReader(text, path, members, text.length <= longest ? lists : undefined).readDictionary()
}

/** Inner lists that are kept at most, and how long a field with one may be. */
const capacity = 1000
const longest = 4096

/** An inner list that was read, and how much of the cap it takes. */
interface KnownList {
  readonly items: readonly Item[]
  readonly count: number
}

/** A list; see {@link parseDictionary}. */
export function parseList(text: string, path: string, members = defaultHttpLimits.members): List {
  return new FieldReader(text, path, members).readList()
}

/** A single item; see {@link parseDictionary}. */
export function parseItem(text: string, path: string, members = defaultHttpLimits.members): Item {
  return new FieldReader(text, path, members).readOnlyItem()
}

/** The reader of each type. */
export const fieldParsers: Readonly<{
  [Type in FieldType]: (text: string, path: string, members?: number) => Dictionary | List | Item
}> = { dictionary: parseDictionary, list: parseList, item: parseItem }

const utf8 = /* @__PURE__ */ new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Which characters a class has, by character code. */
function characterClass(characters: string): Uint8Array {
  const members = new Uint8Array(128)
  for (let i = 0; i < characters.length; i++) members[characters.charCodeAt(i)] = 1
  return members
}

const lower = 'abcdefghijklmnopqrstuvwxyz'
const digits = '0123456789'
const keyStart = /* @__PURE__ */ characterClass(`${lower}*`)
const keyRest = /* @__PURE__ */ characterClass(`${lower}${digits}_-.*`)
const tokenStart = /* @__PURE__ */ characterClass(`${lower}${lower.toUpperCase()}*`)
const tokenRest = /* @__PURE__ */ characterClass(`${lower}${lower.toUpperCase()}${digits}!#$%&'*+-.^_\`|~:/`)
const digit = /* @__PURE__ */ characterClass(digits)
const none: Parameters = /* @__PURE__ */ new Map()

class FieldReader {
  private readonly text: string
  private readonly path: string
  private left: number
  private at = 0
  private readonly end: number
  private readonly lists: Recent<string, KnownList> | undefined

  constructor(text: string, path: string, members: number, lists?: Recent<string, KnownList>) {
    this.text = text
    this.path = path
    this.left = members
    this.lists = lists
    let end = text.length
    while (end > 0 && text.charCodeAt(end - 1) === 0x20) end--
    this.end = end
    this.skipSpaces()
  }

  readDictionary(): Dictionary {
    const dictionary = new Map<string, Member>()
    this.readMembers(() => {
      const start = this.at
      const key = this.readKey()
      if (dictionary.has(key)) this.refuse('STRUCTURED_FIELD_TWICE', start)
      const member: Member = this.take(0x3d)
        ? this.readMember()
        : { kind: 'item', value: { type: 'boolean', value: true }, parameters: this.readParameters() }
      dictionary.set(key, member)
    })
    return dictionary
  }

  readList(): List {
    const list: Member[] = []
    this.readMembers(() => {
      list.push(this.readMember())
    })
    return list
  }

  readOnlyItem(): Item {
    const item = this.readItem()
    if (this.at < this.end) this.refuse('STRUCTURED_FIELD_SYNTAX')
    return item
  }

  /** What members of lists and dictionaries have in common: commas between them and none at the end. */
  private readMembers(readOne: () => void): void {
    while (this.at < this.end) {
      this.count()
      readOne()
      this.skipOptionalSpace()
      if (this.at >= this.end) return
      if (!this.take(0x2c)) this.refuse('STRUCTURED_FIELD_SYNTAX')
      this.skipOptionalSpace()
      if (this.at >= this.end) this.refuse('STRUCTURED_FIELD_SYNTAX')
    }
  }

  private readMember(): Member {
    return this.code() === 0x28 ? this.readInnerList() : this.readItem()
  }

  private readInnerList(): InnerList {
    return { kind: 'inner-list', items: this.readKnownItems() ?? this.readItems(), parameters: this.readParameters() }
  }

  /** The items of a list that was read before. Up to its last character it is the same text, so it is read the same way. */
  private readKnownItems(): readonly Item[] | undefined {
    const close = this.lists === undefined ? -1 : this.text.indexOf(')', this.at)
    const known = close < 0 || close >= this.end ? undefined : this.lists?.get(this.text.slice(this.at, close + 1))
    if (known === undefined || known.count > this.left) return undefined
    this.left -= known.count
    this.at = close + 1
    return known.items
  }

  private readItems(): readonly Item[] {
    const { at, left } = this
    this.at++
    const items: Item[] = []
    for (;;) {
      this.skipSpaces()
      if (this.take(0x29)) {
        const text = this.text.slice(at, this.at)
        // One that has a parenthesis inside would not be found again.
        if (text.indexOf(')') === text.length - 1) this.lists?.set(text, { items, count: left - this.left })
        return items
      }
      this.count()
      items.push(this.readItem())
      const next = this.code()
      if (next !== 0x20 && next !== 0x29) this.refuse('STRUCTURED_FIELD_SYNTAX')
    }
  }

  private readItem(): Item {
    return { kind: 'item', value: this.readBareItem(), parameters: this.readParameters() }
  }

  private readParameters(): Parameters {
    if (this.code() !== 0x3b) return none
    const parameters = new Map<string, BareItem>()
    while (this.take(0x3b)) {
      this.skipSpaces()
      this.count()
      const start = this.at
      const key = this.readKey()
      if (parameters.has(key)) this.refuse('STRUCTURED_FIELD_TWICE', start)
      parameters.set(key, this.take(0x3d) ? this.readBareItem() : { type: 'boolean', value: true })
    }
    return parameters
  }

  private readKey(): string {
    return this.readRun(keyStart, keyRest)
  }

  private readRun(first: Uint8Array, rest: Uint8Array): string {
    const start = this.at
    if (first[this.code()] !== 1) this.refuse('STRUCTURED_FIELD_SYNTAX')
    this.at++
    while (rest[this.code()] === 1) this.at++
    return this.text.slice(start, this.at)
  }

  private readBareItem(): BareItem {
    const code = this.code()
    if (code === 0x22) return { type: 'string', value: this.readString() }
    if (code === 0x3a) return { type: 'bytes', value: this.readBytes() }
    if (code === 0x2d || digit[code] === 1) return this.readNumber()
    if (tokenStart[code] === 1) return { type: 'token', value: this.readRun(tokenStart, tokenRest) }
    if (code === 0x3f) return this.readBoolean()
    if (code === 0x40) return this.readDate()
    if (code === 0x25) return { type: 'display-string', value: this.readDisplayString() }
    return this.refuse('STRUCTURED_FIELD_SYNTAX')
  }

  private readString(): string {
    let start = ++this.at
    let value = ''
    for (;;) {
      const code = this.code()
      if (code === 0x22) {
        value += this.text.slice(start, this.at++)
        return value
      }
      if (code === 0x5c) {
        value += this.text.slice(start, this.at++)
        const escaped = this.code()
        if (escaped !== 0x22 && escaped !== 0x5c) this.refuse('STRUCTURED_FIELD_SYNTAX')
        start = this.at
      } else if (code < 0x20 || code > 0x7e) this.refuse('STRUCTURED_FIELD_SYNTAX')
      this.at++
    }
  }

  private readBytes(): Uint8Array {
    const start = this.at + 1
    const close = this.text.indexOf(':', start)
    if (close < 0 || close >= this.end) this.refuse('STRUCTURED_FIELD_SYNTAX')
    this.at = close + 1
    try {
      return viewBase64(this.text.slice(start, close))
    } catch (cause) {
      return this.refuse('STRUCTURED_FIELD_BASE64', start, cause)
    }
  }

  private readNumber(): BareItem {
    const start = this.at
    if (this.code() === 0x2d) this.at++
    const whole = this.readDigits()
    if (this.code() !== 0x2e) {
      if (whole > 15) this.refuse('STRUCTURED_FIELD_NUMBER', start)
      return { type: 'integer', value: Number(this.text.slice(start, this.at)) }
    }
    if (whole > 12) this.refuse('STRUCTURED_FIELD_NUMBER', start)
    this.at++
    if (this.readDigits() > 3) this.refuse('STRUCTURED_FIELD_NUMBER', start)
    return { type: 'decimal', value: Number(this.text.slice(start, this.at)) }
  }

  private readDigits(): number {
    const start = this.at
    while (digit[this.code()] === 1) this.at++
    if (this.at === start) this.refuse('STRUCTURED_FIELD_SYNTAX')
    return this.at - start
  }

  private readBoolean(): BareItem {
    this.at++
    const value = this.take(0x31)
    if (!value && !this.take(0x30)) this.refuse('STRUCTURED_FIELD_SYNTAX')
    return { type: 'boolean', value }
  }

  private readDate(): BareItem {
    const start = ++this.at
    const number = this.readNumber()
    if (number.type !== 'integer') this.refuse('STRUCTURED_FIELD_NUMBER', start)
    return { type: 'date', value: number.value as number }
  }

  private readDisplayString(): string {
    this.at++
    if (!this.take(0x22)) this.refuse('STRUCTURED_FIELD_SYNTAX')
    const octets: number[] = []
    for (;;) {
      const code = this.code()
      if (code < 0x20 || code > 0x7e) this.refuse('STRUCTURED_FIELD_SYNTAX')
      this.at++
      if (code === 0x22) break
      if (code !== 0x25) octets.push(code)
      else {
        const pair = this.text.slice(this.at, this.at + 2)
        if (!/^[0-9a-f]{2}$/.test(pair)) this.refuse('STRUCTURED_FIELD_SYNTAX')
        octets.push(Number.parseInt(pair, 16))
        this.at += 2
      }
    }
    try {
      return utf8.decode(new Uint8Array(octets))
    } catch (cause) {
      return this.refuse('STRUCTURED_FIELD_SYNTAX', this.at, cause)
    }
  }

  /** The next character, or 0 at the end, which no rule allows. */
  private code(): number {
    return this.at < this.end ? this.text.charCodeAt(this.at) : 0
  }

  private take(code: number): boolean {
    if (this.code() !== code) return false
    this.at++
    return true
  }

  private skipSpaces(): void {
    while (this.code() === 0x20) this.at++
  }

  private skipOptionalSpace(): void {
    while (this.code() === 0x20 || this.code() === 0x09) this.at++
  }

  private count(): void {
    if (--this.left < 0) this.refuse('LIMIT_STRUCTURED_FIELD')
  }

  private refuse(
    code:
      | 'STRUCTURED_FIELD_SYNTAX'
      | 'STRUCTURED_FIELD_TWICE'
      | 'STRUCTURED_FIELD_NUMBER'
      | 'STRUCTURED_FIELD_BASE64'
      | 'LIMIT_STRUCTURED_FIELD',
    offset = this.at,
    cause?: unknown,
  ): never {
    throw httpError(code, `${this.path}, character ${offset}`, { path: this.path, offset, cause })
  }
}
