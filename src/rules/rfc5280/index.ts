import type { CertificateRule } from '../subject.ts'
import { serialNumber } from './serial-number.ts'

/** RFC 5280, with what X.690 demands of every certificate. */
export const rfc5280: readonly CertificateRule[] = [serialNumber]
