import type { Citation } from './citation.ts'

/** What a {@link Psd2Error} can say besides its message. */
export interface Psd2ErrorDetails {
  /** Where in the structure: dotted field names with list indexes, or a JSON Pointer. */
  readonly path?: string | undefined
  /** Octet offset from the start of the input that was given. */
  readonly offset?: number | undefined
  /** The clause that the input breaks. */
  readonly citation?: Citation | undefined
  /** How to put it right. */
  readonly mend?: string | undefined
  readonly cause?: unknown
}

/**
 * The one error that bad input raises. `code` is stable and is what programs compare; the message is for people and may
 * change. A caller's own mistake (a wrong option, a wrong type) is a `TypeError` instead.
 *
 * @example
 * ```ts
 * import { Psd2Error } from 'psd2-toolkit/core'
 * import { parseCertificate } from 'psd2-toolkit/x509'
 *
 * try {
 *   parseCertificate(new Uint8Array([0x30, 0x80]))
 * } catch (error) {
 *   if (error instanceof Psd2Error) console.log(error.code, error.offset, error.path)
 * }
 * ```
 */
export class Psd2Error extends Error {
  readonly code: string
  readonly path: string | undefined
  readonly offset: number | undefined
  readonly citation: Citation | undefined
  readonly mend: string | undefined

  constructor(code: string, message: string, details: Psd2ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.name = 'Psd2Error'
    this.code = code
    this.path = details.path
    this.offset = details.offset
    this.citation = details.citation
    this.mend = details.mend
  }

  /** The error as plain data, for reports. */
  toJSON(): { code: string; message: string; path?: string; offset?: number; clause?: string; mend?: string } {
    return {
      code: this.code,
      message: this.message,
      ...(this.path === undefined ? {} : { path: this.path }),
      ...(this.offset === undefined ? {} : { offset: this.offset }),
      ...(this.citation === undefined ? {} : { clause: `${this.citation.document} ${this.citation.clause}` }),
      ...(this.mend === undefined ? {} : { mend: this.mend }),
    }
  }
}
