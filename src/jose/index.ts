/**
 * What certificates have in JOSE: the thumbprint x5t#S256.
 *
 * @module
 */
export { type ThumbprintOptions, x5tS256 } from './x5t.ts'
