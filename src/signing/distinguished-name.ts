import { attributeTypes } from '../x509/attribute-types.ts'
import type { Name, NameAttribute } from '../x509/name.ts'

/** One attribute of a written distinguished name: its object identifier or short name, and its value. */
interface Written {
  readonly type: string
  readonly value: string
  /** Hexadecimal of the DER, where the value is written so. */
  readonly der: string | undefined
}

/** Short names in lower case, as people write them; `e` and `s` are spellings that tools print. */
const typesByShort: ReadonlyMap<string, string> = new Map([
  ...[...attributeTypes].map(([oid, { short }]): [string, string] => [short.toLowerCase(), oid]),
  ['e', '1.2.840.113549.1.9.1'],
  ['s', '2.5.4.8'],
  ['surname', '2.5.4.4'],
  ['givenname', '2.5.4.42'],
  ['organizationidentifier', '2.5.4.97'],
  ['oid.2.5.4.97', '2.5.4.97'],
])

/** Longer texts name no issuer. */
const longest = 4096

/**
 * True where a written distinguished name (RFC 4514, RFC 2253) names the same attributes as one of a certificate, in its
 * order or in the reverse, which RFC 4514 has. Values are compared exactly. Text that is no name is no match.
 */
export function isSameName(text: string, name: Name): boolean {
  const written = readWritten(text)
  if (written === undefined) return false
  const { attributes } = name
  return isEqual(written, attributes) || isEqual(written, [...attributes].reverse())
}

function isEqual(written: readonly Written[], own: readonly NameAttribute[]): boolean {
  return written.length === own.length && written.every((item, index) => isSame(item, own[index]))
}

/** A value as text, or as the `#` and hexadecimal of its DER, which RFC 4514 2.4 has for types without a name. */
function isSame({ type, value, der }: Written, attribute: NameAttribute | undefined): boolean {
  if (attribute === undefined || attribute.oid !== type) return false
  if (der === undefined) return attribute.text === value
  const length = attribute.length < 0x80 ? attribute.length.toString(16).padStart(2, '0') : undefined
  if (length === undefined) return der.endsWith(attribute.hex)
  return der === attribute.tag.toString(16).padStart(2, '0') + length + attribute.hex
}

/** The attributes of a written name; undefined where it is none. */
function readWritten(text: string): Written[] | undefined {
  if (text.length === 0 || text.length > longest) return undefined
  const attributes: Written[] = []
  for (const part of splitUnescaped(text)) {
    const equals = part.indexOf('=')
    if (equals <= 0) return undefined
    const short = part.slice(0, equals).trim()
    const raw = trimUnescaped(part.slice(equals + 1))
    const der = /^#((?:[0-9a-fA-F]{2})+)$/.exec(raw)?.[1]?.toLowerCase()
    const value = unescapeValue(raw)
    const type = /^[0-9]+(?:\.[0-9]+)+$/.test(short) ? short : typesByShort.get(short.toLowerCase())
    if (type === undefined || value === undefined) return undefined
    attributes.push({ type, value, der })
  }
  return attributes
}

/** Without spaces at both ends; one behind a backslash stays. */
function trimUnescaped(text: string): string {
  const trimmed = text.trim()
  const backslashes = /\\*$/.exec(trimmed)?.[0].length ?? 0
  return backslashes % 2 === 1 && text.trimStart().length > trimmed.length ? `${trimmed} ` : trimmed
}

/** Parts between commas, semicolons and plus signs that are neither escaped nor quoted. */
function splitUnescaped(text: string): string[] {
  const parts: string[] = []
  let start = 0
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const character = text[i]
    if (character === '\\') i++
    else if (character === '"') quoted = !quoted
    else if (!quoted && (character === ',' || character === ';' || character === '+')) {
      parts.push(text.slice(start, i))
      start = i + 1
    }
  }
  parts.push(text.slice(start))
  return parts
}

/** A value without its quotes and escapes: `\,` and pairs of hexadecimal digits, which are octets of UTF-8. */
function unescapeValue(text: string): string | undefined {
  const quoted = /^"(.*)"$/s.exec(text)?.[1]
  const octets: number[] = []
  const encoder = new TextEncoder()
  const content = quoted ?? text
  for (let i = 0; i < content.length; ) {
    if (content[i] !== '\\') {
      const character = String.fromCodePoint(content.codePointAt(i) as number)
      octets.push(...encoder.encode(character))
      i += character.length
      continue
    }
    const pair = content.slice(i + 1, i + 3)
    if (/^[0-9a-fA-F]{2}$/.test(pair)) {
      octets.push(Number.parseInt(pair, 16))
      i += 3
    } else if (i + 1 < content.length) {
      octets.push(...encoder.encode(content[i + 1]))
      i += 2
    } else return undefined
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Uint8Array.from(octets))
  } catch {
    return undefined
  }
}
