import { decodeBase64 } from '../../core/base64.ts'
import { Psd2Error } from '../../core/errors.ts'
import { containerError } from './codes.ts'

/** One block of PEM text (RFC 7468). */
export interface PemBlock {
  /** For example `CERTIFICATE`. */
  readonly label: string
  /** Decoded octets. */
  readonly bytes: Uint8Array<ArrayBuffer>
  /** Offset of the BEGIN line, in characters. */
  readonly offset: number
  /** Line of the BEGIN line, from 1. */
  readonly line: number
}

/** A block, or what is wrong with it: one bad block does not hide the others. */
export type PemPart =
  | { readonly block: PemBlock }
  | { readonly label: string; readonly line: number; readonly error: Psd2Error }

/** How {@link decodePem} reads. */
export interface PemOptions {
  /** Only blocks of this label; without it, all. */
  readonly label?: string
}

const DASHES = '-----'
const BEGIN = '-----BEGIN '

/**
 * Reads the PEM blocks of a text. Text before, between and after blocks is passed over, as are CR, white space at line
 * ends and empty lines; nothing else is: no header lines, no other base64 alphabet, no missing padding.
 *
 * @param text - text, or its octets in ASCII or UTF-8
 * @throws Psd2Error `PEM_...` with the line, where there is no block or one cannot be read
 *
 * @example
 * ```ts
 * import { readFile } from 'node:fs/promises'
 * import { decodePem, parseCertificate } from 'psd2-toolkit/x509'
 *
 * const [block] = decodePem(await readFile('qwac.pem'), { label: 'CERTIFICATE' })
 * if (block !== undefined) console.log(String(parseCertificate(block.bytes).subject))
 * ```
 */
export function decodePem(text: string | Uint8Array, options: PemOptions = {}): PemBlock[] {
  for (const name in options) if (name !== 'label') throw new TypeError(`unknown option '${name}'`)
  const blocks: PemBlock[] = []
  let parts = 0
  for (const part of pemParts(pemText(text))) {
    parts++
    if ('error' in part) {
      if (options.label === undefined || options.label === part.label) throw part.error
    } else if (options.label === undefined || options.label === part.block.label) blocks.push(part.block)
  }
  if (parts === 0) throw containerError('PEM_NONE', 0)
  if (blocks.length === 0) throw containerError('PEM_LABEL', 0, '', options.label)
  return blocks
}

/** Octets as text, one character an octet: only ASCII matters to PEM. */
export function pemText(text: string | Uint8Array): string {
  if (typeof text === 'string') return text
  if (!(text instanceof Uint8Array)) throw new TypeError('PEM text must be a string or a Uint8Array')
  return new TextDecoder('latin1').decode(text)
}

/** Every block of a text in turn. Each character is looked at a fixed number of times, whatever the text. */
export function* pemParts(text: string): Generator<PemPart> {
  const lines = new LineCounter(text)
  let begin = text.indexOf(BEGIN)
  while (begin >= 0) {
    const line = lines.at(begin)
    const labelEnd = text.indexOf(DASHES, begin + BEGIN.length)
    if (labelEnd < 0) return yield { label: '', line, error: containerError('PEM_END_MISSING', begin, `line ${line}`) }
    const label = text.slice(begin + BEGIN.length, labelEnd)
    // A label is short and in one line; anything else is text that only looks like a BEGIN line.
    if (!/^[\x20-\x7e]{0,64}$/.test(label)) {
      begin = text.indexOf(BEGIN, begin + 1)
      continue
    }
    const bodyStart = labelEnd + DASHES.length
    const end = text.indexOf(DASHES, bodyStart)
    yield readBlock(text, label, line, begin, bodyStart, end)
    if (end < 0) return
    begin = text.indexOf(BEGIN, end)
  }
}

function readBlock(text: string, label: string, line: number, begin: number, bodyStart: number, end: number): PemPart {
  const fail = (error: Psd2Error): PemPart => ({ label, line, error })
  const where = `line ${line}`
  if (end < 0 || !text.startsWith('END ', end + DASHES.length)) {
    return fail(containerError('PEM_END_MISSING', begin, where, label))
  }
  if (!text.startsWith(`${label}${DASHES}`, end + DASHES.length + 4)) {
    return fail(containerError('PEM_END_LABEL', begin, where, label))
  }
  const body = text.slice(bodyStart, end)
  if (body.includes(':')) return fail(containerError('PEM_HEADERS', begin, where, label))
  const base64 = body.split('\n').map(withoutTail).join('')
  if (base64 === '') return fail(containerError('PEM_EMPTY', begin, where, label))
  try {
    return { block: { label, bytes: decodeBase64(base64), offset: begin, line } }
  } catch (error) {
    if (!(error instanceof Psd2Error)) throw error
    return fail(containerError('PEM_BASE64', begin, where, error.code))
  }
}

/** A line without the white space at its end, each character looked at once. */
function withoutTail(line: string): string {
  let end = line.length
  while (end > 0 && ' \t\r'.includes(line[end - 1] as string)) end--
  return line.slice(0, end)
}

/** Line numbers of ascending offsets, each line break looked for once. */
class LineCounter {
  private readonly text: string
  private line = 1
  private nextBreak: number

  constructor(text: string) {
    this.text = text
    this.nextBreak = text.indexOf('\n')
  }

  at(offset: number): number {
    while (this.nextBreak >= 0 && this.nextBreak < offset) {
      this.line++
      this.nextBreak = this.text.indexOf('\n', this.nextBreak + 1)
    }
    return this.line
  }
}

/** A PEM block with lines of 64 characters (RFC 7468 clause 2). */
export function encodePem(label: string, base64: string): string {
  const lines = base64.match(/.{1,64}/g) ?? []
  return `${BEGIN}${label}${DASHES}\n${lines.join('\n')}\n${DASHES}END ${label}${DASHES}\n`
}
