import type { CertificateRule } from '../subject.ts'
import { caIssuers, caIssuersHttp, infoAccess, ocspHttp } from './access.ts'
import { publicKeyAlgorithm, signatureAlgorithm } from './algorithms.ts'
import { criticality, notCritical } from './criticality.ts'
import { directoryAttributes, forbidden } from './forbidden.ts'
import {
  issuerCommonName,
  issuerCountry,
  issuerIdentifier,
  issuerIdentifierDiffers,
  issuerOrganization,
  issuerSingle,
} from './issuer-name.ts'
import { authorityKeyIdentifier, keyUsage, keyUsageUnmixed } from './keys.ts'
import { naturalNames } from './natural-name.ts'
import { policiesPresent, policyConsistent, policyRecommended, statementsPresent } from './policies.ts'
import { crlLocation, crlScheme, noRevocation, ocspNeeded } from './revocation.ts'

/** ETSI EN 319 412-2: what all certificates of persons have in common. */
export const en3194122: readonly CertificateRule[] = [
  signatureAlgorithm,
  issuerCountry,
  issuerOrganization,
  issuerCommonName,
  issuerIdentifier,
  issuerSingle,
  issuerIdentifierDiffers,
  ...naturalNames,
  publicKeyAlgorithm,
  criticality,
  ...notCritical,
  authorityKeyIdentifier,
  keyUsage,
  keyUsageUnmixed,
  policiesPresent,
  ...forbidden,
  directoryAttributes,
  crlLocation,
  noRevocation,
  crlScheme,
  infoAccess,
  caIssuers,
  caIssuersHttp,
  ocspHttp,
  ocspNeeded,
  statementsPresent,
  policyRecommended,
  policyConsistent,
]
