import type { CodeInfo } from '../core/codes.ts'
import type { Psd2Error } from '../core/errors.ts'
import { type DerCode, derCodes } from './codes.ts'
import { countPlain } from './plain.ts'
import { refusal, type Scope } from './scope.ts'
import { tagName } from './tags.ts'

/** A field's name, or its place in a list. */
export type Step = string | number

/** A value that a cursor stood in. */
export interface Place {
  readonly depth: number
  readonly end: number
}

/**
 * A place in DER octets. It moves over the given bytes, never copies or re-encodes them, and knows the absolute offset
 * and the path of everything it reads. Each `read` refuses what ITU-T X.690 clauses 8.1 and 10 do not allow.
 *
 * A cursor stands inside one constructed value, from `position` to `end`. Reading an element leaves its content at
 * `valueStart` to `valueEnd`. Stepping into a constructed one with `open` gives the end of the enclosing value, which
 * `close` takes back when all of the content is read:
 *
 * ```text
 * const end = cursor.open(Tag.SEQUENCE, 'validity')
 * ... reads of each field ...
 * cursor.close(end)
 * ```
 */
export class Cursor {
  declare readonly bytes: Uint8Array
  declare readonly scope: Scope
  declare position: number
  declare end: number
  /** Identifier octet of the element read last. */
  declare elementStart: number
  /** Content of the element read last. */
  declare valueStart: number
  declare valueEnd: number
  /** The path of the value that the cursor stands in, as many steps as `depth` says. */
  declare private readonly steps: Step[]
  declare private depth: number
  /** Elements that may still be read. */
  declare private left: number
  declare private readonly deepest: number

  constructor(bytes: Uint8Array, scope: Scope, start: number, end: number, steps: Step[]) {
    this.bytes = bytes
    this.scope = scope
    this.position = start
    this.end = end
    this.elementStart = start
    this.valueStart = start
    this.valueEnd = start
    // With places for the steps to come: a list that grows is copied.
    this.steps = [steps[0] as Step, '', '', '', '', '', '', '', '', '', '', '']
    for (let i = 1; i < steps.length; i++) this.steps[i] = steps[i] as Step
    this.depth = steps.length
    this.left = scope.limits.elements
    this.deepest = scope.limits.depth
  }

  get isEmpty(): boolean {
    return this.position >= this.end
  }

  /** True where the next element has this tag. */
  next(tag: number): boolean {
    return this.position < this.end && this.bytes[this.position] === tag
  }

  /** The next identifier octet, or -1 at the end. */
  peek(): number {
    return this.position < this.end ? (this.bytes[this.position] as number) : -1
  }

  /** Reads the header of an element with this tag and moves past its content. */
  read(tag: number, step: Step): void {
    const { bytes, end, position } = this
    const start = position + 2
    // The way that nearly every element goes: its own tag, a length in one octet, all of it there.
    if (start <= end && bytes[position] === tag) {
      const length = bytes[position + 1] as number
      const stop = start + length
      if (length < 0x80 && stop <= end && this.left > 0) {
        this.left--
        this.elementStart = position
        this.valueStart = start
        this.valueEnd = stop
        this.position = stop
        return
      }
    }
    this.readCarefully(tag, step)
  }

  private readCarefully(tag: number, step: Step): void {
    const at = this.position
    if (at >= this.end) this.refuse('DER_VALUE_MISSING', step, at, `${tagName(tag)} expected`)
    if (this.bytes[at] !== tag) this.refuseTag(tag, step)
    this.header(step)
  }

  /** Reads an element of whatever tag and moves past its content; gives the tag. */
  readAny(step: Step): number {
    const { bytes, end, position } = this
    const start = position + 2
    if (start <= end) {
      const tag = bytes[position] as number
      const length = bytes[position + 1] as number
      const stop = start + length
      // As in `read`: a low tag, a length in one octet, all of it there.
      if (tag !== 0 && (tag & 0x1f) !== 0x1f && length < 0x80 && stop <= end && this.left > 0) {
        this.left--
        this.elementStart = position
        this.valueStart = start
        this.valueEnd = stop
        this.position = stop
        return tag
      }
    }
    return this.readAnyCarefully(step)
  }

