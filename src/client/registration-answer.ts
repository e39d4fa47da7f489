import type { JsonObject, JsonValue } from '../core/json.ts'
import { objectOf } from './answers.ts'
import type { AnswerSignature } from './bank-signature.ts'
import { RegistrationError } from './codes.ts'
import type { PreparedRequest } from './signed-request.ts'
import type { WireAnswer } from './transport.ts'

/** What the bank answered. */
export interface RegistrationAnswer {
  readonly status: number
  readonly clientId: string
  /** What is registered, as the bank tells it: it may differ from what was sent. */
  readonly registration: JsonObject
  /** Grant types in small letters: the bank answers in capitals. */
  readonly grantTypes: readonly string[]
  readonly signature: AnswerSignature
  readonly requestId: string
}

/** The registration of an answer. An update may be answered without a body; what was registered has its client_id. */
export function answered(
  answer: WireAnswer,
  { requestId }: PreparedRequest,
  signature: AnswerSignature,
  clientId?: string,
): RegistrationAnswer {
  const object = objectOf(answer)
  const given = object?.client_id
  if (object === undefined && (clientId === undefined || answer.body.length > 0)) {
    throw new RegistrationError('BANK_ANSWER_FORM', { detail: 'no JSON object', requestId })
  }
  if (clientId === undefined && (typeof given !== 'string' || given === '' || given.length > 256)) {
    throw new RegistrationError('BANK_ANSWER_FORM', { detail: 'no client_id', requestId })
  }
  if (clientId !== undefined && given !== undefined && given !== null && given !== clientId) {
    throw new RegistrationError('BANK_ANSWER_FORM', { detail: 'another client_id', requestId })
  }
  return {
    status: answer.status,
    clientId: clientId ?? (given as string),
    registration: object ?? {},
    grantTypes: textsOf(object?.grant_types).map((grant) => grant.toLowerCase()),
    signature,
    requestId,
  }
}

function textsOf(value: JsonValue | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : []
}
