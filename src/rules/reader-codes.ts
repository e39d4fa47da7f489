import type { CodeInfo } from '../core/codes.ts'
import { derCodes } from '../der/codes.ts'
import { eidasCodes } from '../eidas/codes.ts'
import { x509Codes } from '../x509/codes.ts'

const tables: Readonly<Record<string, CodeInfo>> = { ...derCodes, ...x509Codes, ...eidasCodes }

/** What the readers of certificates say about a code of theirs; undefined for codes of other readers. */
export function readerCode(code: string): CodeInfo | undefined {
  return Object.hasOwn(tables, code) ? tables[code] : undefined
}

/** Every code that reading a certificate can give. */
export const readerCodes: readonly string[] = Object.keys(tables)
