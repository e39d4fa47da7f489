import type { CodeInfo, Leniency } from '../core/codes.ts'
import type { Psd2Error } from '../core/errors.ts'
import type { Cursor, Step } from '../der/index.ts'

/** Every way in which DER can fail to be a revocation list as RFC 5280 clause 5 has it. */
export const crlCodes = {
  CRL_VERSION: rfc5280('refuse', '5.1.2.1', 'the version is neither absent nor v2', 'issue the list as v2'),
  CRL_VERSION_FIELDS: rfc5280('refuse', '5.1.2.1', 'a list of v1 has extensions', 'issue the list as v2'),
  CRL_ISSUER_EMPTY: rfc5280('refuse', '5.1.2.3', 'the issuer of the list is an empty name', 'name the issuer'),
  CRL_TIME_FORM: rfc5280(
    'note',
    '5.1.2.4',
    'a date to 2049 is not UTCTime',
    'use UTCTime up to 2049 and GeneralizedTime from 2050 on',
  ),
  CRL_UPDATE_ORDER: rfc5280('note', '5.1.2.5', 'nextUpdate is before thisUpdate', 'correct the dates'),
  CRL_LIST_EMPTY: rfc5280(
    'note',
    '5.1.2.6',
    'the list of revoked certificates is there and empty',
    'leave the field out where nothing is revoked',
  ),
  CRL_REASON: rfc5280('refuse', '5.3.1', 'the reason of a revocation is none that is defined', 'use 0 to 6 or 8 to 10'),
  CRL_ISSUING_POINT_EMPTY: rfc5280(
    'refuse',
    '5.2.5',
    'issuingDistributionPoint says nothing',
    'leave the extension out where the list covers everything',
  ),
  CRL_ISSUING_POINT_SCOPE: rfc5280(
    'refuse',
    '5.2.5',
    'issuingDistributionPoint limits the list to more than one kind of certificate',
    'set at most one of onlyContainsUserCerts, onlyContainsCACerts, onlyContainsAttributeCerts',
  ),
  LIMIT_CRL_ENTRIES: {
    leniency: 'refuse',
    document: 'psd2-toolkit limits',
    clause: 'limits',
    says: 'the list has more entries than the limit',
    mend: 'raise the limit where the list is really of an authority that large',
  },
} as const satisfies Record<string, CodeInfo>

export type CrlCode = keyof typeof crlCodes

function rfc5280(leniency: Leniency, clause: string, says: string, mend: string): CodeInfo {
  return { leniency, document: 'RFC 5280', clause, says, mend }
}

export function crlError(cursor: Cursor, code: CrlCode, step: Step, offset: number, detail?: string): Psd2Error {
  return cursor.error(code, crlCodes[code], step, offset, detail)
}

export function crlNote(cursor: Cursor, code: CrlCode, step: Step, offset: number, detail?: string): void {
  cursor.report(code, crlCodes[code], step, offset, detail)
}
