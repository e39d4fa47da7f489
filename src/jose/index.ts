/**
 * What certificates have in JOSE: the thumbprint x5t#S256, keys as JWK, and the JWK Set that a bank wants, built and
 * verified.
 *
 * @module
 */
export { type BuildJwksOptions, buildJwks } from './build.ts'
export { checkJwks, type JwksCheck, type VerifiedJwks, type VerifyJwksOptions, verifyJwks } from './check.ts'
export { acceptableCodes, type JoseCode, joseCodes } from './codes.ts'
export type { JwkFinding } from './findings.ts'
export { jwkFromCertificate } from './from-certificate.ts'
export type { Jwk } from './jwk.ts'
export type { VerifiedKey } from './key.ts'
export { jwkThumbprint } from './thumbprint.ts'
export { type ThumbprintOptions, x5tS256 } from './x5t.ts'
