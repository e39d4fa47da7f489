/**
 * Who stands behind a certificate: certification paths, EU trusted lists, revocation, the EBA register.
 *
 * @module
 */
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
