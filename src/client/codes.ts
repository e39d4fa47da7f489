import type { CodeInfo, Leniency } from '../core/codes.ts'
import { Psd2Error } from '../core/errors.ts'

/** Everything that can go wrong between this client and the bank. */
export const clientCodes = {
  BANK_UNREACHABLE: practice(
    'no connection to the bank came about: nothing was sent',
    'check the address, the network and the certificates; it is safe to try again',
  ),
  BANK_TLS: practice(
    'TLS with the bank failed: nothing was accepted',
    'check the CA of the bank, and whether the bank knows the issuer of the QWAC: a new CA takes it about two weeks',
  ),
  BANK_TIMEOUT: practice('the bank did not answer in time', 'try again later; a read may be repeated safely'),
  BANK_CONNECTION: practice(
    'the connection broke before the answer was whole',
    'try again; a read may be repeated safely',
  ),
  BANK_OUTCOME_UNKNOWN: practice(
    'the registration was sent and no answer came: whether it was made is not known',
    'do not repeat it blindly: the bank takes one client a set of certificates, and tells a duplicate by 400',
  ),
  BANK_ANSWER_SIZE: practice(
    'the answer is larger than the cap',
    'raise maxAnswer where the answer is really expected',
  ),
  BANK_ANSWER_STATUS: page('Response', 'the answer has a status that the page does not name', 'ask the bank'),
  BANK_ANSWER_FORM: page('Response', 'the answer is not what the page describes', 'ask the bank'),
  BANK_ANSWER_SIGNATURE: page(
    'Response',
    'the signature of the answer does not hold: it was changed on the way, or is of somebody else',
    'trust nothing that it says; after a status of success what was asked may have been done, which a read shows',
  ),
  BANK_ANSWER_UNSIGNED: page('Response', 'the answer is not signed, and a signed one is required', 'ask the bank'),
  BANK_ANSWER_OTHER: page('HTTP Headers', 'the signed answer names another x-request-id', 'ask the bank'),
  BANK_REFUSED: page('Errors', 'the bank refused the request', 'correct what the bank names'),
  BANK_TOKEN: page('Errors', 'the bank did not take the access token', 'try again: a new token is fetched then'),
  BANK_NOT_FOUND: page(
    'Errors',
    'the bank knows no such client, or does not let this TPP see it',
    'check the client_id; one that was made on the portal cannot be used here',
  ),
  BANK_METHOD: page('Errors', 'the bank does not take this method', 'check the address'),
  BANK_RATE_LIMITED: practice('the bank asks to wait', 'try again after the time that it names'),
  BANK_FAILED: page('Errors', 'the bank has a failure of its own', 'try again later'),
  TOKEN_REFUSED: page(
    'Get the access token',
    'the bank gave no access token',
    'check the QWAC, and the client_id of the token request: PSD2_TPPRegister',
  ),
  TOKEN_ANSWER: page(
    'Get the access token',
    'the answer of the token endpoint has no usable access_token',
    'ask the bank',
  ),
  CLIENT_ID_FORM: practice(
    'the client_id is empty, too long, or has characters that no bank gives',
    'take it from the answer to the registration',
  ),
  CLIENT_CERTIFICATE: practice(
    'the body carries another certificate than the one that signs it',
    'build the body from the QSealC of the key set: psd2 registration build',
  ),
} as const satisfies Record<string, CodeInfo>

export type ClientCode = keyof typeof clientCodes

function info(leniency: Leniency, document: string, clause: string, says: string, mend: string): CodeInfo {
  return { leniency, document, clause, says, mend }
}

function page(clause: string, says: string, mend: string): CodeInfo {
  return info('refuse', 'BPCE PSD2 Registration API', clause, says, mend)
}

function practice(says: string, mend: string): CodeInfo {
  return info('refuse', 'practice', 'client', says, mend)
}

/** What the bank said of an error. Untrusted text, cut and cleaned; tokens of ours are taken out of it. */
export interface BankProblem {
  readonly status: number
  /** `oauth`: error and error_description. `gateway`: timestamp, status, error, message, path. */
  readonly shape: 'oauth' | 'gateway' | 'none'
  readonly error: string | undefined
  readonly description: string | undefined
  /** Seconds that the bank asks to wait. */
  readonly retryAfter: number | undefined
}

/** Where an error belongs to. */
export interface ErrorContext {
  readonly detail?: string
  readonly problem?: BankProblem
  readonly requestId?: string | undefined
}

/**
 * An error between this client and the bank: what went wrong by code, and what the bank said. It holds neither token nor
 * key nor body.
 */
export class RegistrationError extends Psd2Error {
  /** What the bank answered; undefined where it did not. */
  readonly problem: BankProblem | undefined
  /** The x-request-id of the try, for the support of the bank. */
  readonly requestId: string | undefined

  constructor(code: ClientCode, context: ErrorContext = {}) {
    const { says, document, clause, mend } = clientCodes[code]
    const { problem, detail, requestId } = context
    const told = detail ?? (problem === undefined ? undefined : problemText(problem))
    super(code, told === undefined ? says : `${says}: ${told}`, { citation: { document, clause }, mend })
    this.name = 'RegistrationError'
    this.problem = problem
    this.requestId = requestId
  }

  override toJSON(): ReturnType<Psd2Error['toJSON']> & { problem?: BankProblem; requestId?: string } {
    return {
      ...super.toJSON(),
      ...(this.problem === undefined ? {} : { problem: this.problem }),
      ...(this.requestId === undefined ? {} : { requestId: this.requestId }),
    }
  }
}

function problemText({ status, error, description }: BankProblem): string {
  return [String(status), error, description].filter((part) => part !== undefined).join(', ')
}
