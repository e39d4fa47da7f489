import { bpce } from './bpce/index.ts'
import { cabf } from './cabf/index.ts'
import { crypto } from './crypto/index.ts'
import { en3194121 } from './en319412-1/index.ts'
import { en3194122 } from './en319412-2/index.ts'
import { en3194123 } from './en319412-3/index.ts'
import { en3194124 } from './en319412-4/index.ts'
import { en3194125 } from './en319412-5/index.ts'
import { issuer } from './issuer/index.ts'
import { practice } from './practice/index.ts'
import { rfc3279 } from './rfc3279/index.ts'
import { rfc3739 } from './rfc3739/index.ts'
import { rfc5280 } from './rfc5280/index.ts'
import type { CertificateRule } from './subject.ts'
import { ts119312 } from './ts119312/index.ts'
import { ts119495 } from './ts119495/index.ts'

/** Every rule on one certificate, by document: the order of reports. */
export const certificateRules: readonly CertificateRule[] = [
  ...rfc5280,
  ...rfc3279,
  ...en3194122,
  ...en3194123,
  ...en3194124,
  ...rfc3739,
  ...en3194121,
  ...en3194125,
  ...ts119495,
  ...ts119312,
  ...cabf,
  ...crypto,
  ...practice,
  ...issuer,
  ...bpce,
]
