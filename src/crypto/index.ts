/**
 * The seam between the toolkit and the cryptography of the platform.
 *
 * @module
 */
export type { CryptoProvider, HashName } from './provider.ts'
