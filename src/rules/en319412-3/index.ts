import type { CertificateRule } from '../subject.ts'
import { keyUsagePreferred, keyUsageSeal } from './key-usage.ts'
import {
  authorityCountry,
  countryAssigned,
  identifierDiffers,
  subjectCommonName,
  subjectCountry,
  subjectIdentifier,
  subjectOrganization,
  subjectSingle,
} from './subject-name.ts'

/** ETSI EN 319 412-3: certificates of legal persons. */
export const en3194123: readonly CertificateRule[] = [
  subjectCountry,
  subjectOrganization,
  subjectIdentifier,
  subjectCommonName,
  subjectSingle,
  countryAssigned,
  authorityCountry,
  identifierDiffers,
  keyUsageSeal,
  keyUsagePreferred,
]
