/**
 * Certificates for tests: an authority, QWAC and QSealC certificates with every PSD2 field, deliberate mistakes by
 * name; and PKCS#10 requests, for tests and for real.
 *
 * @module
 */
export { type KeyAlgorithm, keyAlgorithmNames, type SignatureAlgorithm, signatureAlgorithmNames } from './algorithms.ts'
export {
  createTestAuthority,
  type IssuingOptions,
  loadTestAuthority,
  type StoredAuthority,
  type TestAuthority,
  type TestAuthorityOptions,
} from './authority.ts'
export type { IssuanceCode } from './codes.ts'
export {
  type CrlDefectName,
  type CrlOptions,
  type CrlScopeOptions,
  createCrl,
  crlDefectNames,
  type RevocationSigner,
  type RevokedOptions,
} from './crl.ts'
export type { Defect } from './defects/defect.ts'
export { type DefectName, defectNames, defectOf, defects, isDefectName } from './defects/index.ts'
export type { CabfOrganizationIdentifier, KeyUsageName } from './extensions.ts'
export type { Issued } from './issued.ts'
export type { AuthorityRole, StoredIssuer } from './issuer.ts'
export type { LeafOptions, ProfileOptions } from './leaf-options.ts'
export {
  createOcspError,
  createOcspResponder,
  createOcspResponse,
  type OcspDefectName,
  type OcspResponderOptions,
  type OcspResponseOptions,
  type OcspStatusOptions,
  ocspDefectNames,
} from './ocsp.ts'
export type { LeafKind } from './profile-plan.ts'
export type { LimitValue, PdsLocation, Role, RoleName } from './qc-statements.ts'
export { type CertificateRequest, type CertificateRequestOptions, createCertificateRequest } from './request.ts'
export type { SubjectAttributeName, SubjectValues } from './subject.ts'
