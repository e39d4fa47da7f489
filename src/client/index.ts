/**
 * A client of the BPCE PSD2 Registration API, over undici.
 *
 * @module
 */
export type { AnswerSignature } from './bank-signature.ts'
export { type ChangedRegistration, RegistrationClient, type Removal } from './client.ts'
export { type BankProblem, type ClientCode, clientCodes, type ErrorContext, RegistrationError } from './codes.ts'
export { type CurlFiles, curlCommand } from './curl.ts'
export type { KeySet, SealIdentity } from './key-set.ts'
export type { CallOptions, KeyChoice, KeySetName, RegistrationClientOptions } from './options.ts'
export type { RegistrationAnswer } from './registration-answer.ts'
export type { RetrySettings } from './retry.ts'
export type { PreparedRequest } from './signed-request.ts'
export type { AccessToken } from './token.ts'
export type { TlsIdentity, TransportLimits, WireRequest } from './transport.ts'
