import { Psd2Error } from '../core/errors.ts'

/** What can be wrong with a file that is given as the EBA register. */
const ebaCodes = {
  EBA_NOT_REGISTER: [
    'this is not the EBA register',
    'give the JSON file out of the published archive (PSDMD), or its text on standard input',
  ],
  EBA_TRUNCATED: ['the register is cut off', 'fetch it again in full, and compare its SHA-256 with the published one'],
  EBA_SYNTAX: ['the register is no JSON', 'fetch it again, and compare its SHA-256 with the published one'],
  EBA_SHAPE: [
    'the register has not the published shape: [[disclaimer], [entries]]',
    'give the JSON file out of the published archive (PSDMD)',
  ],
  EBA_EMPTY: ['the register has no entry', 'fetch it again in full'],
  EBA_DIGEST: [
    'the file is not the one whose SHA-256 was given',
    'fetch it again; the SHA-256 is in the file beside it in the archive',
  ],
  LIMIT_EBA_ENTRY: ['an entry of the register is larger than the limit', 'this is not the published register'],
  LIMIT_EBA_SIZE: ['the register is larger than the limit', 'raise the limit where the file is really the register'],
} as const satisfies Record<string, readonly [says: string, mend: string]>

export type EbaCode = keyof typeof ebaCodes

export function ebaError(code: EbaCode, offset: number, detail?: string, path?: string): Psd2Error {
  const [says, mend] = ebaCodes[code]
  const met = detail === undefined ? '' : ` (${detail})`
  const citation = { document: 'EBA payment institutions register', clause: 'JSON specification' }
  return new Psd2Error(code, `${says}${met}, offset ${offset}`, { offset, path, mend, citation })
}
