import type { CodeInfo } from '../core/codes.ts'
import { Psd2Error } from '../core/errors.ts'
import type { Cursor } from './cursor.ts'

/**
 * Reads the rest of the value that the cursor stands in, where nothing after it depends on it. Strict: a breach is an error where it is. Tolerant: it is
 * recorded under `code` and the part has no value, so that the rest is still shown; limits hold in both.
 */
export function attemptPart<Value>(
  cursor: Cursor,
  code: string,
  info: CodeInfo,
  read: (cursor: Cursor) => Value,
): Value | undefined {
  if (cursor.scope.mode !== 'strict') return attemptTolerantly(cursor, code, info, read)
  const value = read(cursor)
  cursor.finish()
  return value
}

function attemptTolerantly<Value>(
  cursor: Cursor,
  code: string,
  info: CodeInfo,
  read: (cursor: Cursor) => Value,
): Value | undefined {
  const start = cursor.position
  const place = cursor.place()
  try {
    const value = read(cursor)
    cursor.finish()
    return value
  } catch (error) {
    if (!(error instanceof Psd2Error) || error.code.startsWith('LIMIT_')) throw error
    cursor.skipTo(place)
    cursor.report(code, info, '', error.offset ?? start, `${error.code} at ${error.path}`)
    return undefined
  }
}
