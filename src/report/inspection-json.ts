import type { InspectionResult } from '../core/inspection.ts'
import { escapeJson } from './escape.ts'

/** All results as one JSON array, indented. */
export function inspectionsToJson(results: readonly InspectionResult[]): string {
  return `${escapeJson(JSON.stringify(results, null, 2))}\n`
}

/** One result as a line of NDJSON. */
export function inspectionToNdjson(result: InspectionResult): string {
  return `${escapeJson(JSON.stringify(result))}\n`
}
