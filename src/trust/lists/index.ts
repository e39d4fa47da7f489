/** Trusted lists below the rim: what a list says, what holds when, and the store that answers by key. */
export { answerText } from './answer-text.ts'
export { type TrustListCode, trustListCodes } from './codes.ts'
export type { Criteria, Criterion, Match } from './criteria.ts'
export {
  type FindIssuerOptions,
  type FindServiceOptions,
  findIssuer,
  findService,
  type IssuerAnswer,
  type ServiceAnswer,
  type ServiceEvidence,
} from './find-service.ts'
export type { NotGrantedReason, ServiceJudgement } from './judge.ts'
export { defaultListLimits, type ListLimits } from './limits.ts'
export {
  type ListSignatureVerifier,
  type LoadListOptions,
  loadTrustedList,
  type VerifiedList,
  type VerifiedOctets,
} from './load.ts'
export type {
  ListedService,
  ListFacts,
  ListPointer,
  ListRemark,
  Qualification,
  ServiceKey,
  ServiceStatus,
  ServiceUse,
  TrustedList,
} from './model.ts'
export { packTrustStore } from './pack-store.ts'
export { openTrustStore, type TrustStore } from './store.ts'
export type { StoredList, StoredService } from './store-json.ts'
export { isTerritory, territoryOfCountry } from './territories.ts'
