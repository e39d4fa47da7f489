/**
 * Inspections as text, JSON and NDJSON; audits also as SARIF, JUnit, CSV and HTML.
 *
 * @module
 */
export { type FormatName, formatNames } from './audit/formats.ts'
export { type WriteOptions, writeReports } from './audit/write.ts'
export { escapeJson, escapeText } from './escape.ts'
export { inspectionsToJson, inspectionToNdjson } from './inspection-json.ts'
export { inspectionToText, type TextOptions } from './inspection-text.ts'
export { coloured, type Paint, plain } from './paint.ts'
