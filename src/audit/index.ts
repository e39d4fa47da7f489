/**
 * What can be said of a certificate as a whole.
 *
 * @module
 */
export type {
  ExplainedDeviation,
  Inspection,
  InspectionFailure,
  InspectionResult,
  NamedOid,
} from '../core/inspection.ts'
export { allCodes, codeInfo } from './code-info.ts'
export { type InspectOptions, inspectCertificate, inspectionFailure } from './inspect.ts'
