/**
 * Trust: whether a certificate is revoked, and what the register of the authorities says.
 *
 * @module
 */
export type {
  IssuerKey,
  Revocation,
  RevocationEvidence,
  RevocationQuestion,
  RevocationResult,
  RevocationStatus,
} from './revocation/answer.ts'
export { type CheckRevocationOptions, checkRevocation, createRevocationChecker } from './revocation/check.ts'
export { type RevocationCode, revocationCodes } from './revocation/codes.ts'
export type { FetchRequest, RevocationCheckerOptions, RevocationFetcher } from './revocation/options.ts'
