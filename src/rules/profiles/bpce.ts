import type { Citation } from '../../core/citation.ts'
import type { Profile } from '../profile.ts'

const tls: Citation = { document: 'practice', clause: 'what TLS libraries refuse' }
const eligibility: Citation = { document: 'BPCE PSD2 Registration API', clause: 'Eligibility' }

/** What decides at this bank: its own demands, roles and identifier, keys, dates, trust. No other ETSI rule does. */
export const bpce: Profile = {
  name: 'bpce',
  title: 'what Groupe BPCE takes for registration: one certificate, or a pair of QWAC and QSealC',
  psd2: true,
  rules: [
    'bpce.*',
    'pair.*',
    'ts119495.*',
    'ts119312.*',
    'crypto.rsa-modulus',
    'crypto.rsa-exponent',
    'crypto.rsa-size',
    'crypto.roca',
    'crypto.named-curve',
    'crypto.public-key-form',
    'practice.*',
    'issuer.*',
  ],
  overrides: {
    'ts119312.hash': { severity: 'error', citation: tls },
    'ts119312.rsa-modulus': { severity: 'error', citation: tls },
    'practice.client-auth': { severity: 'warning', citation: tls },
    // bpce.identifier-form demands the same, and as an error.
    'ts119495.identifier-form': { severity: 'off', citation: eligibility },
    'ts119495.identifier-form-until-2021': { severity: 'off', citation: eligibility },
    'pair.distinct-keys': { severity: 'error', citation: eligibility },
    'pair.same-roles': { severity: 'error', citation: eligibility },
  },
}
