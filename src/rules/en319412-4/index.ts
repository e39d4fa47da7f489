import type { CertificateRule } from '../subject.ts'
import { commonName, generalNames, serverAuth } from './general.ts'
import { identifierDiffers, issuerIdentifier, subjectIdentifier } from './identifiers.ts'
import { policyConsistent, policyRecommended, statementsPresent } from './statements.ts'

/** ETSI EN 319 412-4: certificates for web sites. What it takes from browsers is in the folder of their rules. */
export const en3194124: readonly CertificateRule[] = [
  serverAuth,
  generalNames,
  commonName,
  issuerIdentifier,
  subjectIdentifier,
  identifierDiffers,
  statementsPresent,
  policyRecommended,
  policyConsistent,
]
