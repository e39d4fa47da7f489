/**
 * Who stands behind a certificate: certification paths, EU trusted lists, revocation, the EBA register.
 *
 * @module
 */
export * from './lists/index.ts'
