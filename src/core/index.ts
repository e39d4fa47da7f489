/**
 * What every room shares: errors, codes, citations, limits and octets.
 *
 * @module
 */
export { decodeBase64, decodeBase64url, encodeBase64, encodeBase64url } from './base64.ts'
export { concatBytes, equalBytes, toHex } from './bytes.ts'
export type { Citation } from './citation.ts'
export { type CodeInfo, citationOf, type Deviation, type Leniency } from './codes.ts'
export { Psd2Error, type Psd2ErrorDetails } from './errors.ts'
export { defaultJsonLimits, type JsonLimits, type JsonObject, type JsonValue, parseJson } from './json.ts'
export { defaultLimits, type Limits, withLimits } from './limits.ts'
export { Octets } from './octets.ts'
export { oidName, oidNames } from './oids.ts'
