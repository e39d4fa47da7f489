import { bpce } from './bpce/index.ts'
import { cabf } from './cabf/index.ts'
import { crypto } from './crypto/index.ts'
import { issuer } from './issuer/index.ts'
import { practice } from './practice/index.ts'
import { rfc3279 } from './rfc3279/index.ts'
import { rfc5280 } from './rfc5280/index.ts'
import type { CertificateRule } from './subject.ts'
import { ts119312 } from './ts119312/index.ts'
import { ts119495 } from './ts119495/index.ts'

/** Every rule on one certificate, by document: the order of reports. */
export const certificateRules: readonly CertificateRule[] = [
  ...rfc5280,
  ...ts119495,
  ...ts119312,
  ...rfc3279,
  ...cabf,
  ...crypto,
  ...practice,
  ...issuer,
  ...bpce,
]
