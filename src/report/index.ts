/**
 * Results as text, JSON and NDJSON.
 *
 * @module
 */
export { escapeJson, escapeText } from './escape.ts'
export { inspectionsToJson, inspectionToNdjson } from './inspection-json.ts'
export { inspectionToText, type TextOptions } from './inspection-text.ts'
export { coloured, type Paint, plain } from './paint.ts'
