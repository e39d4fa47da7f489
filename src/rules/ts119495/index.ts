import type { CertificateRule } from '../subject.ts'
import { roleName } from './role-name.ts'

/** ETSI TS 119 495: what open banking puts into a certificate. */
export const ts119495: readonly CertificateRule[] = [roleName]
