import type { TrustVerdict } from '../core/audit-report.ts'
import type { Facts } from '../rules/facts.ts'

type Trust = Exclude<TrustVerdict, 'not-checked'>

/** What each fact says of trust. */
const votes: readonly ((facts: Facts) => Trust | undefined)[] = [
  ({ issuerSignature }) => (issuerSignature === 'invalid' ? 'untrusted' : undefined),
  ({ path }) =>
    path && ({ valid: 'trusted', invalid: 'untrusted', 'issuer-unknown': 'indeterminate' } as const)[path.verdict],
  ({ serviceAtIssuance }) => serviceAtIssuance && service[serviceAtIssuance.verdict],
  ({ serviceNow }) => serviceNow && service[serviceNow.verdict],
  ({ revocation }) =>
    revocation && ({ good: 'trusted', revoked: 'untrusted', unknown: 'indeterminate' } as const)[revocation.verdict],
]

const service = { granted: 'trusted', 'not-granted': 'untrusted', unknown: 'indeterminate' } as const

/**
 * The verdict over all facts of trust: one that speaks against it decides, then one that leaves it open. Trusted takes a
 * path to an anchor or a granted service; an issuer's signature alone proves nothing about the issuer.
 */
export function trustOf(facts: Facts): TrustVerdict {
  const given = votes.map((vote) => vote(facts)).filter((vote) => vote !== undefined)
  for (const verdict of ['untrusted', 'indeterminate'] as const) if (given.includes(verdict)) return verdict
  const grounded = facts.path !== undefined || facts.serviceNow !== undefined
  return grounded ? 'trusted' : 'not-checked'
}
