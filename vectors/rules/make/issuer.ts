import type { LeafPlan } from '../../../src/issuance/leaf-plan.ts'
import { breaks, keeps, type RuleVector } from './vector.ts'

/** A CA that names no PSP: one that does is audited as what it is meant for. */
const asAuthority = (omitted: string) => ({
  change: (plan: LeafPlan) => {
    plan.basicConstraints = 'ca'
    plan.omitted.add(omitted).add('1.3.6.1.5.5.7.1.3')
    plan.subject = plan.subject.filter(({ type }) => type !== '2.5.4.97')
  },
})

/** Issuer, chain, and facts from outside. */
export const issuerVectors: readonly RuleVector[] = [
  breaks('issuer.own-authority', 'no-key-usage', 'A CA without keyUsage.', asAuthority('2.5.29.15')),
  breaks('issuer.own-key-identifier', 'absent', 'A CA without subjectKeyIdentifier.', asAuthority('2.5.29.14')),
  keeps('issuer.authority', 'issuer', 'Given with its issuer.', { facts: { issuer: 'ca-seal' } }),
  breaks('issuer.authority', 'leaf', 'A leaf is given as the issuer.', { facts: { issuer: 'qwac' } }),
  keeps('issuer.name', 'issuer', 'Given with its issuer.', { facts: { issuer: 'ca-seal' } }),
  breaks('issuer.name', 'other', 'Another authority is given as the issuer.', { facts: { issuer: 'ca-web' } }),
  keeps('issuer.key-identifier', 'issuer', 'Given with its issuer.', { facts: { issuer: 'ca-seal' } }),
  breaks('issuer.key-identifier', 'same-name', 'The authority of that name with another key is given.', {
    facts: { issuer: 'ca-ec-seal' },
  }),
  keeps('issuer.signature', 'valid', 'The signature verifies.', { facts: { issuerSignature: 'valid' } }),
  breaks('issuer.signature', 'invalid', 'The signature does not verify.', { facts: { issuerSignature: 'invalid' } }),
  breaks('issuer.dates', 'early', 'Audited a second before it becomes valid.', { at: '2025-12-31T23:59:59Z' }),
  keeps('issuer.dates', 'first-second', 'Audited in its first second.', { at: '2026-01-01T00:00:00Z' }),
  keeps('issuer.dates', 'last-second', 'Audited in its last second.', { at: '2027-12-31T23:59:59Z' }),
  breaks('issuer.dates', 'late', 'Audited a second after its last.', { at: '2028-01-01T00:00:00Z' }),
  breaks('issuer.expires-soon', 'ten-days', 'Audited ten days before its end.', { at: '2027-12-22T00:00:00Z' }),
  keeps('issuer.granted-service', 'granted', 'The issuer was granted.', {
    facts: { serviceAtIssuance: { verdict: 'granted', evidence: 'list FR' } },
  }),
  breaks('issuer.granted-service', 'withdrawn', 'The service was withdrawn before it issued.', {
    facts: { serviceAtIssuance: { verdict: 'not-granted', evidence: 'list FR: withdrawn' } },
  }),
  keeps('issuer.known-service', 'granted', 'A trusted list has the issuer.', {
    facts: { serviceAtIssuance: { verdict: 'granted', evidence: 'list FR' } },
  }),
  breaks('issuer.known-service', 'unknown', 'No trusted list has the issuer.', {
    facts: { serviceAtIssuance: { verdict: 'unknown', evidence: '31 lists' } },
  }),
  keeps('issuer.path', 'valid', 'There is a path to an anchor.', { facts: { path: { verdict: 'valid' } } }),
  breaks('issuer.path', 'invalid', 'The path has an expired authority.', {
    facts: { path: { verdict: 'invalid', code: 'PATH_EXPIRED', message: 'an authority of the path has expired' } },
  }),
  keeps('issuer.path-known', 'valid', 'The issuer leads to an anchor.', { facts: { path: { verdict: 'valid' } } }),
  breaks('issuer.path-known', 'unknown', 'Nobody knows the issuer.', {
    facts: { path: { verdict: 'issuer-unknown' } },
  }),
  keeps('issuer.not-revoked', 'good', 'A CRL says nothing against it.', {
    facts: { revocation: { verdict: 'good', evidence: 'CRL 12' } },
  }),
  breaks('issuer.not-revoked', 'revoked', 'A CRL has it.', {
    facts: { revocation: { verdict: 'revoked', evidence: 'CRL 12: keyCompromise' } },
  }),
  keeps('issuer.revocation-known', 'good', 'A CRL is there.', {
    facts: { revocation: { verdict: 'good', evidence: 'CRL 12' } },
  }),
  breaks('issuer.revocation-known', 'unknown', 'No CRL was to be had.', {
    facts: { revocation: { verdict: 'unknown', evidence: 'no CRL' } },
  }),
]