  private readAnyCarefully(step: Step): number {
    const at = this.position
    if (at >= this.end) this.refuse('DER_VALUE_MISSING', step, at)
    const tag = this.bytes[at] as number
    if ((tag & 0x1f) === 0x1f) this.refuse('DER_TAG_HIGH_FORM', step, at)
    if (tag === 0) this.refuse('DER_TAG_UNEXPECTED', step, at, 'end-of-contents')
    this.header(step)
    return tag
  }

  /** Reads a constructed element with this tag and steps inside; gives what {@link close} needs to step out. */
  open(tag: number, step: Step): number {
    this.read(tag, step)
    return this.openValue(step)
  }

  /** Steps inside the content of the element read last. */
  openValue(step: Step): number {
    if (this.depth > this.deepest) this.refuse('LIMIT_DEPTH', step, this.elementStart)
    const outerEnd = this.end
    this.steps[this.depth++] = step
    this.position = this.valueStart
    this.end = this.valueEnd
    return outerEnd
  }

  /**
   * Steps inside two constructed elements at once, as `open` twice would, where the second is all that the first holds; gives
   * what {@link closePair} needs. Where it is not so, or not in lengths of one octet, or a limit is near, -1 is given and
   * nothing is read: `open` will say what is wrong.
   */
  openPair(tag: number, step: Step, inner: number, innerStep: Step): number {
    const { bytes, position, end, depth } = this
    const start = position + 4
    if (start > end || bytes[position] !== tag || bytes[position + 2] !== inner) return -1
    const length = bytes[position + 3] as number
    const stop = start + length
    if (length > 0x7d || bytes[position + 1] !== length + 2 || stop > end) return -1
    if (this.left < 2 || depth >= this.deepest) return -1
    this.left -= 2
    this.steps[depth] = step
    this.steps[depth + 1] = innerStep
    this.depth = depth + 2
    this.position = start
    this.end = stop
    return end
  }

  /** Refuses octets after the last field and steps out of what {@link openPair} stepped into. */
  closePair(outerEnd: number): void {
    this.finish()
    this.end = outerEnd
    this.depth -= 2
  }

  /** Refuses octets after the last field and steps out. */
  close(outerEnd: number): void {
    this.finish()
    this.end = outerEnd
    this.depth--
  }

  /**
   * Moves past all that is left of the value that the cursor stands in, where it is shown to be DER at a glance; false where
   * it is not, or a limit could be near, and nothing is moved.
   */
  skipPlain(): boolean {
    const { limits } = this.scope
    if (limits.oid < 0x80 || limits.integer < 0x80) return false
    const count = countPlain(this.bytes, this.position, this.end, this.deepest - this.depth + 1)
    if (count < 0 || count > this.left) return false
    this.left -= count
    this.position = this.end
    return true
  }

  /** Refuses octets after the last field. */
  finish(): void {
    if (this.position < this.end) this.refuse('DER_TRAILING_DATA', '', this.position)
  }

  /** Gives up what is left of the value in which `place` was taken, and steps out of everything opened since. */
  skipTo(place: Place): void {
    this.depth = place.depth
    this.end = place.end
    this.position = place.end
  }

  /** Where the cursor stands, for {@link skipTo}. */
  place(): Place {
    return { depth: this.depth, end: this.end }
  }

  /** Refuses always. */
  refuse(code: DerCode, step: Step, offset: number, detail?: string): never {
    throw refusal(code, derCodes[code], this.pathTo(step), offset, detail)
  }

  /** Refuses the element read last for the length of its content. */
  refuseLength(code: DerCode, step: Step, length: number): never {
    this.refuse(code, step, this.elementStart, `${length} octets`)
  }

