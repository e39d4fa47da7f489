import type { Psd2Error } from '../../core/errors.ts'
import { listError, type TrustListCode } from './codes.ts'
import { defaultListLimits, type ListLimits } from './limits.ts'

/** One element. Names are expanded: a prefix is resolved when it is read, and gone. */
export interface XmlElement {
  readonly name: string
  /** Empty where there is none. */
  readonly namespace: string
  readonly attributes: readonly XmlAttribute[]
  readonly children: readonly XmlElement[]
  /** The characters that stand directly in it, references resolved. */
  readonly text: string
  /** Place of its start tag, in characters. */
  readonly offset: number
}

export interface XmlAttribute {
  readonly name: string
  readonly namespace: string
  readonly value: string
}

/** An element that is still open. */
interface Frame {
  readonly element: { -readonly [Key in keyof XmlElement]: XmlElement[Key] } & { children: XmlElement[] }
  /** As written, for the end tag. */
  readonly tag: string
  readonly scope: Scope
  /** A comment stands directly in it. */
  commented: boolean
  /** Elements, comments and sections in it so far. */
  nodes: number
}

/** Prefixes in scope, the innermost first. The empty prefix is the default namespace. */
interface Scope {
  readonly declared: ReadonlyMap<string, string>
  readonly outer: Scope | undefined
}

const xmlNamespace = 'http://www.w3.org/XML/1998/namespace'
const xmlnsNamespace = 'http://www.w3.org/2000/xmlns/'

const predefined: Readonly<Record<string, string | undefined>> = Object.freeze({
  __proto__: null as never,
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
})

const decoder = /* @__PURE__ */ new TextDecoder('utf-8', { fatal: true })

