/**
 * What every room shares: errors, codes, citations, limits and octets.
 *
 * @module
 */
export { concatBytes, equalBytes, toHex } from './bytes.ts'
export type { Citation } from './citation.ts'
export { type CodeInfo, citationOf, type Deviation, type Leniency } from './codes.ts'
export { Psd2Error, type Psd2ErrorDetails } from './errors.ts'
export { defaultLimits, type Limits, withLimits } from './limits.ts'
export { Octets } from './octets.ts'
export { oidName, oidNames } from './oids.ts'
