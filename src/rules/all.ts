import { rfc5280 } from './rfc5280/index.ts'
import type { CertificateRule } from './subject.ts'
import { ts119495 } from './ts119495/index.ts'

/** Every rule on one certificate, by document: the order of reports. */
export const certificateRules: readonly CertificateRule[] = [...rfc5280, ...ts119495]