/** What a file is that was given in the place of a list. */
const otherForms: readonly (readonly [pattern: RegExp, says: string])[] = [
  [/^%PDF-/, 'it is a PDF: the list for people, not the one for programs'],
  [/^-----BEGIN /, 'it is PEM'],
  [/^\s*<(?:!doctype\s+)?html[\s>]/i, 'it is an HTML page, perhaps an error of the server'],
  [/^\s*[{[]/, 'it is JSON'],
  [/^PK\W/, 'it is a ZIP archive'],
  [/^[^\s -~\u0080-\u00ff]/, 'it is compressed, or no text'],
  [/^0[\u0080-\u0084]/, 'it is DER'],
]

/**
 * The text of octets that should be a trusted list.
 *
 * @throws Psd2Error `LIMIT_LIST_SIZE`, `XML_NOT_XML`, `XML_ENCODING`
 */
export function decodeXml(bytes: Uint8Array, limits: ListLimits = defaultListLimits): string {
  if (bytes.length > limits.size) {
    throw listError('LIMIT_LIST_SIZE', { detail: `${bytes.length} octets, ${limits.size} are allowed` })
  }
  if (bytes.length === 0) throw listError('XML_NOT_XML', { detail: 'it is empty', offset: 0 })
  const start = String.fromCharCode(...bytes.subarray(0, 256))
  for (const [pattern, detail] of otherForms) {
    if (pattern.test(start)) throw listError('XML_NOT_XML', { detail, offset: 0 })
  }
  try {
    return decoder.decode(bytes)
  } catch {
    throw listError('XML_ENCODING')
  }
}

/**
 * Reads an XML text strictly, and only the part of XML that trusted lists need: no document type, no entities but the five
 * predefined ones, no processing instructions, no comment inside of a value. The same reader serves for looking at a list
 * before its signature is verified and for reading the octets that were; linear in the length of the text.
 *
 * @throws Psd2Error `XML_...` or `LIMIT_LIST_...` with the offset in characters
 */
export function parseXml(text: string, limits: ListLimits = defaultListLimits): XmlElement {
  return new XmlReader(text, limits).read()
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that XML excludes
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/

/** `<?xml version="1.0" ... ?>` and what it says beyond the version. */
const declarationPattern = /^<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(?:"1\.0"|'1\.0')([^?]*)\?>/
const encodingPattern = /encoding[ \t\r\n]*=[ \t\r\n]*["']([^"']*)["']/

/** What follows a prefix is a name of its own. */
const localName = /^[\p{L}_][^:]*$/u

class XmlReader {
  private readonly text: string
  private readonly limits: ListLimits
  private at = 0
  private elements = 0
  private readonly stack: Frame[] = []
  /** XML 1.0 clause 2.3, without the rarities that no list uses. */
  private readonly name = /[\p{L}_][\p{L}\p{M}\p{N}._:·-]*/uy

  constructor(text: string, limits: ListLimits) {
    this.text = text
    this.limits = limits
  }

  read(): XmlElement {
    const { text } = this
    const control = forbidden.exec(text)
    if (control !== null) throw this.error('XML_CHARACTER', control.index)
    this.readDeclaration()
    this.readMisc()
    if (text[this.at] !== '<') throw this.error(this.at === text.length ? 'XML_TRUNCATED' : 'XML_NOT_XML')
    let root = this.readStartTag()
    while (root === undefined) root = this.readContent()
    this.readMisc()
    if (this.at < text.length) throw this.error('XML_SYNTAX', this.at, 'something follows the root element')
    return root
  }

  private readDeclaration(): void {
    if (!this.text.startsWith('<?xml')) return
    const found = declarationPattern.exec(this.text.slice(0, 200))
    if (found === null && !this.text.includes('?>')) throw this.error('XML_TRUNCATED', this.text.length)
    if (found === null) throw this.error(this.text.startsWith('<?xml-') ? 'XML_INSTRUCTION' : 'XML_SYNTAX')
    const encoding = encodingPattern.exec(found[1] as string)?.[1]
    if (encoding !== undefined && encoding.toLowerCase() !== 'utf-8') throw this.error('XML_ENCODING', 0, encoding)
    this.at = found[0].length
  }

  /** What may stand before and after the root: space and comments. */
  private readMisc(): void {
    for (;;) {
      this.skipSpace()
      if (!this.text.startsWith('<!', this.at) && !this.text.startsWith('<?', this.at)) return
      this.readMarkup()
    }
  }

  /** One step inside of the root. Gives the root when it is closed. */
  private readContent(): XmlElement | undefined {
    const { text } = this
    const next = text.indexOf('<', this.at)
    if (next < 0) throw this.error('XML_TRUNCATED', text.length)
    const frame = this.stack.at(-1) as Frame
    if (next > this.at) frame.element.text += this.resolve(this.at, next)
    this.at = next
    const kind = text[next + 1]
    if (kind === '/') return this.readEndTag()
    // Whoever builds a tree of it may need the square of this.
    if (++frame.nodes > this.limits.children) throw this.error('LIMIT_LIST_CHILDREN', next, frame.element.name)
    if (kind === '!' || kind === '?') {
      this.readMarkup(frame)
      return undefined
    }
    return this.readStartTag()
  }

  /** A comment, a CDATA section, or what is refused. */
  private readMarkup(frame?: Frame): void {
    const { text, at } = this
    if (text.startsWith('<!--', at)) {
      const end = text.indexOf('--', at + 4)
      if (end < 0) throw this.error('XML_TRUNCATED', text.length)
      if (text[end + 2] !== '>') throw this.error('XML_SYNTAX', end, 'two hyphens in a comment')
      if (frame !== undefined) frame.commented = true
      this.at = end + 3
    } else if (frame !== undefined && text.startsWith('<![CDATA[', at)) {
      const end = text.indexOf(']]>', at)
      if (end < 0) throw this.error('XML_TRUNCATED', text.length)
      frame.element.text += text.slice(at + 9, end)
      this.at = end + 3
    } else if (text.startsWith('<?', at)) throw this.error('XML_INSTRUCTION')
    else if (/^<!(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)/i.test(text.slice(at, at + 12))) {
      throw this.error('XML_DOCTYPE')
    } else throw this.error('XML_SYNTAX')
  }

  /** Gives the element where it is the root and empty. */
  private readStartTag(): XmlElement | undefined {
    const offset = this.at
    this.at++
    const tag = this.readName()
    if (++this.elements > this.limits.elements) throw this.error('LIMIT_LIST_ELEMENTS', offset)
    if (this.stack.length >= this.limits.depth) throw this.error('LIMIT_LIST_DEPTH', offset)
    const written = this.readAttributes(offset)
    const scope = this.openScope(written, this.stack.at(-1)?.scope)
    const { name, namespace } = this.expand(tag, scope, offset, '')
    const attributes = this.expandAttributes(written, scope, offset)
    const element = { name, namespace, attributes, children: [] as XmlElement[], text: '', offset }
    this.stack.push({ element, tag, scope, commented: false, nodes: 0 })
    if (this.text[this.at] !== '/') {
      this.at++
      return undefined
    }
    if (this.text[this.at + 1] !== '>') throw this.error('XML_SYNTAX')
    this.at += 2
    return this.closeElement()
  }

  private readEndTag(): XmlElement | undefined {
    const start = this.at
    this.at += 2
    const tag = this.readName()
    this.skipSpace()
    if (this.text[this.at] !== '>') throw this.error(this.at >= this.text.length ? 'XML_TRUNCATED' : 'XML_SYNTAX')
    if ((this.stack.at(-1) as Frame).tag !== tag) throw this.error('XML_SYNTAX', start, 'an end tag of another element')
    this.at++
    return this.closeElement()
  }

  private closeElement(): XmlElement | undefined {
    const { element, commented } = this.stack.pop() as Frame
    if (commented && /\S/.test(element.text)) throw this.error('XML_COMMENT_IN_VALUE', element.offset, element.name)
    const outer = this.stack.at(-1)
    if (outer === undefined) return element
    outer.element.children.push(element)
    return undefined
  }

  /** Attributes as they are written, up to the end of the tag. */
  private readAttributes(offset: number): (readonly [name: string, value: string])[] {
    const { text } = this
    const attributes: (readonly [string, string])[] = []
    for (;;) {
      const before = this.at
      this.skipSpace()
      const next = text[this.at]
      if (next === undefined) throw this.error('XML_TRUNCATED', text.length)
      if (next === '>' || next === '/') return attributes
      if (before === this.at) throw this.error('XML_SYNTAX')
      if (attributes.length === this.limits.attributes) throw this.error('LIMIT_LIST_ATTRIBUTES', offset)
      const name = this.readName()
      this.skipSpace()
      if (text[this.at] !== '=') throw this.error('XML_SYNTAX')
      this.at++
      this.skipSpace()
      const quote = text[this.at]
      if (quote !== '"' && quote !== "'") throw this.error('XML_SYNTAX')
      const end = text.indexOf(quote, this.at + 1)
      if (end < 0) throw this.error('XML_TRUNCATED', text.length)
      const value = this.resolve(this.at + 1, end)
      if (text.slice(this.at, end).includes('<')) throw this.error('XML_SYNTAX')
      this.at = end + 1
      attributes.push([name, value])
    }
  }

  private openScope(written: readonly (readonly [string, string])[], outer: Scope | undefined): Scope {
    const declared = new Map<string, string>()
    for (const [name, value] of written) {
      if (name === 'xmlns') declared.set('', value)
      else if (name.startsWith('xmlns:')) declared.set(name.slice(6), value)
    }
    return declared.size === 0 && outer !== undefined ? outer : { declared, outer }
  }

  private expandAttributes(
    written: readonly (readonly [string, string])[],
    scope: Scope,
    offset: number,
  ): XmlAttribute[] {
    const attributes: XmlAttribute[] = []
    const seen = new Set<string>()
    for (const [tag, value] of written) {
      const expanded =
        tag === 'xmlns' || tag.startsWith('xmlns:')
          ? { name: tag, namespace: xmlnsNamespace }
          : // An attribute without a prefix is in no namespace.
            this.expand(tag, scope, offset, undefined)
      const key = `${expanded.namespace} ${expanded.name}`
      if (seen.has(key)) throw this.error('XML_ATTRIBUTE_TWICE', offset, tag)
      seen.add(key)
      if (expanded.namespace !== xmlnsNamespace) attributes.push({ ...expanded, value })
    }
    return attributes
  }

  /** Resolves the prefix of a name. A name without one takes `bare`, the prefix of the default, or no namespace. */
  private expand(tag: string, scope: Scope, offset: number, bare: '' | undefined): { name: string; namespace: string } {
    const colon = tag.indexOf(':')
    if (colon < 0 && bare === undefined) return { name: tag, namespace: '' }
    const prefix = colon < 0 ? '' : tag.slice(0, colon)
    const name = tag.slice(colon + 1)
    if (!localName.test(name)) throw this.error('XML_SYNTAX', offset)
    if (prefix === 'xml') return { name, namespace: xmlNamespace }
    for (let at: Scope | undefined = scope; at !== undefined; at = at.outer) {
      const namespace = at.declared.get(prefix)
      if (namespace !== undefined && (namespace !== '' || prefix === '')) return { name, namespace }
      if (namespace !== undefined) break
    }
    if (prefix === '') return { name, namespace: '' }
    throw this.error('XML_PREFIX', offset, prefix)
  }

  private readName(): string {
    this.name.lastIndex = this.at
    const found = this.name.exec(this.text)
    if (found === null) throw this.error(this.at >= this.text.length ? 'XML_TRUNCATED' : 'XML_SYNTAX')
    this.at = this.name.lastIndex
    return found[0]
  }

  /** Text with its references resolved. */
  private resolve(start: number, end: number): string {
    const raw = this.text.slice(start, end)
    if (!raw.includes('&')) return raw
    let resolved = ''
    let at = 0
    for (let next = raw.indexOf('&'); next >= 0; next = raw.indexOf('&', at)) {
      const stop = raw.indexOf(';', next)
      const name = stop < 0 || stop - next > 12 ? '' : raw.slice(next + 1, stop)
      resolved += raw.slice(at, next) + this.reference(name, start + next)
      at = stop + 1
    }
    return resolved + raw.slice(at)
  }

  private reference(name: string, offset: number): string {
    const known = predefined[name]
    if (known !== undefined) return known
    const number = /^#(?:([0-9]{1,7})|x([0-9A-Fa-f]{1,6}))$/.exec(name)
    if (number === null) throw this.error('XML_ENTITY', offset)
    const code = number[1] === undefined ? Number.parseInt(number[2] as string, 16) : Number(number[1])
    const isSurrogate = code >= 0xd800 && code <= 0xdfff
    const character = code > 0x10ffff || isSurrogate ? '\0' : String.fromCodePoint(code)
    if (forbidden.test(character)) throw this.error('XML_CHARACTER', offset)
    return character
  }

  private skipSpace(): void {
    for (let code = this.text.charCodeAt(this.at); isSpace(code); code = this.text.charCodeAt(this.at)) this.at++
  }

  private error(code: TrustListCode, offset = this.at, detail?: string): Psd2Error {
    return listError(code, { offset, detail })
  }
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09
}
