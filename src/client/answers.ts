import { Psd2Error } from '../core/errors.ts'
import { isJsonObject, type JsonObject, parseJson } from '../core/json.ts'
import { type BankProblem, type ClientCode, RegistrationError } from './codes.ts'
import type { WireAnswer } from './transport.ts'

/** Text of the bank for a message: one line, visible, cut, and without secrets of ours. */
function cleaned(value: unknown, secrets: readonly string[]): string | undefined {
  if (typeof value !== 'string' || value === '') return undefined
  let text = value.slice(0, 4096)
  for (const secret of secrets) text = text.replaceAll(secret, '[removed]')
  return text.replace(/[^\x20-\x7e\xa0-\xff]/g, '?').slice(0, 300)
}

export function headerOf({ headers }: WireAnswer, name: string): string | undefined {
  return headers.find(([other]) => other.toLowerCase() === name)?.[1]
}

/** The JSON object of an answer; undefined where it is none. Read strictly: the bank's JSON is as foreign as any. */
export function objectOf({ body }: WireAnswer): JsonObject | undefined {
  try {
    const value = parseJson(body, { size: 1 << 20, depth: 16 })
    return isJsonObject(value) ? value : undefined
  } catch (error) {
    if (error instanceof Psd2Error) return undefined
    throw error
  }
}

/** What the bank says went wrong, in either of the shapes that it has. */
export function problemOf(answer: WireAnswer, secrets: readonly string[]): BankProblem {
  const object = objectOf(answer)
  const { status } = answer
  const retryAfter = secondsOf(headerOf(answer, 'retry-after'))
  if (object === undefined) return { status, shape: 'none', error: undefined, description: undefined, retryAfter }
  const isGateway = object.error_description === undefined && object.message !== undefined
  const description = isGateway ? object.message : object.error_description
  return {
    status,
    shape: isGateway ? 'gateway' : object.error === undefined ? 'none' : 'oauth',
    error: cleaned(object.error, secrets),
    description: cleaned(description, secrets),
    retryAfter,
  }
}

/** Seconds of Retry-After; a date is not taken, since the clocks may differ. */
function secondsOf(value: string | undefined): number | undefined {
  return value !== undefined && /^[0-9]{1,6}$/.test(value) ? Number(value) : undefined
}

const codesByStatus: Readonly<Record<number, ClientCode>> = {
  401: 'BANK_TOKEN',
  404: 'BANK_NOT_FOUND',
  405: 'BANK_METHOD',
  429: 'BANK_RATE_LIMITED',
}

/** The error for an answer whose status is none of those that were expected. */
export function refusalOf(answer: WireAnswer, secrets: readonly string[], requestId: string): RegistrationError {
  const problem = problemOf(answer, secrets)
  return new RegistrationError(codeFor(problem), { problem, requestId })
}

function codeFor({ status, error }: BankProblem): ClientCode {
  if (error === 'invalid_token') return 'BANK_TOKEN'
  const named = codesByStatus[status]
  if (named !== undefined) return named
  if (status >= 500) return 'BANK_FAILED'
  return status >= 400 ? 'BANK_REFUSED' : 'BANK_ANSWER_STATUS'
}
