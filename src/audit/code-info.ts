import type { CodeInfo } from '../core/codes.ts'
import { cryptoCodes } from '../crypto/codes.ts'
import { derCodes } from '../der/codes.ts'
import { eidasCodes } from '../eidas/codes.ts'
import { httpCodes } from '../http/codes.ts'
import { joseCodes } from '../jose/codes.ts'
import { profileCodes } from '../rules/codes.ts'
import { signingCodes } from '../signing/codes.ts'
import { trustListCodes } from '../trust/lists/codes.ts'
import { pathCodes } from '../trust/path/codes.ts'
import { registerCodes } from '../trust/register/codes.ts'
import { revocationCodes } from '../trust/revocation/codes.ts'
import { x509Codes } from '../x509/codes.ts'
import { containerCodes } from '../x509/containers/codes.ts'
import { crlCodes } from '../x509/crl-codes.ts'
import { ocspCodes } from '../x509/ocsp/codes.ts'

const tables: Readonly<Record<string, CodeInfo>> = {
  ...derCodes,
  ...x509Codes,
  ...eidasCodes,
  ...containerCodes,
  ...cryptoCodes,
  ...joseCodes,
  ...httpCodes,
  ...signingCodes,
  ...profileCodes,
  ...crlCodes,
  ...ocspCodes,
  ...revocationCodes,
  ...trustListCodes,
  ...registerCodes,
  ...pathCodes,
}

/** What is to be said about a code of reading; undefined where the code is of another kind. */
export function codeInfo(code: string): CodeInfo | undefined {
  return Object.hasOwn(tables, code) ? tables[code] : undefined
}

/** Every code of reading, with what is to be said about it. */
export function allCodes(): readonly (readonly [string, CodeInfo])[] {
  return Object.entries(tables)
}
