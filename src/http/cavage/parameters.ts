import type { HttpCode } from '../codes.ts'
import { httpError } from '../refuse.ts'

/** One parameter of a signature: a quoted text, or digits. */
export interface RawParameter {
  readonly value: string
  readonly quoted: boolean
}

export type RawParameters = ReadonlyMap<string, RawParameter>

const maxParameters = 16

/** Visible ASCII and spaces, and no escape: nearly every value. */
const plainText = /^[\x20-\x5b\x5d-\x7e]*$/

/**
 * The list of parameters that both drafts have: `name="text"` or `name=digits`, commas between them with spaces around if
 * need be. Text is visible ASCII and spaces, so commas and `=` are nothing special in it; `\"` and `\\` are the only escapes,
 * so one text has one spelling. A name that occurs twice is refused: -10 has readers take the last one, -12 forbids it, and
 * whoever takes another one sees another signature. Reading is linear.
 *
 * @throws Psd2Error `SIGNATURE_SYNTAX`, `SIGNATURE_ESCAPE`, `SIGNATURE_DUPLICATE_PARAMETER`
 */
export function parseParameters(text: string, path: string): RawParameters {
  return new ParameterReader(text, path).read()
}

class ParameterReader {
  private readonly text: string
  private readonly path: string
  private at = 0

  constructor(text: string, path: string) {
    this.text = text
    this.path = path
  }

  read(): RawParameters {
    const parameters = new Map<string, RawParameter>()
    this.skipSpace()
    for (;;) {
      const start = this.at
      const name = this.readName()
      const parameter = this.readValue()
      if (parameters.has(name)) this.refuse('SIGNATURE_DUPLICATE_PARAMETER', name, start)
      parameters.set(name, parameter)
      if (parameters.size > maxParameters) this.refuse('SIGNATURE_SYNTAX', 'too many parameters', start)
      this.skipSpace()
      if (this.at >= this.text.length) return parameters
      if (this.text[this.at] !== ',') this.refuse('SIGNATURE_SYNTAX', 'a comma belongs here')
      this.at++
      this.skipSpace()
    }
  }

  private readName(): string {
    const start = this.at
    while (isLetter(this.text.charCodeAt(this.at))) this.at++
    if (this.at === start || this.text[this.at] !== '=') this.refuse('SIGNATURE_SYNTAX', 'name= belongs here', start)
    return this.text.slice(start, this.at++)
  }

  private readValue(): RawParameter {
    if (this.text[this.at] === '"') return { value: this.readQuoted(), quoted: true }
    const start = this.at
    if (this.text[this.at] === '-') this.at++
    while (isNumeric(this.text.charCodeAt(this.at))) this.at++
    if (this.at === start) this.refuse('SIGNATURE_SYNTAX', 'a value in double quotation marks belongs here', start)
    return { value: this.text.slice(start, this.at), quoted: false }
  }

  private readQuoted(): string {
    let start = ++this.at
    const close = this.text.indexOf('"', start)
    const whole = close < 0 ? '' : this.text.slice(start, close)
    if (close >= 0 && plainText.test(whole)) {
      this.at = close + 1
      return whole
    }
    let value = ''
    for (;;) {
      const code = this.text.charCodeAt(this.at)
      if (Number.isNaN(code)) this.refuse('SIGNATURE_SYNTAX', 'a quotation mark is not closed', start)
      if (code === 0x22) {
        value += this.text.slice(start, this.at++)
        return value
      }
      if (code < 0x20 || code > 0x7e) this.refuse('SIGNATURE_SYNTAX', 'a value has more than visible ASCII')
      if (code === 0x5c) {
        value += this.text.slice(start, this.at++)
        const escaped = this.text.charCodeAt(this.at)
        if (escaped !== 0x22 && escaped !== 0x5c) this.refuse('SIGNATURE_ESCAPE')
        start = this.at
      }
      this.at++
    }
  }

  private skipSpace(): void {
    while (this.text[this.at] === ' ' || this.text[this.at] === '\t') this.at++
  }

  private refuse(code: HttpCode, detail?: string, offset = this.at): never {
    throw httpError(code, detail, { path: this.path, offset })
  }
}

/** Letters, digits, `_` and `-`: what names of parameters are made of, `__proto__` among them. */
function isLetter(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || isDigit(code) || code === 0x5f || code === 0x2d
  )
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}

/** Digits and the point: a decimal is read here, and refused where an integer is wanted. */
function isNumeric(code: number): boolean {
  return isDigit(code) || code === 0x2e
}

/** A parameter as it is written. */
export function writeParameter(name: string, value: string | number): string {
  if (typeof value === 'number') return `${name}=${value}`
  if (!/^[\x20-\x7e]*$/.test(value)) throw httpError('SIGNATURE_SYNTAX', `${name} has more than visible ASCII`)
  return `${name}="${value.replace(/["\\]/g, '\\$&')}"`
}
