import type { CertificateRule } from '../subject.ts'
import { authorityRules } from './authority.ts'
import { identifierRules } from './identifier.ts'
import { policyRules } from './policy.ts'
import { roleRules } from './roles.ts'
import { statementRules } from './statement.ts'
import { stringRules } from './strings.ts'

/** ETSI TS 119 495: what open banking puts into a certificate. */
export const ts119495: readonly CertificateRule[] = [
  ...statementRules,
  ...stringRules,
  ...roleRules,
  ...authorityRules,
  ...identifierRules,
  ...policyRules,
]
