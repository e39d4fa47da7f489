import type { CertificateRule } from '../subject.ts'
import { altNames } from './alt-names.ts'
import { browserRules } from './browser.ts'
import { extendedValidationRules } from './extended-validation.ts'
import { keyUsageRules } from './key-usage.ts'
import { purposeRules } from './purposes.ts'
import { validityLimit } from './validity.ts'

/** Baseline Requirements and EV Guidelines of the CA/Browser Forum, as EN 319 411-2 pulls them in for QWACs. */
export const cabf: readonly CertificateRule[] = [
  ...purposeRules,
  altNames,
  ...keyUsageRules,
  validityLimit,
  ...browserRules,
  ...extendedValidationRules,
]
