/**
 * What can be said of a certificate as a whole.
 *
 * @module
 */
export type {
  AuditCounts,
  AuditMember,
  AuditPlace,
  AuditReport,
  AuditSubject,
  Finding,
  Grounding,
  NotChecked,
  RuleStatus,
  Severity,
  TrustVerdict,
} from '../core/audit-report.ts'
export type {
  AuditClosing,
  AuditEntry,
  AuditEvidence,
  AuditRun,
  AuditTally,
  BaselineEntry,
  PemLines,
  RuleInfo,
  RuleTally,
  UnusedEntry,
} from '../core/audit-run.ts'
export type {
  ExplainedDeviation,
  Inspection,
  InspectionFailure,
  InspectionResult,
  NamedOid,
} from '../core/inspection.ts'
export type { RequestFact } from '../rules/facts.ts'
export {
  type AuditOptions,
  auditCertificate,
  auditFailure,
  type OutsideFacts,
  readyProfile,
} from './audit-certificate.ts'
export { auditPair, type PairInput, type PairOptions } from './audit-pair.ts'
export { acceptFindings, type Baseline, readBaseline, readyBaseline, unusedEntries } from './baseline.ts'
export { allCodes, codeInfo } from './code-info.ts'
export { type InspectOptions, inspectCertificate, inspectionFailure } from './inspect.ts'
export { createFactFinder, type FactFinder, type FactSources } from './outside-facts.ts'
export { readRequestFact } from './request-fact.ts'
export { auditRun } from './rule-info.ts'
export { openTrustData, type TrustData } from './trust-data.ts'
