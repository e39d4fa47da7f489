import { type CodeInfo, citationOf, type Deviation } from '../core/codes.ts'
import { Psd2Error } from '../core/errors.ts'
import { defaultLimits, type Limits } from '../core/limits.ts'

/** Strict refuses every breach of DER; tolerant records those that every reader understands alike and goes on. */
export type ReadMode = 'strict' | 'tolerant'

/** What one reading shares: its mode, its caps, how much it has read and what it stepped over. */
export class Scope {
  declare readonly mode: ReadMode
  declare readonly limits: Limits
  declare readonly deviations: Deviation[]

  constructor(mode: ReadMode = 'strict', limits: Limits = defaultLimits) {
    if (mode !== 'strict' && mode !== 'tolerant') throw new TypeError(`mode must be 'strict' or 'tolerant'`)
    this.mode = mode
    this.limits = limits
    this.deviations = []
  }

  /** Throws, or records and returns, as the leniency of the code says. */
  deviate(code: string, info: CodeInfo, path: string, offset: number, detail?: string): void {
    if (info.leniency === 'refuse' || (info.leniency === 'strict' && this.mode === 'strict')) {
      throw refusal(code, info, path, offset, detail)
    }
    this.deviations.push(detail === undefined ? { code, path, offset } : { code, path, offset, detail })
  }
}

/** The error for a code of the tables. */
export function refusal(code: string, info: CodeInfo, path: string, offset: number, detail?: string): Psd2Error {
  const met = detail === undefined ? '' : ` (${detail})`
  return new Psd2Error(code, `${info.says}${met}, at ${path === '' ? 'the top' : path}, offset ${offset}`, {
    path,
    offset,
    citation: citationOf(info),
    mend: info.mend,
  })
}