  /** Refuses, or records and returns, as the mode and the code say. */
  deviate(code: DerCode, step: Step, offset: number, detail?: string): void {
    this.scope.deviate(code, derCodes[code], this.pathTo(step), offset, detail)
  }

  /** The same for a code of another room's table. */
  report(code: string, info: CodeInfo, step: Step, offset: number, detail?: string): void {
    this.scope.deviate(code, info, this.pathTo(step), offset, detail)
  }

  /** An error for a code of another room's table. */
  error(code: string, info: CodeInfo, step: Step, offset: number, detail?: string): Psd2Error {
    return refusal(code, info, this.pathTo(step), offset, detail)
  }

  /** The path of the value that the cursor stands in. */
  path(): string {
    let path = ''
    for (let i = 0; i < this.depth; i++) path = join(path, this.steps[i] as Step)
    return path
  }

  pathTo(step: Step): string {
    return join(this.path(), step)
  }

  /** Length octets, X.690 8.1.3 and 10.1: definite, in the fewest octets, within what is there. */
  private header(step: Step): void {
    const { bytes, position, end } = this
    if (--this.left < 0) this.refuse('LIMIT_ELEMENTS', step, position)
    let at = position + 1
    if (at >= end) this.refuse('DER_TRUNCATED', step, position)
    let length = bytes[at++] as number
    if (length >= 0x80) {
      const count = length & 0x7f
      if (count === 0) this.refuse('DER_LENGTH_INDEFINITE', step, position)
      // Checked before any arithmetic: a leading zero is padding whatever the count, and no value of 2^32 octets exists.
      if (at < end && bytes[at] === 0) this.refuse('DER_LENGTH_NOT_MINIMAL', step, position)
      if (count > 4) this.refuse('DER_LENGTH_TOO_LONG', step, position)
      if (at + count > end) this.refuse('DER_TRUNCATED', step, position)
      length = 0
      for (let i = 0; i < count; i++) length = length * 256 + (bytes[at++] as number)
      if (length < 0x80) this.refuse('DER_LENGTH_NOT_MINIMAL', step, position)
    }
    if (length > end - at) this.refuse('DER_TRUNCATED', step, position, `${length} octets promised, ${end - at} left`)
    this.elementStart = position
    this.valueStart = at
    this.valueEnd = at + length
    this.position = at + length
  }

  private refuseTag(wanted: number, step: Step): never {
    const at = this.position
    const met = this.bytes[at] as number
    if ((met & 0x1f) === 0x1f) this.refuse('DER_TAG_HIGH_FORM', step, at)
    if (met === (wanted ^ 0x20)) {
      this.refuse(met & 0x20 ? 'DER_FORM_CONSTRUCTED' : 'DER_FORM_PRIMITIVE', step, at, tagName(wanted))
    }
    this.refuse('DER_TAG_UNEXPECTED', step, at, `${tagName(wanted)} expected, ${tagName(met)} met`)
  }
}

function join(path: string, step: Step): string {
  if (typeof step === 'number') return `${path}[${step}]`
  if (step === '') return path
  return path === '' ? step : `${path}.${step}`
}

/** A cursor before the first element of `bytes`. `root` is the first step of every path. */
export function openDer(bytes: Uint8Array, scope: Scope, root = ''): Cursor {
  if (bytes.length > scope.limits.size) {
    throw refusal('LIMIT_SIZE', derCodes.LIMIT_SIZE, root, 0, `${bytes.length} octets, ${scope.limits.size} allowed`)
  }
  if (bytes.length === 0) throw refusal('DER_EMPTY', derCodes.DER_EMPTY, root, 0)
  return new Cursor(bytes, scope, 0, bytes.length, [root])
}

/** A cursor before the first element of a part of octets that were read before. `steps` are its path. */
export function openPart(bytes: Uint8Array, start: number, end: number, scope: Scope, ...steps: Step[]): Cursor {
  return new Cursor(bytes, scope, start, end, steps)
}
