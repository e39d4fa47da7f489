/**
 * HTTP message signatures without keys and profiles: messages, the cavage drafts, RFC 9421, JAdES HttpHeaders, and the one
 * policy for all of them.
 *
 * @module
 */
export { signatureBaseOf } from './base.ts'
export type { CavageName } from './cavage/dialects.ts'
export { parseParameters, type RawParameter, type RawParameters } from './cavage/parameters.ts'
export type { CavageQuirks } from './cavage/quirks.ts'
export type { CavageSignOptions } from './cavage/sign.ts'
export { type HttpCode, httpCodes } from './codes.ts'
export { type ExplainedLine, explainSignature } from './explain.ts'
export type { JadesSignOptions } from './jades/sign.ts'
export type { JwsName } from './jws/forms.ts'
export type { JwsSignOptions } from './jws/sign.ts'
export { defaultHttpLimits, type HttpLimits } from './limits.ts'
export {
  type FieldLines,
  fieldValue,
  type HeaderLines,
  type HttpMessage,
  type HttpResponse,
  type MessageOptions,
  type MessageView,
  readMessage,
} from './message.ts'
export { type ParseSignatureOptions, parseSignatures, type SelectOptions, selectSignature } from './parse.ts'
export { checkKeyAlgorithm, checkPolicy, type PolicyOptions } from './policy/check.ts'
export { type MemoryReplayOptions, MemoryReplayStore } from './policy/memory-store.ts'
export {
  type ClockPolicy,
  type DigestPolicy,
  type PreparedPolicy,
  preparePolicy,
  type ReplayPolicy,
  type RequiredParameter,
  type SignaturePolicy,
} from './policy/policy.ts'
export { checkReplay, type ReplayOptions, type ReplayStore } from './policy/replay.ts'
export {
  type AnswerTimes,
  answerTo,
  buildAcceptSignature,
  parseAcceptSignature,
  type RequestedSignature,
} from './rfc9421/accept.ts'
export type { MessageContext } from './rfc9421/context.ts'
export type { Rfc9421SignOptions } from './rfc9421/sign.ts'
export { type SignedHeaders, type SignOptions, signMessage } from './sign.ts'
export type {
  CoveredComponent,
  DialectName,
  ParsedSignature,
  SignatureBase,
  SignatureInput,
  Signer,
  Verifier,
} from './signature.ts'
export { type SignatureBaseOptions, signatureBase } from './signature-base.ts'
export type { RequestTarget } from './target.ts'
export { formatHttpDate, parseHttpDate } from './time.ts'
export { verifySignatureOf } from './verify.ts'
