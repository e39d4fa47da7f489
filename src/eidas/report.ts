import type { Cursor, Step } from '../der/index.ts'
import { type EidasCode, eidasCodes } from './codes.ts'

/** Refuses, or records and returns, as the mode and the code say. */
export function report(cursor: Cursor, code: EidasCode, step: Step, offset: number, detail?: string): void {
  cursor.report(code, eidasCodes[code], step, offset, detail)
}
