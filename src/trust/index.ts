/**
 * Trust: whether a certificate is revoked, and what the register of the authorities says.
 *
 * @module
 */
export type {
  Revocation,
  RevocationAnswer,
  RevocationChecker,
  RevocationEvidence,
  RevocationRequest,
  RevocationStatus,
} from './revocation/answer.ts'
export {
  type CheckRevocationOptions,
  checkRevocation,
  createRevocationChecker,
  type FetchRequest,
  type RevocationCheckerOptions,
  type RevocationFetcher,
} from './revocation/check.ts'
export { type RevocationCode, revocationCodes } from './revocation/codes.ts'
