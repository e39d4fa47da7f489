import type { CodeInfo } from '../../core/codes.ts'
import type { Psd2Error } from '../../core/errors.ts'
import type { Cursor, Step } from '../../der/index.ts'

/** Every way in which DER can fail to be an OCSP response as RFC 6960 has it. */
export const ocspCodes = {
  OCSP_STATUS: rfc6960('4.2.1', 'the status of the response is none that is defined', 'ask another responder'),
  OCSP_RESPONSE_MISSING: rfc6960('4.2.1', 'the response says successful and holds no answer', 'ask again'),
  OCSP_RESPONSE_PRESENT: rfc6960('4.2.1', 'the response says that it failed and holds an answer', 'ask again'),
  OCSP_VERSION: rfc6960('4.2.1', 'the version of the response is not v1', 'ask another responder'),
  OCSP_RESPONDER_ID: rfc6960('4.2.1', 'the responder is named by neither name nor key', 'ask another responder'),
  OCSP_CERTIFICATE_STATUS: rfc6960('4.2.1', 'the status of a certificate is none that is defined', 'ask again'),
  LIMIT_OCSP_RESPONSES: limit('the response is about more certificates than the limit'),
  LIMIT_OCSP_CERTIFICATES: limit('the response carries more certificates than the limit'),
} as const satisfies Record<string, CodeInfo>

export type OcspCode = keyof typeof ocspCodes

function rfc6960(clause: string, says: string, mend: string): CodeInfo {
  return { leniency: 'refuse', document: 'RFC 6960', clause, says, mend }
}

function limit(says: string): CodeInfo {
  const mend = 'ask about one certificate at a time'
  return { leniency: 'refuse', document: 'psd2-toolkit limits', clause: 'limits', says, mend }
}

export function ocspError(cursor: Cursor, code: OcspCode, step: Step, offset: number, detail?: string): Psd2Error {
  return cursor.error(code, ocspCodes[code], step, offset, detail)
}
