import { codeInfo } from '../audit/code-info.ts'
import type { Psd2Error } from '../core/errors.ts'
import { type PathCode, type PathCodeInfo, pathCodes } from '../trust/index.ts'
import type { Answer } from './answer.ts'
import { serverCodes } from './codes.ts'
import type { AnswerPolicy } from './policy.ts'

type StatusOf = number | ((policy: AnswerPolicy) => number)

interface Row {
  readonly error: string
  readonly status: StatusOf
}

const unauthorized = (error: string): Row => ({ error, status: (policy) => policy.unauthorized })
const bad = (error: string): Row => ({ error, status: 400 })

/** Error values of RFC 6749 5.2, RFC 6750 3.1 and RFC 7591 3.2.2 for codes. */
const rows: Readonly<Record<string, Row>> = {
  CLIENT_CERTIFICATE_MISSING: unauthorized('invalid_client'),
  CLIENT_CERTIFICATE_KIND: unauthorized('invalid_client'),
  CLIENT_CERTIFICATE_PSS: unauthorized('invalid_client'),
  CLIENT_CERTIFICATE_EXPIRED: unauthorized('invalid_client'),
  CLIENT_CERTIFICATE_IDENTIFIER: unauthorized('invalid_client'),
  TOKEN_MISSING: unauthorized('invalid_token'),
  TOKEN_SYNTAX: unauthorized('invalid_token'),
  TOKEN_UNKNOWN: unauthorized('invalid_token'),
  TOKEN_EXPIRED: unauthorized('invalid_token'),
  CLIENT_ID: unauthorized('invalid_client'),
  GRANT_TYPE: bad('unsupported_grant_type'),
  SCOPE: bad('invalid_scope'),
  SCOPE_NOT_AUTHORISED: bad('invalid_client_metadata'),
  SEAL_OWNER: bad('invalid_client_metadata'),
  AGENT_SCOPE: bad('invalid_client_metadata'),
  SEAL_TAKEN: bad('invalid_client_metadata'),
  LEGAL_ID_TAKEN: bad('invalid_client_metadata'),
  NAME_TAKEN: bad('invalid_client_metadata'),
  OWNER_CHANGED: bad('invalid_client_metadata'),
  LIMIT_BODY: { error: 'invalid_request', status: (policy) => policy.tooLarge },
  FORM_CONTENT_TYPE: { error: 'invalid_request', status: (policy) => policy.mediaType },
  BODY_CONTENT_TYPE: { error: 'invalid_request', status: (policy) => policy.mediaType },
  RESOURCE_UNKNOWN: { error: 'not_found', status: 404 },
  METHOD_NOT_ALLOWED: { error: 'method_not_allowed', status: 405 },
  RATE_LIMIT: { error: 'too_many_requests', status: 429 },
  SIGNATURE_REPLAY_STORE: { error: 'server_error', status: 500 },
  INTERNAL: { error: 'server_error', status: 500 },
}

/** What is wrong with a body by the rules of registration. */
export interface Complaint {
  readonly code: string
  /** Where: only names that the page has, never one that the sender chose. */
  readonly pointer: string | undefined
  readonly says: string
  readonly mend: string | undefined
  /** Error value of RFC 7591, where it is another than invalid_client_metadata. */
  readonly error?: string
}

const certificates = ['QWAC', 'QSealC'] as const

/** What is wrong with one of the certificates is wrong with the client, or with what it wants to register. */
const byCertificate: Readonly<Record<(typeof certificates)[number], Row>> = {
  QWAC: unauthorized('invalid_client'),
  QSealC: bad('invalid_client_metadata'),
}

/** Complaints that are told in one answer at most. */
const told = 8

/** A body that the rules refuse. */
export class ComplaintError extends Error {
  readonly complaints: readonly Complaint[]

  constructor(complaints: readonly Complaint[]) {
    super(complaints.map(({ code }) => code).join(', '))
    this.complaints = complaints
  }

  get code(): string {
    return this.complaints[0]?.code ?? 'INTERNAL'
  }
}

/**
 * What is answered to a request that was refused: the error value, and in error_description the code, what is wrong in fixed
 * words, and how to put it right. Nothing that was received is repeated.
 */
export function refusalOf(error: Psd2Error | ComplaintError, policy: AnswerPolicy): Answer {
  if (error instanceof ComplaintError) {
    const lines = error.complaints.slice(0, told).map(sentenceOf)
    const more = error.complaints.length - lines.length
    return answerOf(error.code, 400, error.complaints[0]?.error ?? 'invalid_client_metadata', [
      ...lines,
      ...(more > 0 ? [`and ${more} more`] : []),
    ])
  }
  const { code } = error
  const pointer = certificates.find((name) => name === error.path)
  const known = Object.hasOwn(rows, code) ? rows[code] : undefined
  const row = (pointer === undefined ? known : byCertificate[pointer]) ?? bad('invalid_request')
  const status = typeof row.status === 'number' ? row.status : row.status(policy)
  // The message of a server's own error is ours to the last word; those of other rooms repeat what they met.
  const isOwn = Object.hasOwn(serverCodes, code)
  const info = isOwn ? { says: error.message, mend: error.mend } : (codeInfo(code) ?? pathCodeInfo(code))
  const answer = answerOf(code, status, row.error, [
    sentenceOf({ code, pointer, says: info?.says ?? 'the request was refused', mend: info?.mend }),
  ])
  return status === 401
    ? { ...answer, headers: { ...answer.headers, 'www-authenticate': challenge(row.error) } }
    : answer
}

function pathCodeInfo(code: string): PathCodeInfo | undefined {
  return Object.hasOwn(pathCodes, code) ? pathCodes[code as PathCode] : undefined
}

function sentenceOf({ code, pointer, says, mend }: Complaint): string {
  const where = pointer === undefined || pointer === '' ? '' : ` at ${pointer}`
  return `${code}${where}: ${says}${mend === undefined ? '' : ` (${mend})`}`
}

function answerOf(code: string, status: number, error: string, lines: readonly string[]): Answer {
  return { code, status, headers: {}, body: { error, error_description: asText(lines.join('; ')) } }
}

/** RFC 6749 5.2: error_description has visible ASCII but for quotation mark and backslash. */
function asText(text: string): string {
  return text.replace(/["\\]/g, "'").replace(/[^\x20-\x7e]/g, '?')
}

function challenge(error: string): string {
  return error === 'invalid_token' ? `Bearer error="${error}"` : 'Bearer'
}
