import type { Profile, RuleOverride } from '../profile.ts'

/** The suites say `should`; who asks for conformance wants to know of every departure. */
const demanded: RuleOverride = {
  severity: 'error',
  citation: { document: 'ETSI TS 119 312', clause: 'conformance to the suites' },
}

export const crypto: Profile = {
  name: 'crypto',
  title: 'cryptographic conformance: keys, curves, hashes, known weaknesses, keys that a batch shares',
  rules: ['ts119312.*', 'rfc3279.*', 'crypto.*'],
  overrides: {
    'ts119312.rsa-modulus': demanded,
    'ts119312.rsa-exponent': demanded,
    'ts119312.ec-curve': demanded,
    'ts119312.hash': demanded,
    'ts119312.pss-parameters': demanded,
  },
}
