/**
 * Requirements on certificates as data, and the engine that runs them.
 *
 * @module
 */
export { certificateRules } from './all.ts'
export { profileCodes } from './codes.ts'
export { type ProfileRule, type RuleRun, type RuleSet, type RunInput, ruleSet, runRules } from './engine.ts'
export type {
  FactName,
  Facts,
  KeyUseFact,
  PathFact,
  RegisteredFact,
  RegisterFact,
  RequestFact,
  RevocationFact,
  ServiceFact,
} from './facts.ts'
export type { FoundAttributes, FoundExtensions } from './lookup.ts'
export { pairRules } from './pair/index.ts'
export type { PairRule, PairSubject } from './pair/subject.ts'
export { parseProfile } from './parse-profile.ts'
export {
  chooseRules,
  type PreparedProfile,
  type Profile,
  prepareProfile,
  type RuleOverride,
  unknownRule,
} from './profile.ts'
export { profiles } from './profiles/index.ts'
export { readerCode, readerCodes } from './reader-codes.ts'
export { type Breach, type Modal, type Place, type Report, type Rule, severityOf } from './rule.ts'
export { type CertificateRule, type CertificateSubject, certificateSubject, type SubjectOptions } from './subject.ts'
export type { WebRegime } from './web-regime.ts'
