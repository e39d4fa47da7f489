import type { CertificateRule } from '../subject.ts'
import { authorityRules } from './authority.ts'
import { chainRules } from './chain.ts'
import { trustRules } from './trust.ts'

/** The issuing authority, the chain, and what lists and authorities say of both. */
export const issuer: readonly CertificateRule[] = [...authorityRules, ...chainRules, ...trustRules]
