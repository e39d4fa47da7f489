import { Psd2Error } from './errors.ts'

/** A JSON value. Objects have no prototype, so that a member named `__proto__` is a member like any other. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject

export interface JsonObject {
  readonly [name: string]: JsonValue
}

export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Caps on a JSON text. */
export interface JsonLimits {
  /** Octets. */
  readonly size: number
  readonly depth: number
}

export const defaultJsonLimits: JsonLimits = Object.freeze({ size: 1 << 20, depth: 32 })

/**
 * Reads one JSON text from UTF-8 octets (RFC 8259), strictly: two members of one name are refused, since readers differ in
 * which one they take (RFC 8259 clause 4); so are a byte order mark, lone surrogates and numbers that are no double.
 *
 * @throws Psd2Error `JSON_...` with the JSON Pointer and the octet offset; the text itself is never in the message
 */
export function parseJson(bytes: Uint8Array, limits: JsonLimits = defaultJsonLimits): JsonValue {
  if (bytes.length > limits.size) {
    throw new Psd2Error('LIMIT_JSON_SIZE', `the JSON text has ${bytes.length} octets, ${limits.size} are allowed`, {
      offset: 0,
      mend: 'send less, or raise the limit where the input is really yours',
    })
  }
  const reader = new JsonReader(bytes, limits.depth)
  const value = reader.readValue(0)
  reader.skipSpace()
  if (reader.at < bytes.length)
    reader.refuse('JSON_TRAILING_DATA', 'text follows after the value', 'remove what follows')
  return value
}

/** A JSON Pointer step (RFC 6901 clause 3). */
function pointerStep(name: string | number): string {
  return `/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`
}

const decoder = /* @__PURE__ */ new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const literals: readonly (readonly [string, JsonValue])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
]
const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
}

class JsonReader {
  at = 0
  private readonly bytes: Uint8Array
  private readonly maxDepth: number
  private readonly steps: (string | number)[] = []

  constructor(bytes: Uint8Array, maxDepth: number) {
    this.bytes = bytes
    this.maxDepth = maxDepth
  }

  refuse(code: string, says: string, mend: string, offset = this.at): never {
    const path = this.steps.map(pointerStep).join('')
    throw new Psd2Error(code, `${says}, at ${path === '' ? 'the top' : path}, offset ${offset}`, {
      path,
      offset,
      citation: { document: 'RFC 8259', clause: code === 'JSON_MEMBER_TWICE' ? '4' : '2' },
      mend,
    })
  }

  skipSpace(): void {
    for (;;) {
      const octet = this.bytes[this.at]
      if (octet !== 0x20 && octet !== 0x0a && octet !== 0x0d && octet !== 0x09) return
      this.at++
    }
  }

  readValue(depth: number): JsonValue {
    if (depth > this.maxDepth) this.refuse('LIMIT_JSON_DEPTH', 'values are nested too deep', 'send a flatter text')
    this.skipSpace()
    const octet = this.bytes[this.at]
    if (octet === 0x7b) return this.readObject(depth)
    if (octet === 0x5b) return this.readArray(depth)
    if (octet === 0x22) return this.readString()
    if (octet === 0x2d || (octet !== undefined && octet >= 0x30 && octet <= 0x39)) return this.readNumber()
    return this.readLiteral()
  }

  private readObject(depth: number): JsonObject {
    const object = Object.create(null) as Record<string, JsonValue>
    this.at++
    this.skipSpace()
    if (this.take(0x7d)) return object
    for (;;) {
      this.skipSpace()
      const start = this.at
      if (this.bytes[start] !== 0x22) this.syntax()
      const name = this.readString()
      this.steps.push(name)
      if (name in object) this.refuse('JSON_MEMBER_TWICE', 'a member occurs twice', 'send it once', start)
      this.skipSpace()
      if (!this.take(0x3a)) this.syntax()
      object[name] = this.readValue(depth + 1)
      this.steps.pop()
      this.skipSpace()
      if (this.take(0x7d)) return object
      if (!this.take(0x2c)) this.syntax()
    }
  }

  private readArray(depth: number): JsonValue[] {
    const array: JsonValue[] = []
    this.at++
    this.skipSpace()
    if (this.take(0x5d)) return array
    for (;;) {
      this.steps.push(array.length)
      array.push(this.readValue(depth + 1))
      this.steps.pop()
      this.skipSpace()
      if (this.take(0x5d)) return array
      if (!this.take(0x2c)) this.syntax()
    }
  }

  private readString(): string {
    const { bytes } = this
    let start = ++this.at
    let text = ''
    for (;;) {
      const octet = bytes[this.at]
      if (octet === undefined || octet < 0x20) this.syntax()
      if (octet === 0x22 || octet === 0x5c) {
        text += this.decode(start, this.at)
        this.at++
        if (octet === 0x22) return this.checkSurrogates(text)
        text += this.readEscape()
        start = this.at
      } else this.at++
    }
  }

  private decode(start: number, end: number): string {
    try {
      return decoder.decode(this.bytes.subarray(start, end))
    } catch {
      return this.refuse('JSON_TEXT', 'a string is not UTF-8', 'encode the text as UTF-8', start)
    }
  }

  private readEscape(): string {
    const letter = String.fromCharCode(this.bytes[this.at] ?? 0)
    if (letter !== 'u') {
      const character = escapes[letter]
      if (character === undefined) this.syntax()
      this.at++
      return character
    }
    this.at++
    let unit = 0
    for (let i = 0; i < 4; i++) {
      const digit = Number.parseInt(String.fromCharCode(this.bytes[this.at] ?? 0), 16)
      if (Number.isNaN(digit)) this.syntax()
      unit = unit * 16 + digit
      this.at++
    }
    return String.fromCharCode(unit)
  }

  private checkSurrogates(text: string): string {
    if (/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(text)) {
      this.refuse('JSON_TEXT', 'a string has half of a surrogate pair', 'encode the character whole')
    }
    return text
  }

  private readNumber(): number {
    const start = this.at
    while (/[-+.0-9eE]/.test(String.fromCharCode(this.bytes[this.at] ?? 0))) this.at++
    const text = String.fromCharCode(...this.bytes.subarray(start, Math.min(this.at, start + 64)))
    const value = Number(text)
    const isJson = this.at - start <= 64 && /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?$/.test(text)
    if (!isJson || !Number.isFinite(value))
      this.refuse('JSON_NUMBER', 'this is no number', 'write a decimal number', start)
    return value
  }

  private readLiteral(): JsonValue {
    for (const [word, value] of literals) {
      const { at } = this
      if (String.fromCharCode(...this.bytes.subarray(at, at + word.length)) === word) {
        this.at += word.length
        return value
      }
    }
    return this.syntax()
  }

  private take(octet: number): boolean {
    if (this.bytes[this.at] !== octet) return false
    this.at++
    return true
  }

  private syntax(): never {
    return this.at >= this.bytes.length
      ? this.refuse('JSON_TRUNCATED', 'the text ends before the value does', 'send the whole text')
      : this.refuse('JSON_SYNTAX', 'this is no JSON', 'correct the text here')
  }
}
