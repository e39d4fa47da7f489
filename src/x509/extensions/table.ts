import type { Cursor } from '../../der/index.ts'
import { readInfoAccess } from './authority-info-access.ts'
import { readBasicConstraints } from './basic-constraints.ts'
import { readCabfOrganizationIdentifier } from './cabf-organization-identifier.ts'
import { readCertificatePolicies } from './certificate-policies.ts'
import { readDistributionPoints } from './crl-distribution-points.ts'
import { readExtendedKeyUsage } from './extended-key-usage.ts'
import { readAuthorityKeyIdentifier, readSubjectKeyIdentifier } from './key-identifiers.ts'
import { readKeyUsage } from './key-usage.ts'
import { readNameConstraints } from './name-constraints.ts'
import { readNullExtension } from './null-extension.ts'
import { readInhibitAnyPolicy, readPolicyConstraints, readPolicyMappings } from './policy-constraints.ts'
import { readPrivateKeyUsagePeriod } from './private-key-usage-period.ts'
import { readSignedCertificateTimestamps } from './signed-certificate-timestamps.ts'
import { readAltNames } from './subject-alt-name.ts'
import { readSubjectDirectoryAttributes } from './subject-directory-attributes.ts'
import { readTlsFeature } from './tls-feature.ts'

/**
 * Every extension that is decoded while a certificate is read. qcStatements is not here: its parts belong to `eidas`.
 */
export const extensionReaders = {
  subjectDirectoryAttributes: { oid: '2.5.29.9', read: readSubjectDirectoryAttributes },
  subjectKeyIdentifier: { oid: '2.5.29.14', read: readSubjectKeyIdentifier },
  keyUsage: { oid: '2.5.29.15', read: readKeyUsage },
  privateKeyUsagePeriod: { oid: '2.5.29.16', read: readPrivateKeyUsagePeriod },
  subjectAltName: { oid: '2.5.29.17', read: readAltNames },
  issuerAltName: { oid: '2.5.29.18', read: readAltNames },
  basicConstraints: { oid: '2.5.29.19', read: readBasicConstraints },
  nameConstraints: { oid: '2.5.29.30', read: readNameConstraints },
  cRLDistributionPoints: { oid: '2.5.29.31', read: readDistributionPoints },
  certificatePolicies: { oid: '2.5.29.32', read: readCertificatePolicies },
  policyMappings: { oid: '2.5.29.33', read: readPolicyMappings },
  authorityKeyIdentifier: { oid: '2.5.29.35', read: readAuthorityKeyIdentifier },
  policyConstraints: { oid: '2.5.29.36', read: readPolicyConstraints },
  extKeyUsage: { oid: '2.5.29.37', read: readExtendedKeyUsage },
  freshestCRL: { oid: '2.5.29.46', read: readDistributionPoints },
  inhibitAnyPolicy: { oid: '2.5.29.54', read: readInhibitAnyPolicy },
  noRevAvail: { oid: '2.5.29.56', read: readNullExtension },
  authorityInfoAccess: { oid: '1.3.6.1.5.5.7.1.1', read: readInfoAccess },
  subjectInfoAccess: { oid: '1.3.6.1.5.5.7.1.11', read: readInfoAccess },
  tlsFeature: { oid: '1.3.6.1.5.5.7.1.24', read: readTlsFeature },
  ocspNoCheck: { oid: '1.3.6.1.5.5.7.48.1.5', read: readNullExtension },
  signedCertificateTimestampList: { oid: '1.3.6.1.4.1.11129.2.4.2', read: readSignedCertificateTimestamps },
  ctPoison: { oid: '1.3.6.1.4.1.11129.2.4.3', read: readNullExtension },
  cabfOrganizationIdentifier: { oid: '2.23.140.3.1', read: readCabfOrganizationIdentifier },
  validityAssured: { oid: '0.4.0.194121.2.1', read: readNullExtension },
} as const satisfies Record<string, { oid: string; read: (cursor: Cursor) => unknown }>

export type ExtensionName = keyof typeof extensionReaders

/** What the decoded value of each extension is. */
export type ExtensionValues = { readonly [Name in ExtensionName]: ReturnType<(typeof extensionReaders)[Name]['read']> }
