import type { CertificateRule } from '../subject.ts'
import { complianceBare, compliancePresent, critical, sscdBare, twice } from './general.ts'
import { ccLegislation, ccLegislationCodes, qscdLegislation } from './legislation.ts'
import { limitAlphabetic, limitAmount, limitCurrency } from './limit-value.ts'
import { identMethod, retentionPeriod } from './other.ts'
import { pdsDuplicate, pdsEnglish, pdsHttps, pdsLanguage, pdsLanguageCase, pdsPresent, pdsSyntax } from './pds.ts'
import { sscdForPolicy, sscdNotForWeb } from './sscd.ts'
import { purposeCarrier, sealPurpose, typeOne, typePresent, webPurpose } from './type.ts'

/** ETSI EN 319 412-5: the statements of a qualified certificate. */
export const en3194125: readonly CertificateRule[] = [
  critical,
  twice,
  compliancePresent,
  complianceBare,
  sscdBare,
  typePresent,
  typeOne,
  webPurpose,
  sealPurpose,
  purposeCarrier,
  ccLegislation,
  ccLegislationCodes,
  sscdForPolicy,
  sscdNotForWeb,
  qscdLegislation,
  limitCurrency,
  limitAlphabetic,
  limitAmount,
  retentionPeriod,
  pdsSyntax,
  pdsLanguage,
  pdsLanguageCase,
  pdsHttps,
  pdsPresent,
  pdsEnglish,
  pdsDuplicate,
  identMethod,
]
