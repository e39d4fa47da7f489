/**
 * Who stands behind a certificate: certification paths, EU trusted lists, revocation, the EBA register.
 *
 * @module
 */

export * from './lists/index.ts'
export {
  type ConformanceCode,
  conformanceCodes,
  type PathCode,
  type PathCodeInfo,
  type PathVerdict,
  pathCodes,
  pathVerdict,
} from './path/codes.ts'
export type {
  Anchor,
  KeyAnchor,
  PathBudget,
  PathPurpose,
  PathQuestion,
  PathRefusal,
  PathValidatorOptions,
  PathWork,
  PolicyDemands,
  ReferenceName,
  RevocationAnswer,
  RevocationChecker,
  RevocationIssuer,
  RevocationQuery,
  ValidatePathOptions,
  ValidPath,
} from './path/types.ts'
export { validatePath } from './path/validate.ts'
export { createPathValidator, type PathValidator, type UnreadableCertificate } from './path/validator.ts'
export { defaultBudget } from './path/work.ts'
export type { AuthorisationState } from './register/authorisation.ts'
export { type AuthorityAlias, authorityAliases } from './register/authorities.ts'
export { type RegisterCode, registerCodes } from './register/codes.ts'
export type { RegisterEntity, RegisterEntityType, RegisterServices } from './register/entity.ts'
export type { RegisterInfo } from './register/index-format.ts'
export type {
  LookupOptions,
  RegisterAnswer,
  RegisterFinding,
  RegisterMatch,
  RegisterRule,
  RegisterStatus,
} from './register/lookup.ts'
export { type EbaRegister, openEbaRegister } from './register/open.ts'
export type { RoleAnswer } from './register/roles.ts'
export type {
  Revocation,
  RevocationEvidence,
  RevocationQuestion,
  RevocationResult,
  RevocationStatus,
} from './revocation/answer.ts'
export { type CheckRevocationOptions, checkRevocation, createRevocationChecker } from './revocation/check.ts'
export { type RevocationCode, revocationCodes } from './revocation/codes.ts'
export type { FetchRequest, RevocationCheckerOptions, RevocationFetcher } from './revocation/options.ts'
