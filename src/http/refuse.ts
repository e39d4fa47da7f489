import { type CodeInfo, citationOf } from '../core/codes.ts'
import { Psd2Error } from '../core/errors.ts'
import { type HttpCode, httpCodes } from './codes.ts'

/** Where and how a refusal came about. */
export interface Place {
  readonly path?: string | undefined
  readonly offset?: number | undefined
  readonly cause?: unknown
}

/** The error of a code. `detail` may quote what was met: it is cut and cleaned, since it is untrusted. */
export function httpError(code: HttpCode, detail?: string, place: Place = {}): Psd2Error {
  const info: CodeInfo = httpCodes[code]
  const text = detail === undefined ? info.says : `${info.says}: ${quotable(detail)}`
  return new Psd2Error(code, text, { ...place, citation: citationOf(info), mend: info.mend })
}

/** Text that can stand in a message: visible ASCII, and not more of it than a line. */
function quotable(text: string): string {
  const cut = text.length > 200 ? `${text.slice(0, 200)}...` : text
  return cut.replace(/[^\x20-\x7e]/g, '?')
}
