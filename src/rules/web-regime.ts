import type { CertificateKind } from '../eidas/kind.ts'
import type { CertificateSubject } from './subject.ts'

/**
 * Which rules the CA/Browser Forum part of a QWAC follows (EN 319 412-4 clause 4.1, EN 319 411-2 clause 4.2): `ev` the EV
 * Guidelines, `browser` the Baseline Requirements, `general` neither but for names and purposes, `unstated` where no policy
 * says it, `none` where it is no QWAC.
 */
export type WebRegime = 'ev' | 'browser' | 'general' | 'unstated' | 'none'

const QEVCP_W = '0.4.0.194112.1.4'
const QNCP_W = '0.4.0.194112.1.5'
const QNCP_W_GEN = '0.4.0.194112.1.6'

/** Reserved policies of the CA/Browser Forum (BR 7.1.6.1). */
export const cabfPolicies = {
  ev: '2.23.140.1.1',
  dv: '2.23.140.1.2.1',
  ov: '2.23.140.1.2.2',
  iv: '2.23.140.1.2.3',
} as const

/** The regime of a certificate by what it is audited as and its policies. */
export function webRegime(type: CertificateKind, policies: ReadonlySet<string>): WebRegime {
  if (type !== 'QWAC') return 'none'
  if (policies.has(QEVCP_W) || policies.has(cabfPolicies.ev)) return 'ev'
  const { dv, ov, iv } = cabfPolicies
  if (policies.has(QNCP_W) || policies.has(ov) || policies.has(iv) || policies.has(dv)) return 'browser'
  return policies.has(QNCP_W_GEN) ? 'general' : 'unstated'
}

/** A certificate that browsers are to trust. */
export function isForBrowsers({ regime }: CertificateSubject): boolean {
  return regime === 'ev' || regime === 'browser'
}

/** A QWAC whose fields follow the Baseline Requirements, as far as nothing says otherwise. */
export function followsBaseline({ regime }: CertificateSubject): boolean {
  return regime !== 'none' && regime !== 'general'
}

export function followsEv({ regime }: CertificateSubject): boolean {
  return regime === 'ev'
}
