import type { CertificateRule } from '../subject.ts'
import { certificateRules } from './certificate.ts'
import { requestRules } from './request.ts'
import { standingRules } from './standing.ts'

/** What Groupe BPCE asks of a certificate that is to be registered. */
export const bpce: readonly CertificateRule[] = [...certificateRules, ...requestRules, ...standingRules]
