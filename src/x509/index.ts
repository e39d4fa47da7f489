/**
 * X.509 certificates: PEM, the certificate record, names, keys and extensions (RFC 5280).
 *
 * @module
 */
export { AlgorithmIdentifier, type PssParameters } from './algorithm.ts'
export { Certificate, type ParseOptions, parseCertificate, Validity } from './certificate.ts'
export { type X509Code, x509Codes } from './codes.ts'
export { Extension, type NamedExtension } from './extension.ts'
