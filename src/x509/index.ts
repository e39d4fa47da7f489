/**
 * X.509 certificates: what they come in, the certificate record, names, keys and extensions (RFC 5280).
 *
 * @module
 */
export { AlgorithmIdentifier, type PssParameters } from './algorithm.ts'
export { type AttributeType, attributeTypes } from './attribute-types.ts'
export { Certificate, type ParseOptions, parseCertificate, type TbsCertificate, Validity } from './certificate.ts'
export { type X509Code, x509Codes } from './codes.ts'
export { type ContainerCode, containerCodes } from './containers/codes.ts'
export { type FoundCertificate, findCertificates } from './containers/find.ts'
export { decodePem, encodePem, type PemBlock, type PemOptions } from './containers/pem.ts'
export { CertificateList, type CrlLimits, type ParseCrlOptions, parseCrl, type RevokedCertificate } from './crl.ts'
export { type CrlCode, crlCodes } from './crl-codes.ts'
export { type RevocationReason, revocationReasons } from './crl-extensions.ts'
export { Extension, type NamedExtension } from './extension.ts'
export type { AccessDescription } from './extensions/authority-info-access.ts'
export type { BasicConstraints } from './extensions/basic-constraints.ts'
export type { CabfOrganizationIdentifier } from './extensions/cabf-organization-identifier.ts'
export { type PolicyInformation, PolicyQualifier, type UserNotice } from './extensions/certificate-policies.ts'
export { crlReasonNames, type DistributionPoint } from './extensions/crl-distribution-points.ts'
export { GeneralName, type GeneralNameKind } from './extensions/general-name.ts'
export type { IssuingDistributionPoint } from './extensions/issuing-distribution-point.ts'
export type { AuthorityKeyIdentifier } from './extensions/key-identifiers.ts'
export { KeyUsage, type KeyUsageName, keyUsageNames } from './extensions/key-usage.ts'
export type { GeneralSubtree, NameConstraints } from './extensions/name-constraints.ts'
export type { PolicyConstraints, PolicyMapping } from './extensions/policy-constraints.ts'
export type { PrivateKeyUsagePeriod } from './extensions/private-key-usage-period.ts'
export { type ExtensionName, type ExtensionValues, extensionReaders } from './extensions/table.ts'
export { Name, NameAttribute } from './name.ts'
export { type OcspCode, ocspCodes } from './ocsp/codes.ts'
export { encodeOcspRequest, type OcspCertId } from './ocsp/request.ts'
export {
  type BasicOcspResponse,
  type OcspResponse,
  type OcspStatus,
  parseOcspResponse,
  type ResponderId,
  type SingleResponse,
} from './ocsp/response.ts'
export { PublicKeyInfo, parsePublicKeyInfo } from './public-key.ts'
